"""Patients, coordinators and invites."""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlmodel import Field

from care.people import Pace, PatientState, Risk, Role
from care.profiles import Awaits, DrugClass, OwnKind
from storage.columns import BigId, Code, JsonCodes, JsonRisks, UtcDateTime
from storage.tables.base import Base, partial

IS_ACTIVE = sa.text("is_active")
IS_UNUSED = sa.text("used_at IS NULL")


class PatientRow(Base, table=True):
    """One patient; `checkin_time` is the local wall time in `zone`."""

    __tablename__ = "patients"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    code: str = Field(sa_type=sa.Text, unique=True)
    state: PatientState = Field(sa_type=Code(PatientState))
    address: int | None = Field(default=None, sa_type=sa.BigInteger, unique=True)
    language: str = Field(sa_type=sa.Text)
    zone: str = Field(sa_type=sa.Text)
    checkin_time: time
    consented_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_reachable: bool = True
    usual_aura: tuple[str, ...] | None = Field(default=None, sa_type=JsonCodes)
    is_usual_over_60: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    practice: str | None = Field(default=None, sa_type=sa.Text)
    pace: Pace = Field(
        default=Pace.DAILY,
        sa_type=Code(Pace),
        sa_column_kwargs={"server_default": Pace.DAILY.value},
    )
    paused_until: date | None = None
    pain_limit: int | None = None
    risks: tuple[Risk, ...] = Field(
        default=(), sa_type=JsonRisks, sa_column_kwargs={"server_default": "[]"}
    )


class OwnRow(Base, table=True):
    """One medicine or exposure that a patient has named; it stays, since answers name it."""

    __tablename__ = "own_items"
    __table_args__ = (sa.Index("ix_own_items_patient_id", "patient_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    patient_id: int = Field(foreign_key="patients.id", sa_type=sa.BigInteger)
    kind: OwnKind = Field(sa_type=Code(OwnKind))
    label: str = Field(sa_type=sa.Text)
    drug_class: DrugClass | None = Field(default=None, sa_type=Code(DrugClass))
    usual: str = Field(default="", sa_type=sa.Text)
    is_active: bool = True


class AwaitedRow(Base, table=True):
    """The words of a patient's that are expected next, if any."""

    __tablename__ = "awaited_words"

    patient_id: int = Field(primary_key=True, foreign_key="patients.id", sa_type=sa.BigInteger)
    what: Awaits = Field(sa_type=Code(Awaits))
    until: datetime = Field(sa_type=UtcDateTime)
    own_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)


class CoordinatorRow(Base, table=True):
    """One coordinator; an address belongs to one active coordinator."""

    __tablename__ = "coordinators"
    __table_args__ = (
        partial("uq_coordinators_address_active", "address", where=IS_ACTIVE, unique=True),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    name: str = Field(sa_type=sa.Text)
    address: int = Field(sa_type=sa.BigInteger)
    language: str = Field(sa_type=sa.Text)
    position: int
    is_active: bool = True
    is_reachable: bool = True
    is_lead: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    is_on_duty: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    quiet_from: time | None = None
    quiet_until: time | None = None


class OperatorRow(Base, table=True):
    """One operator."""

    __tablename__ = "operators"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    address: int = Field(sa_type=sa.BigInteger, unique=True)
    language: str = Field(sa_type=sa.Text)


class InviteRow(Base, table=True):
    """One invite by the hash of its token; a patient's names the patient."""

    __tablename__ = "invites"
    __table_args__ = (
        sa.CheckConstraint("(role = 'patient') = (patient_id IS NOT NULL)", name="patient"),
        partial("ix_invites_unused", "patient_id", where=IS_UNUSED),
    )

    token_hash: str = Field(primary_key=True, sa_type=sa.Text)
    role: Role = Field(sa_type=Code(Role))
    language: str = Field(sa_type=sa.Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    patient_id: int | None = Field(default=None, foreign_key="patients.id", sa_type=sa.BigInteger)
