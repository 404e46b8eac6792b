"""A patient's buttons about what is alarming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AlarmMore:
    """The other page of what can be alarming."""

    is_more: bool


@dataclass(frozen=True)
class AlarmNow:
    """It is an emergency, without saying which."""


@dataclass(frozen=True)
class AlarmClose:
    """Nothing of it."""


@dataclass(frozen=True)
class RedFlag:
    """The red flag with this number (clinical rules, section 5)."""

    number: int


@dataclass(frozen=True)
class Mistake:
    """The alarm was a mistake."""

    escalation: int


@dataclass(frozen=True)
class Word:
    """What the patient says of an emergency: called, or not alone."""

    escalation: int
    happening: str


@dataclass(frozen=True)
class Press:
    """Urgent, or can it wait?"""

    escalation: int
    urgency: str


@dataclass(frozen=True)
class StatusAway:
    """Whether the headache has gone away in the three days up to a date."""

    on: date
    was_away: bool


@dataclass(frozen=True)
class StatusWorse:
    """It has not; whether it is longer or worse than usual."""

    on: date
    is_worse: bool
