"""Everything that decides which questions a patient is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.profiles import Profile
from care.questions import Item

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.profiles import Own


@dataclass(frozen=True, kw_only=True)
class Told:
    """A patient and all that they have told; `has_joined` when that was the last step of it."""

    patient: Patient
    profile: Profile
    has_joined: bool = False


async def profile_of(uow: UnitOfWork, patient: Patient) -> Profile:
    """A patient's profile, with everything they have named."""
    return profile_with(patient, await uow.profiles.own(patient.id))


def profile_with(patient: Patient, own: Iterable[Own]) -> Profile:
    """A patient's profile, with what is known to be theirs."""
    return Profile(
        usual_aura=patient.usual_aura,
        is_usual_over_60=patient.is_usual_over_60,
        practice=patient.practice,
        own=tuple(own),
    )


async def told(uow: UnitOfWork, patient: Patient) -> Told:
    """A patient and all that they have told so far."""
    return Told(patient=patient, profile=await profile_of(uow, patient))


_OPEN_FOR = timedelta(days=2)


async def redraw_open(
    uow: UnitOfWork,
    patient: Patient,
    *,
    now: datetime,
    asking: Collection[Item | None] = (None, *Item),
) -> None:
    """Let check-ins that take answers, and ask one of these, show what has changed."""
    today = timetable.local_date_at(now, ZoneInfo(patient.zone))
    for checkin in await uow.checkins.between(patient.id, today - _OPEN_FOR, today):
        if checkin.asking in asking and now < checkin.locks_at:
            await uow.checkins.save(replace(checkin, revision=checkin.revision + 1))
