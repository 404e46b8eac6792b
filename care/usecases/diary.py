"""The diary as a calendar: a month of it, and one of its days (F10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import diary, timetable
from care.diary import Diary, DiaryDay
from care.errors import NotFound, NotYours
from care.people import PatientState
from care.steps import filling, profiles

if TYPE_CHECKING:
    from datetime import date

    from care.lifecycle import CheckIn
    from care.notes import Note
    from care.people import Address, Patient
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.profiles import Profile
    from care.questions import Answers

_JOURNEY = timedelta(days=2)
"""So far beside the calendar of here a date can lie that was lived where the patient was."""


@dataclass(frozen=True, kw_only=True)
class ShownMonth:
    """A month of a patient's diary; `first` is the first of it."""

    patient: Patient
    joined_on: date
    today: date
    first: date
    days: tuple[DiaryDay, ...]


@dataclass(frozen=True, kw_only=True)
class ShownDay:
    """One date of it, with what stands there."""

    patient: Patient
    profile: Profile
    today: date
    day: DiaryDay
    checkin: CheckIn | None
    answers: Answers
    was_late: bool
    notes: tuple[Note, ...] = ()


async def month(core: Core, *, by: Address, first: date | None = None) -> ShownMonth:
    """The month of a date, this one without; another where that one cannot be shown.

    Raises NotYours for anybody who has not joined.
    """
    async with core.new_uow(is_reading=True) as uow:
        patient, joined_on, today = await _reader(core, uow, by)
        shown = diary.month_within(first or today, joined_on=joined_on, today=today)
        *_, last = diary.dates_of(shown)
        found = await _diary(core, uow, patient, shown, last)
    return ShownMonth(
        patient=patient, joined_on=joined_on, today=today, first=shown, days=found.month(shown)
    )


async def day(core: Core, *, by: Address, on: date) -> ShownDay:
    """One date. Raises NotYours, and NotFound for one before joining or ahead."""
    async with core.new_uow(is_reading=True) as uow:
        patient, joined_on, today = await _reader(core, uow, by)
        if not joined_on - _JOURNEY <= on <= today + _JOURNEY:
            raise NotFound
        found = await _diary(core, uow, patient, on, on)
        shown = found.day(on)
        if shown.mark is diary.Mark.OUTSIDE:
            raise NotFound
        return ShownDay(
            patient=patient,
            profile=await profiles.profile_of(uow, patient),
            today=today,
            day=shown,
            checkin=found.checkins.get(on),
            answers=found.answers.get(on, {}),
            notes=tuple(await uow.notes.on(patient.id, on)),
            was_late=on in await uow.checkins.late_between(patient.id, on, on),
        )


async def _reader(core: Core, uow: UnitOfWork, by: Address) -> tuple[Patient, date, date]:
    """Whose diary it is, when it begins, and what day it is where they are."""
    patient = await uow.people.patient_at(by)
    if patient is None or patient.state is PatientState.JOINING:
        raise NotYours
    today = timetable.local_date_at(core.clock.now(), ZoneInfo(patient.zone))
    return patient, min(filling.joined_on(patient) or today, today), today


async def _diary(core: Core, uow: UnitOfWork, patient: Patient, first: date, last: date) -> Diary:
    now, zone = core.clock.now(), ZoneInfo(patient.zone)
    checkins = await uow.checkins.between(patient.id, first, last)
    today = timetable.local_date_at(now, zone)
    return Diary(
        joined_on=min(filling.joined_on(patient) or today, today),
        today=today,
        zone=zone,
        now=now,
        is_active=patient.is_active,
        checkins={one.local_date: one for one in checkins},
        answers=await uow.checkins.answers_between(patient.id, first, last),
    )
