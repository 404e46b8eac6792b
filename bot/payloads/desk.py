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
