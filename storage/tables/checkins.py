"""Check-ins, and the answers of each local date."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.lifecycle import CheckInState
from care.questions import Item
from storage.columns import BigId, Code, JsonCodes, UtcDateTime
from storage.tables.base import Base, partial

IS_LAGGING = sa.text("message_id IS NOT NULL AND drawn_revision < revision")
IS_OPEN = sa.text("state = 'open'")
IS_CURRENT = sa.text("replaced_at IS NULL")


class CheckInRow(Base, table=True):
    """One check-in per patient and local date."""

    __tablename__ = "checkins"
    __table_args__ = (
        sa.UniqueConstraint("patient_id", "local_date"),
        sa.CheckConstraint("drawn_revision <= revision", name="drawn"),
        partial("ix_checkins_lagging", "due_at", where=IS_LAGGING),
        partial("ix_checkins_open", "id", where=IS_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    local_date: date
    zone: str = Field(sa_type=sa.Text)
    state: CheckInState = Field(sa_type=Code(CheckInState))
    asking: Item | None = Field(default=None, sa_type=Code(Item))
    revision: int
    drawn_revision: int
    due_at: datetime = Field(sa_type=UtcDateTime)
    locks_at: datetime = Field(sa_type=UtcDateTime)
    is_delayed: bool
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AnswerRow(Base, table=True):
    """One value that an item had; `codes` None: taken back; current until it is replaced."""

    __tablename__ = "answers"
    __table_args__ = (
        partial(
            "uq_answers_current",
            "patient_id",
            "local_date",
            "item",
            where=IS_CURRENT,
            unique=True,
        ),
        sa.Index("ix_answers_patient_id_local_date", "patient_id", "local_date"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    local_date: date
    item: Item = Field(sa_type=Code(Item))
    codes: tuple[str, ...] | None = Field(default=None, sa_type=JsonCodes)
    written_at: datetime = Field(sa_type=UtcDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_late: bool
    author: str = Field(sa_type=sa.Text)
