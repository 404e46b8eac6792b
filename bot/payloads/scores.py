"""The buttons of one patient's scores; `is_alone` is the card's they were opened from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scores:
    """What staff have entered for this patient, in place of the card."""

    patient: int
    is_alone: bool


@dataclass(frozen=True)
class ScoresAgain:
    """The same in the message that asked for a number: nothing more is entered."""

    patient: int
    is_alone: bool


@dataclass(frozen=True)
class ScoreAsk:
    """Enter this questionnaire."""

    patient: int
    instrument: str
    is_alone: bool


@dataclass(frozen=True)
class ScoreTap:
    """The number that is asked for, where it has few values."""

    patient: int
    instrument: str
    value: int
    is_alone: bool


@dataclass(frozen=True)
class ScoreUndo:
    """What I entered today stands no more."""

    result: int
    is_alone: bool
