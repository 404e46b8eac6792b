from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, strategies as st

from care.timetable import (
    BEFORE_QUIET_TIME,
    INSTANT,
    ONE_DAY,
    QUIET_FROM_TIME,
    QUIET_UNTIL_TIME,
    Due,
    NaiveInstant,
    UnknownZone,
    due_at,
    end_of_local_day,
    local_date_at,
    next_due,
    next_weekly_due,
    out_of_quiet,
    zone,
)

BERLIN = zone("Europe/Berlin")
APIA = zone("Pacific/Apia")

instants = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds of a strategy are naive
wall_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


on = date.fromisoformat
clock = time.fromisoformat


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DUE = [
    ("Europe/Berlin", "2026-01-15", "19:30", "2026-01-15T18:30"),
    ("Europe/Berlin", "2026-07-15", "19:30", "2026-07-15T17:30"),
    ("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59"),
    ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00"),  # skipped: reads 03:00
    ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30"),  # skipped: reads 03:30
    ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # twice: the first
    ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00"),
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30"),
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
    ("Asia/Kolkata", "2026-05-01", "19:30", "2026-05-01T14:00"),
    ("Asia/Kathmandu", "2026-05-01", "19:30", "2026-05-01T13:45"),
    ("Pacific/Chatham", "2026-09-27", "02:50", "2026-09-26T14:05"),  # skipped in a :45 zone
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),  # skips half an hour
    ("America/Havana", "2026-03-08", "00:30", "2026-03-08T05:30"),  # midnight skipped
    ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00"),
    ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00"),
    ("America/Santiago", "2026-09-06", "00:15", "2026-09-06T04:15"),
    ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29T01:30"),  # reads 00:30, next date
    ("Europe/Dublin", "2028-02-29", "19:30", "2028-02-29T19:30"),
]


@pytest.mark.parametrize(("name", "local_date", "local_time", "expected"), DUE)
def test_a_wall_time_becomes_one_instant(
    name: str, local_date: str, local_time: str, expected: str
) -> None:  # R-REM-1
    assert due_at(on(local_date), clock(local_time), zone(name)) == utc(expected)


def test_a_fold_given_with_the_wall_time_changes_nothing() -> None:
    night = on("2026-10-25")

    assert due_at(night, time(2, 30, fold=1), BERLIN) == due_at(night, time(2, 30), BERLIN)


def test_the_next_due_is_strictly_after() -> None:
    today = Due(local_date=on("2026-05-01"), due_at=utc("2026-05-01T17:30"))
    tomorrow = Due(local_date=on("2026-05-02"), due_at=utc("2026-05-02T17:30"))

    def after(at: datetime) -> Due:
        return next_due(after=at, local_time=time(19, 30), zone=BERLIN)

    assert after(today.due_at - INSTANT) == today
    assert after(today.due_at) == tomorrow
    assert after(today.due_at + INSTANT) == tomorrow


SERIES = [
    ("Europe/Berlin", "2027-03-26", "00:30", "27 28 29 30"),  # where cron triggers lose the 29th
    ("Europe/Berlin", "2026-10-23", "02:30", "24 25 26 27"),
    ("America/Havana", "2026-03-06", "00:00", "07 08 09 10"),
    ("Asia/Beirut", "2026-03-27", "00:30", "28 29 30 31"),
    ("Africa/Cairo", "2026-04-22", "00:15", "23 24 25 26"),
    ("America/Santiago", "2026-09-04", "00:00", "05 06 07 08"),
    ("America/Nuuk", "2026-03-26", "23:30", "26 27 28 29"),
    ("Asia/Kathmandu", "2028-02-27", "19:30", "27 28 29 01"),
    ("Pacific/Apia", "2011-12-28", "19:30", "28 29 31 01"),  # never had a 30th
    ("Pacific/Kwajalein", "1993-08-19", "09:00", "19 20 22 23"),  # nor a 21st
]


@pytest.mark.parametrize(("name", "start", "local_time", "expected"), SERIES)
def test_each_date_a_zone_lived_through_is_due_once(
    name: str, start: str, local_time: str, expected: str
) -> None:
    at, days = utc(f"{start}T12:00"), []

    for _ in range(4):
        due = next_due(after=at, local_time=clock(local_time), zone=zone(name))
        days.append(f"{due.local_date:%d}")
        at = due.due_at

    assert " ".join(days) == expected


