"""What follows when a message could not be delivered, or nobody can say whether it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.escalation import EscalationId
from care.lifecycle import CheckInId, CheckInState
from care.promises import Kind, Promise
from care.steps import gathering, listing, reaching, relaying, ringing

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.ports.unit_of_work import UnitOfWork

_EDITS = frozenset(
    {Kind.CHECKIN_REDRAW, Kind.CHECKIN_REFRESH, Kind.ESCALATION_REDRAW, Kind.RELAY_REDRAW}
)
_RELAYED = frozenset({Kind.RELAY_TO_TEAM, Kind.RELAY_TO_PATIENT})


async def failed(
    uow: UnitOfWork, promise: Promise, *, is_gone: bool, clinic: Clinic, now: datetime
) -> None:
    """The person cannot be reached: remember it; a page goes to the next at once."""
    if promise.kind in gathering.KINDS:
        if is_gone:
            await gathering.lost(uow, promise.recipient, now=now)
        return
    if is_gone and promise.kind not in _EDITS:
        await reaching.unreachable(uow, promise.recipient, clinic=clinic, now=now)
    if promise.kind is Kind.ESCALATION_PAGE:
        found = await uow.escalations.get(EscalationId(promise.subject))
        await ringing.missed(uow, found, is_gone=is_gone, clinic=clinic, now=now)
    if promise.kind is Kind.DAILY_LIST:
        await listing.missed(uow, promise, clinic=clinic, now=now)
    if promise.kind in _RELAYED:
        await relaying.failed(uow, promise, now=now)
    await undelivered(uow, promise)


async def undelivered(uow: UnitOfWork, promise: Promise) -> None:
    """A check-in that did not surely arrive counts as not delivered until a tap (R-OUT-1)."""
    if promise.kind is not Kind.CHECKIN:
        return
    checkin = await uow.checkins.get(CheckInId(promise.subject))
    if checkin.state is CheckInState.DUE:
        await uow.checkins.save(replace(checkin, state=CheckInState.UNDELIVERED))
