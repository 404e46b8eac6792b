"""Are you safe right now? One fixed question, and what follows from its answer (R-SUI-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from care.escalation import EscalationState, heard_soon, raised
from care.triage import Tells, Tier, tells

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.escalation import Escalation

SAFE_WITHIN = timedelta(minutes=15)
"""How long the question may stay without an answer."""


class Safe(StrEnum):
    """What the patient answered to it."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


def asked(escalation: Escalation, *, now: datetime) -> Escalation:
    """With the question that a crisis brings, anew with each cause.

    An emergency waits for no answer: it could not be more.
    """
    is_asked = tells(escalation.rule) is Tells.CRISIS and escalation.tier is not Tier.EMERGENCY
    return replace(escalation, safe_by=now + SAFE_WITHIN if is_asked else None)


def is_unanswered(escalation: Escalation, *, now: datetime) -> bool:
    """Whether nobody answered in time."""
    return escalation.safe_by is not None and escalation.safe_by <= now


def answered(
    escalation: Escalation, safe: Safe | None, *, clinic: Clinic, now: datetime
) -> Escalation:
    """Anything but yes, or no answer in time: EMERGENCY; yes lowers nothing.

    Whoever has taken what is an emergency already hears that it was answered so.
    """
    told = replace(escalation, safe_by=None)
    if safe is Safe.YES or escalation.state is EscalationState.CLOSED:
        return told
    return raised(heard_soon(told, now=now), Tier.EMERGENCY, clinic=clinic, now=now)
