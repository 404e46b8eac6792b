"""Putting down what is due next for a patient."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import infusions, question_sets as daily, timetable
from care.people import Pace
from care.ports.occurrences import DueKind, Occurrence
from care.questions import Item

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from care.clinic import Clinic
    from care.entries import Change
    from care.infusions import Session
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork

SUNDAY = 6

_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)


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
    """Put down the first check-in after an instant whose date is to be asked.

    A journey to the west can lead back into dates that were asked.
    """
    found = next_checkin(patient, after=_after_break(patient, after))
    while not await is_to_be_asked(uow, patient, found.local_date):
        found = next_checkin(patient, after=max(found.due_at, _end_of(found, patient)))
    await uow.occurrences.put(found)


def _after_break(patient: Patient, after: datetime) -> datetime:
    if patient.paused_until is None:
        return after
    last = patient.paused_until - _DAY
    return max(after, timetable.end_of_local_day(last, ZoneInfo(patient.zone)) - _INSTANT)


async def is_to_be_asked(uow: UnitOfWork, patient: Patient, on: date) -> bool:
    """Whether a date is due: not asked yet, in no break, no day between (F13, R-ADH-1)."""
    if patient.is_paused(on) or await uow.checkins.on(patient.id, on) is not None:
        return False
    return patient.pace is Pace.DAILY or not await _is_between(uow, patient, on)


async def _is_between(uow: UnitOfWork, patient: Patient, on: date) -> bool:
    """Every other day: the day before was asked, and no headache was noted on it (F13)."""
    if await uow.checkins.on(patient.id, on - _DAY) is None:
        return False
    answers = await uow.checkins.answers(patient.id, on - _DAY)
    return not (daily.has_headache(answers) or daily.is_too_ill(answers))


async def keep_pace(
    uow: UnitOfWork, patient: Patient, changed: Iterable[Change], *, now: datetime
) -> None:
    """A headache that is noted, or taken back, decides about the day after it (F13)."""
    is_about_it = any(change.item is Item.HEADACHE for change in changed)
    if is_about_it and patient.pace is not Pace.DAILY:
        await replan_checkin(uow, patient, now=now)


async def replan_checkin(uow: UnitOfWork, patient: Patient, *, now: datetime) -> None:
    """Compute the next check-in anew, at another pace or after a headache (F13).

    One that has come due already stays.
    """
    waiting = await uow.occurrences.waiting(patient.id)
    checkins = [one for one in waiting if one.kind is DueKind.CHECKIN]
    if not patient.is_active or any(one.due_at <= now for one in checkins):
        return
    await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN])
    await put_next_checkin(uow, patient, after=now)


async def catch_up(uow: UnitOfWork, patient: Patient, *, now: datetime) -> None:
    """Today's check-in comes at once where a new time or zone would leave it out (F02)."""
    zone = ZoneInfo(patient.zone)
    today = timetable.local_date_at(now, zone)
    is_past = timetable.due_at(today, patient.checkin_time, zone) <= now
    if is_past and await is_to_be_asked(uow, patient, today):
        await offer_today(uow, patient, now=now)


async def offer_today(uow: UnitOfWork, patient: Patient, *, now: datetime) -> None:
    """Today's check-in is due now."""
    today = timetable.local_date_at(now, ZoneInfo(patient.zone))
    await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN])
    await uow.occurrences.put(
        Occurrence(patient_id=patient.id, kind=DueKind.CHECKIN, local_date=today, due_at=now)
    )


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
