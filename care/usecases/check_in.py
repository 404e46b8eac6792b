"""The daily check-in: opened when due, answered tap by tap, locked (F02-F05)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import entries, lifecycle, timetable
from care.errors import NotYours
from care.lifecycle import CheckIn, CheckInId, CheckInState, NewCheckIn, Tap
from care.people import PatientState
from care.ports.occurrences import DueKind, Occurrence
from care.promises import Kind, Promise
from care.steps import reaching, ringing, scheduling
from care.triage import Report, triage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from care.escalation import Escalation
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.questions import Answers

BATCH = 100
"""How many due things one unit of work takes."""

DELAYED_AFTER = timedelta(minutes=15)
"""A check-in sent later than this after its time is marked as delayed (R-REM-1)."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the patient's screen has to show after a tap.

    `left` is the message that showed it before, when the tap was on another one.
    """

    patient: Patient
    checkin: CheckIn
    answers: Answers
    raised: tuple[Escalation, ...] = ()
    left: int | None = None


async def record_answer(
    core: Core, *, by: Address, checkin_id: CheckInId, tap: Tap, message_id: int
) -> Shown:
    """Save one tap, triage it and owe what follows, in one unit of work.

    Raises NotYours, NotFound, DayLocked and InvalidAnswer.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient, checkin = await _own(uow, by, checkin_id)
        await reaching.heard(uow, patient)
        before = await uow.checkins.answers(patient.id, checkin.local_date)
        recorded = lifecycle.record(checkin, before, tap, now=now)
        raised = await _write(uow, patient, recorded, before, core=core, now=now)
        after = replace(recorded.checkin, message_id=message_id)
        after = replace(after, delivered_at=after.delivered_at or now)
        await uow.checkins.save(after)
        await uow.commit()
    left = None if checkin.message_id == message_id else checkin.message_id
    return Shown(
        patient=patient, checkin=after, answers=recorded.answers, raised=raised, left=left
    )


async def _own(uow: UnitOfWork, by: Address, checkin_id: CheckInId) -> tuple[Patient, CheckIn]:
    patient = await uow.people.patient_at(by)
    checkin = await uow.checkins.get(checkin_id)
    if patient is None or checkin.patient_id != patient.id:
        raise NotYours
    return patient, checkin


async def _write(
    uow: UnitOfWork,
    patient: Patient,
    recorded: lifecycle.Recorded,
    before: Answers,
    *,
    core: Core,
    now: datetime,
) -> tuple[Escalation, ...]:
    changed = entries.changes(before, recorded.answers)
    if not changed:
        return ()
    await uow.checkins.write(
        patient.id,
        recorded.checkin.local_date,
        changed,
        now=now,
        is_late=recorded.checkin.is_late(now=now),
        author=f"patient:{patient.id}",
    )
    given = {change.item: change.after for change in changed if change.after is not None}
    flags = triage(Report(changed=given), core.clinic)
    return await ringing.raise_flags(uow, patient, flags, clinic=core.clinic, now=now)


async def show(core: Core, *, by: Address, checkin_id: CheckInId) -> Shown:
    """The check-in as it stands, to redraw a screen. Raises NotYours and NotFound."""
    async with core.new_uow(is_reading=True) as uow:
        patient, checkin = await _own(uow, by, checkin_id)
        answers = await uow.checkins.answers(patient.id, checkin.local_date)
    return Shown(patient=patient, checkin=checkin, answers=answers)


async def today(core: Core, *, by: Address) -> Shown | None:
    """Today's check-in if it has come due, to show it again on request.

    Raises NotYours for anybody who has not joined.
    """
    now = core.clock.now()
    async with core.new_uow(is_reading=True) as uow:
        patient = await uow.people.patient_at(by)
        if patient is None or patient.state is PatientState.JOINING:
            raise NotYours
        on = timetable.local_date_at(now, ZoneInfo(patient.zone))
        checkin = await uow.checkins.on(patient.id, on)
        if checkin is None:
            return None
        answers = await uow.checkins.answers(patient.id, on)
    return Shown(patient=patient, checkin=checkin, answers=answers)


async def note_shown(core: Core, *, checkin_id: CheckInId, message_id: int) -> None:
    """Another message shows the check-in from now on."""
    async with core.new_uow() as uow:
        checkin = await uow.checkins.get(checkin_id)
        await uow.checkins.save(lifecycle.shown(checkin, message_id, now=core.clock.now()))
        await uow.commit()


async def ask_today(core: Core, *, by: Address) -> bool:
    """Make today's check-in due now, at the patient's wish; False if it was asked already."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await uow.people.patient_at(by)
        if patient is None or not patient.is_active:
            return False
        patient = await reaching.heard(uow, patient)
        on = timetable.local_date_at(now, ZoneInfo(patient.zone))
        if await uow.checkins.on(patient.id, on) is not None:
            return False
        await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN])
        await _open(
            uow,
            patient,
            Occurrence(patient_id=patient.id, kind=DueKind.CHECKIN, local_date=on, due_at=now),
            now=now,
        )
        await uow.commit()
    return True


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
                await _open(uow, patient, occurrence, now=now)
        await uow.commit()
    return len(due)


async def _open(
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


async def redraw_lagging(core: Core) -> int:
    """Owe an edit to every screen that is behind its check-in, as after a crash."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        lagging = await uow.checkins.lagging(limit=BATCH)
        owed = [await _redraw(uow, checkin, now=now) for checkin in lagging]
        await uow.commit()
    return sum(owed)


async def _redraw(uow: UnitOfWork, checkin: CheckIn, *, now: datetime) -> bool:
    patient = await uow.people.patient(checkin.patient_id)
    if patient.address is None or checkin.message_id is None or not patient.is_reachable:
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


async def note_drawn(core: Core, *, revisions: Mapping[CheckInId, int]) -> None:
    """Remember what the screens show, so that only those behind are redrawn."""
    if not revisions:
        return
    async with core.new_uow() as uow:
        await uow.checkins.drawn(revisions)
        await uow.commit()
