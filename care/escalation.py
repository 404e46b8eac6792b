"""An escalation: open, taken, closed; who is told when (R-TRI-1, R-TRI-2, R-TRI-3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from care.triage import Flag, Reason, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from care.clinic import Clinic, Ladder
    from care.people import Coordinator, CoordinatorId, PatientId

EscalationId = NewType("EscalationId", int)

REMIND_OWNER_AFTER = timedelta(minutes=60)
"""Taken but not closed: its owner is reminded after this time (R-TRI-3)."""

_URGENCY = {tier: rank for rank, tier in enumerate(Tier)}

EVERYONE_FROM = 3
"""The page from which on everyone is told (R-TRI-2)."""


class EscalationState(StrEnum):
    """Open rings; taken is somebody's; closed has an outcome."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class Closing(StrEnum):
    """With what outcome a coordinator closed it (R-TRI-3)."""

    SPOKEN = "spoken"
    ADVISED = "advised"
    EMERGENCY_CARE = "emergency_care"
    NOT_REACHED = "not_reached"
    FALSE_ALARM = "false_alarm"


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """An open demand for a coordinator.

    `count` is how often the patient gave cause (R-TRI-4), `step` how many pages have been
    written, `next_step_at` when the next one is due (UTC; None when nothing more rings).
    """

    id: EscalationId
    patient_id: PatientId
    rule: str
    tier: Tier
    state: EscalationState
    reason: Reason
    opened_at: datetime
    count: int = 1
    step: int = 0
    next_step_at: datetime | None = None
    taken_by: CoordinatorId | None = None
    taken_at: datetime | None = None
    closed_by: CoordinatorId | None = None
    closed_at: datetime | None = None
    closing: Closing | None = None
    told_at: datetime | None = None
    is_mistake: bool = False
    climbs_since: datetime | None = None

    @property
    def climbs_from(self) -> datetime:
        """From when its ladder counts: its beginning, or when a higher tier restarted it."""
        return self.climbs_since or self.opened_at

    @property
    def owner(self) -> CoordinatorId | None:
        """Who has it; once it is closed, who closed it."""
        return self.closed_by or self.taken_by

    @property
    def face(self) -> str:
        """What a copy of it shows, in short: it differs when the copy has to be redrawn."""
        return f"{self.state}:{self.tier}:{self.count}:{int(self.is_mistake)}"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """It is this coordinator's now."""

    escalation: Escalation


@dataclass(frozen=True, kw_only=True)
class AlreadyTaken:
    """Somebody had taken it before."""

    escalation: Escalation


@dataclass(frozen=True, kw_only=True)
class AlreadyClosed:
    """It is over."""

    escalation: Escalation


def ladder(tier: Tier, clinic: Clinic) -> Ladder:
    """The ladder that a tier climbs."""
    ladders = {Tier.EMERGENCY: clinic.emergency_ladder, Tier.URGENT: clinic.urgent_ladder}
    return ladders.get(tier, clinic.routine_ladder)


def stepped(escalation: Escalation, rungs: Ladder, *, now: datetime) -> Escalation:
    """The escalation after one more page; pages missed meanwhile count as one (R-TRI-1).

    The next page is the first of the ladder that is still ahead, also after one that went out
    before its time because somebody could not be reached.
    """
    ahead = _rung_after(now - escalation.climbs_from, rungs)
    at = escalation.climbs_from + ahead
    return replace(escalation, step=escalation.step + 1, next_step_at=at)


def _rung_after(elapsed: timedelta, rungs: Ladder) -> timedelta:
    last = rungs.pages_after[-1]
    repeats = (elapsed - last) // rungs.then_every + 1
    return next(
        (at for at in rungs.pages_after if at > elapsed), last + repeats * rungs.then_every
    )


def recipients(step: int, team: Iterable[Coordinator]) -> tuple[Coordinator, ...]:
    """Who is told at a step: the first; the next as well; from the third everyone (R-TRI-2)."""
    reachable = sorted(
        (one for one in team if one.is_active and one.is_reachable), key=lambda one: one.position
    )
    return tuple(reachable if step >= EVERYONE_FROM else reachable[:step])


def take(
    escalation: Escalation, by: CoordinatorId, *, now: datetime
) -> Taken | AlreadyTaken | AlreadyClosed:
    """Make it mine: the ringing stops for all; the first one wins (R-TRI-3)."""
    match escalation.state:
        case EscalationState.CLOSED:
            return AlreadyClosed(escalation=escalation)
        case EscalationState.TAKEN:
            return AlreadyTaken(escalation=escalation)
        case EscalationState.OPEN:
            return Taken(
                escalation=replace(
                    escalation,
                    state=EscalationState.TAKEN,
                    taken_by=by,
                    taken_at=now,
                    next_step_at=now + REMIND_OWNER_AFTER,
                )
            )


def close(
    escalation: Escalation, by: CoordinatorId, closing: Closing, *, now: datetime
) -> Escalation:
    """End it with an outcome; closing an open one takes it as well; the first closing stays."""
    if escalation.state is EscalationState.CLOSED:
        return escalation
    return replace(
        escalation,
        state=EscalationState.CLOSED,
        taken_by=escalation.taken_by or by,
        taken_at=escalation.taken_at or now,
        closed_by=by,
        closed_at=now,
        closing=closing,
        next_step_at=None,
    )


def mistaken(escalation: Escalation, rungs: Ladder, *, now: datetime) -> Escalation:
    """The patient says it was a mistake: URGENT from now on, on that ladder, and still open.

    `rungs` is the urgent ladder; nothing is closed by it (R-EMG-3).
    """
    if escalation.is_mistake or escalation.state is EscalationState.CLOSED:
        return escalation
    lowered = replace(escalation, is_mistake=True, tier=Tier.URGENT)
    if escalation.state is EscalationState.TAKEN:
        return lowered
    ahead = _rung_after(now - escalation.climbs_from, rungs)
    return replace(lowered, next_step_at=escalation.climbs_from + ahead)


def bumped(escalation: Escalation, flag: Flag, *, now: datetime) -> Escalation:
    """The same rule fired again while it was open: one more, the newest reason (R-TRI-4).

    A higher tier than it has restarts the ladder, whoever has taken it hears of it at once.
    """
    again = replace(escalation, count=escalation.count + 1, reason=flag.reason)
    if _URGENCY[flag.tier] >= _URGENCY[escalation.tier]:
        return again
    return replace(again, tier=flag.tier, is_mistake=False, climbs_since=now, next_step_at=now)
