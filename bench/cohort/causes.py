"""Whether what a patient has tapped, or left unanswered, explains a report: apart from the bot.

Made from what the person meant to say and the days on which they could tap it, never from what
the bot stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.lived import TREATMENT_ON
from care import question_sets as daily
from care.questions import NONE, Item
from care.triage import PAIN_LIMIT, SILENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bench.cohort.patients import Patient
    from bench.cohort.planting import Planted
    from bench.cohort.verdict import Case
    from care.clinic import Clinic
    from care.questions import Answers

LIMIT_DAYS, WINDOW = 10, 30
"""The lowest limit of any class of acute medicine, and the days in which it counts."""

SEVERE = 7
_AFTER_SEVERE = "R-TRI-8"
_LONG = daily.MINUTES_OVER_60


def explains(case: Case, planted: Iterable[Planted], clinic: Clinic) -> bool:
    """Whether this patient gave cause for this rule on that day or before.

    After a red flag silence is a cause as after a hard day.
    """
    opened = case.found.opened_at
    flags = [one.rule for one in planted if _is_by(one, case)]
    if case.found.rule in flags or (flags and case.found.rule == _AFTER_SEVERE):
        return True
    day = (opened.astimezone(ZoneInfo(clinic.zone)).date() - TREATMENT_ON).days
    cause = _CAUSES.get(case.found.rule)
    return cause is not None and cause(case.patient, day, clinic)


def _is_by(one: Planted, case: Case) -> bool:
    return one.tapped_at is not None and one.tapped_at <= case.found.opened_at


def _pain(patient: Patient, day: int, clinic: Clinic) -> bool:
    return _worst(patient.answers.get(day, {})) >= clinic.pain_limit


def _worst(answers: Answers) -> int:
    return int(answers[Item.PAIN][0]) if Item.PAIN in answers else -1


def _medicine(patient: Patient, day: int, _clinic: Clinic) -> bool:
    """Enough days with an acute medicine, whichever class."""
    days = (patient.answers.get(one, {}) for one in range(day - WINDOW + 1, day + 1))
    took = sum(answers.get(Item.MEDICINES, (NONE,)) != (NONE,) for answers in days)
    return took >= LIMIT_DAYS


def _long_aura(patient: Patient, day: int, _clinic: Clinic) -> bool:
    return patient.answers.get(day, {}).get(Item.AURA_MINUTES) == (_LONG,)


def _silent(days: int) -> Callable[[Patient, int, Clinic], bool]:
    """So many days before without an answer; what an emergency cut short may be among them."""

    def cause(patient: Patient, day: int, _clinic: Clinic) -> bool:
        before = range(max(0, day - 14), day)
        return sum(one not in patient.spoke for one in before) >= days

    return cause


def _hard(patient: Patient, day: int, clinic: Clinic) -> bool:
    """Two silent days, and the last day before them was hard, or called urgent."""
    last = max((one for one in patient.spoke if one < day), default=None)
    if last is None or day - last <= 2 or not _silent(2)(patient, day, clinic):
        return False
    answers = patient.answers[last]
    could_not = answers.get(Item.FUNCTION) == (daily.COULD_NOT,)
    return _worst(answers) >= SEVERE or could_not or last in patient.pressed


def _status(patient: Patient, day: int, _clinic: Clinic) -> bool:
    return day in patient.worse


_CAUSES: dict[str, Callable[[Patient, int, Clinic], bool]] = {
    PAIN_LIMIT: _pain,
    "R-MOH-3": _medicine,
    "R-MOH-4": _medicine,
    "R-FLAG-14": _status,
    "R-FLAG-17": _long_aura,
    _AFTER_SEVERE: _hard,
    SILENT: _silent(7),
}
