"""Words that a patient writes by themselves: kept at once, added to a day, erased (F16)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import entries, notes, timetable
from care.errors import DayLocked, NotFound, NotYours
from care.notes import NoteState
from care.people import PatientState
from care.steps import crisis, filling, reaching

if TYPE_CHECKING:
    from datetime import date

    from care.notes import Note, NoteId
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Written:
    """A note of a patient's; `dates` are those that a draft can be added to.

    With `is_crisis` the card goes out instead of any question about the words (R-SUI-1).
    """

    patient: Patient
    note: Note
    dates: tuple[date, ...] = ()
    is_crisis: bool = False


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What a patient wrote on, or for, a date."""

    patient: Patient
    local_date: date
    notes: tuple[Note, ...]


async def write(core: Core, *, by: Address, text: str) -> Written:
    """Keep what has come, as a draft. Raises NotYours for anybody who has not joined."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await reaching.heard(uow, await _writer(uow, by))
        on = timetable.local_date_at(now, ZoneInfo(patient.zone))
        note = await uow.notes.add(patient.id, local_date=on, text=text, written_at=now)
        raised = await crisis.listen(uow, patient, text, clinic=core.clinic, now=now)
        await uow.commit()
    is_crisis = raised is not None
    return Written(patient=patient, note=note, dates=_dates(patient, note), is_crisis=is_crisis)


def _dates(patient: Patient, note: Note) -> tuple[date, ...]:
    first = filling.joined_on(patient) or note.local_date
    return tuple(one for one in note.dates() if one >= first)


async def _writer(uow: UnitOfWork, by: Address) -> Patient:
    patient = await uow.people.patient_at(by)
    if patient is None or patient.state is PatientState.JOINING:
        raise NotYours
    return patient


async def keep(core: Core, *, by: Address, note_id: NoteId, on: date, message_id: int) -> Written:
    """Make it part of a date. Raises NotYours, NotFound, and DayLocked once that is closed."""
    async with core.new_uow() as uow:
        patient = await _writer(uow, by)
        note = await uow.notes.get(patient.id, note_id)
        if note.state is NoteState.DRAFT:
            if on not in note.dates() or on < (filling.joined_on(patient) or on):
                raise NotFound
            if core.clock.now() >= entries.locks_at(on, ZoneInfo(patient.zone)):
                raise DayLocked
            note = notes.kept(note, on)
            await uow.notes.save(note)
            await _redraw(uow, note, besides=message_id)
        await uow.commit()
    return Written(patient=patient, note=note)


async def _redraw(uow: UnitOfWork, note: Note, *, besides: int) -> None:
    """The day's check-in shows its notes, unless its message is the one that was tapped."""
    checkin = await uow.checkins.on(note.patient_id, note.local_date)
    if checkin is not None and checkin.message_id not in {None, besides}:
        await uow.checkins.save(replace(checkin, revision=checkin.revision + 1))


async def drop(core: Core, *, by: Address, note_id: NoteId) -> Written:
    """It was not meant for the diary; its words are erased. Raises NotYours and NotFound."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _writer(uow, by)
        note = notes.dropped(await uow.notes.get(patient.id, note_id), now=now)
        await uow.notes.save(note)
        await uow.commit()
    return Written(patient=patient, note=note)


async def look(core: Core, *, by: Address, note_id: NoteId) -> Written:
    """One of them. Raises NotYours and NotFound, also for one that was erased."""
    async with core.new_uow(is_reading=True) as uow:
        patient = await _writer(uow, by)
        note = await uow.notes.get(patient.id, note_id)
    if note.state is NoteState.ERASED:
        raise NotFound
    return Written(patient=patient, note=note, dates=_dates(patient, note))


async def erase(core: Core, *, by: Address, note_id: NoteId, message_id: int) -> Noted:
    """Erase its words for good; gives what is left of its day. Raises NotYours and NotFound."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _writer(uow, by)
        note = await uow.notes.get(patient.id, note_id)
        await uow.notes.save(notes.erased(note, now=now))
        await _redraw(uow, note, besides=message_id)
        left = tuple(await uow.notes.on(patient.id, note.local_date))
        await uow.commit()
    return Noted(patient=patient, local_date=note.local_date, notes=left)


async def of_day(core: Core, *, by: Address, on: date) -> Noted:
    """What was written on, or for, a date. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        patient = await _writer(uow, by)
        found = tuple(await uow.notes.on(patient.id, on))
    return Noted(patient=patient, local_date=on, notes=found)
