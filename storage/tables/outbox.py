"""Promises."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.promises import Kind, Policy, PromiseState
from storage.columns import BigId, Code, Facts, JsonFacts, UtcDateTime
from storage.tables.base import Base, partial

IS_PENDING = sa.text("state = 'pending'")
IS_SENDING = sa.text("state = 'sending'")
IS_DEAD = sa.text("state IN ('dead', 'uncertain')")


class PromiseRow(Base, table=True):
    """One promise and how far it has come; `lease_until` is set while it is being sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.CheckConstraint("(state = 'sending') = (lease_until IS NOT NULL)", name="lease"),
        sa.CheckConstraint("attempts >= 0", name="attempts"),
        partial("ix_outbox_pending", "due_at", where=IS_PENDING),
        partial("ix_outbox_pending_lane", "lane", "due_at", "id", where=IS_PENDING),
        partial("ix_outbox_sending", "lease_until", where=IS_SENDING),
        partial("ix_outbox_dead", "settled_at", where=IS_DEAD),
        sa.Index("ix_outbox_recipient", "recipient", "lane", "state", "due_at", "id"),
        sa.Index("ix_outbox_subject_kind", "subject", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    key: str = Field(sa_type=sa.Text, unique=True)
    kind: Kind = Field(sa_type=Code(Kind))
    lane: int
    policy: Policy = Field(sa_type=Code(Policy))
    recipient: int = Field(sa_type=sa.BigInteger)
    subject: int = Field(sa_type=sa.BigInteger)
    data: Facts = Field(sa_type=JsonFacts)
    due_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: PromiseState = Field(sa_type=Code(PromiseState))
    attempts: int
    repeats: int
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    error: str = Field(sa_type=sa.Text)
