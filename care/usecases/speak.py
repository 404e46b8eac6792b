"""In which language somebody is written to (F15)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.errors import NotYours
from care.steps import profiles, reaching

if TYPE_CHECKING:
    from care.people import Address, Coordinator, Patient
    from care.ports.core import Core


async def choose_language(core: Core, *, by: Address, language: str) -> Patient | Coordinator:
    """Write to this patient or coordinator in a language from now on.

    Check-ins that take answers are redrawn in it. Raises NotYours for anybody else.
    """
    async with core.new_uow() as uow:
        coordinator = await uow.people.coordinator_at(by)
        if coordinator is not None:
            coordinator = replace(coordinator, language=language)
            await uow.people.save_coordinator(coordinator)
            await uow.commit()
            return coordinator
        patient = await uow.people.patient_at(by)
        if patient is None or patient.consented_at is None:
            raise NotYours
        patient = replace(await reaching.heard(uow, patient), language=language)
        await uow.people.save_patient(patient)
        await profiles.redraw_open(uow, patient, now=core.clock.now())
        await uow.commit()
    return patient
