"""Who can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from care.errors import NotYours
from care.people import PatientState
from care.promises import Kind, Promise
from care.steps import handing

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.people import Address, Coordinator, Patient
    from care.ports.unit_of_work import UnitOfWork


COORDINATOR_LOST = "coordinator_lost"
"""The trouble that a coordinator cannot be reached; its promise's subject is who."""


async def colleague(uow: UnitOfWork, by: Address) -> Coordinator:
    """The coordinator who taps, and so can be reached. Raises NotYours for anybody else."""
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    if coordinator.is_reachable:
        return coordinator
    return await uow.people.note_coordinator(by, is_reachable=True) or coordinator


async def heard(uow: UnitOfWork, patient: Patient) -> Patient:
    """A patient who taps or writes can be reached, whatever we were told before.

    That somebody unblocked the bot is kept by Telegram for 24 hours only (telegram facts, 2).
    """
    if patient.is_reachable or patient.address is None:
        return patient
    return await uow.people.note_patient(patient.address, is_reachable=True) or patient


async def unreachable(uow: UnitOfWork, address: Address, *, clinic: Clinic, now: datetime) -> None:
    """Somebody has blocked the bot: the team hears of it, once until they return (F44).

    Of a colleague the operators hear as well, and the others of what they had taken.
    """
    patient = await uow.people.note_patient(address, is_reachable=False)
    if patient is not None:
        await _tell_team(uow, patient, now=now)
    coordinator = await uow.people.note_coordinator(address, is_reachable=False)
    if coordinator is not None:
        await _tell_of_colleague(uow, coordinator, now=now)
        await handing.left_behind(uow, coordinator, clinic=clinic, now=now)


async def _tell_of_colleague(uow: UnitOfWork, gone: Coordinator, *, now: datetime) -> None:
    readers = [one.address for one in await uow.people.operators()]
    readers += [one.address for one in await uow.people.coordinators() if one.is_reachable]
    for address in {*readers} - {gone.address}:
        await uow.outbox.put(
            Promise(
                kind=Kind.TROUBLE,
                recipient=address,
                subject=gone.id,
                key=f"trouble:{COORDINATOR_LOST}:{gone.id}:{address}:{now.isoformat()}",
                due_at=now,
                data={"trouble": COORDINATOR_LOST, "about": "", "n": 1},
            )
        )


async def _tell_team(uow: UnitOfWork, patient: Patient, *, now: datetime) -> None:
    if not patient.is_active:
        return
    for coordinator in await uow.people.coordinators():
        if coordinator.is_active and coordinator.is_reachable:
            await uow.outbox.put(
                Promise(
                    kind=Kind.PATIENT_BLOCKED,
                    recipient=coordinator.address,
                    subject=patient.id,
                    key=f"blocked:{patient.id}:{coordinator.id}:{now.isoformat()}",
                    due_at=now,
                )
            )


async def joined(uow: UnitOfWork, by: Address) -> Patient:
    """The patient who taps or writes, once they have joined. Raises NotYours."""
    patient = await uow.people.patient_at(by)
    if patient is None or patient.state not in {PatientState.ACTIVE, PatientState.STOPPED}:
        raise NotYours
    return await heard(uow, patient)
