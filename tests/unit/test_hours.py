from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from care import hours
from care.hours import Hours, NoHours

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = hours.parse(hours.WORKING_WEEK, zone=BERLIN.key)
NOON_BREAK = hours.parse(
    "Mon-Thu 08:00-12:00 13:00-17:00, Fri 08:00-13:00",
    zone=BERLIN.key,
    closed_on=frozenset({date(2026, 4, 3), date(2026, 4, 6)}),  # Good Friday, Easter Monday
)


def at(text: str) -> datetime:
    """`2 09:30` is 09:30 in Berlin on 2 March 2026, a Monday."""
    day, clock = text.split()
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, int(day), hour, minute, tzinfo=BERLIN).astimezone(UTC)


def told(moment: datetime) -> str:
    assert moment.tzinfo is UTC
    local = moment.astimezone(BERLIN)
    return f"{local.day} {local:%H:%M}"


@pytest.mark.parametrize(
    ("of", "moment", "is_open"),
    [
        (WEEK, "2 08:59", False),
        (WEEK, "2 09:00", True),
        (WEEK, "6 16:59", True),
        (WEEK, "6 17:00", False),
        (WEEK, "7 12:00", False),
        (NOON_BREAK, "2 12:30", False),
        (NOON_BREAK, "2 13:00", True),
        (NOON_BREAK, "6 14:00", False),
    ],
)
def test_when_somebody_is_there(of: Hours, moment: str, is_open: bool) -> None:
    assert of.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("of", "moment", "opens", "reopens", "closes"),
    [
        (WEEK, "2 08:00", "2 09:00", "2 09:00", "2 17:00"),
        (WEEK, "2 09:00", "3 09:00", "2 09:00", "2 17:00"),
        (WEEK, "6 18:00", "9 09:00", "9 09:00", "9 17:00"),
        (WEEK, "7 12:00", "9 09:00", "9 09:00", "9 17:00"),
        (NOON_BREAK, "2 12:30", "3 08:00", "2 13:00", "2 17:00"),
        (NOON_BREAK, "6 12:30", "9 08:00", "6 12:30", "6 13:00"),
    ],
)
def test_the_next_opening_and_closing(
    of: Hours, moment: str, opens: str, reopens: str, closes: str
) -> None:
    assert told(of.opens_after(at(moment))) == opens
    assert told(of.reopens_at(at(moment))) == reopens
    assert told(of.closes_at(at(moment))) == closes


def test_a_closed_date_is_no_working_day() -> None:
    thursday = datetime(2026, 4, 2, 18, tzinfo=BERLIN).astimezone(UTC)

    assert NOON_BREAK.opens_after(thursday) == datetime(2026, 4, 7, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("of", "moment", "worked"),
    [
        (WEEK, "2 10:00", "2 14:00"),
        (WEEK, "2 08:00", "2 13:00"),
        (WEEK, "6 15:00", "9 11:00"),
        (NOON_BREAK, "2 10:00", "2 15:00"),
    ],
)
def test_four_working_hours(of: Hours, moment: str, worked: str) -> None:
    assert told(of.worked(at(moment), timedelta(hours=4))) == worked


def test_working_days_are_counted_from_the_next_day() -> None:
    assert told(WEEK.closing_after(at("6 10:00"), days=2)) == "10 17:00"  # Friday to Tuesday
    assert told(WEEK.closing_after(at("7 10:00"), days=1)) == "9 17:00"
    assert told(WEEK.opening_after(at("2 10:00"), days=1)) == "3 09:00"
    assert told(WEEK.opening_after(at("6 10:00"), days=2)) == "10 09:00"


def test_the_clock_change_moves_the_opening() -> None:
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)

    assert WEEK.opens_after(saturday) == datetime(2026, 3, 30, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "always",
        "Mon",
        "Mon-Fri",
        "Mon-Fri 9-17",
        "Fri-Mon 09:00-17:00",
        "Mon-Fri 17:00-09:00",
        "Mon-Fri 09:00-09:00",
        "Mon-Fri 09:00-13:00 12:00-17:00",
        "Mon-Fri 09:00-25:00",
        "Mo-Fr 09:00-17:00",
        "Mon-Xyz 09:00-17:00",
    ],
)
def test_what_are_no_hours(text: str) -> None:
    with pytest.raises(NoHours, match="Mon-Fri 09:00-17:00"):
        hours.parse(text, zone=BERLIN.key)


def test_a_clinic_that_never_opens_is_found_out() -> None:
    never = Hours(zone=BERLIN.key, week=((),) * 7)

    with pytest.raises(NoHours):
        never.opens_after(at("2 10:00"))
    with pytest.raises(NoHours):
        never.worked(at("2 10:00"), timedelta(hours=1))
