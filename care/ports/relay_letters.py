"""What is handed over for words between a patient and the team (see messenger.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from care.people import Coordinator, Patient
    from care.relay import RelayMessage


@dataclass(frozen=True, kw_only=True)
class RelayLetter:
    """A part of a patient's words for a coordinator; with `edits` that copy is redrawn.

    `reader` and `answerer` are the first of the team who read and answered it, `number` how
    often this may have come.
    """

    coordinator: Coordinator
    patient: Patient
    message: RelayMessage
    part: int
    reader: Coordinator | None = None
    answerer: Coordinator | None = None
    answers: tuple[RelayMessage, ...] = ()
    number: int = 1
    is_silent: bool = False
    edits: int | None = None


@dataclass(frozen=True, kw_only=True)
class RelayStateLetter:
    """How far a patient's words to the team have come; with `edits` it is redrawn there."""

    patient: Patient
    message: RelayMessage
    edits: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerLetter:
    """The team's answer for a patient; `number` is how often it may have come."""

    patient: Patient
    answer: RelayMessage
    number: int = 1
