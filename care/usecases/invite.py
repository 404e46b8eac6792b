"""Making a way in for a patient or a coordinator (F01)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.audit import Action, AuditEvent
from care.errors import CodeTaken, NotYours
from care.people import (
    Address,
    Coordinator,
    Invite,
    Patient,
    PatientState,
    Role,
    patient_code,
    token_hash,
)

if TYPE_CHECKING:
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork


async def invite_colleague(
    core: Core, *, token: str, language: str, role: Role = Role.COORDINATOR
) -> Invite:
    """Store an invite for a coordinator or operator; the token goes into the link only."""
    now = core.clock.now()
    invite = Invite(
        token_hash=token_hash(token),
        role=role,
        language=language,
        created_at=now,
        expires_at=now + core.clinic.coordinator_invite_life,
    )
    async with core.new_uow() as uow:
        await uow.people.add_invite(invite)
        await uow.commit()
    return invite


async def check_code(core: Core, *, code: str | None) -> str:
    """The code that an invite would get: the clinic's own, or the next free one.

    Raises InvalidCode and CodeTaken.
    """
    async with core.new_uow(is_reading=True) as uow:
        if not code:
            return await _free_code(uow)
        wanted = patient_code(code)
        known = await uow.people.patient_with_code(wanted)
    if known is not None and known.state is not PatientState.INVITED:
        raise CodeTaken
    return wanted


async def _free_code(uow: UnitOfWork) -> str:
    taken = {patient.code for patient in await uow.people.patients()}
    number = len(taken) + 1
    while f"P-{number:03}" in taken:
        number += 1
    return f"P-{number:03}"


async def invite_patient(
    core: Core, *, token: str, language: str, by: Address, code: str
) -> tuple[Coordinator, Patient]:
    """A patient with this code, and an invite for them, by a coordinator.

    A code whose patient was invited but never joined gets a fresh invite, the old one ends.
    Raises NotYours, InvalidCode and CodeTaken.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        coordinator = await uow.people.coordinator_at(by)
        if coordinator is None:
            raise NotYours
        patient = await _invited(uow, patient_code(code), language, core)
        await uow.people.add_invite(
            Invite(
                token_hash=token_hash(token),
                role=Role.PATIENT,
                language=language,
                created_at=now,
                expires_at=now + core.clinic.patient_invite_life,
                patient_id=patient.id,
            )
        )
        await uow.audit.add(
            AuditEvent(
                at=now,
                actor=f"coordinator:{coordinator.id}",
                action=Action.PATIENT_INVITED,
                subject=f"patient:{patient.id}",
            )
        )
        await uow.commit()
    return coordinator, patient


async def _invited(uow: UnitOfWork, code: str, language: str, core: Core) -> Patient:
    known = await uow.people.patient_with_code(code)
    if known is None:
        return await uow.people.add_patient(
            code=code,
            language=language,
            zone=core.clinic.zone,
            checkin_time=core.clinic.checkin_time,
        )
    if known.state is not PatientState.INVITED:
        raise CodeTaken
    known = replace(known, language=language)
    await uow.people.save_patient(known)
    return known
