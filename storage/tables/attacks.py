"""Attacks."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.attacks import Asking, AttackState
from storage.columns import BigId, Code, JsonCodes, UtcDateTime
from storage.tables.base import Base, partial

IS_RUNNING = sa.text("state = 'running'")


class AttackRow(Base, table=True):
    """One attack; a patient has at most one that runs."""

    __tablename__ = "attacks"
    __table_args__ = (
        partial("uq_attacks_running", "patient_id", where=IS_RUNNING, unique=True),
        sa.Index("ix_attacks_patient_id_started_at", "patient_id", "started_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    zone: str = Field(sa_type=sa.Text)
    started_at: datetime = Field(sa_type=UtcDateTime)
    state: AttackState = Field(sa_type=Code(AttackState))
    asking: Asking | None = Field(default=None, sa_type=Code(Asking))
    medicines: tuple[str, ...] = Field(default=(), sa_type=JsonCodes)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    relief: str | None = Field(default=None, sa_type=sa.Text)
    was_asked: bool = False
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)
