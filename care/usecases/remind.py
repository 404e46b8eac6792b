"""The second reminder of a check-in, and the offer of the next morning (F12, R-REM-1)."""

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

    from care.lifecycle import CheckIn
    from care.people import Patient
    from care.ports.core import Core
    from care.ports.occurrences import Occurrence
    from care.ports.unit_of_work import UnitOfWork

BATCH = 100
"""How many due reminders one unit of work takes."""

REMINDER_WITHIN = timedelta(hours=2)
"""A second reminder later than this is dropped (telegram facts, 7)."""

OFFER_WITHIN = timedelta(hours=3)
"""A back-fill offer later than this is dropped: it is no morning any more."""

_ONE_DAY = timedelta(days=1)


async def remind_due(core: Core) -> int:
    """Ask a second time, once, where nothing was answered; too late for it, drop it.

    A reminder held up into the quiet hours is dropped too, also by a flood limit; and one on a
    day that had a back-fill offer: two prompts a day are the most (R-REM-1).
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
    checkin = await uow.checkins.get(CheckInId(occurrence.subject))
    answers = await uow.checkins.answers(checkin.patient_id, checkin.local_date)
    had_offer = await uow.occurrences.is_done(
        checkin.patient_id, DueKind.CHECKIN_BACKFILL, checkin.local_date - _ONE_DAY
    )
    if Item.HEADACHE in answers or had_offer or checkin.is_late(now=now):
        return False
    until = occurrence.due_at + REMINDER_WITHIN
    return await _prompt(uow, checkin, Kind.CHECKIN_REMINDER, until=until, now=now)


async def offer_due(core: Core) -> int:
    """Offer yesterday once more in the morning, where it was not finished (R-REM-1)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.occurrences.claim(DueKind.CHECKIN_BACKFILL, now=now, limit=BATCH)
        for occurrence in due:
            if not await _offer(uow, occurrence, now=now):
                await uow.occurrences.drop([occurrence])
        await uow.commit()
    return len(due)


async def _offer(uow: UnitOfWork, occurrence: Occurrence, *, now: datetime) -> bool:
    checkin = await uow.checkins.get(CheckInId(occurrence.subject))
    if checkin.completed_at is not None or now >= checkin.locks_at:
        return False
    until = occurrence.due_at + OFFER_WITHIN
    return await _prompt(uow, checkin, Kind.CHECKIN_BACKFILL, until=until, now=now)


async def _prompt(
    uow: UnitOfWork, checkin: CheckIn, kind: Kind, *, until: datetime, now: datetime
) -> bool:
    """Owe a prompt, unless nobody would want it any more or yet; False if so."""
    patient: Patient = await uow.people.patient(checkin.patient_id)
    zone = ZoneInfo(patient.zone)
    if not patient.is_active or not patient.is_reachable or patient.address is None:
        return False
    if now > until or timetable.is_quiet(now, zone):
        return False
    return await uow.outbox.put(
        Promise(
            kind=kind,
            recipient=patient.address,
            subject=checkin.id,
            key=f"{kind}:{checkin.id}",
            due_at=now,
            expires_at=min(until, checkin.locks_at, timetable.next_quiet(now, zone)),
        )
    )
