"""Are you safe right now? What the patient answers (R-SUI-3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from care.crisis import Crisis
from care.errors import NotYours
from care.escalation import EscalationState
from care.safety import Safe
from care.steps import crisis, reaching
from care.triage import Tells, tells

if TYPE_CHECKING:
    from care.escalation import Escalation, EscalationId
    from care.people import Address, Patient
    from care.ports.core import Core


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was answered, and the escalation as it stands with it."""

    patient: Patient
    escalation: Escalation


async def say_safe(core: Core, *, by: Address, escalation_id: EscalationId, safe: Safe) -> Told:
    """Keep the answer; anything but yes makes it an emergency, yes lowers nothing.

    It can be given again, also late; after the closing anything but yes is raised anew.
    Raises NotYours and NotFound.
    """
    now = core.clock.now()
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        found = await uow.escalations.get(escalation_id)
        if found.patient_id != patient.id or tells(found.rule) is not Tells.CRISIS:
            raise NotYours
        if found.state is EscalationState.CLOSED and safe is not Safe.YES:
            told = await crisis.heard(uow, patient, Crisis.PLAN, clinic=core.clinic, now=now)
        else:
            told = await crisis.answered(uow, found, safe, clinic=core.clinic, now=now)
        await uow.commit()
    return Told(patient=patient, escalation=told)
