"""Button payloads: typed values to 64 bytes and back (telegram facts, 1).

A payload says all that is needed to understand a tap without memory. It proves nothing: every
tap is authorised by who taps.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING, cast, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIMIT_BYTES = 64


class BadPayloadError(ValueError):
    """This button is not one of ours."""


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
class Nothing:
    """A button that only shows something."""


Payload = (
    Answer | Option | Finish | Back | Alarm | Mistake | Read | Consent | Regions | Region | Zone
    | Times | At | Stop | Resume | Invite | Take | Close | Look | Closed | Sessions | Patients
    | Session | Month | Day | Start | Book | Cancel | Nothing
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
    "-": Nothing,
}
_TAG_OF = {kind: tag for tag, kind in TAGS.items()}


def _flag(raw: str) -> bool:
    if raw not in {"0", "1"}:
        raise ValueError(raw)
    return raw == "1"


def _number(raw: str) -> int:
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 18):
        raise ValueError(raw)
    return int(raw)


_WRITE: Mapping[type, Callable[[object], str]] = {
    int: str,
    str: str,
    bool: lambda value: str(int(bool(value))),
    date: str,
    time: lambda value: f"{value:%H%M}",
    datetime: lambda value: f"{value:%Y%m%dT%H%M}",
}
_READ: Mapping[type, Callable[[str], object]] = {
    int: _number,
    str: str,
    bool: _flag,
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
}
_TYPES: Mapping[type[Payload], tuple[type, ...]] = {
    kind: tuple(get_type_hints(kind)[field.name] for field in fields(kind))
    for kind in TAGS.values()
}


def encode(payload: Payload) -> str:
    """The bytes of a button; raises ValueError when they are more than Telegram takes."""
    kind = type(payload)
    values = (getattr(payload, field.name) for field in fields(payload))
    parts = [_WRITE[of](value) for of, value in zip(_TYPES[kind], values, strict=True)]
    data = ":".join([_TAG_OF[kind], *parts])
    if len(data.encode()) > LIMIT_BYTES:
        raise ValueError(f"a {kind.__name__} payload takes at most {LIMIT_BYTES} bytes")
    return data


def decode(data: str) -> Payload:
    """The payload of a tap; raises BadPayloadError for anything that we would not have written."""
    tag, *parts = data.split(":")
    kind = TAGS.get(tag)
    if kind is None or len(parts) != len(_TYPES[kind]) or len(data.encode()) > LIMIT_BYTES:
        raise BadPayloadError(BadPayloadError.__doc__)
    try:
        values = [_READ[of](part) for of, part in zip(_TYPES[kind], parts, strict=True)]
    except ValueError:
        raise BadPayloadError(BadPayloadError.__doc__) from None
    make = cast("Callable[..., Payload]", kind)
    return make(*values)
