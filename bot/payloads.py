"""What a button can mean: one value per kind of tap, and the tag that it travels under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time


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
class Alarm:
    """Something is alarming."""


@dataclass(frozen=True)
class Mistake:
    """The alarm was a mistake."""

    escalation: int


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
class Stop:
    """End the check-ins, once sure."""

    is_sure: bool


@dataclass(frozen=True)
class Resume:
    """Begin the check-ins again."""


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
class Closed:
    """It ended so."""

    escalation: int
    closing: str


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


Payload = (
    Answer | Option | Finish | Back | Alarm | Mistake | Read | Consent | Regions | Region | Zone
    | Times | At | Stop | Resume | Invite | Take | Close | Look | Closed | Sessions | Patients
    | Session | Month | Day | Start | Book | Cancel | SendAgain | Nothing
)  # fmt: skip

TAGS: Mapping[str, type[Payload]] = {
    "a": Answer,
    "o": Option,
    "f": Finish,
    "b": Back,
    "al": Alarm,
    "mi": Mistake,
    "r": Read,
    "co": Consent,
    "rs": Regions,
    "rg": Region,
    "z": Zone,
    "ts": Times,
    "at": At,
    "st": Stop,
    "re": Resume,
    "in": Invite,
    "tk": Take,
    "cl": Close,
    "lk": Look,
    "cd": Closed,
    "ss": Sessions,
    "ps": Patients,
    "se": Session,
    "mo": Month,
    "d": Day,
    "s": Start,
    "bk": Book,
    "ca": Cancel,
    "sa": SendAgain,
    "-": Nothing,
}
