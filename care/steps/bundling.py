"""What the letters of many check-ins are made from, read in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from care import lifecycle
from care.errors import NotFound
from care.lifecycle import CheckInId
from care.promises import Kind
from care.questions import Item
from care.steps import profiles
from care.steps.silence import LOOKS_BACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from care.lifecycle import Asked, CheckIn
    from care.people import Patient, PatientId
    from care.ports.unit_of_work import UnitOfWork
    from care.profiles import Own, Profile
    from care.promises import Promise
    from care.questions import Answers

AGAIN = frozenset({Kind.CHECKIN_REMINDER, Kind.CHECKIN_BACKFILL})
"""Asks once more, in a message that takes the place of the one before."""

CHECKINS = frozenset({Kind.CHECKIN, *AGAIN, Kind.CHECKIN_REDRAW, Kind.CHECKIN_REFRESH})


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """Check-ins, whose they are, and what was asked and answered on their days and before."""

    checkins: Mapping[CheckInId, CheckIn] = field(default_factory=dict)
    patients: Mapping[PatientId, Patient] = field(default_factory=dict)
    own: Mapping[PatientId, Sequence[Own]] = field(default_factory=dict)
    asked: Mapping[PatientId, Sequence[Asked]] = field(default_factory=dict)
    entries: Mapping[PatientId, Mapping[date, Answers]] = field(default_factory=dict)

    def checkin(self, promise: Promise) -> CheckIn:
        """The check-in that a promise is about; raises NotFound."""
        found = self.checkins.get(CheckInId(promise.subject))
        if found is None:
            raise NotFound
        return found

    def profile(self, patient: Patient) -> Profile:
        """A patient's profile."""
        return profiles.profile_with(patient, self.own.get(patient.id, ()))

    def answers(self, checkin: CheckIn) -> Answers:
        """What stands in the entry of its date."""
        return self.entries.get(checkin.patient_id, {}).get(checkin.local_date, {})

    def silent_days(self, checkin: CheckIn) -> int:
        """Check-ins in a row without an answer, ending with the last before its date."""
        on, whose = checkin.local_date, checkin.patient_id
        asked = [one for one in self.asked.get(whose, ()) if one.local_date >= on - LOOKS_BACK]
        entries = self.entries.get(whose, {})
        answered = {day for day, known in entries.items() if Item.HEADACHE in known}
        return lifecycle.silent_days(on, asked, answered)


async def bundled(uow: UnitOfWork, promises: Iterable[Promise]) -> Bundle:
    """All of it for those of these promises that are about check-ins."""
    ids = [CheckInId(one.subject) for one in promises if one.kind in CHECKINS]
    if not ids:
        return Bundle()
    checkins = await uow.checkins.get_many(ids)
    whose = {one.patient_id for one in checkins.values()}
    if not whose:
        return Bundle()
    dates = [one.local_date for one in checkins.values()]
    first, last = min(dates) - LOOKS_BACK, max(dates)
    return Bundle(
        checkins=checkins,
        patients=await uow.people.patients_by_id(whose),
        own=await uow.profiles.own_of(whose),
        asked=await uow.desk.asked(whose, first, last - timedelta(days=1)),
        entries=await uow.desk.answers(whose, first, last, tuple(Item)),
    )
