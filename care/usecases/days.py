"""Days that begin and end: check-ins opened when due, locked, redrawn when behind (F02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from care import lifecycle
from care.lifecycle import CheckInId
from care.ports.occurrences import DueKind
from care.promises import Kind, Promise
from care.steps import opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from care.lifecycle import CheckIn
    from care.people import Address
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

BATCH = 100
"""How many due things one unit of work takes."""


async def open_due(core: Core) -> int:
    """Open the check-ins that are due, after an outage every missed date; returns how many."""
    total = 0
    while opened := await _open_batch(core):
        total += opened
    return total


async def _open_batch(core: Core) -> int:
    """Open some, and put down the next of each patient, which may be due as well."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.occurrences.claim(DueKind.CHECKIN, now=now, limit=BATCH)
        for occurrence in due:
            patient = await uow.people.patient(occurrence.patient_id)
            if patient.is_active:
                await opening.open_checkin(uow, patient, occurrence, clinic=core.clinic, now=now)
        await uow.commit()
    return len(due)


async def lock_due(core: Core) -> int:
    """Close the days that take no more answers (R-FILL-1), and take their buttons away."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.occurrences.claim(DueKind.CHECKIN_LOCK, now=now, limit=BATCH)
        for occurrence in due:
            checkin = await uow.checkins.get(CheckInId(occurrence.subject))
            answers = await uow.checkins.answers(checkin.patient_id, checkin.local_date)
            closed = lifecycle.locked(checkin, answers)
            await uow.checkins.save(closed)
            await _redraw(uow, closed, now=now)
        await uow.commit()
    return len(due)


async def redraw_lagging(
    core: Core, *, is_being_drawn: Callable[[Address, CheckIn], bool] = lambda *_: False
) -> int:
    """Owe an edit to every screen that is behind its check-in, as after a crash.

    Not to one that a tap is changing just now: it is looked at again next time.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        lagging = await uow.checkins.lagging(limit=BATCH)
        owed = [
            await _redraw(uow, checkin, now=now, is_being_drawn=is_being_drawn)
            for checkin in lagging
        ]
        await uow.commit()
    return sum(owed)


async def _redraw(
    uow: UnitOfWork,
    checkin: CheckIn,
    *,
    now: datetime,
    is_being_drawn: Callable[[Address, CheckIn], bool] = lambda *_: False,
) -> bool:
    patient = await uow.people.patient(checkin.patient_id)
    if patient.address is None or checkin.message_id is None or not patient.is_reachable:
        return False
    if is_being_drawn(patient.address, checkin):
        return False
    return await uow.outbox.put(
        Promise(
            kind=Kind.CHECKIN_REDRAW,
            recipient=patient.address,
            subject=checkin.id,
            key=f"checkin_redraw:{checkin.id}:{checkin.revision}",
            due_at=now,
        )
    )
