"""Raising escalations, what the patient says of one, and climbing the ladder (F40, F42, F48)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from care import escalation as escalations, safety
from care.errors import NotFound, NotYours
from care.escalation import Escalation, EscalationId, EscalationState, Urgency
from care.happenings import Happening
from care.steps import crisis, ringing
from care.triage import Report, Tells, asks_urgency, tells, triage

if TYPE_CHECKING:
    from datetime import datetime

    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork

BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Raised:
    """What came of something that a patient said about themselves.

    `is_ringing`: somebody of the team is paged for it at this moment.
    """

    patient: Patient
    escalation: Escalation
    said: frozenset[Happening] = frozenset()
    is_ringing: bool = False


async def raise_alarm(core: Core, *, by: Address) -> Raised:
    """The patient says that something is alarming: page at once (R-EMG-2). Raises NotYours."""
    return await _raise(core, by, Report(is_alarmed=True))


async def raise_flag(core: Core, *, by: Address, number: int) -> Raised:
    """The patient tapped a red flag: one tap, one result (section 5).

    Raises NotYours, and NotFound for a number that no button has. A ROUTINE one that was closed
    not long ago gives that one.
    """
    return await _raise(core, by, Report(flag=number))


async def raise_status(core: Core, *, by: Address) -> Raised:
    """Never away for 12 hours in three days, and worse than usual (R-FLAG-14). Raises NotYours."""
    return await _raise(core, by, Report(is_status=True))


async def _raise(core: Core, by: Address, said: Report) -> Raised:
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await _patient(uow, by)
        flags = triage(replace(said, risks=patient.risks), core.clinic)
        if not flags:
            raise NotFound
        raised = await ringing.raise_flags(uow, patient, flags, clinic=core.clinic, now=now)
        found = raised[0] if raised else None
        if found is None:
            found = await uow.escalations.last_closed(patient.id, flags[0].rule)
        await uow.commit()
    if found is None:
        raise NotFound
    return Raised(patient=patient, escalation=found)


async def say_mistake(core: Core, *, by: Address, escalation_id: EscalationId) -> Raised:
    """The patient says it was a mistake: URGENT from now on, never closed by it (R-EMG-3)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient, found = await _own(uow, by, escalation_id)
        lowered = escalations.mistaken(found, clinic=core.clinic, now=now)
        if lowered != found:
            await _save(uow, lowered, Happening.MISTAKE, now=now)
        await uow.commit()
    return Raised(patient=patient, escalation=lowered)


async def say_of_emergency(
    core: Core, *, by: Address, escalation_id: EscalationId, happening: Happening
) -> Raised:
    """The patient has called, or somebody is with them: the team sees it, once each (R-EMG-1)."""
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient, found = await _own(uow, by, escalation_id)
        before = {one.happening for one in await uow.escalations.history(found.id)}
        if happening not in before:
            await _save(uow, found, happening, now=now)
        await uow.commit()
    return Raised(patient=patient, escalation=found, said=frozenset({*before, happening}))


async def say_urgency(
    core: Core, *, by: Address, escalation_id: EscalationId, urgency: Urgency
) -> Raised:
    """Urgent, or can it wait? "Today" raises ROUTINE to URGENT (R-TRI-5).

    Raises NotYours, and NotFound for one of which that is not asked.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient, found = await _own(uow, by, escalation_id)
        if not asks_urgency(found.rule, found.tier):
            raise NotFound
        pressed = escalations.pressed(found, urgency, clinic=core.clinic, now=now)
        if pressed != found:
            await _save(uow, pressed, Happening.URGENCY, now=now)
        await uow.commit()
    is_ringing = pressed.next_step_at is not None and pressed.next_step_at <= now
    return Raised(patient=patient, escalation=pressed, is_ringing=is_ringing)


async def _save(
    uow: UnitOfWork, found: Escalation, happening: Happening, *, now: datetime
) -> None:
    detail = {"urgency": found.urgency.value} if found.urgency else {}
    await uow.escalations.save(found)
    await ringing.note(uow, found, happening, ringing.PATIENT, detail=detail, now=now)
    await ringing.redraw(uow, found, mark=happening, now=now)


async def _own(
    uow: UnitOfWork, by: Address, escalation_id: EscalationId
) -> tuple[Patient, Escalation]:
    """An escalation of the patient's own, and one that they know of."""
    patient = await _patient(uow, by)
    found = await uow.escalations.get(escalation_id)
    if found.patient_id != patient.id or tells(found.rule) is Tells.NOTHING:
        raise NotYours
    return patient, found


async def _patient(uow: UnitOfWork, by: Address) -> Patient:
    patient = await uow.people.patient_at(by)
    if patient is None or not patient.consented_at:
        raise NotYours
    return patient


async def menu(core: Core, *, by: Address) -> Patient:
    """Whose red flags are to be shown. Raises NotYours for who has not consented."""
    async with core.new_uow(is_reading=True) as uow:
        return await _patient(uow, by)


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
    if safety.is_unanswered(found, now=now):
        await crisis.answered(uow, found, None, clinic=core.clinic, now=now)
        return
    if found.next_step_at is None or found.next_step_at > now:
        return
    if found.state is not EscalationState.OPEN:
        await ringing.remind(uow, found, clinic=core.clinic, now=now)
        return
    patient = await uow.people.patient(found.patient_id)
    await ringing.ring(uow, found, patient, clinic=core.clinic, now=now)