def test_a_weekly_due_keeps_weekday_and_wall_time_over_a_clock_change() -> None:
    def sunday_after(text: str) -> Due:
        return next_weekly_due(after=utc(text), weekday=6, local_time=time(18), zone=BERLIN)

    first = Due(local_date=on("2026-03-22"), due_at=utc("2026-03-22T17:00"))
    second = Due(local_date=on("2026-03-29"), due_at=utc("2026-03-29T16:00"))
    assert sunday_after("2026-03-22T16:59:59") == first
    assert sunday_after("2026-03-22T17:00") == second


def test_a_weekly_due_skips_the_friday_that_apia_never_had() -> None:
    due = next_weekly_due(after=utc("2011-12-28T00:00"), weekday=4, local_time=time(9), zone=APIA)

    assert due.local_date == on("2012-01-06")


@pytest.mark.parametrize("weekday", [-1, 7])
def test_an_eighth_weekday_is_refused(weekday: int) -> None:
    with pytest.raises(ValueError, match="0 to 6"):
        next_weekly_due(
            after=utc("2026-05-01T00:00"), weekday=weekday, local_time=time(9), zone=BERLIN
        )


ENDS = [
    ("Europe/Berlin", "2026-03-29", "2026-03-29T22:00"),  # 23 hours long
    ("Europe/Berlin", "2026-10-25", "2026-10-25T23:00"),  # 25 hours long
    ("Asia/Kathmandu", "2028-02-29", "2028-02-29T18:15"),
    ("America/Havana", "2026-03-07", "2026-03-08T05:00"),  # the next day begins at 01:00
    ("America/Havana", "2026-10-31", "2026-11-01T04:00"),  # the next day has 00:00 twice
    ("Asia/Beirut", "2026-03-28", "2026-03-28T22:00"),
    ("Asia/Beirut", "2026-10-24", "2026-10-24T22:00"),  # has 23:00 to 24:00 twice
    ("Africa/Cairo", "2026-04-23", "2026-04-23T22:00"),
    ("America/Santiago", "2026-09-05", "2026-09-06T04:00"),
    ("America/Nuuk", "2026-03-28", "2026-03-29T01:00"),  # 23:00 to 24:00 skipped
    ("America/St_Johns", "2010-11-06", "2010-11-07T03:30"),  # came back after its midnight
    ("America/Toronto", "1919-03-30", "1919-03-31T04:30"),  # 23:30 became 00:30
    ("Pacific/Apia", "2011-12-29", "2011-12-30T10:00"),
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00"),  # was over before it began
    ("Pacific/Apia", "2011-12-31", "2011-12-31T10:00"),
]


@pytest.mark.parametrize(("name", "local_date", "expected"), ENDS)
def test_a_local_day_ends_when_its_date_is_over_for_good(
    name: str, local_date: str, expected: str
) -> None:
    assert end_of_local_day(on(local_date), zone(name)) == utc(expected)


def test_the_local_date_turns_with_the_end_of_the_day() -> None:
    end_at = end_of_local_day(on("2026-03-29"), BERLIN)

    assert local_date_at(end_at - INSTANT, BERLIN) == on("2026-03-29")
    assert local_date_at(end_at, BERLIN) == on("2026-03-30")


QUIET = [
    ("Europe/Berlin", "2026-05-12T19:59:59.999999", "2026-05-12T19:59:59.999999"),
    ("Europe/Berlin", "2026-05-12T20:00", "2026-05-12T19:00"),
    ("Europe/Berlin", "2026-05-12T22:30", "2026-05-12T19:00"),
    ("Europe/Berlin", "2026-05-13T04:59:59.999999", "2026-05-12T19:00"),
    ("Europe/Berlin", "2026-05-13T05:00", "2026-05-13T05:00"),
    ("Europe/Berlin", "2026-10-25T05:30", "2026-10-24T19:00"),  # 06:30, the night of 25 hours
    ("America/Nuuk", "2026-03-29T01:00", "2026-03-28T23:00"),
    ("Asia/Kathmandu", "2028-02-29T20:15", "2028-02-29T15:15"),  # 02:00 on 1 March
    ("Pacific/Apia", "2011-12-30T13:00", "2011-12-30T07:00"),  # 03:00 on the 31st, no 30th
]


@pytest.mark.parametrize(("name", "at", "expected"), QUIET)
def test_a_send_time_in_quiet_hours_moves_to_the_evening_before(
    name: str, at: str, expected: str
) -> None:  # R-INF-3
    assert out_of_quiet(utc(at), zone(name)) == utc(expected)


