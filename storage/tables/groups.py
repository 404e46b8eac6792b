"""The care team's group."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Base


class GroupRow(Base, table=True):
    """The id that was set, the one of now, and since when it is lost; at most one row."""

    __tablename__ = "care_groups"

    configured: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    address: int = Field(sa_type=sa.BigInteger)
    lost_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
