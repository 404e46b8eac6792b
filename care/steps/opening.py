"""Opening a check-in: sent while its local day lasts, else recorded as not delivered (R-REM-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import entries, infusions, question_sets, timetable
from care.lifecycle import CheckIn, CheckInState, NewCheckIn
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Kind, Promise
from care.steps import hushing, profiles, ringing, scheduling, silence
from care.triage import Report, triage

if TYPE_CHECKING:
    from care.clinic import Clinic
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork

DELAYED_AFTER = timedelta(minutes=15)
"""A check-in sent later than this after its time is marked as delayed (R-REM-1)."""


async def open_missed(uow: UnitOfWork, patient: Patient, *, clinic: Clinic, now: datetime) -> None:
    """Open what of a patient has come due and no tick has opened yet, date by date.

    To be done before what waits is planned anew: otherwise an outage would leave dates out (F02).
    """
    while due := [
        one
        for one in await uow.occurrences.waiting(patient.id)
        if one.kind is DueKind.CHECKIN and one.due_at <= now
    ]:
        await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN])
        for occurrence in due:
            await open_checkin(uow, patient, occurrence, clinic=clinic, now=now)


async def open_checkin(
    uow: UnitOfWork,
    patient: Patient,
    occurrence: Occurrence,
    *,
    clinic: Clinic,
    now: datetime,
    is_wished: bool = False,
) -> None:
    """One check-in: sent while its local day lasts, else recorded as not delivered (R-REM-1).

    A week of silence before it is a task for the team (R-REM-2), and so are two days of it after
    a hard one (R-TRI-8). After an infusion, and on the day of an emergency, the diary rests: the
    day is then not due, unless the patient wishes for it (R-INF-7, R-EMG-2).
    """
    if not is_wished and await _rests(uow, patient, at=occurrence.due_at):
        await scheduling.put_checkin_after(uow, patient, occurrence)
        return
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
    await _begin_where_it_stands(uow, patient, checkin)
    await uow.occurrences.put(lock_of(checkin))
    await _report_silence(uow, patient, checkin, clinic=clinic, now=now)
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


async def _report_silence(
    uow: UnitOfWork, patient: Patient, checkin: CheckIn, *, clinic: Clinic, now: datetime
) -> None:
    """What the silence before a check-in means to the team (R-REM-2, R-TRI-8)."""
    found = await silence.before(uow, patient.id, checkin.local_date)
    flags = triage(Report(silent_days=found.days, was_severe=found.was_severe), clinic)
    await ringing.raise_flags(uow, patient, flags, clinic=clinic, now=now)


async def _rests(uow: UnitOfWork, patient: Patient, *, at: datetime) -> bool:
    sessions = await uow.infusions.upcoming(
        after=at - infusions.DIARY_RESTS, patient_id=patient.id
    )
    if any(infusions.rests(session, at=at) for session in sessions):
        return True
    return await hushing.is_hushed(uow, patient, at=at)


async def _begin_where_it_stands(uow: UnitOfWork, patient: Patient, checkin: CheckIn) -> None:
    """What was said before, as in an attack, is not asked again."""
    answers = await uow.checkins.answers(patient.id, checkin.local_date)
    if answers:
        profile = await profiles.profile_of(uow, patient)
        asking = question_sets.first_missing(answers, profile, is_late=False)
        await uow.checkins.save(replace(checkin, asking=asking))


def _day_of(occurrence: Occurrence, zone: ZoneInfo) -> date:
    """The local date on which it is sent: a clock change can shift a late one past midnight."""
    return max(occurrence.local_date, timetable.local_date_at(occurrence.due_at, zone))


def lock_of(checkin: CheckIn) -> Occurrence:
    """When its day takes no more answers."""
    return Occurrence(
        patient_id=checkin.patient_id,
        kind=DueKind.CHECKIN_LOCK,
        local_date=checkin.local_date,
        due_at=checkin.locks_at,
        subject=checkin.id,
    )
