"""Results of questionnaires, and what is being entered."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import BigId, Facts, JsonFacts, UtcDateTime
from storage.tables.base import Base, partial

IS_STANDING = sa.text("ended_at IS NULL")


class ResultRow(Base, table=True):
    """One result; it stands until it is withdrawn or replaced."""

    __tablename__ = "instrument_results"
    __table_args__ = (
        partial(
            "uq_instrument_results_standing",
            "patient_id",
            "instrument",
            "local_date",
            where=IS_STANDING,
            unique=True,
        ),
        sa.Index("ix_instrument_results_patient_id", "patient_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    instrument: str = Field(sa_type=sa.Text)
    local_date: date
    scores: Facts = Field(sa_type=JsonFacts)
    entered_by: int = Field(foreign_key="coordinators.id", sa_type=sa.BigInteger)
    entered_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EnteringRow(Base, table=True):
    """The number that a coordinator is expected to type next, if any."""

    __tablename__ = "entering_scores"

    coordinator_id: int = Field(
        primary_key=True, foreign_key="coordinators.id", sa_type=sa.BigInteger
    )
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    instrument: str = Field(sa_type=sa.Text)
    until: datetime = Field(sa_type=UtcDateTime)
    scores: Facts = Field(sa_type=JsonFacts)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    is_alone: bool
