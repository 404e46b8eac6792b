"""The buttons of one patient's limits; `is_alone` is the card's they were opened from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What is set for this patient, in place of the card."""

    patient: int
    is_alone: bool


@dataclass(frozen=True)
class PainLimit:
    """From this pain on a report is raised; 0 is the clinic's own limit."""

    patient: int
    limit: int
    is_alone: bool


@dataclass(frozen=True)
class Known:
    """The clinic knows this of the patient, or not."""

    patient: int
    risk: str
    is_known: bool
    is_alone: bool


@dataclass(frozen=True)
class LimitsDone:
    """The card again."""

    patient: int
    is_alone: bool
