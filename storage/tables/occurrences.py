"""What is due."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.ports.occurrences import DueKind, OccurrenceState
from storage.columns import BigId, Code, UtcDateTime
from storage.tables.base import Base, partial

IS_WAITING = sa.text("state = 'waiting'")


class OccurrenceRow(Base, table=True):
    """One due thing, once per patient, kind, subject, slot and local date."""

    __tablename__ = "occurrences"
    __table_args__ = (
        sa.UniqueConstraint("patient_id", "kind", "subject", "slot", "local_date"),
        partial("ix_occurrences_waiting", "due_at", "kind", where=IS_WAITING),
        partial("ix_occurrences_waiting_patient", "patient_id", where=IS_WAITING),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    kind: DueKind = Field(sa_type=Code(DueKind))
    subject: int = Field(sa_type=sa.BigInteger)
    slot: str = Field(sa_type=sa.Text)
    local_date: date
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: OccurrenceState = Field(sa_type=Code(OccurrenceState))
