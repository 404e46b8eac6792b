"""The buttons of duty and quiet hours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DutyOpen:
    """Who is on duty, as it stands."""


@dataclass(frozen=True)
class OnDuty:
    """I go on duty, or off it."""

    is_on: bool


@dataclass(frozen=True)
class QuietHours:
    """Leave me in peace between these hours of the clinic's clock; none where both are 0."""

    start: int
    end: int


@dataclass(frozen=True)
class HandAll:
    """All that I have not closed is this colleague's."""

    coordinator: int
