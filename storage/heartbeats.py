"""Signs of life: rows ↔ instants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.ports.heartbeats import Heartbeats
from storage import dialects
from storage.tables.base import table
from storage.tables.heartbeats import HeartbeatRow

if TYPE_CHECKING:
    from datetime import datetime

    from storage.transactions import Transaction


_HEARTBEATS = table(HeartbeatRow)
_H = _HEARTBEATS.c

_LAST = sa.select(_H.at).where(_H.name == sa.bindparam("of_name"))


class SqlHeartbeats(Heartbeats):
    """The latest instant of each name."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def beat(self, name: str, *, at: datetime) -> None:
        insert = dialects.insert(self._db, _HEARTBEATS).values(name=name, at=at)
        later = insert.on_conflict_do_update(
            index_elements=[_H.name], set_={"at": at}, where=_H.at < at
        )
        await self._db.execute(later)

    @override
    async def last(self, name: str) -> datetime | None:
        found = await self._db.execute(dialects.locked(self._db, _LAST), {"of_name": name})
        return found.scalar_one_or_none()
