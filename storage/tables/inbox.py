"""Updates from Telegram."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import BigId, Code, UtcDateTime
from storage.tables.base import Base, partial

IS_UNDONE = sa.text("state <> 'done'")
IS_DONE = sa.text("state = 'done'")


class UpdateState(StrEnum):
    """Waiting for its turn, handled, or given up with its error."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class UpdateRow(Base, table=True):
    """One update; `seq` is its place in the order of arrival, for its id says nothing of it."""

    __tablename__ = "inbox"
    __table_args__ = (
        partial("ix_inbox_undone", "seq", where=IS_UNDONE),
        partial("ix_inbox_done", "done_at", where=IS_DONE),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    update_id: int = Field(sa_type=sa.BigInteger, unique=True)
    chat_key: int = Field(sa_type=sa.BigInteger)
    payload: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    received_at: datetime = Field(sa_type=UtcDateTime)
    state: UpdateState = Field(sa_type=Code(UpdateState))
    attempts: int
    retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str = Field(sa_type=sa.Text)
