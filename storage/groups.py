"""The care team's group: row ↔ value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.groups import Group
from care.ports.groups import Groups
from storage.tables.base import table
from storage.tables.groups import GroupRow

if TYPE_CHECKING:
    from storage.transactions import Transaction

_GROUPS = table(GroupRow)
_CURRENT = sa.select(_GROUPS)
_KEEP = sa.insert(_GROUPS)
_FORGET = sa.delete(_GROUPS)


class SqlGroups(Groups):
    """The care team's group, in a table of one row."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def current(self) -> Group | None:
        row = (await self._db.execute(_CURRENT)).mappings().one_or_none()
        return None if row is None else Group(**row)

    @override
    async def keep(self, group: Group) -> None:
        await self.forget()
        await self._db.execute(_KEEP, vars(group))

    @override
    async def forget(self) -> None:
        await self._db.execute(_FORGET)
