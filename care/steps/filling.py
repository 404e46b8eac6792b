"""Dates that are filled in later, or from the diary: their check-in, and word that it was late."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import entries, timetable
from care.errors import DayLocked, NotFound
from care.lifecycle import CheckInState, NewCheckIn
from care.steps import opening

if TYPE_CHECKING:
    from datetime import date, datetime

    from care.lifecycle import CheckIn
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork


def joined_on(patient: Patient) -> date | None:
    """The first date of a patient's diary; None before the consent."""
    if patient.consented_at is None:
        return None
    return timetable.local_date_at(patient.consented_at, ZoneInfo(patient.zone))


async def checkin_of(uow: UnitOfWork, patient: Patient, on: date, *, now: datetime) -> CheckIn:
    """The check-in of a date; where none had come due, a new one for an answer of now.

    Raises NotFound for a date before joining or ahead, DayLocked for one that is over for good.
    """
    found = await uow.checkins.on(patient.id, on)
    if found is not None:
        return found
    zone, first = ZoneInfo(patient.zone), joined_on(patient)
    if first is None or not first <= on <= timetable.local_date_at(now, zone):
        raise NotFound
    locks_at = entries.locks_at(on, zone)
    if now >= locks_at:
        raise DayLocked
    new = NewCheckIn(
        patient_id=patient.id,
        local_date=on,
        zone=patient.zone,
        state=CheckInState.OPEN,
        due_at=timetable.due_at(on, patient.checkin_time, zone),
        locks_at=locks_at,
    )
    added = await uow.checkins.add(new)
    if added is None:
        raise NotFound
    await uow.occurrences.put(opening.lock_of(added))
    return added


async def was_late(uow: UnitOfWork, checkin: CheckIn, *, now: datetime) -> bool:
    """Whether an answer that stands in its day came after that day (R-FILL-1)."""
    if not checkin.is_late(now=now):
        return False
    on = checkin.local_date
    return on in await uow.checkins.late_between(checkin.patient_id, on, on)
