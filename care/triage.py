"""Answers in, tier and reasons out: one readable table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from care.questions import Answers, Item, said

if TYPE_CHECKING:
    from care.clinic import Clinic


class Tier(StrEnum):
    """How soon a person must look (R-TRI-1)."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"
    INFO = "info"


Reason = Mapping[str, int | str]
"""What made a rule fire, in codes and numbers."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the patient has just said: the answers that changed, or the alarm button."""

    changed: Answers = field(default_factory=dict)
    is_alarmed: bool = False
    silent_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A rule that fired."""

    rule: str
    tier: Tier
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of the table: when it fires, how soon a person must look, who is told.

    `tells_patient` is false where the patient has said nothing that the team answers to.
    """

    id: str
    tier: Tier
    fires: Callable[[Report, Clinic], Reason | None]
    tells_patient: bool = True


def _pain_at_limit(report: Report, clinic: Clinic) -> Reason | None:
    values = said(report.changed, Item.PAIN)
    if not values or int(values[0]) < clinic.pain_limit:
        return None
    return {"pain": int(values[0]), "limit": clinic.pain_limit}


def _alarm(report: Report, _clinic: Clinic) -> Reason | None:
    return {} if report.is_alarmed else None


def _silent(report: Report, _clinic: Clinic) -> Reason | None:
    days = report.silent_days
    return {"days": days} if days and days % SILENT_DAYS == 0 else None


ALARM = "ALARM"
PAIN_LIMIT = "PAIN-LIMIT"
SILENT = "R-REM-2"

SILENT_DAYS = 7
"""Check-ins without an answer after which the team is asked to look; again after as many more."""

TABLE = (
    Rule(id=ALARM, tier=Tier.EMERGENCY, fires=_alarm),
    Rule(id=PAIN_LIMIT, tier=Tier.URGENT, fires=_pain_at_limit),
    Rule(id=SILENT, tier=Tier.ROUTINE, fires=_silent, tells_patient=False),
)


def tells_patient(rule_id: str) -> bool:
    """Whether the patient hears that the team knows; yes for a rule that is no more."""
    return next((rule.tells_patient for rule in TABLE if rule.id == rule_id), True)


def triage(report: Report, clinic: Clinic) -> tuple[Flag, ...]:
    """Every rule that fires, in the order of the table (R-GEN-2: fixed and visible)."""
    found = ((rule, rule.fires(report, clinic)) for rule in TABLE)
    return tuple(
        Flag(rule=rule.id, tier=rule.tier, reason=reason)
        for rule, reason in found
        if reason is not None
    )
