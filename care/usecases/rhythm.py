"""How often a patient is asked, and for how long not at all (F13, F60)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.audit import Action, AuditEvent
from care.errors import InvalidAnswer, NotFound
from care.people import BREAKS, NO_END, UNTIL_I_RETURN, Pace
from care.ports.occurrences import DueKind
from care.promises import Kind
from care.steps import opening, reaching, scheduling

if TYPE_CHECKING:
    from datetime import datetime

    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork


_REMINDERS = (DueKind.CHECKIN_REMINDER, DueKind.CHECKIN_BACKFILL)


async def choose_pace(core: Core, *, by: Address, pace: str) -> Patient:
    """Ask every day, or every other. Raises NotYours and InvalidAnswer."""
    if pace not in set(Pace):
        raise InvalidAnswer
    async with core.new_uow() as uow:
        patient = replace(await reaching.joined(uow, by), pace=Pace(pace))
        await uow.people.save_patient(patient)
        await scheduling.replan_checkin(uow, patient, now=core.clock.now())
        await uow.commit()
    return patient


async def take_break(core: Core, *, by: Address, days: int) -> Patient:
    """Ask nothing on so many local dates from now on; what was asked already stays open.

    Infusion messages still come. Raises NotYours, InvalidAnswer, and NotFound after a stop.
    """
    if days not in BREAKS:
        raise InvalidAnswer
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _active(uow, by)
        await opening.open_missed(uow, patient, clinic=core.clinic, now=now)
        patient = replace(patient, paused_until=await _end_of(uow, patient, days, now=now))
        await uow.people.save_patient(patient)
        await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN, *_REMINDERS])
        await uow.outbox.cancel(recipient=by, kinds=[Kind.CHECKIN_REMINDER, Kind.CHECKIN_BACKFILL])
        await scheduling.put_next_checkin(uow, patient, after=now)
        await _note(uow, Action.BREAK_BEGUN, patient, now=now)
        await uow.commit()
    return patient


async def end_break(core: Core, *, by: Address) -> Patient:
    """Ask again from the next time of day on. Raises NotYours, and NotFound after a stop."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = replace(await _active(uow, by), paused_until=None)
        await uow.people.save_patient(patient)
        await scheduling.replan_checkin(uow, patient, now=now)
        await _note(uow, Action.BREAK_ENDED, patient, now=now)
        await uow.commit()
    return patient


async def _active(uow: UnitOfWork, by: Address) -> Patient:
    patient = await reaching.joined(uow, by)
    if not patient.is_active:
        raise NotFound
    return patient


async def _end_of(uow: UnitOfWork, patient: Patient, days: int, *, now: datetime) -> date:
    """The first date on which a break is over; a day that was asked already is not part of it."""
    if days == NO_END:
        return UNTIL_I_RETURN
    today = timetable.local_date_at(now, ZoneInfo(patient.zone))
    was_asked = await uow.checkins.on(patient.id, today) is not None
    return today + timedelta(days=days + was_asked)


async def _note(uow: UnitOfWork, action: Action, patient: Patient, *, now: datetime) -> None:
    name = f"patient:{patient.id}"
    await uow.audit.add(AuditEvent(at=now, actor=name, action=action, subject=name))
