"""Putting down what is due next for a patient."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import infusions, timetable
from care.ports.occurrences import DueKind, Occurrence

if TYPE_CHECKING:
    from care.clinic import Clinic
    from care.infusions import Session
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork

SUNDAY = 6

_INSTANT = timedelta(microseconds=1)


def next_checkin(patient: Patient, *, after: datetime) -> Occurrence:
    """The first check-in after an instant, keyed by its local date (F02)."""
    due = timetable.next_due(
        after=after, local_time=patient.checkin_time, zone=ZoneInfo(patient.zone)
    )
    return Occurrence(
        patient_id=patient.id,
        kind=DueKind.CHECKIN,
        local_date=due.local_date,
        due_at=due.due_at,
    )


async def put_checkin_after(uow: UnitOfWork, patient: Patient, done: Occurrence) -> None:
    """Put down the check-in that follows one that has come due."""
    await put_next_checkin(uow, patient, after=max(done.due_at, _end_of(done, patient)))


async def put_next_checkin(uow: UnitOfWork, patient: Patient, *, after: datetime) -> None:
    """Put down the first check-in after an instant whose date was not asked yet.

    A journey to the west can lead back into dates that were asked.
    """
    found = next_checkin(patient, after=after)
    while await uow.checkins.on(patient.id, found.local_date) is not None:
        found = next_checkin(patient, after=max(found.due_at, _end_of(found, patient)))
    await uow.occurrences.put(found)


def _end_of(done: Occurrence, patient: Patient) -> datetime:
    """The last instant of the local date of a check-in."""
    return timetable.end_of_local_day(done.local_date, ZoneInfo(patient.zone)) - _INSTANT


def next_summary(patient: Patient, clinic: Clinic, *, after: datetime) -> Occurrence:
    """The first Sunday evening after an instant, local time (F20)."""
    due = timetable.next_weekly_due(
        after=after,
        weekday=SUNDAY,
        local_time=clinic.summary_time,
        zone=ZoneInfo(patient.zone),
    )
    return Occurrence(
        patient_id=patient.id,
        kind=DueKind.SUMMARY,
        local_date=due.local_date,
        due_at=due.due_at,
    )


async def plan_patient(
    uow: UnitOfWork, patient: Patient, clinic: Clinic, *, now: datetime
) -> None:
    """Compute a patient's future anew: after joining, returning, or a new zone or time.

    A date that was asked already is not asked again.
    """
    await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN, DueKind.SUMMARY])
    await put_next_checkin(uow, patient, after=now)
    await uow.occurrences.put(next_summary(patient, clinic, after=now))
    await plan_sessions(uow, patient, now=now)


async def plan_sessions(uow: UnitOfWork, patient: Patient, *, now: datetime) -> None:
    """Compute the reminders of all sessions ahead anew; they come also after a stop."""
    for session in await uow.infusions.upcoming(after=now, patient_id=patient.id):
        await plan_session(uow, session, patient, now=now)


async def plan_session(
    uow: UnitOfWork, session: Session, patient: Patient, *, now: datetime
) -> None:
    """Put down the reminders of a session, in place of any earlier ones (R-INF-2)."""
    await uow.occurrences.cancel(patient.id, [DueKind.INFUSION_REMINDER], subject=session.id)
    zone = ZoneInfo(patient.zone)
    for reminder in infusions.reminders(session, reader_zone=zone, now=now):
        await uow.occurrences.put(
            Occurrence(
                patient_id=patient.id,
                kind=DueKind.INFUSION_REMINDER,
                local_date=timetable.local_date_at(reminder.due_at, zone),
                due_at=reminder.due_at,
                subject=session.id,
                slot=f"{reminder.ahead}#{session.revision}",
            )
        )
