"""A patient's buttons in the diary's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DiaryOpen:
    """The diary, in a message of its own."""


@dataclass(frozen=True)
class DiaryMonth:
    """A month of the diary."""

    first: date


@dataclass(frozen=True)
class DiaryDay:
    """One day of it."""

    on: date


@dataclass(frozen=True)
class DiaryFill:
    """The first answer of a day that no check-in stands for."""

    on: date
    value: str


@dataclass(frozen=True)
class DiaryClose:
    """Put the calendar away."""
