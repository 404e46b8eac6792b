"""Buttons of what a patient tells about themselves, and of how often they are asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Everything that can be set."""


@dataclass(frozen=True)
class Auras:
    """The kinds of aura that may be usual."""


@dataclass(frozen=True)
class Aura:
    """One kind of aura; `chosen` is the state that the tap asks for."""

    kind: str
    chosen: bool


@dataclass(frozen=True)
class NoAura:
    """None is usual."""


@dataclass(frozen=True)
class AuraOpen:
    """Ask about aura each time."""


@dataclass(frozen=True)
class AuraDone:
    """These kinds are usual."""


@dataclass(frozen=True)
class AuraLong:
    """Does the usual aura sometimes last longer than an hour?"""

    is_over_60: bool


@dataclass(frozen=True)
class Practices:
    """The self-care to choose from."""


@dataclass(frozen=True)
class Practice:
    """This self-care, or none."""

    code: str


@dataclass(frozen=True)
class Languages:
    """In which language?"""


@dataclass(frozen=True)
class Speak:
    """In this one."""

    language: str


@dataclass(frozen=True)
class Paces:
    """How often?"""


@dataclass(frozen=True)
class Pace:
    """So often."""

    pace: str


@dataclass(frozen=True)
class Breaks:
    """A break: how long? Apart from the message under which it is asked, or in its place."""

    is_apart: bool


@dataclass(frozen=True)
class Break:
    """A break of so many days; 0 until I return."""

    days: int


@dataclass(frozen=True)
class BreakOver:
    """The break is over."""
