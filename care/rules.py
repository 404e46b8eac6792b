"""What triage speaks of: tiers, a report, a rule, a flag (R-TRI-1, R-GEN-2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from care.profiles import Profile

if TYPE_CHECKING:
    from datetime import timedelta

    from care.clinic import Clinic
    from care.medication_days import MedicationDays
    from care.people import Risk
    from care.questions import Answers


class Tier(StrEnum):
    """How soon a person must look (R-TRI-1)."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"
    INFO = "info"


class Tells(StrEnum):
    """What the patient hears: fixed words at once, how far the report is, the card, or nothing."""

    EMERGENCY = "emergency"
    REPORT = "report"
    CRISIS = "crisis"
    NOTHING = "nothing"


Reason = Mapping[str, int | str]
"""What made a rule fire, in codes and numbers."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a patient has just said or done, and what must be known beside it.

    `changed` are the answers that are new, `answers` the day as it stands with them. `flag` is
    the number of a red flag that was tapped. `days_at_limit` counts, of the 28 days before, those
    on which the pain reached the limit; `was_severe` speaks of the last completed day (R-TRI-8).
    `crisis` is what free words state: `harm` or `plan` (R-SUI-1, R-SUI-2),
    `harm_score` what a questionnaire that staff entered says of self-harm, 0 to 3 (PHQ-9, item 9).
    """

    changed: Answers = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    risks: tuple[Risk, ...] = ()
    pain_limit: int | None = None
    days_at_limit: int = 0
    medicine: MedicationDays | None = None
    flag: int | None = None
    is_alarmed: bool = False
    is_status: bool = False
    silent_days: int = 0
    was_severe: bool = False
    crisis: str = ""
    harm_score: int = 0


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A rule that fired."""

    rule: str
    tier: Tier
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of the table: when it fires, how soon a person must look, what the patient hears.

    Who is told, and when, is the ladder of the tier; `is_at_once` rings at any hour whatever the
    tier. `rests_for` is how long it stays silent after it was closed, unless it is at a new step
    (R-TRI-4: only what is ROUTINE). Two rows of one id are one rule in two degrees.
    """

    id: str
    tier: Tier
    fires: Callable[[Report, Clinic], Reason | None]
    tells: Tells = Tells.REPORT
    is_at_once: bool = False
    rests_for: timedelta | None = None
