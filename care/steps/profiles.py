"""Everything that decides which questions a patient is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from care.profiles import Profile

if TYPE_CHECKING:
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Told:
    """A patient and all that they have told; `has_joined` when that was the last step of it."""

    patient: Patient
    profile: Profile
    has_joined: bool = False


async def profile_of(uow: UnitOfWork, patient: Patient) -> Profile:
    """A patient's profile, with everything they have named."""
    return Profile(
        usual_aura=patient.usual_aura,
        is_usual_over_60=patient.is_usual_over_60,
        practice=patient.practice,
        own=tuple(await uow.profiles.own(patient.id)),
    )


async def told(uow: UnitOfWork, patient: Patient) -> Told:
    """A patient and all that they have told so far."""
    return Told(patient=patient, profile=await profile_of(uow, patient))
