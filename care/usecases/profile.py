"""What patients tell about themselves once: usual aura, self-care (F16, R-AURA-1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care import question_sets as daily
from care.errors import InvalidAnswer, NotYours
from care.people import PatientState
from care.questions import NONE, toggled
from care.steps import joining, profiles, reaching

if TYPE_CHECKING:
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.steps.profiles import Told


async def told(core: Core, *, by: Address) -> Told:
    """What stands. Raises NotYours before the consent."""
    async with core.new_uow(is_reading=True) as uow:
        patient = await _consented(uow, by)
        return await profiles.told(uow, patient)


async def mark_aura(core: Core, *, by: Address, kind: str, chosen: bool) -> Told:
    """One kind of aura is usual, or is not; with none left nothing is known."""
    async with core.new_uow() as uow:
        patient = await _consented(uow, by)
        kinds = toggled(daily.AURA, patient.usual_aura or (), kind, chosen=chosen)
        patient = replace(
            patient,
            usual_aura=kinds or None,
            is_usual_over_60=patient.is_usual_over_60 and bool(kinds),
        )
        return await _kept(uow, patient)


async def know_no_aura(core: Core, *, by: Address) -> Told:
    """No kind of aura is usual; while joining that was the last step."""
    return await _settle_aura(core, by, kinds=(), is_over_60=False)


async def leave_aura_open(core: Core, *, by: Address) -> Told:
    """Nothing is known about a usual aura; while joining that was the last step."""
    return await _settle_aura(core, by, kinds=None, is_over_60=False)


async def tell_aura_length(core: Core, *, by: Address, is_over_60: bool) -> Told:
    """The usual aura sometimes lasts longer than an hour, or never does (R-AURA-1).

    While joining that was the last step. Raises InvalidAnswer where no kind is usual.
    """
    known = await told(core, by=by)
    if not known.patient.usual_aura:
        raise InvalidAnswer
    return await _settle_aura(core, by, kinds=known.patient.usual_aura, is_over_60=is_over_60)


async def _settle_aura(
    core: Core, by: Address, *, kinds: tuple[str, ...] | None, is_over_60: bool
) -> Told:
    now = core.clock.now()
    async with core.new_uow() as uow:
        before = await _consented(uow, by)
        patient = replace(before, usual_aura=kinds, is_usual_over_60=is_over_60)
        if patient.state is PatientState.JOINING:
            patient = await joining.activate(uow, patient, core.clinic, now=now)
        return await _kept(uow, patient, has_joined=before.state is PatientState.JOINING)


async def choose_practice(core: Core, *, by: Address, practice: str) -> Told:
    """The self-care to keep up, or "none". Raises NotYours and InvalidAnswer."""
    if practice not in daily.PRACTICE.options:
        raise InvalidAnswer
    async with core.new_uow() as uow:
        patient = await reaching.joined(uow, by)
        kept = None if practice == NONE else practice
        return await _kept(uow, replace(patient, practice=kept))


async def _kept(uow: UnitOfWork, patient: Patient, *, has_joined: bool = False) -> Told:
    """Store the patient, and commit."""
    await uow.people.save_patient(patient)
    known = await profiles.told(uow, patient)
    await uow.commit()
    return replace(known, has_joined=has_joined)


async def _consented(uow: UnitOfWork, by: Address) -> Patient:
    patient = await uow.people.patient_at(by)
    if patient is None or patient.consented_at is None:
        raise NotYours
    return patient
