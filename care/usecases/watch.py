"""Who can be reached, and tidying up what is done with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from care.escalation import EscalationState
from care.notes import KEEP_DRAFTS
from care.people import Address, Speaker, Stranger
from care.steps import digesting, presence, reaching

if TYPE_CHECKING:
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

KEEP_IDS = timedelta(days=7)
"""How long the ids of handled updates are kept (telegram facts, 6)."""


async def who_speaks(core: Core, *, address: Address, language: str) -> Speaker:
    """Who is at this address: a coordinator, a patient, an operator, or a stranger.

    Who speaks can be reached again, even if we never heard that they unblocked the bot.
    """
    async with core.new_uow(is_reading=True) as uow:
        found = await uow.people.coordinator_at(address) or await uow.people.patient_at(address)
        operator = None if found else await uow.people.operator_at(address)
    if found is not None and not found.is_reachable:
        await note_reachable(core, address=address, is_reachable=True)
    return found or operator or Stranger(address=address, language=language)


async def note_reachable(core: Core, *, address: Address, is_reachable: bool) -> None:
    """Somebody has blocked the bot, or come back: what is due pauses or goes on."""
    async with core.new_uow() as uow:
        if not is_reachable:
            await reaching.unreachable(uow, address, clinic=core.clinic, now=core.clock.now())
            await uow.commit()
            return
        await uow.people.note_patient(address, is_reachable=True)
        await uow.people.note_coordinator(address, is_reachable=True)
        await uow.commit()


async def note_refused(core: Core, *, address: Address, subject: str) -> None:
    """Write a refused tap into the audit log."""
    async with core.new_uow() as uow:
        await uow.audit.add(
            AuditEvent(
                at=core.clock.now(),
                actor=f"chat:{address}",
                action=Action.TAP_REFUSED,
                subject=subject,
            )
        )
        await uow.commit()


async def tidy(core: Core) -> int:
    """Forget the ids of updates handled long ago, and words that nobody decided on."""
    async with core.new_uow() as uow:
        now = core.clock.now()
        count = await uow.inbox.forget(before=now - KEEP_IDS)
        erased = await uow.notes.erase_drafts(before=now - KEEP_DRAFTS, now=now)
        await uow.commit()
    return count + erased


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How much is waiting; `next_promise_at` is when the oldest promise was or is due."""

    next_promise_at: datetime | None
    escalations_open: int
    escalations_taken: int
    updates_waiting: int
    updates_parked: int


async def figures(core: Core) -> Figures:
    """What a monitor may know, without anybody's data."""
    async with core.new_uow(is_reading=True) as uow:
        unclosed = await uow.escalations.unclosed()
        waiting, parked = await uow.inbox.counts()
        next_promise_at = await uow.outbox.next_at()
    count_open = sum(one.state is EscalationState.OPEN for one in unclosed)
    return Figures(
        next_promise_at=next_promise_at,
        escalations_open=count_open,
        escalations_taken=len(unclosed) - count_open,
        updates_waiting=waiting,
        updates_parked=parked,
    )


async def next_due_at(core: Core) -> datetime | None:
    """The next instant at which anything is due at all."""
    async with core.new_uow(is_reading=True) as uow:
        return await _next_at(uow, core)


class Area(Enum):
    """Where something can be due."""

    TIMETABLE = auto()
    ESCALATIONS = auto()
    OUTBOX = auto()
    SCREENS = auto()
    INBOX = auto()
    DESK = auto()
    TEAM = auto()


async def what_is_due(core: Core) -> frozenset[Area]:
    """Where there is something to do now: at its time, to try again, or to draw anew."""
    now = core.clock.now()
    async with core.new_uow(is_reading=True) as uow:
        found = {
            Area.TIMETABLE: _is_past(await uow.occurrences.next_at(), now),
            Area.ESCALATIONS: _is_past(await uow.escalations.next_at(), now),
            Area.OUTBOX: _is_past(await uow.outbox.next_at(), now),
            Area.DESK: await digesting.is_due(uow, core.clinic, now=now),
            Area.TEAM: await presence.is_due(uow, core.clinic, now=now),
            Area.SCREENS: bool(await uow.checkins.lagging(limit=1)),
        }
        waiting = await uow.inbox.unfinished()
    found[Area.INBOX] = any(one.retry_at is None or one.retry_at <= now for one in waiting)
    return frozenset(area for area, is_due in found.items() if is_due)


def _is_past(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


async def is_anything_due(core: Core) -> bool:
    """Whether there is anything to do now at all."""
    return bool(await what_is_due(core))


async def _next_at(uow: UnitOfWork, core: Core) -> datetime | None:
    found = [
        await digesting.next_at(uow, core.clinic, now=core.clock.now()),
        await presence.next_at(uow, core.clinic, now=core.clock.now()),
        await uow.occurrences.next_at(),
        await uow.outbox.next_at(),
        await uow.escalations.next_at(),
        await uow.inbox.next_at(),
    ]
    return min((at for at in found if at is not None), default=None)
