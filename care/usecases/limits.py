"""What a coordinator sets for one patient, and triage asks for (R-FLAG-16, PAIN-LIMIT)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from care.errors import NotFound, NotYours
from care.people import Risk
from care.steps import rostering

if TYPE_CHECKING:
    from care.people import Address, Coordinator, Patient, PatientId
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

LIMITS = range(5, 11)
"""The pain limits that can be chosen for one patient, on the 0-10 scale."""


async def look(core: Core, *, by: Address, patient_id: PatientId) -> tuple[Coordinator, Patient]:
    """A patient with their limits. Raises NotYours, and NotFound for who has not joined."""
    async with core.new_uow(is_reading=True) as uow:
        return await _known(uow, by, patient_id)


async def set_pain(
    core: Core, *, by: Address, patient_id: PatientId, limit: int | None
) -> tuple[Coordinator, Patient]:
    """From this pain on a report is raised; None is the clinic's own limit.

    Raises NotYours, and NotFound for who has not joined or a limit that cannot be chosen.
    """
    if limit is not None and limit not in LIMITS:
        raise NotFound
    async with core.new_uow() as uow:
        coordinator, before = await _known(uow, by, patient_id)
        after = replace(before, pain_limit=limit)
        return coordinator, await _keep(core, uow, coordinator, before, after)


async def set_risk(
    core: Core, *, by: Address, patient_id: PatientId, risk: Risk, is_known: bool
) -> tuple[Coordinator, Patient]:
    """What the clinic knows of a patient, or not. Raises NotYours, NotFound."""
    async with core.new_uow() as uow:
        coordinator, before = await _known(uow, by, patient_id)
        known = {*before.risks, risk} if is_known else {*before.risks} - {risk}
        after = replace(before, risks=tuple(one for one in Risk if one in known))
        return coordinator, await _keep(core, uow, coordinator, before, after)


async def _keep(
    core: Core, uow: UnitOfWork, coordinator: Coordinator, before: Patient, after: Patient
) -> Patient:
    if after != before:
        await uow.people.save_patient(after)
        await uow.audit.add(
            AuditEvent(
                at=core.clock.now(),
                actor=f"coordinator:{coordinator.id}",
                action=Action.LIMITS_SET,
                subject=f"patient:{after.id}",
            )
        )
    await uow.commit()
    return after


async def _known(
    uow: UnitOfWork, by: Address, patient_id: PatientId
) -> tuple[Coordinator, Patient]:
    coordinator = await uow.people.coordinator_at(by)
    if coordinator is None:
        raise NotYours
    patient = await uow.people.patient(patient_id)
    if patient.state not in rostering.LISTED:
        raise NotFound
    return coordinator, patient
