"""What triage must know beside the answers that are new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import timetable
from care.medication_days import DAYS, medication_days
from care.questions import NONE, Item, said
from care.triage import Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from care.clinic import Clinic
    from care.entries import Change
    from care.people import Patient
    from care.ports.unit_of_work import UnitOfWork
    from care.profiles import Profile
    from care.questions import Answers, Values

LIMIT_DAYS = 28
"""Days before an entry in which the pain limit is looked for."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was just written into the entry of a local date, and the day as it stands."""

    on: date
    changes: Sequence[Change]
    answers: Answers
    profile: Profile

    @property
    def given(self) -> Answers:
        """The answers that are new."""
        return {one.item: one.after for one in self.changes if one.after is not None}

    def before(self, item: Item) -> Values:
        """What stood there for an item until now."""
        changed = [one.before or () for one in self.changes if one.item is item]
        return changed[0] if changed else self.answers.get(item, ())


async def report_of(
    uow: UnitOfWork, patient: Patient, said_now: Said, *, clinic: Clinic, now: datetime
) -> Report:
    """The report that new answers make; older days are read only where they decide."""
    on, given, profile = said_now.on, said_now.given, said_now.profile
    today = timetable.local_date_at(now, ZoneInfo(patient.zone))
    limit = clinic.pain_limit if patient.pain_limit is None else patient.pain_limit
    took = any(code != NONE for code in said(given, Item.MEDICINES))
    hurts = _pain(given) >= limit
    known: Mapping[date, Answers] = {}
    if took or hurts:
        first = min(on, today) - timedelta(days=DAYS)
        known = await uow.checkins.answers_between(patient.id, first, today)
    return Report(
        changed=given,
        answers=said_now.answers,
        profile=profile,
        risks=patient.risks,
        pain_limit=patient.pain_limit,
        days_at_limit=_days_at(limit, known, on) if hurts else 0,
        medicine=medication_days(known, profile, last=today) if took else None,
    )


def _days_at(limit: int, known: Mapping[date, Answers], on: date) -> int:
    first = on - timedelta(days=LIMIT_DAYS)
    return sum(first <= day < on and _pain(entry) >= limit for day, entry in known.items())


def _pain(entry: Answers) -> int:
    values = said(entry, Item.PAIN)
    return int(values[0]) if values else -1
