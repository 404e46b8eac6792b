"""The care team's buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Invite:
    """Make a patient's link in this language; without code the next free one."""

    language: str
    code: str


@dataclass(frozen=True)
class Take:
    """This escalation is mine."""

    escalation: int


@dataclass(frozen=True)
class Close:
    """How did it end?"""

    escalation: int


@dataclass(frozen=True)
class Look:
    """Show this escalation again."""

    escalation: int


@dataclass(frozen=True)
class ListAgain:
    """Back to the list that this escalation was opened from: the daily one, or all of them."""

    is_daily: bool


@dataclass(frozen=True)
class Closed:
    """It ended so."""

    escalation: int
    closing: str


@dataclass(frozen=True)
class History:
    """What has happened to this escalation."""

    escalation: int


@dataclass(frozen=True)
class Hand:
    """To whom?"""

    escalation: int


@dataclass(frozen=True)
class HandTo:
    """It is this colleague's."""

    escalation: int
    coordinator: int


@dataclass(frozen=True)
class CallBack:
    """I call the patient."""

    escalation: int


@dataclass(frozen=True)
class Sessions:
    """The sessions ahead."""


@dataclass(frozen=True)
class Patients:
    """A page of the patients to schedule for."""

    page: int


@dataclass(frozen=True)
class Session:
    """One session, to move or cancel."""

    session: int


@dataclass(frozen=True)
class Month:
    """A month of the calendar: for a patient's new session (session 0) or to move one."""

    patient: int
    session: int
    first: date


@dataclass(frozen=True)
class Day:
    """A day, to choose a time on."""

    patient: int
    session: int
    on: date


@dataclass(frozen=True)
class Start:
    """A time on the clinic's clock, to confirm."""

    patient: int
    session: int
    at: datetime


@dataclass(frozen=True)
class Book:
    """Confirmed."""

    patient: int
    session: int
    at: datetime


@dataclass(frozen=True)
class Cancel:
    """Cancel a session, once sure."""

    session: int
    is_sure: bool


@dataclass(frozen=True)
class SendAgain:
    """An undelivered message, once more."""

    promise: int


@dataclass(frozen=True)
class Nothing:
    """A button that only shows something."""
