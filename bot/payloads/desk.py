"""The buttons of the coordinators' desk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Roster:
    """A page of the patients, narrowed down to a part of them."""

    part: str
    page: int


@dataclass(frozen=True)
class RosterOpen:
    """The patients, in a message of their own."""


@dataclass(frozen=True)
class Card:
    """One patient closely, in a message of its own."""

    patient: int


@dataclass(frozen=True)
class CardClose:
    """Take a card away; with `is_alone` the patients come in its place."""

    is_alone: bool
