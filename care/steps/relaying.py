"""Words between a patient and the team: owed, arrived, or not to be delivered (F50)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care import relay
from care.ports.relay_letters import AnswerLetter, RelayLetter, RelayStateLetter
from care.promises import Kind, Promise
from care.relay import RelayCopy, RelayId

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.people import Address, Coordinator, Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.promises import Delivery
    from care.relay import NewRelay, RelayMessage


async def to_team(
    uow: UnitOfWork, new: NewRelay, *, clinic: Clinic, now: datetime
) -> RelayMessage:
    """Keep a patient's words, and owe them to everybody on the team who can be reached.

    With nobody to reach the message says so at once (R-TRI-7).
    """
    message = await uow.relay.add(new)
    team = [one for one in await uow.people.coordinators() if one.is_active and one.is_reachable]
    for coordinator in team:
        await _owe(uow, message, coordinator, clinic=clinic, now=now)
    if team:
        return message
    unreached = replace(message, failed_at=now)
    await uow.relay.save(unreached)
    return unreached


async def _owe(
    uow: UnitOfWork,
    message: RelayMessage,
    coordinator: Coordinator,
    *,
    clinic: Clinic,
    now: datetime,
    again: str = "",
) -> None:
    """Every part of it, each in a message of its own; without a sound while closed."""
    is_silent = not again and not clinic.hours.is_open(now)
    for part in range(1, len(relay.parts(message.text)) + 1):
        await uow.outbox.put(
            Promise(
                kind=Kind.RELAY_TO_TEAM,
                recipient=coordinator.address,
                subject=message.id,
                key=f"relay:{message.id}:{part}:{coordinator.id}{again}",
                due_at=now,
                data={"part": part, "silent": int(is_silent)},
            )
        )


async def show_again(
    uow: UnitOfWork,
    message: RelayMessage,
    coordinator: Coordinator,
    *,
    clinic: Clinic,
    now: datetime,
) -> None:
    """Owe it once more to somebody who looked it up, so that it can be replied to."""
    again = f":{now.isoformat()}"
    await _owe(uow, message, coordinator, clinic=clinic, now=now, again=again)


async def tell_stage(
    uow: UnitOfWork, message: RelayMessage, *, now: datetime, is_new: bool = False
) -> None:
    """Owe the patient word of how far it has come; `is_new`: in a message that rings."""
    patient = await uow.people.patient(message.patient_id)
    if patient.address is None:
        return
    await uow.outbox.put(
        Promise(
            kind=Kind.RELAY_STATE,
            recipient=patient.address,
            subject=message.id,
            key=f"relay_state:{message.id}:{message.stage}",
            due_at=now,
            data={"new": int(is_new)},
        )
    )


async def redraw(uow: UnitOfWork, message: RelayMessage, *, now: datetime) -> None:
    """Owe every copy with the team an edit; older ones still owed would show the same."""
    await uow.outbox.cancel(kinds=[Kind.RELAY_REDRAW], subject=message.id)
    for copy in await uow.relay.copies(message.id):
        await uow.outbox.put(_edit(message, copy, now=now))


def _edit(message: RelayMessage, copy: RelayCopy, *, now: datetime) -> Promise:
    place = f"{copy.address}:{copy.message_id}"
    return Promise(
        kind=Kind.RELAY_REDRAW,
        recipient=copy.address,
        subject=message.id,
        key=f"relay_redraw:{message.id}:{place}:{message.revision}",
        due_at=now,
        data={"part": copy.part, "message_id": copy.message_id},
    )


async def to_patient(uow: UnitOfWork, answer: RelayMessage, *, now: datetime) -> None:
    """Owe the patient an answer."""
    patient = await uow.people.patient(answer.patient_id)
    if patient.address is None:
        return
    await uow.outbox.put(
        Promise(
            kind=Kind.RELAY_TO_PATIENT,
            recipient=patient.address,
            subject=answer.id,
            key=f"relay_answer:{answer.id}",
            due_at=now,
        )
    )


async def letter(
    uow: UnitOfWork, delivery: Delivery
) -> RelayLetter | RelayStateLetter | AnswerLetter | None:
    """What one of its promises says, as things stand."""
    promise = delivery.promise
    message = await uow.relay.get(RelayId(promise.subject))
    patient = await uow.people.patient(message.patient_id)
    match promise.kind:
        case Kind.RELAY_TO_PATIENT:
            return AnswerLetter(patient=patient, answer=message, number=1 + delivery.repeat)
        case Kind.RELAY_STATE:
            is_new = bool(promise.data["new"])
            edits = None if is_new else message.message_id
            return RelayStateLetter(patient=patient, message=message, edits=edits)
        case _:
            return await _copy(uow, delivery, message, patient)


async def _copy(
    uow: UnitOfWork, delivery: Delivery, message: RelayMessage, patient: Patient
) -> RelayLetter | None:
    promise = delivery.promise
    team = {one.id: one for one in await uow.people.coordinators()}
    reader = next((one for one in team.values() if one.address == promise.recipient), None)
    if reader is None:
        return None
    is_redraw = promise.kind is Kind.RELAY_REDRAW
    return RelayLetter(
        coordinator=reader,
        patient=patient,
        message=message,
        part=int(promise.data["part"]),
        reader=team.get(message.read_by) if message.read_by else None,
        answerer=team.get(message.answered_by) if message.answered_by else None,
        answers=tuple(await uow.relay.answers_to(message.id)),
        number=1 if is_redraw else 1 + delivery.repeat,
        is_silent=bool(promise.data.get("silent")),
        edits=int(promise.data["message_id"]) if is_redraw else None,
    )


async def arrived(
    uow: UnitOfWork, letter: RelayLetter, address: Address, message_id: int, *, now: datetime
) -> None:
    """A coordinator has it: the patient is told once; what has changed meanwhile is redrawn."""
    message = await uow.relay.get(letter.message.id)
    copy = RelayCopy(address=address, message_id=message_id, part=letter.part)
    await uow.relay.keep_copy(message.id, copy)
    if message.delivered_at is None:
        message = replace(message, delivered_at=now)
        await uow.relay.save(message)
        await tell_stage(uow, message, now=now)
    if message.revision != letter.message.revision:
        await uow.outbox.put(_edit(message, copy, now=now))


async def stands(
    uow: UnitOfWork, relay_id: RelayId, message_id: int | None, *, now: datetime
) -> None:
    """A message in the patient's chat holds it from now on: its stage, or an answer."""
    message = await uow.relay.get(relay_id)
    is_answer = message.answers is not None
    arrived_at = now if is_answer else message.delivered_at
    await uow.relay.save(replace(message, message_id=message_id, delivered_at=arrived_at))


async def failed(uow: UnitOfWork, promise: Promise, *, now: datetime) -> None:
    """It could not be delivered: the other side is told, once nothing else can reach it."""
    message = await uow.relay.get(RelayId(promise.subject))
    if message.answers is not None:
        await _unanswered(uow, message, message.answers, now=now)
        return
    if message.delivered_at or message.failed_at:
        return
    if await uow.outbox.waits(Kind.RELAY_TO_TEAM, message.id):
        return
    unreached = replace(message, failed_at=now)
    await uow.relay.save(unreached)
    await tell_stage(uow, unreached, now=now, is_new=True)


async def _unanswered(
    uow: UnitOfWork, answer: RelayMessage, of: RelayId, *, now: datetime
) -> None:
    await uow.relay.save(replace(answer, failed_at=now))
    message = await uow.relay.get(of)
    shown = replace(message, revision=message.revision + 1)
    await uow.relay.save(shown)
    await redraw(uow, shown, now=now)
