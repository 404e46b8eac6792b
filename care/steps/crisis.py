"""What follows when a patient speaks of harming themselves (R-SUI-1, R-SUI-2, R-SUI-3).

What was said goes no further than here: the team reads a code and a tier (R-SUI-4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from care import safety
from care.crisis import stated
from care.happenings import Happening
from care.steps import hushing, ringing
from care.triage import Report, triage

if TYPE_CHECKING:
    from datetime import datetime

    from care.clinic import Clinic
    from care.crisis import Crisis
    from care.escalation import Escalation
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.safety import Safe


async def listen(
    uow: UnitOfWork, patient: Patient, text: str, *, clinic: Clinic, now: datetime
) -> Escalation | None:
    """Every free text of a patient comes through here; None where nothing was caught."""
    crisis = stated(text)
    if crisis is None:
        return None
    return await heard(uow, patient, crisis, clinic=clinic, now=now)


async def heard(
    uow: UnitOfWork, patient: Patient, crisis: Crisis, *, clinic: Clinic, now: datetime
) -> Escalation:
    """The card is owed to the patient, and somebody of the team paged at once, at any hour."""
    flags = triage(Report(crisis=crisis.value), clinic)
    raised = await ringing.raise_flags(uow, patient, flags, clinic=clinic, now=now)
    return raised[0]


async def answered(
    uow: UnitOfWork,
    found: Escalation,
    safe: Safe | None,
    *,
    clinic: Clinic,
    now: datetime,
) -> Escalation:
    """What was answered to the question, or None where nobody did in time (R-SUI-3)."""
    told = safety.answered(found, safe, clinic=clinic, now=now)
    await uow.escalations.save(told)
    detail = {"safe": "silent" if safe is None else safe.value}
    actor = ringing.LADDER if safe is None else ringing.PATIENT
    await ringing.note(uow, told, Happening.SAFE, actor, detail=detail, now=now)
    if told.tier is not found.tier:
        patient = await uow.people.patient(told.patient_id)
        await hushing.hush(uow, patient, now=now)
        await ringing.redraw(uow, told, now=now)
    return told
