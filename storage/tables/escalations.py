"""Escalations."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.escalation import Closing, EscalationState, Urgency
from care.happenings import Happening
from care.triage import Tier
from storage.columns import BigId, Code, Facts, JsonFacts, UtcDateTime
from storage.tables.base import Base, partial

IS_UNCLOSED = sa.text("state <> 'closed'")


class EscalationRow(Base, table=True):
    """One escalation; a patient has at most one of a rule that is not closed (R-TRI-4)."""

    __tablename__ = "escalations"
    __table_args__ = (
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        sa.CheckConstraint("state <> 'taken' OR taken_by IS NOT NULL", name="taken"),
        partial("uq_escalations_unclosed", "patient_id", "rule", where=IS_UNCLOSED, unique=True),
        sa.Index("ix_escalations_patient_id", "patient_id"),
        partial("ix_escalations_unclosed", "next_step_at", where=IS_UNCLOSED),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    rule: str = Field(sa_type=sa.Text)
    tier: Tier = Field(sa_type=Code(Tier))
    state: EscalationState = Field(sa_type=Code(EscalationState))
    reason: Facts = Field(sa_type=JsonFacts)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    count: int
    step: int
    next_step_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_by: int | None = Field(
        default=None, foreign_key="coordinators.id", sa_type=sa.BigInteger
    )
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: int | None = Field(
        default=None, foreign_key="coordinators.id", sa_type=sa.BigInteger
    )
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closing: Closing | None = Field(default=None, sa_type=Code(Closing))
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_mistake: bool = False
    climbs_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    take_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    urgency: Urgency | None = Field(default=None, sa_type=Code(Urgency))
    note: str | None = Field(default=None, sa_type=sa.Text)
    safe_by: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EscalationEventRow(Base, table=True):
    """One line of an escalation's history; never changed."""

    __tablename__ = "escalation_events"
    __table_args__ = (sa.Index("ix_escalation_events_escalation_id", "escalation_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    escalation_id: int = Field(foreign_key="escalations.id", sa_type=sa.BigInteger)
    at: datetime = Field(sa_type=UtcDateTime)
    happening: Happening = Field(sa_type=Code(Happening))
    actor: str = Field(sa_type=sa.Text)
    detail: Facts = Field(sa_type=JsonFacts)
