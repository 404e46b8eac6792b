"""Questionnaires that staff do with a patient: totals only, no item text (R-INS-2, R-INS-3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from care.people import CoordinatorId, PatientId

ResultId = NewType("ResultId", int)

TOTAL = "total"

_FEW = 4
"""Values that fit beside each other as buttons."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One number of a questionnaire, both ends included.

    `is_harm` is the answer about thoughts of self-harm (R-SUI-1).
    """

    code: str = TOTAL
    lowest: int = 0
    highest: int
    is_harm: bool = False

    @property
    def values(self) -> range:
        """Every value that it can have."""
        return range(self.lowest, self.highest + 1)

    @property
    def is_tapped(self) -> bool:
        """Whether it is asked by buttons rather than typed."""
        return len(self.values) <= _FEW


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire by its own name, with its numbers in the order in which they are asked."""

    code: str
    name: str
    scales: tuple[Scale, ...]


TABLE: tuple[Instrument, ...] = (
    Instrument(code="hit6", name="HIT-6", scales=(Scale(lowest=36, highest=78),)),
    Instrument(
        code="msq",
        name="MSQ 2.1",
        scales=(
            Scale(code="role_restrictive", highest=100),
            Scale(code="role_preventive", highest=100),
            Scale(code="emotional", highest=100),
        ),
    ),
    Instrument(
        code="phq9",
        name="PHQ-9",
        scales=(Scale(highest=27), Scale(code="item_9", highest=3, is_harm=True)),
    ),
    Instrument(code="gad7", name="GAD-7", scales=(Scale(highest=21),)),
)
"""Every questionnaire; one more is one more row, and the words for its scales."""


@dataclass(frozen=True, kw_only=True)
class Entering:
    """What a coordinator is entering: the numbers given so far, by scale.

    `message_id` is the message that asks for the next. After `until` words mean nothing special
    any more. `is_alone` belongs to the card that all of it was opened from.
    """

    patient_id: PatientId
    instrument: str
    until: datetime
    scores: Mapping[str, int] = field(default_factory=dict)
    message_id: int | None = None
    is_alone: bool = False

    @property
    def asks(self) -> Scale | None:
        """The scale that is asked for next; None when all are given."""
        found = instrument(self.instrument)
        scales = () if found is None else found.scales
        return next((one for one in scales if one.code not in self.scores), None)


@dataclass(frozen=True, kw_only=True)
class NewResult:
    """A whole questionnaire, for the patient's local date on which it was entered."""

    patient_id: PatientId
    instrument: str
    local_date: date
    scores: Mapping[str, int]
    entered_by: CoordinatorId
    entered_at: datetime


@dataclass(frozen=True, kw_only=True)
class Result(NewResult):
    """One that is stored; from `ended_at` on it stands no more, withdrawn or replaced."""

    id: ResultId
    ended_at: datetime | None = None


def instrument(code: str) -> Instrument | None:
    """The questionnaire with this code."""
    return next((one for one in TABLE if one.code == code), None)


def number(raw: str) -> int | None:
    """A whole number as somebody typed it; None for anything else."""
    typed = raw.strip()
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= 3
    return int(typed) if is_number else None


def is_possible(result: NewResult) -> bool:
    """Whether the total can go with the answer about self-harm, which is a part of it."""
    found = instrument(result.instrument)
    scales = found.scales if found else ()
    most = {one.code: one.highest for one in scales}
    if TOTAL not in most:
        return True
    others = most[TOTAL] - sum(one.highest for one in scales if one.is_harm)
    return 0 <= result.scores[TOTAL] - harm(result) <= others


def harm(result: NewResult) -> int:
    """What was answered about thoughts of self-harm; 0 where that is not asked (R-SUI-1)."""
    found = instrument(result.instrument)
    scales = () if found is None else found.scales
    return max((result.scores.get(one.code, 0) for one in scales if one.is_harm), default=0)
