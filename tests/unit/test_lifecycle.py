from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.lifecycle import CheckInState, Outcome, locked, outcome, shown
from care.questions import NONE, SKIPPED
from tests.builders import NOW, answers, checkin

if TYPE_CHECKING:
    from care.questions import Answers

LATE = NOW + timedelta(days=1)  # the next evening: late, but still open


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (CheckInState.DUE, CheckInState.OPEN),
        (CheckInState.UNDELIVERED, CheckInState.OPEN),
        (CheckInState.OPEN, CheckInState.OPEN),
        (CheckInState.COMPLETED, CheckInState.COMPLETED),
        (CheckInState.MISSED, CheckInState.MISSED),
    ],
)
def test_a_message_that_shows_it_opens_what_was_waiting(
    state: CheckInState, after: CheckInState
) -> None:  # R-OUT-1
    start = checkin(state=state, message_id=None, delivered_at=None)

    assert shown(start, 105, now=NOW) == replace(
        start, state=after, message_id=105, delivered_at=NOW
    )


def test_what_was_not_delivered_on_its_day_stays_so_when_it_is_looked_at_later() -> None:
    start = checkin(state=CheckInState.UNDELIVERED, message_id=None, delivered_at=None)

    assert shown(start, 105, now=LATE).state is CheckInState.UNDELIVERED  # R-OUT-1


def test_a_second_message_keeps_the_time_of_the_first() -> None:
    again = shown(checkin(), 106, now=LATE)

    assert (again.message_id, again.delivered_at) == (106, NOW)


LOCKED = [
    (CheckInState.DUE, {}, CheckInState.UNDELIVERED),
    (CheckInState.UNDELIVERED, {}, CheckInState.UNDELIVERED),
    (CheckInState.OPEN, {}, CheckInState.MISSED),
    (CheckInState.OPEN, answers(hd="yes"), CheckInState.COMPLETED),  # partial counts: R-DAY-2
    (CheckInState.COMPLETED, answers(hd="no", exp=NONE), CheckInState.COMPLETED),
    (CheckInState.MISSED, {}, CheckInState.MISSED),
]


@pytest.mark.parametrize(("state", "known", "expected"), LOCKED)
def test_a_day_closes_by_what_is_known(
    state: CheckInState, known: Answers, expected: CheckInState
) -> None:  # R-OUT-1
    start = checkin(state=state)

    assert locked(start, known) == replace(start, state=expected, revision=start.revision + 1)


OUTCOMES = [
    (CheckInState.DUE, {}, Outcome.NOT_DELIVERED),
    (CheckInState.UNDELIVERED, {}, Outcome.NOT_DELIVERED),
    (CheckInState.OPEN, {}, Outcome.DELIVERED_UNANSWERED),
    (CheckInState.MISSED, {}, Outcome.DELIVERED_UNANSWERED),
    (CheckInState.OPEN, answers(hd="no"), Outcome.ANSWERED),
    (CheckInState.OPEN, answers(hd="too_ill"), Outcome.ANSWERED),
    (CheckInState.OPEN, answers(hd="yes"), Outcome.PARTIAL),
    (CheckInState.COMPLETED, answers(hd="still", exp=NONE), Outcome.PARTIAL),
    (CheckInState.OPEN, answers(hd="yes", pk="3"), Outcome.PARTIAL),
    (CheckInState.OPEN, answers(hd="yes", pk="3", dur="lt30", med=NONE), Outcome.ANSWERED),
    (CheckInState.OPEN, answers(hd="yes", pk="3", dur="lt30", med="m1"), Outcome.PARTIAL),
    (
        CheckInState.OPEN,
        answers(hd="yes", pk="3", dur="lt30", med="m1", rel="free"),
        Outcome.ANSWERED,
    ),
    (
        CheckInState.COMPLETED,
        answers(hd="yes", pk=SKIPPED, dur="lt30", med=NONE),
        Outcome.PARTIAL,
    ),
]


@pytest.mark.parametrize(("state", "known", "expected"), OUTCOMES)
def test_the_outcome_is_answered_once_all_of_the_core_is(
    state: CheckInState, known: Answers, expected: Outcome
) -> None:  # R-OUT-1
    assert outcome(checkin(state=state), known) is expected
