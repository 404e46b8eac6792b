"""A patient writes to the team (F50)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from care import notes
from care.errors import NotFound
from care.notes import NoteState
from care.people import PatientState
from care.profiles import Awaited, Awaits
from care.relay import NewRelay, RelayId, RelayMessage
from care.steps import crisis, reaching, relaying

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.notes import NoteId
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

WAITS = timedelta(minutes=30)
"""How long after `/team` the next words are for the team."""


@dataclass(frozen=True, kw_only=True)
class ForTeam:
    """Words of a patient that are meant for the team; `prompt_id` is the message that asked."""

    prompt_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerTo:
    """Words of a coordinator that answer a patient's message."""

    relay_id: RelayId


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A patient's message to the team, as it stands; none where the card goes out (R-SUI-1)."""

    patient: Patient
    message: RelayMessage | None


async def meant(core: Core, *, by: Address, reply_to: int | None) -> ForTeam | AnswerTo | None:
    """What words are for: a reply to something of the relay, or what somebody was asked for."""
    async with core.new_uow(is_reading=True) as uow:
        patient = await uow.people.patient_at(by)
        if patient is not None:
            return await _of_patient(uow, patient, reply_to, now=core.clock.now())
        if reply_to is None or await uow.people.coordinator_at(by) is None:
            return None
        relay_id = await uow.relay.copied_at(by, reply_to)
    return None if relay_id is None else AnswerTo(relay_id=relay_id)


async def _of_patient(
    uow: UnitOfWork, patient: Patient, reply_to: int | None, *, now: datetime
) -> ForTeam | None:
    if patient.state is PatientState.JOINING:
        return None
    if reply_to is not None and await uow.relay.shown_at(patient.id, reply_to) is not None:
        return ForTeam()
    awaited = await uow.profiles.awaited(patient.id)
    if awaited is None or awaited.what is not Awaits.TEAM or now >= awaited.until:
        return None
    return ForTeam(prompt_id=awaited.message_id)


async def expect(core: Core, *, by: Address) -> Patient:
    """The next words are for the team. Raises NotYours."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        until = core.clock.now() + WAITS
        await uow.profiles.await_words(patient.id, Awaited(what=Awaits.TEAM, until=until))
        await uow.commit()
    return patient


async def note_prompt(core: Core, *, by: Address, message_id: int) -> None:
    """This message asks for the words."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        awaited = await uow.profiles.awaited(patient.id)
        if awaited is not None and awaited.what is Awaits.TEAM:
            await uow.profiles.await_words(patient.id, replace(awaited, message_id=message_id))
        await uow.commit()


async def never_mind(core: Core, *, by: Address) -> Patient:
    """No words are expected any more. Raises NotYours."""
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        await uow.profiles.await_nothing(patient.id)
        await uow.commit()
    return patient


async def send_words(core: Core, *, by: Address, text: str) -> Shown:
    """Words that were meant for the team go to it. Raises NotYours.

    Words of crisis do not: the team is paged to call, without a word of them (R-SUI-4).
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        await uow.profiles.await_nothing(patient.id)
        new = NewRelay(patient_id=patient.id, text=text, written_at=now)
        message = await _send(uow, patient, new, clinic=core.clinic, now=now)
        await uow.commit()
    return Shown(patient=patient, message=message)


async def _send(
    uow: UnitOfWork, patient: Patient, new: NewRelay, *, clinic: Clinic, now: datetime
) -> RelayMessage | None:
    if await crisis.listen(uow, patient, new.text, clinic=clinic, now=now) is not None:
        return None
    return await relaying.to_team(uow, new, clinic=clinic, now=now)


async def send_note(core: Core, *, by: Address, note_id: NoteId, message_id: int) -> Shown:
    """A draft goes to the team instead of into the diary; it is sent once.

    Raises NotYours, and NotFound for one that is part of a day or gone.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        note = await uow.notes.get(patient.id, note_id)
        message = await uow.relay.of_note(patient.id, note.id)
        if message is None:
            if note.state is not NoteState.DRAFT:
                raise NotFound
            new = NewRelay(
                patient_id=patient.id,
                text=note.text,
                written_at=now,
                note_id=note.id,
                message_id=message_id,
            )
            message = await _send(uow, patient, new, clinic=core.clinic, now=now)
            await uow.notes.save(notes.dropped(note, now=now))
        await uow.commit()
    return Shown(patient=patient, message=message)


async def note_shown(core: Core, *, relay_id: RelayId, message_id: int) -> None:
    """This message of the patient's chat shows how far it has come."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        await relaying.stands(uow, relay_id, message_id, now=now)
        await uow.commit()
