"""The second reminder of a check-in, once (F12, R-REM-1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.lifecycle import CheckInId
from care.ports.occurrences import DueKind
from care.promises import Kind, Promise
from care.questions import Item

if TYPE_CHECKING:
    from datetime import datetime

    from care.ports.core import Core
    from care.ports.occurrences import Occurrence
    from care.ports.unit_of_work import UnitOfWork

BATCH = 100
"""How many due reminders one unit of work takes."""

REMINDER_WITHIN = timedelta(hours=2)
"""A second reminder later than this is dropped (telegram facts, 7)."""


async def remind_due(core: Core) -> int:
    """Ask a second time, once, where nothing was answered; too late for it, drop it.

    A reminder held up into the quiet hours is dropped too, also by a flood limit.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.occurrences.claim(DueKind.CHECKIN_REMINDER, now=now, limit=BATCH)
        for occurrence in due:
            if not await _remind(uow, occurrence, now=now):
                await uow.occurrences.drop([occurrence])
        await uow.commit()
    return len(due)


async def _remind(uow: UnitOfWork, occurrence: Occurrence, *, now: datetime) -> bool:
    patient = await uow.people.patient(occurrence.patient_id)
    checkin = await uow.checkins.get(CheckInId(occurrence.subject))
    answers = await uow.checkins.answers(patient.id, checkin.local_date)
    is_wanted = patient.is_active and patient.is_reachable and Item.HEADACHE not in answers
    is_too_late = now - occurrence.due_at > REMINDER_WITHIN or checkin.is_late(now=now)
    zone = ZoneInfo(patient.zone)
    is_quiet = timetable.is_quiet(now, zone)
    if not is_wanted or is_too_late or is_quiet or patient.address is None:
        return False
    return await uow.outbox.put(
        Promise(
            kind=Kind.CHECKIN_REMINDER,
            recipient=patient.address,
            subject=checkin.id,
            key=f"checkin_reminder:{checkin.id}",
            due_at=now,
            expires_at=min(
                occurrence.due_at + REMINDER_WITHIN,
                checkin.locks_at,
                timetable.next_quiet(now, zone),
            ),
        )
    )
