"""What a patient writes by themselves: kept at once, and added to a day where they wish (F16)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from care.people import PatientId

NoteId = NewType("NoteId", int)

KEEP_DRAFTS = timedelta(days=7)
"""How long words wait for a patient to say what they are for; then they are erased."""

BEFORE = timedelta(days=1)
"""Words of today may be meant for yesterday too."""


class NoteState(StrEnum):
    """Written and not decided on, part of a day, or erased at the patient's wish."""

    DRAFT = "draft"
    KEPT = "kept"
    ERASED = "erased"


@dataclass(frozen=True, kw_only=True)
class Note:
    """Words of a patient for a local date; `is_late` when they were written after it.

    Once erased the words are gone; that there were some, and until when, stays.
    """

    id: NoteId
    patient_id: PatientId
    local_date: date
    text: str
    written_at: datetime
    state: NoteState = NoteState.DRAFT
    is_late: bool = False
    erased_at: datetime | None = None

    def dates(self) -> tuple[date, date]:
        """The dates that a draft can be added to: its own, and the one before."""
        return self.local_date, self.local_date - BEFORE


def kept(note: Note, on: date) -> Note:
    """The note as part of a date; the first decision stays."""
    if note.state is not NoteState.DRAFT:
        return note
    return replace(note, state=NoteState.KEPT, local_date=on, is_late=on < note.local_date)


def dropped(note: Note, *, now: datetime) -> Note:
    """Words that were not meant for the diary; what is part of a day stays."""
    return erased(note, now=now) if note.state is NoteState.DRAFT else note


def erased(note: Note, *, now: datetime) -> Note:
    """The words are gone."""
    if note.state is NoteState.ERASED:
        return note
    return replace(note, state=NoteState.ERASED, text="", erased_at=now)
