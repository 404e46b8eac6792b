"""What is due, remembered: each thing once per patient, kind, subject and slot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from care.people import PatientId


class DueKind(StrEnum):
    """What becomes due."""

    CHECKIN = "checkin"
    CHECKIN_REMINDER = "checkin_reminder"
    CHECKIN_BACKFILL = "checkin_backfill"
    CHECKIN_LOCK = "checkin_lock"
    SUMMARY = "summary"
    INFUSION_REMINDER = "infusion_reminder"
    ATTACK_QUESTION = "attack_question"
    ATTACK_LAPSE = "attack_lapse"


class OccurrenceState(StrEnum):
    """Waiting for its time, done, dropped as too late, or cancelled."""

    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One due thing: `slot` tells several of one subject apart (`7d`, `24h#2`)."""

    patient_id: PatientId
    kind: DueKind
    local_date: date
    due_at: datetime
    subject: int = 0
    slot: str = ""


class Occurrences(Protocol):
    """Due rows, unique by patient, kind, subject, slot and local date."""

    async def put(self, occurrence: Occurrence) -> None:
        """Store it; one that is done or dropped already stays as it is.

        One that is there and waiting or cancelled waits for the new instant.
        """
        ...

    async def claim(self, kind: DueKind, *, now: datetime, limit: int) -> Sequence[Occurrence]:
        """Due ones, oldest first, marked done; nobody else gets them unless we roll back."""
        ...

    async def drop(self, occurrences: Iterable[Occurrence]) -> None:
        """Mark claimed ones as dropped instead of done."""
        ...

    async def cancel(
        self,
        patient_id: PatientId,
        kinds: Iterable[DueKind],
        *,
        subject: int | None = None,
    ) -> None:
        """Cancel the waiting ones of these kinds (of one subject only, if given)."""
        ...

    async def is_done(self, patient_id: PatientId, kind: DueKind, local_date: date) -> bool:
        """Whether one of this kind and date has been done, not dropped."""
        ...

    async def waiting(self, patient_id: PatientId) -> Sequence[Occurrence]:
        """What still waits for a patient, by instant."""
        ...

    async def next_at(self) -> datetime | None:
        """The earliest waiting instant."""
        ...
