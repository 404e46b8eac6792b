"""An escalation changes hands: what is written down, and who hears of it (R-TRI-3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care import escalation as escalations, ladders, triage
from care.audit import Action, AuditEvent
from care.escalation import EscalationState
from care.happenings import Happening
from care.promises import Kind
from care.steps import ringing

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.people import Coordinator
    from care.ports.unit_of_work import UnitOfWork

_ACTIONS = {
    Happening.TAKEN: Action.ESCALATION_TAKEN,
    Happening.HANDED_OVER: Action.ESCALATION_HANDED_OVER,
    Happening.CLOSED: Action.ESCALATION_CLOSED,
    Happening.REOPENED: Action.ESCALATION_REOPENED,
}


async def settle(
    uow: UnitOfWork,
    escalation: Escalation,
    happening: Happening,
    by: Coordinator,
    *,
    now: datetime,
    **detail: int | str,
) -> None:
    """Keep it as it is now: pages that wait are dropped, every copy is drawn anew."""
    actor = f"coordinator:{by.id}"
    await uow.escalations.save(escalation)
    await uow.outbox.cancel(kinds=[Kind.ESCALATION_PAGE], subject=escalation.id)
    detail = {name.rstrip("_"): value for name, value in detail.items()}
    await ringing.note(uow, escalation, happening, actor, detail=detail, now=now)
    await ringing.redraw(uow, escalation, now=now)
    await uow.audit.add(
        AuditEvent(
            at=now,
            actor=actor,
            action=_ACTIONS[happening],
            subject=f"escalation:{escalation.id}",
        )
    )


async def hand_over(
    uow: UnitOfWork,
    found: Escalation,
    *,
    by: Coordinator,
    to: Coordinator,
    clinic: Clinic,
    now: datetime,
) -> Escalation:
    """It is a colleague's now, who is paged for it at once; one that nobody has stays so."""
    handed = escalations.handed_over(found, to.id, clinic=clinic, now=now)
    if handed == found:
        return found
    handed = replace(handed, step=handed.step + 1)
    await settle(uow, handed, Happening.HANDED_OVER, by, now=now, to=to.id)
    await uow.outbox.put(ringing.page(handed, to, now=now))
    return handed


async def reopen(
    uow: UnitOfWork, found: Escalation, *, by: Coordinator, clinic: Clinic, now: datetime
) -> Escalation:
    """It is nobody's any more, and rings again (R-TRI-3)."""
    reopened = _reopened(found, clinic=clinic, now=now)
    await settle(uow, reopened, Happening.REOPENED, by, now=now)
    return reopened


def _reopened(escalation: Escalation, *, clinic: Clinic, now: datetime) -> Escalation:
    """Nobody's again, because who had it has left: it rings as if raised now (R-TRI-1)."""
    at = ladders.starts_at(
        escalation.tier, is_at_once=triage.is_at_once(escalation.rule), clinic=clinic, now=now
    )
    return replace(
        escalation,
        state=EscalationState.OPEN,
        taken_by=None,
        taken_at=None,
        step=escalation.step + 1,
        climbs_since=at,
        next_step_at=at,
        take_by=ladders.take_by(escalation.tier, clinic=clinic, now=now),
    )


async def left_behind(
    uow: UnitOfWork, gone: Coordinator, *, clinic: Clinic, now: datetime
) -> None:
    """What somebody has who cannot be reached any more: the others hear of it (R-TRI-3).

    An emergency at once, what is urgent while the clinic is open; the rest waits for its reminder.
    """
    for one in await uow.escalations.unclosed():
        if one.taken_by != gone.id or ladders.ladder(one.tier, clinic) is None:
            continue
        found = await uow.escalations.get(one.id)
        at = ladders.starts_at(
            found.tier, is_at_once=triage.is_at_once(found.rule), clinic=clinic, now=now
        )
        is_left = found.state is EscalationState.TAKEN and found.taken_by == gone.id
        if is_left and (found.next_step_at is None or at < found.next_step_at):
            await uow.escalations.save(replace(found, next_step_at=at))
