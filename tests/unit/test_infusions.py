from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from care import infusions
from care.infusions import Ahead, Reminder, Session, SessionState, ahead_at, reminders
from care.timetable import INSTANT, due_at
from tests.builders import BERLIN, session

LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    local = datetime.fromisoformat(text)
    return due_at(local.date(), local.time(), ZoneInfo(zone))


def starting(text: str, zone: str = "Europe/Berlin") -> Session:
    return session(starts_at=at(text, zone), zone=zone)


def told(of: Session, *, reader: str = "Europe/Berlin", now: datetime = LONG_BEFORE) -> list[str]:
    """The reminders as the reader's own clock shows them."""
    zone = ZoneInfo(reader)
    return [
        f"{one.ahead} {one.due_at.astimezone(zone):%d %b %H:%M}"
        for one in reminders(of, reader_zone=zone, now=now)
    ]


def test_a_week_three_days_a_day_and_two_hours_ahead() -> None:  # R-INF-2
    assert told(starting("2026-05-12T13:00")) == [
        "7d 05 May 13:00",
        "72h 09 May 13:00",
        "24h 11 May 13:00",
        "2h 12 May 11:00",
    ]


def test_days_keep_the_clock_time_over_a_clock_change_hours_do_not() -> None:  # R-INF-2, X-18
    assert told(starting("2026-03-30T10:00")) == [
        "7d 23 Mar 10:00",
        "72h 27 Mar 10:00",
        "24h 29 Mar 10:00",
        "2h 30 Mar 08:00",
    ]
    assert told(starting("2026-03-29T10:00"))[2:] == ["24h 28 Mar 10:00", "2h 29 Mar 08:00"]


def test_two_hours_before_the_morning_of_a_clock_change_is_the_evening_before() -> None:
    assert told(starting("2026-03-29T08:00"))[-1] == "2h 28 Mar 21:00"


def test_autumn_gives_the_hour_back() -> None:  # X-18's other half
    assert told(starting("2026-10-25T09:00"))[2:] == ["24h 24 Oct 09:00", "2h 25 Oct 07:00"]
    assert at("2026-10-25T09:00") - at("2026-10-24T09:00") == timedelta(hours=25)


QUIET = [
    ("2026-05-12T08:59", "2h 11 May 21:00"),
    ("2026-05-12T09:00", "2h 12 May 07:00"),
    ("2026-05-12T23:59", "2h 12 May 21:59"),
    ("2026-05-13T00:00", "2h 12 May 21:00"),
]


@pytest.mark.parametrize(("start", "expected"), QUIET)
def test_nothing_comes_from_22_to_7(start: str, expected: str) -> None:  # R-INF-3
    assert told(starting(start))[-1] == expected


def test_quiet_hours_are_the_readers_own() -> None:  # R-INF-3, F31
    berlin_noon = starting("2026-05-12T12:00")

    assert told(berlin_noon, reader="America/New_York") == [
        "7d 04 May 21:00",  # 06:00 there
        "72h 08 May 21:00",
        "24h 10 May 21:00",
        "2h 11 May 21:00",
    ]
    assert told(berlin_noon, reader="Asia/Kathmandu")[0] == "7d 05 May 15:45"


def test_the_clock_time_of_a_reminder_is_the_clinics() -> None:
    seen = told(starting("2026-03-12T14:00"), reader="America/New_York")

    assert seen == [  # New York changes its clocks on 8 March, three weeks before Berlin
        "7d 05 Mar 08:00",
        "72h 09 Mar 09:00",
        "24h 11 Mar 09:00",
        "2h 12 Mar 07:00",
    ]


def test_only_what_is_still_ahead_is_planned() -> None:
    of = starting("2026-05-12T13:00")
    day_before = at("2026-05-11T13:00")

    def left(now: datetime) -> list[str]:
        return [one.ahead.value for one in reminders(of, reader_zone=BERLIN, now=now)]

    assert left(day_before - INSTANT) == ["24h", "2h"]
    assert left(day_before) == ["2h"]
    assert left(of.starts_at) == []


def test_a_session_booked_for_tomorrow_gets_what_is_left() -> None:
    assert told(starting("2026-05-12T13:00"), now=at("2026-05-11T15:00")) == ["2h 12 May 11:00"]


def test_a_reminder_is_an_instant_in_utc() -> None:
    first = reminders(starting("2026-05-12T13:00"), reader_zone=BERLIN, now=LONG_BEFORE)[0]

    assert first == Reminder(ahead=Ahead.DAYS_7, due_at=datetime(2026, 5, 5, 11, 0, tzinfo=UTC))
    assert first.due_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("2026-05-05T13:00", Ahead.DAYS_7),
        ("2026-05-09T13:00", Ahead.HOURS_72),
        ("2026-05-11T00:00", Ahead.HOURS_24),
        ("2026-05-11T23:59", Ahead.HOURS_24),
        ("2026-05-12T00:00", Ahead.HOURS_2),
        ("2026-05-12T11:00", Ahead.HOURS_2),
        ("2026-05-07T13:00", None),
    ],
)
def test_a_message_says_how_far_ahead_it_is_when_it_comes(sent: str, said: Ahead | None) -> None:
    assert ahead_at(starting("2026-05-12T13:00"), reader_zone=BERLIN, now=at(sent)) is said


def test_how_far_ahead_is_counted_on_the_readers_calendar() -> None:
    of, kathmandu = starting("2026-05-12T13:00"), ZoneInfo("Asia/Kathmandu")
    evening = at("2026-05-11T20:30")  # after midnight there

    assert ahead_at(of, reader_zone=BERLIN, now=evening) is Ahead.HOURS_24
    assert ahead_at(of, reader_zone=kathmandu, now=evening) is Ahead.HOURS_2


def test_the_diary_rests_for_a_day_from_the_beginning_of_a_session() -> None:  # R-INF-7
    one = session()
    begins, ends = one.starts_at, one.starts_at + timedelta(hours=24)

    assert infusions.rests(one, at=begins)
    assert not infusions.rests(one, at=begins - timedelta(seconds=1))
    assert not infusions.rests(one, at=ends)
    assert not infusions.rests(session(state=SessionState.CANCELLED), at=begins)
