"""What a coordinator does with an escalation, from taking it to the note (F41, F45)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from care import escalation as escalations
from care.errors import NotFound, NotYours, WordsTooLong
from care.escalation import (
    AlreadyClosed,
    AlreadyTaken,
    Closing,
    Escalation,
    EscalationId,
    EscalationState,
    Taken,
)
from care.happenings import EscalationEvent, Happening
from care.promises import Kind
from care.steps import handing, listing, reaching, ringing, telling

if TYPE_CHECKING:
    from care.people import Address, Coordinator, CoordinatorId, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.steps.listing import Listing

MAX_NOTE = 500
"""Characters of a note at the end of an escalation."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """An escalation with the people it speaks of, for one coordinator's screen."""

    coordinator: Coordinator
    escalation: Escalation
    patient: Patient
    owner: Coordinator | None
    history: tuple[EscalationEvent, ...] = ()
    team: tuple[Coordinator, ...] = ()


async def look(core: Core, *, by: Address, escalation_id: EscalationId) -> Board:
    """One escalation as it stands. Raises NotYours for anybody but a coordinator."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        return await _board(uow, coordinator, await uow.escalations.get(escalation_id))


async def unclosed(core: Core, *, by: Address) -> tuple[Coordinator, tuple[Board, ...]]:
    """All that is open or taken, most urgent and oldest first. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        found = await uow.escalations.unclosed()
        return coordinator, tuple([await _board(uow, coordinator, one) for one in found])


async def waiting(
    core: Core, *, by: Address
) -> tuple[Coordinator, tuple[tuple[Escalation, Patient], ...]]:
    """The daily list as it is now: what can wait and nobody has taken. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        return await _coordinator(uow, by), await listing.waiting(uow)


async def opened_in(
    core: Core, *, by: Address, escalation_id: EscalationId, message_id: int
) -> Listing | None:
    """The list that a report was opened from in this message; None in a page. Raises NotYours."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        found = await uow.escalations.get(escalation_id)
        return await listing.opened_in(uow, coordinator, found, message_id=message_id)


async def take(
    core: Core, *, by: Address, escalation_id: EscalationId
) -> tuple[Board, Taken | AlreadyTaken | AlreadyClosed]:
    """Make it mine: ringing stops, every copy says so, the patient is told (R-TRI-3)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.escalations.get(escalation_id)
        result = escalations.take(found, coordinator.id, clinic=core.clinic, now=now)
        if isinstance(result, Taken):
            await handing.settle(uow, result.escalation, Happening.TAKEN, coordinator, now=now)
            await telling.progress(uow, Kind.TEAM_TOOK, result.escalation, now=now)
        board = await _board(uow, coordinator, result.escalation)
        await uow.commit()
    return board, result


async def hand_over(
    core: Core, *, by: Address, escalation_id: EscalationId, to: CoordinatorId
) -> Board:
    """It is a colleague's now, who is paged for it at once; the patient hears nothing.

    Raises NotYours, and NotFound for one that is not on the team or cannot be reached.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.escalations.get(escalation_id)
        team = await uow.people.coordinators()
        colleague = next((one for one in team if one.id == to and one.is_reachable), None)
        if colleague is None:
            raise NotFound
        handed = await handing.hand_over(
            uow, found, by=coordinator, to=colleague, clinic=core.clinic, now=now
        )
        board = await _board(uow, coordinator, handed)
        await uow.commit()
    return board


async def call_back(core: Core, *, by: Address, escalation_id: EscalationId) -> Board:
    """The patient hears that somebody calls; who says so has it. Raises NotYours."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.escalations.get(escalation_id)
        if found.state is EscalationState.TAKEN and found.taken_by == coordinator.id:
            await ringing.note(uow, found, Happening.CALLING, _name(coordinator), now=now)
            await telling.progress(uow, Kind.TEAM_CALLS, found, now=now)
            await ringing.redraw(uow, found, mark=Happening.CALLING, now=now)
        board = await _board(uow, coordinator, found)
        await uow.commit()
    return board


async def close(
    core: Core, *, by: Address, escalation_id: EscalationId, closing: Closing
) -> Board:
    """End it with an outcome; the patient is told (R-TRI-3, R-TRI-6)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.escalations.get(escalation_id)
        closed = escalations.close(found, coordinator.id, closing, now=now)
        if closed != found:
            await handing.settle(uow, closed, Happening.CLOSED, coordinator, now=now, as_=closing)
            await telling.progress(uow, Kind.ESCALATION_CLOSED, closed, now=now)
        board = await _board(uow, coordinator, closed)
        await uow.commit()
    return board


async def note(core: Core, *, by: Address, escalation_id: EscalationId, text: str) -> Board:
    """Words of a coordinator to an escalation, for the team; the newest stand.

    Raises NotYours, NotFound and WordsTooLong.
    """
    now = core.clock.now()
    words = " ".join(text.split())
    if len(words) > MAX_NOTE:
        raise WordsTooLong
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.escalations.get(escalation_id)
        noted = replace(found, note=words)
        await uow.escalations.save(noted)
        await ringing.note(uow, noted, Happening.NOTED, _name(coordinator), now=now)
        await ringing.redraw(uow, noted, mark=now.isoformat(), now=now)  # other words, same face
        board = await _board(uow, coordinator, noted)
        await uow.commit()
    return board


def _name(coordinator: Coordinator) -> str:
    return f"coordinator:{coordinator.id}"


async def _coordinator(uow: UnitOfWork, by: Address) -> Coordinator:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    return coordinator


async def _board(uow: UnitOfWork, coordinator: Coordinator, found: Escalation) -> Board:
    team = await uow.people.coordinators()
    return Board(
        coordinator=coordinator,
        escalation=found,
        patient=await uow.people.patient(found.patient_id),
        owner=next((one for one in team if one.id == found.owner), None),
        history=tuple(await uow.escalations.history(found.id)),
        team=tuple(team),
    )
