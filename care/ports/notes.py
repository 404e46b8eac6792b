"""What patients write by themselves, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from care.notes import Note, NoteId
    from care.people import PatientId


class Notes(Protocol):
    """Drafts, and the notes of each local date."""

    async def add(
        self, patient_id: PatientId, *, local_date: date, text: str, written_at: datetime
    ) -> Note:
        """Words that have come, as a draft."""
        ...

    async def get(self, patient_id: PatientId, note_id: NoteId) -> Note:
        """One of this patient's, locked for this unit of work; raises NotFound."""
        ...

    async def save(self, note: Note) -> None:
        """Store what has changed."""
        ...

    async def on(self, patient_id: PatientId, local_date: date) -> Sequence[Note]:
        """What is part of a date or was written on it and waits, oldest first; nothing erased."""
        ...

    async def erase_drafts(self, *, before: datetime, now: datetime) -> int:
        """Erase the words that nobody decided on, written before an instant; how many."""
        ...
