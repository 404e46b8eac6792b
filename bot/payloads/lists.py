"""Buttons of a patient's own medicines and exposures; `own` is the id of one of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lists:
    """What is on the list of this kind?"""

    kind: str


@dataclass(frozen=True)
class AddOwn:
    """One more of this kind."""

    kind: str


@dataclass(frozen=True)
class AddMedicine:
    """One more medicine, in the middle of a check-in."""


@dataclass(frozen=True)
class Own:
    """One of the list."""

    own: int


@dataclass(frozen=True)
class Rename:
    """Another name for it."""

    own: int


@dataclass(frozen=True)
class Usual:
    """How I take it."""

    own: int


@dataclass(frozen=True)
class NoUsual:
    """Leave it open how I take it."""

    own: int


@dataclass(frozen=True)
class Classes:
    """Which kind of medicine is it?"""

    own: int


@dataclass(frozen=True)
class Class:
    """It is of this kind."""

    own: int
    drug_class: str


@dataclass(frozen=True)
class PutAway:
    """Take it off the list."""

    own: int


@dataclass(frozen=True)
class PutBack:
    """Put it back on the list."""

    own: int
