"""The audit log."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from care.audit import Action
from storage.columns import BigId, Code, UtcDateTime
from storage.tables.base import Base


class AuditRow(Base, table=True):
    """One line of the log."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(sa_type=sa.Text)
    action: Action = Field(sa_type=Code(Action))
    subject: str = Field(sa_type=sa.Text)