@pytest.mark.parametrize(
    ("session_time", "solids", "solids_sent", "liquids", "liquids_sent"),
    [
        ("2026-03-29T08:00", "2026-03-29T01:00", "2026-03-28T21:00", "2026-03-29T06:00",
         "2026-03-28T21:00"),
        ("2026-05-12T13:00", "2026-05-12T07:00", "2026-05-12T07:00", "2026-05-12T11:00",
         "2026-05-12T11:00"),
    ],
)  # fmt: skip
def test_fasting_is_counted_in_elapsed_hours_and_told_before_the_night(
    session_time: str, solids: str, solids_sent: str, liquids: str, liquids_sent: str
) -> None:  # X-18, R-INF-3, R-INF-4
    start = datetime.fromisoformat(session_time)
    starts_at = due_at(start.date(), start.time(), BERLIN)

    def berlin(at: datetime) -> str:
        return at.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M")

    solids_stop_at = starts_at - timedelta(hours=6)
    liquids_stop_at = starts_at - timedelta(hours=2)
    assert berlin(solids_stop_at) == solids
    assert berlin(out_of_quiet(solids_stop_at, BERLIN)) == solids_sent
    assert berlin(liquids_stop_at) == liquids
    assert berlin(out_of_quiet(liquids_stop_at, BERLIN)) == liquids_sent


def test_the_message_a_week_ahead_keeps_the_clock_time_of_that_date() -> None:  # R-INF-2
    session_on = on("2026-04-02")

    assert due_at(session_on - timedelta(days=7), time(13), BERLIN) == utc("2026-03-26T12:00")


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = utc("2026-05-12T20:00").replace(tzinfo=None)

    with pytest.raises(NaiveInstant):
        next_due(after=naive, local_time=time(9), zone=BERLIN)
    with pytest.raises(NaiveInstant):
        next_weekly_due(after=naive, weekday=0, local_time=time(9), zone=BERLIN)
    with pytest.raises(NaiveInstant):
        local_date_at(naive, BERLIN)
    with pytest.raises(NaiveInstant):
        out_of_quiet(naive, BERLIN)


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "", "Europe", "../etc/passwd", "/", "a\0b", "ä\ud800"]
)
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone(name)


@given(after=instants, local_time=wall_times, place=zones)
@example(after=utc("2011-12-28T12:00"), local_time=time(19, 30), place=APIA)
@example(after=utc("2026-03-27T12:00"), local_time=time(23, 30), place=ZoneInfo("America/Nuuk"))
def test_every_lived_date_in_every_zone_is_due_exactly_once(
    after: datetime, local_time: time, place: ZoneInfo
) -> None:
    at, due_days = after, []
    for _ in range(6):
        due = next_due(after=at, local_time=local_time, zone=place)
        assert due.due_at > at
        due_days.append(due.local_date)
        at = due.due_at

    quarters = range(int((at - after) / timedelta(minutes=15)) + 97)
    lived = {local_date_at(after + timedelta(minutes=15) * n, place) for n in quarters}
    assert due_days == sorted(day for day in lived if due_days[0] <= day <= due_days[-1])
    assert due_days[0] <= local_date_at(after, place) + 2 * ONE_DAY


@given(after=instants, local_time=wall_times, place=zones)
def test_a_due_is_found_again_from_any_instant_since_the_one_before(
    after: datetime, local_time: time, place: ZoneInfo
) -> None:
    due = next_due(after=after, local_time=local_time, zone=place)

    assert next_due(after=due.due_at - INSTANT, local_time=local_time, zone=place) == due


@given(at=instants, place=zones)
def test_an_instant_lies_before_the_end_of_its_own_local_day(
    at: datetime, place: ZoneInfo
) -> None:
    end_at = end_of_local_day(local_date_at(at, place), place)

    assert at < end_at
    assert local_date_at(end_at, place) > local_date_at(at, place)
    assert local_date_at(end_at - INSTANT, place) == local_date_at(at, place)


@given(at=instants, place=zones)
def test_nothing_is_sent_in_quiet_hours_nor_later_than_planned(
    at: datetime, place: ZoneInfo
) -> None:  # R-INF-3
    moved = out_of_quiet(at, place)

    assert moved <= at
    assert QUIET_UNTIL_TIME <= moved.astimezone(place).time() < QUIET_FROM_TIME
    if moved != at:
        assert moved.astimezone(place).time() == BEFORE_QUIET_TIME
        assert at - moved <= timedelta(hours=11)
