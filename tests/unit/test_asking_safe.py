from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from care.escalation import EscalationState
from care.safety import Safe, answered, asked, is_unanswered
from care.triage import CRISIS, Tier
from tests.builders import NOW, clinic, escalation

if TYPE_CHECKING:
    from care.escalation import Escalation

LATER = NOW + timedelta(minutes=5)
QUARTER = timedelta(minutes=15)


def crisis(**given: Any) -> Escalation:
    return escalation(rule=CRISIS, tier=Tier.URGENT, reason={}, **given)


def test_a_crisis_asks_one_question_for_a_quarter_of_an_hour() -> None:  # R-SUI-3
    assert asked(crisis(), now=NOW).safe_by == NOW + QUARTER
    assert asked(escalation(), now=NOW).safe_by is None
    assert asked(replace(crisis(), tier=Tier.EMERGENCY), now=NOW).safe_by is None


@pytest.mark.parametrize("state", [EscalationState.OPEN, EscalationState.TAKEN])
@pytest.mark.parametrize("safe", [Safe.NO, Safe.UNSURE, None])
def test_anything_but_yes_is_an_emergency_at_once(  # R-SUI-3
    safe: Safe | None, state: EscalationState
) -> None:
    question = asked(crisis(state=state), now=NOW)

    told = answered(question, safe, clinic=clinic(), now=LATER)

    assert (told.tier, told.safe_by, told.next_step_at) == (Tier.EMERGENCY, None, LATER)


def test_yes_lowers_nothing() -> None:  # R-SUI-3
    question = asked(crisis(), now=NOW)
    worse = replace(question, tier=Tier.EMERGENCY)

    assert answered(question, Safe.YES, clinic=clinic(), now=NOW) == replace(
        question, safe_by=None
    )
    assert answered(worse, Safe.YES, clinic=clinic(), now=NOW).tier is Tier.EMERGENCY


def test_what_is_closed_stays_as_it_was() -> None:
    closed = crisis(state=EscalationState.CLOSED)

    assert answered(closed, Safe.NO, clinic=clinic(), now=NOW) == closed


def test_a_question_is_unanswered_once_its_time_is_over() -> None:
    question = asked(crisis(), now=NOW)

    assert not is_unanswered(question, now=LATER)
    assert is_unanswered(question, now=NOW + QUARTER)
    assert not is_unanswered(replace(question, safe_by=None), now=NOW + QUARTER)
