"""The end of joining: everything is chosen, the first check-in is offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from care.people import PatientState
from care.promises import Kind, Promise
from care.steps import scheduling

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork


async def activate(uow: UnitOfWork, patient: Patient, clinic: Clinic, *, now: datetime) -> Patient:
    """The patient is in from now on: planned, asked at once, announced to the team."""
    active = replace(patient, state=PatientState.ACTIVE)
    await uow.people.save_patient(active)
    await scheduling.plan_patient(uow, active, clinic, now=now)
    await scheduling.offer_today(uow, active, now=now)
    name = f"patient:{active.id}"
    await uow.audit.add(AuditEvent(at=now, actor=name, action=Action.PATIENT_JOINED, subject=name))
    for coordinator in await uow.people.coordinators():
        await uow.outbox.put(
            Promise(
                kind=Kind.PATIENT_JOINED,
                recipient=coordinator.address,
                subject=active.id,
                key=f"joined:{active.id}:{coordinator.id}",
                due_at=now,
            )
        )
    return active
