"""Buttons of joining, of settings, and of the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Read:
    """A page of what a newcomer reads."""

    page: int


@dataclass(frozen=True)
class Consent:
    """Agree, or not."""

    agrees: bool


@dataclass(frozen=True)
class Regions:
    """The list of world regions."""


@dataclass(frozen=True)
class Region:
    """A page of the zones of a region."""

    name: str
    page: int


@dataclass(frozen=True)
class Zone:
    """This zone is mine."""

    name: str


@dataclass(frozen=True)
class Times:
    """The choice of times of day."""


@dataclass(frozen=True)
class At:
    """My check-in comes at this local time."""

    time: time


@dataclass(frozen=True)
class AskStop:
    """End the check-ins? Asked apart from the message under which it was tapped."""


@dataclass(frozen=True)
class Stop:
    """End the check-ins, once sure."""

    is_sure: bool


@dataclass(frozen=True)
class Resume:
    """Begin the check-ins again."""
