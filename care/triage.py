"""Answers in, tier and reasons out: one readable table."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care import conditions as when
from care.rules import Flag, Reason, Report, Rule, Tells, Tier

if TYPE_CHECKING:
    from care.clinic import Clinic

__all__ = [
    "ALARM",
    "CRISIS",
    "CRISIS_SCORE",
    "PAIN_LIMIT",
    "SILENT",
    "TABLE",
    "Flag",
    "Reason",
    "Report",
    "Rule",
    "Tells",
    "Tier",
    "asks_urgency",
    "is_at_once",
    "rule",
    "tells",
    "tells_patient",
    "triage",
]

WEEK = timedelta(days=7)
WINDOW = timedelta(days=30)


ALARM = "ALARM"
PAIN_LIMIT = "PAIN-LIMIT"
SILENT = "R-REM-2"
CRISIS = "R-SUI-1"
CRISIS_SCORE = "R-SUI-1/PHQ-9"

_E, _U, _R = Tier.EMERGENCY, Tier.URGENT, Tier.ROUTINE
_112, _CARD, _HUSH = Tells.EMERGENCY, Tells.CRISIS, Tells.NOTHING

TABLE: tuple[Rule, ...] = (
    Rule(id=ALARM, tier=_E, fires=when.alarmed, tells=_112),
    Rule(id="R-FLAG-1", tier=_E, fires=when.tapped(1), tells=_112),
    Rule(id="R-FLAG-2", tier=_E, fires=when.tapped(2), tells=_112),
    Rule(id="R-FLAG-3", tier=_E, fires=when.tapped(3), tells=_112),
    Rule(id="R-FLAG-4", tier=_E, fires=when.tapped(4), tells=_112),
    Rule(id="R-FLAG-5", tier=_E, fires=when.tapped(5), tells=_112),
    Rule(id="R-FLAG-6", tier=_E, fires=when.tapped(6), tells=_112),
    Rule(id="R-FLAG-7", tier=_E, fires=when.tapped(7), tells=_112),
    Rule(id="R-FLAG-8", tier=_E, fires=when.strange_aura, tells=_112),
    Rule(id=CRISIS, tier=_E, fires=when.crisis(is_stated=True), tells=_CARD, is_at_once=True),
    Rule(id=CRISIS, tier=_U, fires=when.crisis(is_stated=False), tells=_CARD, is_at_once=True),
    Rule(id=CRISIS_SCORE, tier=_U, fires=when.harm_scored, tells=_HUSH, is_at_once=True),
    Rule(id="R-FLAG-9", tier=_U, fires=when.tapped(9)),
    Rule(id="R-FLAG-10", tier=_U, fires=when.tapped(10)),
    Rule(id="R-FLAG-11", tier=_U, fires=when.tapped(11)),
    Rule(id="R-FLAG-12", tier=_U, fires=when.tapped(12)),
    Rule(id="R-FLAG-13", tier=_U, fires=when.tapped(13)),
    Rule(id="R-FLAG-14", tier=_U, fires=when.status),
    Rule(id="R-FLAG-15", tier=_U, fires=when.tapped(15)),
    Rule(id="R-FLAG-16", tier=_U, fires=when.different(is_at_risk=True)),
    Rule(id="R-FLAG-16", tier=_R, fires=when.different(is_at_risk=False), rests_for=WEEK),
    Rule(id=PAIN_LIMIT, tier=_U, fires=when.pain_at_limit(is_rare=True)),
    Rule(id=PAIN_LIMIT, tier=_R, fires=when.pain_at_limit(is_rare=False), rests_for=WEEK),
    Rule(id="R-FLAG-17", tier=_R, fires=when.long_usual_aura, rests_for=WEEK),
    Rule(id="R-FLAG-18", tier=_R, fires=when.tapped(18), rests_for=WEEK),
    Rule(id="R-MOH-3", tier=_R, fires=when.medicine_limit, rests_for=WINDOW),
    Rule(id="R-MOH-4", tier=_R, fires=when.medicines_pooled, rests_for=WINDOW),
    Rule(id="R-TRI-8", tier=_R, fires=when.silent_after_severe, tells=_HUSH, rests_for=WEEK),
    Rule(id=SILENT, tier=_R, fires=when.silent, tells=_HUSH),
)
"""Every rule, the most pressing first; R-FLAG-19 is the crisis rule (R-GEN-2: fixed, visible)."""


def rule(rule_id: str) -> Rule | None:
    """The rule of an id, in its higher degree; None for one that is no more."""
    return next((one for one in TABLE if one.id == rule_id), None)


def tells(rule_id: str) -> Tells:
    """What the patient hears of a rule; of one that is no more, how far the report is."""
    found = rule(rule_id)
    return Tells.REPORT if found is None else found.tells


def tells_patient(rule_id: str) -> bool:
    """Whether the patient hears of it at all."""
    return tells(rule_id) is not Tells.NOTHING


def is_at_once(rule_id: str) -> bool:
    """Whether a rule rings at any hour, whatever its tier."""
    found = rule(rule_id)
    return found is not None and found.is_at_once


def asks_urgency(rule_id: str, tier: Tier) -> bool:
    """Whether the patient is asked "urgent, or can it wait?" (R-TRI-5)."""
    return tells(rule_id) is Tells.REPORT and tier in {Tier.URGENT, Tier.ROUTINE}


def triage(report: Report, clinic: Clinic) -> tuple[Flag, ...]:
    """Every rule that fires, in the order of the table (R-GEN-2: fixed and visible)."""
    found = ((row, row.fires(report, clinic)) for row in TABLE)
    return tuple(
        Flag(rule=row.id, tier=row.tier, reason=reason)
        for row, reason in found
        if reason is not None
    )
