"""Updates from Telegram: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from typing_extensions import override

from care.ports.inbox import Inbox, Received, Waiting
from storage import dialects
from storage.prepared import Prepared
from storage.tables.base import table
from storage.tables.inbox import IS_DONE, IS_UNDONE, UpdateRow, UpdateState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from storage.transactions import Transaction

_INBOX = table(UpdateRow)
_I = _INBOX.c

_UNDONE = sa.update(_INBOX).where(IS_UNDONE, _I.update_id == sa.bindparam("of_update"))
_DONE = Prepared(
    _UNDONE.values(
        state=UpdateState.DONE, payload=None, retry_at=None, done_at=sa.bindparam("done_at")
    )
)
_FAILED = _UNDONE.values(attempts=_I.attempts + 1)
_WAITING = (
    sa.select(_I.update_id, _I.chat_key, _I.payload, _I.attempts, _I.retry_at)
    .where(IS_UNDONE, _I.state == UpdateState.WAITING)
    .order_by(_I.seq)
)
_UNFINISHED = Prepared(_WAITING)
_UNFINISHED_OF = Prepared(_WAITING.where(_I.chat_key == sa.bindparam("of_chat")))
_PARKED = (
    sa.select(_I.update_id, _I.error)
    .where(IS_UNDONE, _I.state == UpdateState.PARKED)
    .order_by(_I.seq)
)
_NEXT_AT = sa.select(sa.func.min(_I.retry_at)).where(IS_UNDONE, _I.state == UpdateState.WAITING)
_COUNTS = sa.select(_I.state, sa.func.count().label("number")).where(IS_UNDONE).group_by(_I.state)
_FORGET = sa.delete(_INBOX).where(IS_DONE, _I.done_at < sa.bindparam("before"))


class SqlInbox(Inbox):
    """Updates by id, in order of arrival."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def put(self, updates: Iterable[Received], *, now: datetime) -> Sequence[int]:
        rows = [_row(received, now=now) for received in updates]
        if not rows:
            return []
        insert = dialects.insert(self._db, _INBOX).on_conflict_do_nothing(
            index_elements=[_I.update_id]
        )
        result = await self._db.execute(insert.returning(_I.seq, _I.update_id), rows)
        in_order = sorted(result, key=lambda row: row.seq)  # RETURNING has no order
        return [row.update_id for row in in_order]

    @override
    async def done(self, update_id: int, *, now: datetime) -> bool:
        return await self._db.change(_DONE, {"of_update": update_id, "done_at": now}) == 1

    @override
    async def failed(self, update_id: int, *, error: str, retry_at: datetime | None) -> None:
        state = UpdateState.PARKED if retry_at is None else UpdateState.WAITING
        values = {"of_update": update_id, "error": error, "retry_at": retry_at, "state": state}
        await self._db.execute(_FAILED, values)

    @override
    async def unfinished(self, *, chat_key: int | None = None) -> Sequence[Waiting]:
        if chat_key is None:
            rows = await self._db.rows(_UNFINISHED, {})
        else:
            rows = await self._db.rows(_UNFINISHED_OF, {"of_chat": chat_key})
        return [_waiting(row) for row in rows]

    @override
    async def counts(self) -> tuple[int, int]:
        found = {row.state: row.number for row in await self._db.execute(_COUNTS)}
        return found.get(UpdateState.WAITING, 0), found.get(UpdateState.PARKED, 0)

    @override
    async def parked(self) -> Sequence[tuple[int, str]]:
        return [(row.update_id, row.error) for row in await self._db.execute(_PARKED)]

    @override
    async def next_at(self) -> datetime | None:
        found: datetime | None = await self._db.scalar(_NEXT_AT)
        return found

    @override
    async def forget(self, *, before: datetime) -> int:
        return (await self._db.execute(_FORGET, {"before": before})).rowcount


def _row(received: Received, *, now: datetime) -> dict[str, object]:
    return {
        **vars(received),
        "received_at": now,
        "state": UpdateState.WAITING,
        "attempts": 0,
        "error": "",
    }


def _waiting(row: Mapping[str, Any]) -> Waiting:
    received = Received(
        update_id=row["update_id"], chat_key=row["chat_key"], payload=row["payload"]
    )
    return Waiting(received=received, attempts=row["attempts"], retry_at=row["retry_at"])
