"""The audit log: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.audit import AuditEvent
from care.ports.audit import Audit
from storage.tables.audit import AuditRow
from storage.tables.base import table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.audit import Action
    from storage.transactions import Transaction


_AUDIT = table(AuditRow)
_LATEST = (
    sa.select(_AUDIT.c.at, _AUDIT.c.actor, _AUDIT.c.action, _AUDIT.c.subject)
    .order_by(_AUDIT.c.id.desc())
    .limit(sa.bindparam("limit"))
    .offset(sa.bindparam("skip"))
)


_NEWEST = sa.select(_AUDIT).order_by(_AUDIT.c.id.desc()).limit(1000).subquery()
_RECENT = sa.select(sa.func.count()).where(
    _NEWEST.c.action == sa.bindparam("done"),
    _NEWEST.c.actor == sa.bindparam("by"),
    _NEWEST.c.at >= sa.bindparam("since"),
)


class SqlAudit(Audit):
    """Events, in the order in which they were added."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(self, event: AuditEvent) -> None:
        await self._db.execute(sa.insert(_AUDIT), vars(event))

    @override
    async def recent(self, action: Action, *, actor: str, since: datetime) -> int:
        wanted = {"done": action, "by": actor, "since": since}
        found: int = (await self._db.execute(_RECENT, wanted)).scalar_one()
        return found

    @override
    async def latest(self, *, limit: int, skip: int = 0) -> Sequence[AuditEvent]:
        rows = (await self._db.execute(_LATEST, {"limit": limit, "skip": skip})).mappings()
        return [AuditEvent(**row) for row in rows]
