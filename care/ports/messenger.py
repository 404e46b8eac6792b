"""How a promise becomes a message: what is handed over, and what can come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from care import timetable
from care.ports.relay_letters import AnswerLetter, RelayLetter, RelayStateLetter
from care.promises import Reminds
from care.triage import Tier

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from care.attacks import Attack
    from care.digests import Digest
    from care.escalation import Escalation
    from care.happenings import Happening
    from care.infusions import Ahead, Session
    from care.lifecycle import CheckIn
    from care.notes import Note
    from care.people import Address, Coordinator, Operator, Patient
    from care.profiles import Profile
    from care.promises import Delivery, Kind
    from care.questions import Answers
    from care.summaries import Week


@dataclass(frozen=True, kw_only=True)
class CheckInLetter:
    """A check-in as it stands; with `edits` that message is redrawn.

    `replaces` is an older message of the same check-in that goes away afterwards.
    """

    kind: Kind
    patient: Patient
    profile: Profile
    checkin: CheckIn
    answers: Answers
    now: datetime
    attack: Attack | None = None
    was_late: bool = False
    notes: tuple[Note, ...] = ()
    silent_days: int = 0
    edits: int | None = None
    replaces: int | None = None

    @property
    def is_silent(self) -> bool:
        """Whether it may not ring, because these are the reader's quiet hours."""
        return timetable.is_quiet(self.now, ZoneInfo(self.patient.zone))


@dataclass(frozen=True, kw_only=True)
class AttackLetter:
    """A question about an attack; `replaces` is its older message, which goes away."""

    patient: Patient
    profile: Profile
    attack: Attack
    now: datetime
    replaces: int | None = None

    @property
    def is_silent(self) -> bool:
        """At night without a sound: who has an attack may have fallen asleep."""
        return timetable.is_quiet(self.now, ZoneInfo(self.patient.zone))


@dataclass(frozen=True, kw_only=True)
class StatusLetter:
    """The first of the two questions of the status gate (R-SM-1)."""

    patient: Patient
    on: date


@dataclass(frozen=True, kw_only=True)
class MedicineLetter:
    """On how many of 30 days a class of acute medicine was taken (R-MOH-7)."""

    patient: Patient
    drug_class: str
    days: int
    is_at_least: bool


@dataclass(frozen=True, kw_only=True)
class SummaryLetter:
    """A week, and the one before it."""

    patient: Patient
    profile: Profile
    last: date
    week: Week
    before: Week


@dataclass(frozen=True, kw_only=True)
class SessionLetter:
    """What there is to say about an infusion session."""

    kind: Kind
    patient: Patient
    session: Session
    now: datetime
    ahead: Ahead | None = None

    @property
    def is_silent(self) -> bool:
        """Whether it may not ring, because these are the reader's quiet hours."""
        return timetable.is_quiet(self.now, ZoneInfo(self.patient.zone))


@dataclass(frozen=True, kw_only=True)
class EscalationLetter:
    """An escalation as a coordinator sees it; with `edits` that copy is redrawn."""

    coordinator: Coordinator
    escalation: Escalation
    patient: Patient
    owner: Coordinator | None
    now: datetime
    page: int
    reminds: Reminds = Reminds.NOTHING
    said: frozenset[Happening] = frozenset()
    edits: int | None = None

    @property
    def is_silent(self) -> bool:
        """Whether it may not ring: what can wait for a working day does not."""
        return self.escalation.tier is Tier.ROUTINE


@dataclass(frozen=True, kw_only=True)
class DailyListLetter:
    """What is ROUTINE and open, for one coordinator, on a working day (R-TRI-1)."""

    coordinator: Coordinator
    found: tuple[tuple[Escalation, Patient], ...]


@dataclass(frozen=True, kw_only=True)
class CareLetter:
    """What the patient is told about an escalation."""

    kind: Kind
    patient: Patient
    escalation: Escalation


@dataclass(frozen=True, kw_only=True)
class JoinedLetter:
    """A patient has joined; for the coordinator who invited."""

    coordinator: Coordinator
    patient: Patient


@dataclass(frozen=True, kw_only=True)
class BlockedLetter:
    """A patient has blocked the bot; for the coordinators."""

    coordinator: Coordinator
    patient: Patient


@dataclass(frozen=True, kw_only=True)
class GroupLetter:
    """An escalation for the care team's group, in its first coordinator's language.

    With `edits` the message that stands there is redrawn.
    """

    escalation: Escalation
    code: str
    language: str
    edits: int | None = None


@dataclass(frozen=True, kw_only=True)
class TroubleLetter:
    """Something technical is wrong; without anything of patients."""

    reader: Operator | Coordinator
    trouble: str
    about: str
    count: int


@dataclass(frozen=True, kw_only=True)
class DigestLetter:
    """The week of the whole clinic, on Monday."""

    coordinator: Coordinator
    digest: Digest


Letter = (
    CheckInLetter
    | AttackLetter
    | SummaryLetter
    | SessionLetter
    | EscalationLetter
    | CareLetter
    | StatusLetter
    | MedicineLetter
    | DailyListLetter
    | JoinedLetter
    | BlockedLetter
    | GroupLetter
    | RelayLetter
    | RelayStateLetter
    | AnswerLetter
    | TroubleLetter
    | DigestLetter
)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Telegram has taken it, as this message."""

    message_id: int | None


@dataclass(frozen=True, kw_only=True)
class Flooded:
    """Not sent: too many requests; not before this much time has passed."""

    retry_after: timedelta


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """Surely not sent; may be tried again."""

    error: str


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """Nobody can say whether it was sent."""

    error: str


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Not sent: the person has blocked the bot or left, until they return."""

    error: str


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """Not sent, and trying again would not help."""

    error: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Not sent: the chat has a new id."""

    address: Address


@dataclass(frozen=True, kw_only=True)
class Unauthorized:
    """Not sent: the token is not accepted; nothing can be sent at all."""

    error: str


Result = Sent | Flooded | NotSent | Unknown | Gone | Rejected | Moved | Unauthorized


class Messenger(Protocol):
    """Turns letters into messages."""

    async def send(self, delivery: Delivery, letter: Letter) -> Result:
        """Send or edit one message; never raises for what Telegram may answer."""
        ...


class Gate(Protocol):
    """How fast we may send."""

    def admit(self, *, chat_id: int, lane: int, now: datetime) -> datetime | None:
        """None: send now; else the earliest instant to try again."""
        ...

    def flooded(self, *, chat_id: int | None, retry_after: timedelta, now: datetime) -> None:
        """A flood answer: pause what it names."""
        ...
