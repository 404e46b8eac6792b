"""A patient's words to the team, and the answers back (F50)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import datetime

    from care.notes import NoteId
    from care.people import Address, CoordinatorId, PatientId

RelayId = NewType("RelayId", int)

PART = 3_000
"""UTF-16 units of a person's words in one message, which holds 4096 (telegram facts, 1)."""

LONGEST_ANSWER = 3_500
"""UTF-16 units of an answer: it goes in one message."""


class RelayState(StrEnum):
    """On its way or there; kept back because somebody else had answered; not to be sent."""

    SENT = "sent"
    HELD = "held"
    DROPPED = "dropped"


class Stage(StrEnum):
    """How far a patient's words have come, as the patient is shown it (R-TRI-6)."""

    UNDER_WAY = "under_way"
    UNREACHED = "unreached"
    SENT = "sent"
    READ = "read"
    ANSWERED = "answered"


@dataclass(frozen=True, kw_only=True)
class NewRelay:
    """What is about to be stored; `answers` is the patient's message that it answers."""

    patient_id: PatientId
    text: str
    written_at: datetime
    state: RelayState = RelayState.SENT
    coordinator_id: CoordinatorId | None = None
    answers: RelayId | None = None
    note_id: NoteId | None = None
    message_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RelayMessage(NewRelay):
    """Words of a patient to the team, or of a coordinator to a patient.

    `message_id` stands in the patient's chat: it shows how far their words have come, or holds
    the answer. `delivered_at` is when the first reader had it, `failed_at` when nobody could be
    reached. `read_by` and `answered_by` are the first of the team to do so. `revision` counts
    what the team's copies have to show.
    """

    id: RelayId
    delivered_at: datetime | None = None
    failed_at: datetime | None = None
    read_at: datetime | None = None
    read_by: CoordinatorId | None = None
    answered_at: datetime | None = None
    answered_by: CoordinatorId | None = None
    revision: int = 0

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        reached = (
            (Stage.ANSWERED, self.answered_at),
            (Stage.READ, self.read_at),
            (Stage.SENT, self.delivered_at),
            (Stage.UNREACHED, self.failed_at),
        )
        return next((stage for stage, at in reached if at is not None), Stage.UNDER_WAY)


@dataclass(frozen=True, kw_only=True)
class RelayCopy:
    """One of the team's messages that hold a part of a patient's words."""

    address: Address
    message_id: int
    part: int


def parts(text: str) -> tuple[str, ...]:
    """Words in pieces that fit into messages of their own."""
    units = text.encode("utf-16-le")
    found: list[str] = []
    while units:
        piece = units[: 2 * PART].decode("utf-16-le", errors="ignore")
        found.append(piece)
        units = units[len(piece.encode("utf-16-le")) :]
    return tuple(found) or ("",)


def is_too_long(answer: str) -> bool:
    """Whether an answer does not fit into one message."""
    return len(answer.encode("utf-16-le")) > 2 * LONGEST_ANSWER


def read(message: RelayMessage, by: CoordinatorId, *, now: datetime) -> RelayMessage:
    """Somebody of the team has read it; the first one stays."""
    if message.read_at is not None:
        return message
    return replace(message, read_at=now, read_by=by, revision=message.revision + 1)


def answered(message: RelayMessage, by: CoordinatorId, *, now: datetime) -> RelayMessage:
    """Somebody of the team has answered, and so read it; the first one stays."""
    seen = read(message, by, now=now)
    again = replace(seen, revision=message.revision + 1)
    if message.answered_at is not None:
        return again
    return replace(again, answered_at=now, answered_by=by)


def is_first(message: RelayMessage, by: CoordinatorId) -> bool:
    """Whether an answer goes at once: nobody else had answered before."""
    return message.answered_by in {None, by}
