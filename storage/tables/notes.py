"""What patients write by themselves."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.notes import NoteState
from storage.columns import BigId, Code, UtcDateTime
from storage.tables.base import Base, partial

IS_DRAFT = sa.text("state = 'draft'")


class NoteRow(Base, table=True):
    """Words for a local date; once erased, `text` is empty."""

    __tablename__ = "notes"
    __table_args__ = (
        sa.Index("ix_notes_patient_id_local_date", "patient_id", "local_date"),
        partial("ix_notes_drafts", "written_at", where=IS_DRAFT),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    local_date: date
    text: str = Field(sa_type=sa.Text)
    written_at: datetime = Field(sa_type=UtcDateTime)
    state: NoteState = Field(sa_type=Code(NoteState))
    is_late: bool
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
