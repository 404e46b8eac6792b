"""A patient's buttons: the check-in and the alarm."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """The one answer to a question of a check-in."""

    checkin: int
    item: str
    value: str


@dataclass(frozen=True)
class Option:
    """One option of many; `chosen` is the state that the tap asks for."""

    checkin: int
    item: str
    value: str
    chosen: bool


@dataclass(frozen=True)
class Finish:
    """No more options."""

    checkin: int
    item: str


@dataclass(frozen=True)
class Back:
    """To this question of a check-in."""

    checkin: int
    item: str


@dataclass(frozen=True)
class Skip:
    """Leave a question of a check-in out."""

    checkin: int
    item: str


@dataclass(frozen=True)
class Enough:
    """No more questions of a check-in."""

    checkin: int
    item: str


@dataclass(frozen=True)
class Review:
    """What of a check-in can be changed?"""

    checkin: int


@dataclass(frozen=True)
class Stand:
    """A check-in as it stands."""

    checkin: int


@dataclass(frozen=True)
class Alarm:
    """Something is alarming: what?"""
