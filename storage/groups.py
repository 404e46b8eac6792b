"""The care team's group: row ↔ value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.groups import Group
from care.ports.groups import Groups
from storage import dialects
from storage.tables.base import table
from storage.tables.groups import GroupRow

if TYPE_CHECKING:
    from storage.transactions import Transaction

_GROUPS = table(GroupRow)
_CURRENT = sa.select(_GROUPS)
_OTHERS = sa.delete(_GROUPS).where(_GROUPS.c.configured != sa.bindparam("kept"))
_FORGET = sa.delete(_GROUPS)


class SqlGroups(Groups):
    """The care team's group, in a table of one row that stays while its id is changed.

    A move is told twice at the same time, by an update and by the answer to a message.
    """

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def current(self) -> Group | None:
        result = await self._db.execute(dialects.locked(self._db, _CURRENT))
        row = result.mappings().one_or_none()
        return None if row is None else Group(**row)

    @override
    async def keep(self, group: Group) -> None:
        await self._db.execute(_OTHERS, {"kept": group.configured})
        values = vars(group)
        insert = dialects.insert(self._db, _GROUPS).values(values)
        await self._db.execute(
            insert.on_conflict_do_update(index_elements=[_GROUPS.c.configured], set_=values)
        )

    @override
    async def forget(self) -> None:
        await self._db.execute(_FORGET)
