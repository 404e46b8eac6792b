"""Opening a check-in: sent while its local day lasts, else recorded as not delivered (R-REM-1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import entries, timetable
from care.lifecycle import CheckIn, CheckInState, NewCheckIn
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Kind, Promise
from care.steps import scheduling

if TYPE_CHECKING:
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork

DELAYED_AFTER = timedelta(minutes=15)
"""A check-in sent later than this after its time is marked as delayed (R-REM-1)."""


async def open_checkin(
    uow: UnitOfWork, patient: Patient, occurrence: Occurrence, *, now: datetime
) -> None:
    """One check-in: sent while its local day lasts, else recorded as not delivered (R-REM-1)."""
    zone = ZoneInfo(patient.zone)
    day_ends_at = timetable.end_of_local_day(_day_of(occurrence, zone), zone)
    is_sendable = now < day_ends_at and patient.is_reachable
    checkin = await uow.checkins.add(
        NewCheckIn(
            patient_id=patient.id,
            local_date=occurrence.local_date,
            zone=patient.zone,
            state=CheckInState.DUE if is_sendable else CheckInState.UNDELIVERED,
            due_at=occurrence.due_at,
            locks_at=entries.locks_at(occurrence.local_date, zone),
            is_delayed=now - occurrence.due_at > DELAYED_AFTER,
        )
    )
    await scheduling.put_checkin_after(uow, patient, occurrence)
    if checkin is None:
        return
    await uow.occurrences.put(_lock_of(checkin, occurrence))
    if is_sendable and patient.address is not None:
        await uow.outbox.put(
            Promise(
                kind=Kind.CHECKIN,
                recipient=patient.address,
                subject=checkin.id,
                key=f"checkin:{checkin.id}",
                due_at=now,
                expires_at=day_ends_at,
            )
        )


def _day_of(occurrence: Occurrence, zone: ZoneInfo) -> date:
    """The local date on which it is sent: a clock change can shift a late one past midnight."""
    return max(occurrence.local_date, timetable.local_date_at(occurrence.due_at, zone))


def _lock_of(checkin: CheckIn, occurrence: Occurrence) -> Occurrence:
    return Occurrence(
        patient_id=checkin.patient_id,
        kind=DueKind.CHECKIN_LOCK,
        local_date=occurrence.local_date,
        due_at=checkin.locks_at,
        subject=checkin.id,
    )
