"""An escalation: open, taken, closed, and what moves it (R-TRI-3, R-TRI-4, R-TRI-5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from care import ladders
from care.triage import TABLE, Flag, Reason, Tier, is_at_once

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.people import CoordinatorId, PatientId

EscalationId = NewType("EscalationId", int)

GATHERED_WITHIN = timedelta(minutes=1)
"""New causes within this time are one message to whoever has taken it."""

_URGENCY = {tier: rank for rank, tier in enumerate(Tier)}


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


class Urgency(StrEnum):
    """What the patient answered to "urgent, or can it wait?" (R-TRI-5)."""

    TODAY = "today"
    CAN_WAIT = "can_wait"


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """An open demand for a coordinator.

    `count` is how often the patient gave cause (R-TRI-4), `step` how many pages have been
    written, `next_step_at` when the next one is due (UTC; None when nothing more rings).
    `take_by` is when somebody should have taken it (R-TRI-1). `note` is a coordinator's, at the
    end. `safe_by` is when "Are you safe right now?" must have been answered (R-SUI-3).
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
    take_by: datetime | None = None
    urgency: Urgency | None = None
    note: str | None = None
    safe_by: datetime | None = None

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
        shown = (self.state, self.tier, self.count, int(self.is_mistake), self.taken_by or "")
        return ":".join(str(one) for one in (*shown, self.urgency or "", int(bool(self.note))))


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


def stepped(escalation: Escalation, *, clinic: Clinic, now: datetime) -> Escalation:
    """The escalation after one more page; pages missed meanwhile count as one (R-TRI-1).

    The next page is the first of the ladder that is still ahead, also after one that went out
    before its time because somebody could not be reached.
    """
    return replace(
        escalation,
        step=escalation.step + 1,
        next_step_at=next_page_at(escalation, clinic=clinic, now=now),
    )


def next_page_at(escalation: Escalation, *, clinic: Clinic, now: datetime) -> datetime:
    """When it rings again if nobody takes it; what is ROUTINE stands in the next daily list."""
    rings_at_once = is_at_once(escalation.rule)
    rungs = ladders.ladder(escalation.tier, clinic)
    if rungs is None:
        return clinic.hours.opens_after(now)
    since = escalation.climbs_from
    return ladders.next_page_at(
        rungs, since=since, is_at_once=rings_at_once, clinic=clinic, now=now
    )


def take(
    escalation: Escalation, by: CoordinatorId, *, clinic: Clinic, now: datetime
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
                    next_step_at=ladders.owner_reminded_at(
                        escalation.tier, clinic=clinic, now=now
                    ),
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


def handed_over(
    escalation: Escalation, to: CoordinatorId, *, clinic: Clinic, now: datetime
) -> Escalation:
    """It is somebody else's now; only what is taken can be handed over."""
    if escalation.state is not EscalationState.TAKEN or escalation.taken_by == to:
        return escalation
    at = ladders.owner_reminded_at(escalation.tier, clinic=clinic, now=now)
    return replace(escalation, taken_by=to, next_step_at=at)


def mistaken(escalation: Escalation, *, clinic: Clinic, now: datetime) -> Escalation:
    """The patient says it was a mistake: URGENT from now on, on that ladder, and still open.

    Nothing is closed by it (R-EMG-3).
    """
    if escalation.is_mistake or escalation.state is EscalationState.CLOSED:
        return escalation
    return _moved(replace(escalation, is_mistake=True, tier=Tier.URGENT), clinic=clinic, now=now)


def pressed(
    escalation: Escalation, urgency: Urgency, *, clinic: Clinic, now: datetime
) -> Escalation:
    """What the patient says: "today" raises ROUTINE to URGENT, else it only sorts (R-TRI-5)."""
    if escalation.state is EscalationState.CLOSED or escalation.urgency is urgency:
        return escalation
    said = replace(escalation, urgency=urgency)
    if urgency is Urgency.TODAY and escalation.tier is Tier.ROUTINE:
        return raised(said, Tier.URGENT, clinic=clinic, now=now)
    return said


def raised(escalation: Escalation, tier: Tier, *, clinic: Clinic, now: datetime) -> Escalation:
    """A higher tier restarts the ladder; whoever has taken it hears of it at once (R-TRI-4)."""
    if _URGENCY[tier] >= _URGENCY[escalation.tier]:
        return escalation
    at = ladders.starts_at(tier, is_at_once=is_at_once(escalation.rule), clinic=clinic, now=now)
    is_open = escalation.state is EscalationState.OPEN
    return replace(
        escalation,
        tier=tier,
        is_mistake=False,
        climbs_since=at,
        take_by=ladders.take_by(tier, clinic=clinic, now=now) if is_open else escalation.take_by,
        next_step_at=at if is_open else now,
    )


def _moved(escalation: Escalation, *, clinic: Clinic, now: datetime) -> Escalation:
    """On a lower ladder from where it stands; its owner's reminder stays."""
    if escalation.state is EscalationState.TAKEN:
        return escalation
    return replace(escalation, next_step_at=next_page_at(escalation, clinic=clinic, now=now))


def bumped(escalation: Escalation, flag: Flag, *, clinic: Clinic, now: datetime) -> Escalation:
    """The same rule fired again while it was open: one more, the newest reason (R-TRI-4).

    A higher tier than it has restarts the ladder. Whoever has taken an emergency or a crisis
    hears of each new cause.
    """
    again = replace(escalation, count=escalation.count + 1, reason=flag.reason)
    is_pressing = flag.tier is Tier.EMERGENCY or is_at_once(flag.rule)
    if is_pressing:
        again = heard_soon(again, now=now)
    return raised(again, flag.tier, clinic=clinic, now=now)


def heard_soon(escalation: Escalation, *, now: datetime) -> Escalation:
    """Whoever has taken it hears of what is new; what comes within a minute is one message."""
    if escalation.state is not EscalationState.TAKEN:
        return escalation
    soon = now + GATHERED_WITHIN
    return replace(escalation, next_step_at=min(escalation.next_step_at or soon, soon))


def is_resting(flag: Flag, closed: Escalation | None, *, now: datetime) -> bool:
    """Whether a rule stays silent because it was closed not long ago (R-TRI-4).

    Only what is ROUTINE does, and not at a new step: another medicine class at its limit.
    """
    row = next((one for one in TABLE if (one.id, one.tier) == (flag.rule, flag.tier)), None)
    if row is None or row.rests_for is None or closed is None or closed.closed_at is None:
        return False
    is_new_step = flag.reason.get("class") != closed.reason.get("class")
    return not is_new_step and now < closed.closed_at + row.rests_for
