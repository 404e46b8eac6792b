"""How long a patient has been silent, and what that changes (R-REM-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from care import lifecycle, question_sets as daily, timetable
from care.classification import SEVERE_FROM
from care.questions import Item, said
from care.triage import Tier

if TYPE_CHECKING:
    from datetime import date

    from care.people import PatientId
    from care.ports.unit_of_work import UnitOfWork
    from care.questions import Answers

LOOKS_BACK = timedelta(days=21)

SOFTER_FROM = 2
"""Silent days after which the text softens (R-REM-2)."""

_ABOVE_ROUTINE = frozenset({Tier.EMERGENCY, Tier.URGENT})

ASKS_WHAT_SUITS_FROM = 4
"""Silent days after which it asks what would suit (R-REM-2)."""


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Check-ins in a row that arrived and were not answered, and how the last answered day was."""

    days: int
    was_severe: bool


async def before(uow: UnitOfWork, patient_id: PatientId, on: date) -> Silence:
    """The silence that ends with the last check-in before a date.

    A hard day is one with severe pain, on which nothing was possible, or of which a flag above
    ROUTINE was raised (R-TRI-8).
    """
    first, last = on - LOOKS_BACK, on - timedelta(days=1)
    checkins = await uow.checkins.between(patient_id, first, last)
    answers = await uow.checkins.answers_between(patient_id, first, last)
    answered = {day: known for day, known in answers.items() if Item.HEADACHE in known}
    days = lifecycle.silent_days(on, checkins, answered)
    was_severe = False
    if days and answered:
        newest = max(answered)
        was_severe = is_severe(answered[newest]) or await _was_flagged(uow, patient_id, newest)
    return Silence(days=days, was_severe=was_severe)


def is_severe(answers: Answers) -> bool:
    """Severe pain, nothing possible, or too ill to answer (R-TRI-8)."""
    pain = said(answers, Item.PAIN)
    could_not = said(answers, Item.FUNCTION) == (daily.COULD_NOT,)
    return daily.is_too_ill(answers) or could_not or (bool(pain) and int(pain[0]) >= SEVERE_FROM)


async def _was_flagged(uow: UnitOfWork, patient_id: PatientId, on: date) -> bool:
    patient = await uow.people.patient(patient_id)
    zone = ZoneInfo(patient.zone)
    began_at = timetable.end_of_local_day(on - timedelta(days=1), zone)
    ended_at = timetable.end_of_local_day(on, zone)
    raised = await uow.escalations.caused(patient_id, since=began_at, until=ended_at)
    return any(one.tier in _ABOVE_ROUTINE for one in raised)
