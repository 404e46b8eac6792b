"""The daily check-in, answered tap by tap (F03-F09)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import entries, lifecycle, taps, timetable
from care.errors import NotYours
from care.people import PatientState
from care.ports.occurrences import DueKind, Occurrence
from care.questions import Item
from care.steps import filling, judging, opening, profiles, reaching, scheduling
from care.steps.reporting import Said
from care.taps import Choose
from care.triage import Tier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from care.attacks import Attack
    from care.escalation import Escalation
    from care.lifecycle import CheckIn, CheckInId
    from care.notes import Note
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.profiles import Profile
    from care.questions import Answers
    from care.taps import Tap


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the patient's screen has to show after a tap.

    `left` is the message that showed it before, when the tap was on another one.
    """

    patient: Patient
    profile: Profile
    checkin: CheckIn
    answers: Answers
    attack: Attack | None = None
    was_late: bool = False
    notes: tuple[Note, ...] = ()
    raised: tuple[Escalation, ...] = ()
    left: int | None = None


async def record_answer(
    core: Core, *, by: Address, checkin_id: CheckInId, tap: Tap, message_id: int
) -> Shown:
    """Save one tap, triage it and owe what follows, in one unit of work.

    Raises NotYours, NotFound, DayLocked and InvalidAnswer.
    """
    async with core.new_uow() as uow:
        patient, checkin = await _own(uow, by, checkin_id)
        shown = await _record(core, uow, patient, checkin, tap, message_id=message_id)
        await uow.commit()
    return shown


async def fill(core: Core, *, by: Address, on: date, value: str, message_id: int) -> Shown:
    """The first answer of a date on which no check-in had come due (F10).

    Raises NotYours, NotFound, DayLocked and InvalidAnswer.
    """
    async with core.new_uow() as uow:
        patient = await uow.people.patient_at(by)
        if patient is None or not patient.is_active:
            raise NotYours
        checkin = await filling.checkin_of(uow, patient, on, now=core.clock.now())
        tap = Choose(item=Item.HEADACHE, value=value)
        shown = await _record(core, uow, patient, checkin, tap, message_id=message_id)
        await uow.commit()
    return shown


async def _record(
    core: Core, uow: UnitOfWork, patient: Patient, checkin: CheckIn, tap: Tap, *, message_id: int
) -> Shown:
    now = core.clock.now()
    await reaching.heard(uow, patient)
    await uow.profiles.await_nothing(patient.id)
    profile = await profiles.profile_of(uow, patient)
    before = await uow.checkins.answers(patient.id, checkin.local_date)
    recorded = taps.record(checkin, before, tap, profile=profile, now=now)
    said = Said(
        on=checkin.local_date,
        changes=entries.changes(before, recorded.answers),
        answers=recorded.answers,
        profile=profile,
    )
    is_late = checkin.is_late(now=now)
    raised = await _write(uow, patient, said, is_late=is_late, core=core, now=now)
    delivered_at = checkin.delivered_at or now
    after = replace(recorded.checkin, message_id=message_id, delivered_at=delivered_at)
    if any(one.tier is Tier.EMERGENCY for one in raised):
        after = replace(after, asking=None)
    await uow.checkins.save(after)
    return Shown(
        patient=patient,
        profile=profile,
        checkin=after,
        answers=recorded.answers,
        attack=await _running_at_end(uow, after),
        was_late=await filling.was_late(uow, after, now=now),
        notes=() if after.asking else await _notes(uow, after),
        raised=raised,
        left=None if checkin.message_id == message_id else checkin.message_id,
    )


async def _own(uow: UnitOfWork, by: Address, checkin_id: CheckInId) -> tuple[Patient, CheckIn]:
    patient = await uow.people.patient_at(by)
    checkin = await uow.checkins.get(checkin_id)
    if patient is None or checkin.patient_id != patient.id:
        raise NotYours
    return patient, checkin


async def _write(
    uow: UnitOfWork, patient: Patient, said: Said, *, is_late: bool, core: Core, now: datetime
) -> tuple[Escalation, ...]:
    if not said.changes:
        return ()
    await uow.checkins.write(
        patient.id,
        said.on,
        said.changes,
        now=now,
        is_late=is_late,
        author=f"patient:{patient.id}",
    )
    await scheduling.keep_pace(uow, patient, said.changes, now=now)
    return await judging.judge(uow, patient, said, clinic=core.clinic, now=now)


async def show(core: Core, *, by: Address, checkin_id: CheckInId) -> Shown:
    """The check-in as it stands, to redraw a screen. Raises NotYours and NotFound."""
    async with core.new_uow(is_reading=True) as uow:
        patient, checkin = await _own(uow, by, checkin_id)
        return await _shown(uow, patient, checkin, now=core.clock.now())


async def _shown(uow: UnitOfWork, patient: Patient, checkin: CheckIn, *, now: datetime) -> Shown:
    return Shown(
        patient=patient,
        profile=await profiles.profile_of(uow, patient),
        checkin=checkin,
        answers=await uow.checkins.answers(patient.id, checkin.local_date),
        attack=await _running_at_end(uow, checkin),
        was_late=await filling.was_late(uow, checkin, now=now),
        notes=await _notes(uow, checkin),
    )


async def _notes(uow: UnitOfWork, checkin: CheckIn) -> tuple[Note, ...]:
    return tuple(await uow.notes.on(checkin.patient_id, checkin.local_date))


async def _running_at_end(uow: UnitOfWork, checkin: CheckIn) -> Attack | None:
    """The attack that runs, once there is nothing left to ask."""
    return await uow.attacks.running(checkin.patient_id) if checkin.asking is None else None


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
        return None if checkin is None else await _shown(uow, patient, checkin, now=now)


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
        await opening.open_missed(uow, patient, clinic=core.clinic, now=now)
        on = timetable.local_date_at(now, ZoneInfo(patient.zone))
        if await uow.checkins.on(patient.id, on) is not None:
            await uow.commit()
            return True
        await uow.occurrences.cancel(patient.id, [DueKind.CHECKIN])
        asked = Occurrence(patient_id=patient.id, kind=DueKind.CHECKIN, local_date=on, due_at=now)
        await opening.open_checkin(
            uow, patient, asked, clinic=core.clinic, now=now, is_wished=True
        )
        await uow.commit()
    return True


async def note_drawn(core: Core, *, revisions: Mapping[CheckInId, int]) -> None:
    """Remember what the screens show, so that only those behind are redrawn."""
    if not revisions:
        return
    async with core.new_uow() as uow:
        await uow.checkins.drawn(revisions)
        await uow.commit()
