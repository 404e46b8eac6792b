"""What a date of the diary shows, and whether it takes answers (F10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care import entries
from care.diary import Diary, DiaryDay, Mark, dates_of, month_within
from care.lifecycle import CheckInState
from tests.builders import BERLIN, NOW, TODAY, answers, checkin

if TYPE_CHECKING:
    from care.lifecycle import CheckIn
    from care.questions import Answers

DAY = timedelta(days=1)
JOINED = TODAY - 20 * DAY
OLD = TODAY - 5 * DAY


def diary(
    on: date, found: CheckIn | None = None, known: Answers | None = None, *, is_active: bool = True
) -> Diary:
    return Diary(
        joined_on=JOINED,
        today=TODAY,
        zone=BERLIN,
        now=NOW,
        is_active=is_active,
        checkins={} if found is None else {on: found},
        answers={} if known is None else {on: known},
    )


def asked(on: date, **given: object) -> CheckIn:
    """A check-in of a date, open for as long as R-FILL-1 says."""
    return replace(checkin(), local_date=on, locks_at=entries.locks_at(on, BERLIN), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (JOINED - DAY, Mark.OUTSIDE),
        (JOINED, Mark.UNASKED),
        (TODAY, Mark.UNASKED),
        (TODAY + DAY, Mark.OUTSIDE),
    ],
)
def test_a_date_without_a_check_in_is_unasked_or_outside(on: date, expected: Mark) -> None:
    assert diary(on).day(on).mark is expected


@pytest.mark.parametrize(
    ("state", "on", "expected"),
    [
        (CheckInState.DUE, TODAY, Mark.UNASKED),
        (CheckInState.DUE, OLD, Mark.UNDELIVERED),
        (CheckInState.OPEN, TODAY, Mark.UNANSWERED),
        (CheckInState.MISSED, OLD, Mark.UNANSWERED),
        (CheckInState.UNDELIVERED, OLD, Mark.UNDELIVERED),
    ],
)
def test_the_silences_are_kept_apart(state: CheckInState, on: date, expected: Mark) -> None:
    assert diary(on, asked(on, state=state)).day(on).mark is expected  # R-OUT-1


@pytest.mark.parametrize(
    ("known", "on", "completed_at", "mark", "pain"),
    [
        (answers(hd="no"), TODAY, NOW, Mark.FREE, None),
        (answers(hd="yes", pk="7"), TODAY, NOW, Mark.HEADACHE, 7),
        (answers(hd="yes", pk="7"), TODAY, None, Mark.BEGUN, 7),
        (answers(hd="yes", pk="7"), OLD, None, Mark.HEADACHE, 7),
        (answers(hd="too_ill"), TODAY, NOW, Mark.HEADACHE, None),
        (answers(hd="yes", pk="skipped"), OLD, NOW, Mark.HEADACHE, None),
    ],
)
def test_an_answered_date_shows_its_headache(
    known: Answers, on: date, completed_at: object, mark: Mark, pain: int | None
) -> None:
    found = diary(on, asked(on, completed_at=completed_at), known).day(on)

    assert (found.mark, found.pain) == (mark, pain)


def test_what_an_attack_noted_before_the_check_in_shows_as_begun() -> None:
    assert diary(TODAY, None, answers(hd="yes")).day(TODAY).mark is Mark.BEGUN


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        (TODAY + DAY, False),
        (TODAY, True),
        (TODAY - 2 * DAY, True),
        (TODAY - 3 * DAY, False),
        (JOINED - DAY, False),
    ],
)
def test_a_date_is_open_to_the_end_of_the_day_after_next(on: date, is_open: bool) -> None:
    assert diary(on).takes_answers(on) is is_open  # R-FILL-1
    assert not diary(on, is_active=False).takes_answers(on)


def test_a_check_in_decides_for_itself_how_long_it_is_open() -> None:
    ahead = TODAY + DAY  # lived on the other side of the date line

    assert diary(ahead, asked(ahead), is_active=False).takes_answers(ahead)
    assert not diary(OLD, asked(OLD)).takes_answers(OLD)


def test_a_month_has_all_its_dates() -> None:
    found = diary(TODAY).month(TODAY)

    assert [day.local_date for day in found] == list(dates_of(TODAY))
    assert len(found) == 31
    assert found[1] == DiaryDay(local_date=TODAY, mark=Mark.UNASKED, is_open=True)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (date.min, date(2026, 2, 1)),
        (date(2026, 2, 27), date(2026, 2, 1)),
        (TODAY, date(2026, 3, 1)),
        (date.max, date(2026, 3, 1)),
    ],
)
def test_only_months_between_joining_and_now_are_shown(wanted: date, shown: date) -> None:
    assert month_within(wanted, joined_on=JOINED, today=TODAY) == shown


def test_the_last_month_of_all_ends() -> None:
    assert list(dates_of(date(9999, 12, 31)))[-1] == date.max
