"""When each rule of triage fires: a report in, the reason out, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from care import question_sets as daily
from care.medication_days import LIMITS, POOL_LIMIT
from care.questions import NONE, Item, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from care.clinic import Clinic
    from care.medication_days import MedicationDays
    from care.profiles import DrugClass
    from care.rules import Reason, Report

    Condition = Callable[[Report, Clinic], Reason | None]

SILENT_DAYS = 7
"""Check-ins without an answer after which the team is asked to look; again after as many more."""

_ALWAYS_NEW = frozenset({"sensory", "speech", "weakness"})
"""Kinds of aura that are an emergency where they are not usual, however short (R-FLAG-8)."""


def tapped(number: int) -> Condition:
    """The red flag with this number was tapped (section 5)."""

    def fires(report: Report, _clinic: Clinic) -> Reason | None:
        return {} if report.flag == number else None

    return fires


def alarmed(report: Report, _clinic: Clinic) -> Reason | None:
    """The alarm itself, without saying which."""
    return {} if report.is_alarmed else None


def strange_aura(report: Report, _clinic: Clinic) -> Reason | None:
    """R-FLAG-8: over an hour and not planned for, or of a kind that is new and not of the eyes."""
    kinds = _aura(report)
    unusual = [kind for kind in kinds if kind not in (report.profile.usual_aura or ())]
    is_known_long = report.profile.is_usual_over_60 and not unusual and "weakness" not in kinds
    if _lasted_over_60(report) and not is_known_long:
        return {"kinds": ",".join(kinds), "minutes": daily.MINUTES_OVER_60}
    alarming = [kind for kind in unusual if kind in _ALWAYS_NEW]
    return {"kinds": ",".join(alarming)} if alarming else None


def long_usual_aura(report: Report, clinic: Clinic) -> Reason | None:
    """R-FLAG-17: over an hour, as the care plan knows it."""
    if not _lasted_over_60(report) or strange_aura(report, clinic) is not None:
        return None
    return {"kinds": ",".join(_aura(report)), "minutes": daily.MINUTES_OVER_60}


def different(*, is_at_risk: bool) -> Condition:
    """R-FLAG-16: not as usual, or an aura of the eyes that is new; urgent for who is at risk.

    Who has not told what is usual cannot have a new one.
    """

    def fires(report: Report, clinic: Clinic) -> Reason | None:
        if bool(report.risks) is not is_at_risk:
            return None
        if report.flag == 16:
            return {}
        usual = report.profile.usual_aura
        unusual = [] if usual is None else [one for one in _aura(report) if one not in usual]
        if not unusual or strange_aura(report, clinic) is not None:
            return None
        return {"kinds": ",".join(unusual)}

    return fires


def _aura(report: Report) -> tuple[str, ...]:
    """The kinds that were named, where the report is about aura at all."""
    if not {Item.AURA, Item.AURA_MINUTES} & set(report.changed):
        return ()
    return tuple(kind for kind in said(report.answers, Item.AURA) if kind != NONE)


def _lasted_over_60(report: Report) -> bool:
    has_kind = bool(_aura(report))
    return has_kind and said(report.answers, Item.AURA_MINUTES) == (daily.MINUTES_OVER_60,)


def pain_at_limit(*, is_rare: bool) -> Condition:
    """The limit that the clinic set, or a coordinator for this patient.

    It is rare where none of the 28 days before reached it: what a patient has every week is known
    to the team and waits for a working day.
    """

    def fires(report: Report, clinic: Clinic) -> Reason | None:
        limit = clinic.pain_limit if report.pain_limit is None else report.pain_limit
        values = said(report.changed, Item.PAIN)
        if not values or int(values[0]) < limit or (report.days_at_limit == 0) is not is_rare:
            return None
        found = {"pain": int(values[0]), "limit": limit}
        return found if is_rare else {**found, "days": report.days_at_limit}

    return fires


def status(report: Report, _clinic: Clinic) -> Reason | None:
    """R-FLAG-14: never away for 12 hours in three days, and longer or worse than usual."""
    return {} if report.is_status else None


def medicine_limit(report: Report, _clinic: Clinic) -> Reason | None:
    """R-MOH-3: a class on as many of 30 days as its limit; the class that is furthest."""
    found = report.medicine
    over = {} if found is None else _over(found)
    if found is None or not over:
        return None
    worst = max(over, key=lambda one: over[one])
    return {"class": worst.value, "days": found.by_class[worst], "completed": found.completed}


def _over(found: MedicationDays) -> dict[DrugClass, int]:
    """The classes at their limit or above it, by the days above."""
    counted = found.by_class.items()
    return {one: days - LIMITS[one] for one, days in counted if days >= LIMITS.get(one, 31)}


def medicines_pooled(report: Report, _clinic: Clinic) -> Reason | None:
    """R-MOH-4: several classes on ten days together, none at its own limit."""
    found = report.medicine
    if found is None or found.pooled < POOL_LIMIT or found.pool_classes < 2 or _over(found):
        return None
    return {"days": found.pooled, "classes": found.pool_classes, "completed": found.completed}


def silent(report: Report, _clinic: Clinic) -> Reason | None:
    """R-REM-2: seven check-ins in a row that arrived and were not answered."""
    days = report.silent_days
    return {"days": days} if days and days % SILENT_DAYS == 0 else None


def silent_after_severe(report: Report, _clinic: Clinic) -> Reason | None:
    """R-TRI-8: a hard day, then two check-ins that arrived and were not answered."""
    is_second = report.silent_days == 2
    return {"days": 2} if report.was_severe and is_second else None


def crisis(*, is_stated: bool) -> Condition:
    """R-SUI-1, R-SUI-2: thoughts of self-harm; with plan, intent, means or a time it is worse.

    What was said is nowhere in the reason (R-SUI-4).
    """

    def fires(report: Report, _clinic: Clinic) -> Reason | None:
        if report.flag == 19 and not is_stated:
            return {}
        wanted = "plan" if is_stated else "harm"
        return {} if report.crisis == wanted else None

    return fires


def harm_scored(report: Report, _clinic: Clinic) -> Reason | None:
    """R-SUI-1: a questionnaire that staff entered speaks of self-harm, at any total.

    How much is nowhere in the reason (R-SUI-4).
    """
    return {} if report.harm_score >= 1 else None
