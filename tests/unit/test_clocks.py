from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bench import clocks
from care.timetable import Due

YEAR = clocks.Span(start=datetime(2026, 2, 25, tzinfo=UTC), end=datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize(("at", "first"), [(time(0, 0), 0), (time(2, 30), 1)])
def test_in_a_third_of_all_zones_each_date_of_a_year_with_clock_changes_is_due_once(
    at: time, first: int
) -> None:
    total = clocks.Found()
    for alike in clocks.alike()[first::3]:
        total.add(clocks.check(alike[0], times=[at], span=YEAR))

    assert total.wrong == []
    assert total.due == total.dates > 25_000
    assert total.skipped > 0


def test_apia_is_asked_on_every_date_but_the_one_it_never_had() -> None:
    week = clocks.Span(
        start=datetime(2011, 12, 20, tzinfo=UTC), end=datetime(2012, 1, 10, tzinfo=UTC)
    )

    found = clocks.check("Pacific/Apia", times=clocks.times_of_day(clocks.HOUR / 4), span=week)

    assert (found.wrong, found.changes) == ([], 1)
    assert found.due == 96 * found.dates


def test_what_comes_at_the_wrong_time_is_seen() -> None:
    found, berlin = clocks.Found(), ZoneInfo("Europe/Berlin")
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 for the second time
    late = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)

    for due_at, on in ((second, date(2026, 10, 25)), (late, date(2026, 10, 24))):
        due = Due(local_date=on, due_at=due_at)
        clocks._check_instant(found, "Europe/Berlin", berlin, time(2, 30), due)

    assert [words.rpartition(": ")[2] for words in found.wrong] == [
        "the second of two",
        "comes at 20:00",
    ]
