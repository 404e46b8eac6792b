"""Raising, paging, taking and closing escalations (F40-F42)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from care import escalation as ladders
from care.audit import Action, AuditEvent
from care.errors import NotYours
from care.escalation import (
    AlreadyClosed,
    AlreadyTaken,
    Closing,
    Escalation,
    EscalationId,
    EscalationState,
    Taken,
)
from care.promises import Kind, Promise
from care.steps import reaching, ringing
from care.triage import Report, tells_patient, triage

if TYPE_CHECKING:
    from datetime import datetime

    from care.people import Address, Coordinator, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """What came of the patient's alarm."""

    patient: Patient
    escalation: Escalation


@dataclass(frozen=True, kw_only=True)
class Board:
    """An escalation with the people it speaks of, for one coordinator's screen."""

    coordinator: Coordinator
    escalation: Escalation
    patient: Patient
    owner: Coordinator | None


async def raise_alarm(core: Core, *, by: Address) -> Alarm:
    """The patient says that something is alarming: page at once (R-EMG-2). Raises NotYours."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        flags = triage(Report(is_alarmed=True), core.clinic)
        raised = await ringing.raise_flags(uow, patient, flags, clinic=core.clinic, now=now)
        await uow.commit()
    return Alarm(patient=patient, escalation=raised[0])


async def say_mistake(core: Core, *, by: Address, escalation_id: EscalationId) -> Alarm:
    """The patient says it was a mistake: URGENT from now on, never closed by it (R-EMG-3)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        found = await uow.escalations.get(escalation_id)
        if found.patient_id != patient.id:
            raise NotYours
        lowered = ladders.mistaken(found, core.clinic.urgent_ladder, now=now)
        if lowered != found:
            await uow.escalations.save(lowered)
            await ringing.redraw(uow, lowered, now=now)
        await uow.commit()
    return Alarm(patient=patient, escalation=lowered)


async def _patient(uow: UnitOfWork, by: Address) -> Patient:
    patient = await uow.people.patient_at(by)
    if patient is None or not patient.consented_at:
        raise NotYours
    return patient


async def look(core: Core, *, by: Address, escalation_id: EscalationId) -> Board:
    """One escalation as it stands. Raises NotYours for anybody but a coordinator."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        return await _board(uow, coordinator, await uow.escalations.get(escalation_id))


async def unclosed(core: Core, *, by: Address) -> tuple[Board, ...]:
    """All that is open or taken, most urgent and oldest first."""
    async with core.new_uow(is_reading=True) as uow:
        coordinator = await _coordinator(uow, by)
        found = await uow.escalations.unclosed()
        return tuple([await _board(uow, coordinator, one) for one in found])


async def take(
    core: Core, *, by: Address, escalation_id: EscalationId
) -> tuple[Board, Taken | AlreadyTaken | AlreadyClosed]:
    """Make it mine: ringing stops, every copy says so, the patient is told (R-TRI-3)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.escalations.get(escalation_id)
        result = ladders.take(found, coordinator.id, now=now)
        if isinstance(result, Taken):
            await _settle(uow, result.escalation, Action.ESCALATION_TAKEN, now=now)
            await _tell(uow, result.escalation, Kind.TEAM_TOOK, now=now)
        board = await _board(uow, coordinator, result.escalation)
        await uow.commit()
    return board, result


async def close(
    core: Core, *, by: Address, escalation_id: EscalationId, closing: Closing
) -> Board:
    """End it with an outcome; the patient is told (R-TRI-3, R-TRI-6)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await reaching.colleague(uow, by)
        found = await uow.escalations.get(escalation_id)
        closed = ladders.close(found, coordinator.id, closing, now=now)
        if closed != found:
            await _settle(uow, closed, Action.ESCALATION_CLOSED, now=now)
            await _tell(uow, closed, Kind.ESCALATION_CLOSED, now=now)
        board = await _board(uow, coordinator, closed)
        await uow.commit()
    return board


async def step_due(core: Core) -> int:
    """Ring again where nobody took it; remind the owner where it was taken and forgotten."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        due = await uow.escalations.claim_due(now=now, limit=BATCH)
        for found in due:
            await _step(uow, found, core=core, now=now)
        await uow.commit()
    return len(due)


async def _step(uow: UnitOfWork, found: Escalation, *, core: Core, now: datetime) -> None:
    patient = await uow.people.patient(found.patient_id)
    if found.state is EscalationState.OPEN:
        await ringing.ring(uow, found, patient, clinic=core.clinic, now=now)
        return
    again = replace(found, step=found.step + 1, next_step_at=now + ladders.REMIND_OWNER_AFTER)
    await uow.escalations.save(again)
    for coordinator in await _reminded(uow, again):
        await uow.outbox.put(ringing.page(again, coordinator, now=now))


async def _reminded(uow: UnitOfWork, taken: Escalation) -> tuple[Coordinator, ...]:
    """Its owner; everybody where the owner cannot be reached any more."""
    owner = await _owner(uow, taken)
    if owner is not None and owner.is_reachable:
        return (owner,)
    return ladders.recipients(ladders.EVERYONE_FROM, await uow.people.coordinators())


async def _settle(
    uow: UnitOfWork, escalation: Escalation, action: Action, *, now: datetime
) -> None:
    await uow.escalations.save(escalation)
    await uow.outbox.cancel(kinds=[Kind.ESCALATION_PAGE], subject=escalation.id)
    await ringing.redraw(uow, escalation, now=now)
    await uow.audit.add(
        AuditEvent(
            at=now,
            actor=f"coordinator:{escalation.owner}",
            action=action,
            subject=f"escalation:{escalation.id}",
        )
    )


async def _tell(uow: UnitOfWork, escalation: Escalation, kind: Kind, *, now: datetime) -> None:
    patient = await uow.people.patient(escalation.patient_id)
    if patient.address is None or not tells_patient(escalation.rule):
        return
    await uow.outbox.put(
        Promise(
            kind=kind,
            recipient=patient.address,
            subject=escalation.id,
            key=f"{kind}:{escalation.id}",
            due_at=now,
        )
    )


async def _coordinator(uow: UnitOfWork, by: Address) -> Coordinator:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    return coordinator


async def _board(uow: UnitOfWork, coordinator: Coordinator, found: Escalation) -> Board:
    return Board(
        coordinator=coordinator,
        escalation=found,
        patient=await uow.people.patient(found.patient_id),
        owner=await _owner(uow, found),
    )


async def _owner(uow: UnitOfWork, found: Escalation) -> Coordinator | None:
    team = await uow.people.coordinators()
    return next((one for one in team if one.id == found.owner), None)
