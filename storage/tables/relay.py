"""Words between a patient and the team."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.relay import RelayState
from storage.columns import BigId, Code, UtcDateTime
from storage.tables.base import Base, partial

IS_UNANSWERED = sa.text("answers IS NULL AND answered_at IS NULL")
IS_ASKED = sa.text("answers IS NULL")
IS_ANSWER = sa.text("answers IS NOT NULL")
IS_SHOWN = sa.text("message_id IS NOT NULL")
IS_OF_NOTE = sa.text("note_id IS NOT NULL")


class RelayRow(Base, table=True):
    """One message: a patient's, or with `answers` a coordinator's."""

    __tablename__ = "relay_messages"
    __table_args__ = (
        sa.CheckConstraint("(answers IS NULL) = (coordinator_id IS NULL)", name="author"),
        partial("ix_relay_messages_unanswered", "written_at", "id", where=IS_UNANSWERED),
        partial("ix_relay_messages_asked", "written_at", "id", where=IS_ASKED),
        partial("ix_relay_messages_answers", "answers", "id", where=IS_ANSWER),
        partial("ix_relay_messages_shown", "patient_id", "message_id", where=IS_SHOWN),
        partial("uq_relay_messages_note", "note_id", where=IS_OF_NOTE, unique=True),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    coordinator_id: int | None = Field(
        default=None, foreign_key="coordinators.id", sa_type=sa.BigInteger
    )
    answers: int | None = Field(
        default=None, foreign_key="relay_messages.id", sa_type=sa.BigInteger
    )
    note_id: int | None = Field(default=None, foreign_key="notes.id", sa_type=sa.BigInteger)
    text: str = Field(sa_type=sa.Text)
    state: RelayState = Field(sa_type=Code(RelayState))
    written_at: datetime = Field(sa_type=UtcDateTime)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_by: int | None = Field(default=None, foreign_key="coordinators.id", sa_type=sa.BigInteger)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: int | None = Field(
        default=None, foreign_key="coordinators.id", sa_type=sa.BigInteger
    )
    revision: int = 0


class RelayCopyRow(Base, table=True):
    """A message in a coordinator's chat that holds a part of a patient's words."""

    __tablename__ = "relay_copies"
    __table_args__ = (sa.Index("ix_relay_copies_relay_id", "relay_id"),)

    address: int = Field(primary_key=True, sa_type=sa.BigInteger)
    message_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    relay_id: int = Field(foreign_key="relay_messages.id", sa_type=sa.BigInteger)
    part: int
