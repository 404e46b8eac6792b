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


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A rule that fired."""

    rule: str
    tier: Tier
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of the table: when it fires, and how soon a person must look."""

    id: str
    tier: Tier
    fires: Callable[[Report, Clinic], Reason | None]


def _pain_at_limit(report: Report, clinic: Clinic) -> Reason | None:
    values = said(report.changed, Item.PAIN)
    if not values or int(values[0]) < clinic.pain_limit:
        return None
    return {"pain": int(values[0]), "limit": clinic.pain_limit}


def _alarm(report: Report, _clinic: Clinic) -> Reason | None:
    return {} if report.is_alarmed else None


ALARM = "ALARM"
PAIN_LIMIT = "PAIN-LIMIT"

TABLE = (
    Rule(id=ALARM, tier=Tier.EMERGENCY, fires=_alarm),
    Rule(id=PAIN_LIMIT, tier=Tier.URGENT, fires=_pain_at_limit),
)


def triage(report: Report, clinic: Clinic) -> tuple[Flag, ...]:
    """Every rule that fires, in the order of the table (R-GEN-2: fixed and visible)."""
    found = ((rule, rule.fires(report, clinic)) for rule in TABLE)
    return tuple(
        Flag(rule=rule.id, tier=rule.tier, reason=reason)
        for rule, reason in found
        if reason is not None
    )
