"""A coordinator reads what a patient wrote to the team, and answers by replying (F50)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from care import relay as rules
from care.audit import Action, AuditEvent
from care.errors import AnswerTooLong, NotFound, NotYours
from care.relay import NewRelay, RelayId, RelayMessage, RelayState
from care.steps import reaching, relaying

if TYPE_CHECKING:
    from datetime import datetime

    from care.people import Address, Coordinator, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

LISTED = 20
LISTED_SINCE = timedelta(days=7)
"""How long a message that was answered stays in the list."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """A message with those it speaks of, for one coordinator's screen.

    `reader` and `answerer` are the first of the team who read and answered it.
    """

    coordinator: Coordinator
    patient: Patient
    message: RelayMessage
    reader: Coordinator | None = None
    answerer: Coordinator | None = None
    answers: tuple[RelayMessage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A coordinator's answer: sent, or held back because `board.answerer` was first."""

    board: Board
    answer: RelayMessage


async def answer(core: Core, *, by: Address, relay_id: RelayId, text: str) -> Answered:
    """A coordinator's words go to the patient, unless somebody else has answered already.

    Raises NotYours, NotFound, and AnswerTooLong.
    """
    now = core.clock.now()
    if rules.is_too_long(text):
        raise AnswerTooLong
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        message = await uow.relay.get(relay_id)
        is_first = rules.is_first(message, coordinator.id)
        new = NewRelay(
            patient_id=message.patient_id,
            text=text,
            written_at=now,
            state=RelayState.SENT if is_first else RelayState.HELD,
            coordinator_id=coordinator.id,
            answers=message.id,
        )
        written = await uow.relay.add(new)
        if is_first:
            message = await _send(uow, message, written, coordinator, now=now)
        board = await _board(uow, coordinator, message)
        await uow.commit()
    return Answered(board=board, answer=written)


async def _send(
    uow: UnitOfWork,
    message: RelayMessage,
    written: RelayMessage,
    coordinator: Coordinator,
    *,
    now: datetime,
) -> RelayMessage:
    await relaying.to_patient(uow, written, now=now)
    answered = rules.answered(message, coordinator.id, now=now)
    await _changed(uow, answered, Action.RELAY_ANSWERED, coordinator, now=now)
    return answered


async def _changed(
    uow: UnitOfWork,
    message: RelayMessage,
    action: Action,
    coordinator: Coordinator,
    *,
    now: datetime,
) -> None:
    """Store it; every copy shows it, the patient too, and it is written down."""
    await uow.relay.save(message)
    await relaying.redraw(uow, message, now=now)
    await relaying.tell_stage(uow, message, now=now)
    actor = f"coordinator:{coordinator.id}"
    await uow.audit.add(
        AuditEvent(at=now, actor=actor, action=action, subject=f"relay:{message.id}")
    )


async def send_too(core: Core, *, by: Address, answer_id: RelayId) -> Answered:
    """Send an answer that was held back. Raises NotYours and NotFound."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator, written, message = await _mine(uow, by, answer_id)
        if written.state is RelayState.HELD:
            written = replace(written, state=RelayState.SENT)
            await uow.relay.save(written)
            message = await _send(uow, message, written, coordinator, now=now)
        board = await _board(uow, coordinator, message)
        await uow.commit()
    return Answered(board=board, answer=written)


async def drop(core: Core, *, by: Address, answer_id: RelayId) -> Answered:
    """Do not send an answer that was held back; its words are erased."""
    async with core.new_uow() as uow:
        coordinator, written, message = await _mine(uow, by, answer_id)
        if written.state is RelayState.HELD:
            written = replace(written, state=RelayState.DROPPED, text="")
            await uow.relay.save(written)
        board = await _board(uow, coordinator, message)
        await uow.commit()
    return Answered(board=board, answer=written)


async def _mine(
    uow: UnitOfWork, by: Address, answer_id: RelayId
) -> tuple[Coordinator, RelayMessage, RelayMessage]:
    coordinator = await reaching.colleague(uow, by)
    written = await uow.relay.get(answer_id)
    if written.answers is None or written.coordinator_id != coordinator.id:
        raise NotFound
    return coordinator, written, await uow.relay.get(written.answers)


async def seen(core: Core, *, by: Address, relay_id: RelayId, is_shown: bool = False) -> Board:
    """A coordinator has read it; with `is_shown` it is sent to them once more."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        message = await uow.relay.get(relay_id)
        if message.answers is not None:
            raise NotFound
        read = rules.read(message, coordinator.id, now=now)
        if read != message:
            await _changed(uow, read, Action.RELAY_READ, coordinator, now=now)
        if is_shown:
            await relaying.show_again(uow, read, coordinator, clinic=core.clinic, now=now)
        board = await _board(uow, coordinator, read)
        await uow.commit()
    return board


async def recent(core: Core, *, by: Address) -> tuple[Coordinator, tuple[Board, ...]]:
    """What nobody has answered, and what came of late, newest first. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await uow.people.coordinator_at(by)
        if coordinator is None:
            raise NotYours
        since = core.clock.now() - LISTED_SINCE
        found = await uow.relay.recent(since=since, limit=LISTED)
        boards = [await _board(uow, coordinator, one) for one in found[:LISTED]]
    return coordinator, tuple(boards)


async def _board(uow: UnitOfWork, coordinator: Coordinator, message: RelayMessage) -> Board:
    team = {one.id: one for one in await uow.people.coordinators()}
    return Board(
        coordinator=coordinator,
        patient=await uow.people.patient(message.patient_id),
        message=message,
        reader=team.get(message.read_by) if message.read_by else None,
        answerer=team.get(message.answered_by) if message.answered_by else None,
        answers=tuple(await uow.relay.answers_to(message.id)),
    )
