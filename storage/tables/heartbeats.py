"""Signs of life."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Base


class HeartbeatRow(Base, table=True):
    """The latest sign of life of one part."""

    __tablename__ = "heartbeats"

    name: str = Field(primary_key=True, sa_type=sa.Text)
    at: datetime = Field(sa_type=UtcDateTime)
