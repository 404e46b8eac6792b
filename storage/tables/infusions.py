"""Infusion sessions."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.infusions import SessionState
from storage.columns import BigId, Code, UtcDateTime
from storage.tables.base import Base, partial

IS_SCHEDULED = sa.text("state = 'scheduled'")


class SessionRow(Base, table=True):
    """One session of one patient; `zone` is the clinic's."""

    __tablename__ = "sessions"
    __table_args__ = (
        partial("ix_sessions_scheduled", "starts_at", where=IS_SCHEDULED),
        sa.Index("ix_sessions_patient_id_starts_at", "patient_id", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    zone: str = Field(sa_type=sa.Text)
    state: SessionState = Field(sa_type=Code(SessionState))
    revision: int
