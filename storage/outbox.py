"""Promises: rows ↔ values; a lease and its attempt fence two senders off each other."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.ports.outbox import Outbox
from care.promises import Copy, DeadLetter, Delivery, Policy, Promise, PromiseState, lane, policy
from storage import dialects
from storage.prepared import Prepared
from storage.tables.base import table
from storage.tables.outbox import IS_DEAD, IS_PENDING, IS_SENDING, PromiseRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import RowMapping

    from care.people import Address
    from care.promises import Kind, Lane
    from storage.transactions import Transaction

_OUTBOX = table(PromiseRow)
_O = _OUTBOX.c
_CLAIM_LOCK = 7_461_201
"""Any number; PostgreSQL's advisory lock of the claims."""

_before = _OUTBOX.alias("before")
_in_flight = (
    sa.select(_before.c.id)
    .where(_before.c.recipient == _O.recipient, _before.c.lane == _O.lane)
    .where(_before.c.state == sa.literal_column("'sending'"))
    .exists()
)
_ahead = (
    sa.select(_before.c.id)
    .where(_before.c.recipient == _O.recipient, _before.c.lane == _O.lane)
    .where(_before.c.state == sa.literal_column("'pending'"))
    .where(sa.tuple_(_before.c.due_at, _before.c.id) < sa.tuple_(_O.due_at, _O.id))
    .exists()
)
_DUE = (
    sa.select(_O.id)
    .where(sa.text("outbox.state = 'pending'"), _O.due_at <= sa.bindparam("now"))
    .where(_O.lane.in_(sa.bindparam("lanes", expanding=True)), ~_in_flight, ~_ahead)
    .order_by(_O.lane, _O.due_at, _O.id)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True, of=_OUTBOX)
    .cte("due")
)
_CLAIM = (
    sa.update(_OUTBOX)
    .where(_O.id.in_(sa.select(_DUE.c.id)))
    .values(
        state=PromiseState.SENDING,
        lease_until=sa.bindparam("until"),
        attempts=_O.attempts + 1,
    )
    .returning(_OUTBOX)
)
_IS_ONCE = _O.policy == Policy.AT_MOST_ONCE
_SWEEP = (
    sa.update(_OUTBOX)
    .where(IS_SENDING, _O.lease_until <= sa.bindparam("now"))
    .values(
        state=sa.case((_IS_ONCE, PromiseState.UNCERTAIN), else_=PromiseState.PENDING),
        settled_at=sa.case((_IS_ONCE, sa.bindparam("now"))),
        repeats=sa.case((_IS_ONCE, _O.repeats), else_=_O.repeats + 1),
        lease_until=None,
        error="lease expired",
    )
)
_UNENDED = (PromiseState.SENDING, PromiseState.PENDING, PromiseState.UNCERTAIN)
_MINE = (_O.id == sa.bindparam("row_id"), _O.attempts == sa.bindparam("mine"))
_SETTLE = Prepared(sa.update(_OUTBOX).where(*_MINE).values(lease_until=None))
_PUT_BACK = Prepared(
    sa.update(_OUTBOX)
    .where(*_MINE)
    .where(sa.or_(*(_O.state == state for state in _UNENDED)))
    .values(
        state=PromiseState.PENDING,
        lease_until=None,
        settled_at=None,
        attempts=_O.attempts - sa.bindparam("uncounted"),
        repeats=_O.repeats + sa.bindparam("doubts"),
    )
)
_PUT = dialects.upsert(_OUTBOX, lambda new: new.on_conflict_do_nothing(index_elements=[_O.key]))
_OF_KIND = (_O.kind == sa.bindparam("of_kind"), _O.subject == sa.bindparam("about"))
_COPIES = (
    sa.select(_O.recipient, _O.message_id, _O.data)
    .where(*_OF_KIND)
    .where(_O.state == PromiseState.SENT, _O.message_id.is_not(None))
    .order_by(_O.id)
)
_WAITS = sa.select(_O.id).where(*_OF_KIND, _O.state.in_(_UNENDED[:2])).limit(1)
_REPLACE_COPY = (
    sa.update(_OUTBOX)
    .where(_O.recipient == sa.bindparam("where"), _O.message_id == sa.bindparam("old"))
    .values(message_id=sa.bindparam("new"))
)
_OVERDUE = sa.select(sa.func.count()).where(IS_PENDING, _O.due_at < sa.bindparam("before"))
_DEAD = (
    sa.select(_OUTBOX)
    .where(IS_DEAD, _O.settled_at >= sa.bindparam("since"))
    .where(_O.kind.in_(sa.bindparam("kinds", expanding=True)))
    .order_by(_O.settled_at.desc(), _O.id.desc())
)
_REVIVE = (
    sa.update(_OUTBOX)
    .where(IS_DEAD, _O.id == sa.bindparam("row_id"))
    .values(
        state=PromiseState.PENDING,
        due_at=sa.bindparam("now"),
        settled_at=None,
        expires_at=None,
        attempts=_O.attempts + 1,
    )
    .returning(_OUTBOX)
)
_READDRESS = (
    sa.update(_OUTBOX)
    .where(_O.recipient == sa.bindparam("old"))
    .values(recipient=sa.bindparam("new"))
)
_NEXT_DUE = sa.select(sa.func.min(_O.due_at)).where(IS_PENDING)
_NEXT_END = sa.select(sa.func.min(_O.lease_until)).where(IS_SENDING)
_NEXT_AT = sa.select(_NEXT_DUE.scalar_subquery(), _NEXT_END.scalar_subquery())


class SqlOutbox(Outbox):
    """Promises with their state, error and message, in one table; `has_put`: any new ones."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self.has_put = False

    @override
    async def put(self, promise: Promise) -> bool:
        is_new = await self._db.change(_PUT, _row(promise)) == 1
        self.has_put = self.has_put or is_new
        return is_new

    @override
    async def claim(
        self, *, now: datetime, lanes: Iterable[Lane], limit: int, lease: timedelta
    ) -> Sequence[Delivery]:
        await self._queue_up()
        values = {"now": now, "until": now + lease, "lanes": [*map(int, lanes)], "limit": limit}
        rows = (await self._db.execute(_CLAIM, values)).mappings()
        in_order = sorted(rows, key=itemgetter("lane", "due_at", "id"))  # RETURNING has no order
        return [_delivery(row) for row in in_order]

    async def _queue_up(self) -> None:
        """One claim at a time, or what another is just claiming would not count as in flight.

        SQLite's writers queue up anyway.
        """
        if self._db.dialect == "postgresql":
            await self._db.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLAIM_LOCK)))

    @override
    async def sweep(self, *, now: datetime) -> int:
        return (await self._db.execute(_SWEEP, {"now": now})).rowcount

    @override
    async def settle(
        self,
        delivery: Delivery,
        state: PromiseState,
        *,
        now: datetime,
        message_id: int | None = None,
        error: str = "",
    ) -> bool:
        values = {"state": state, "settled_at": now, "message_id": message_id, "error": error}
        return await self._write(_SETTLE, delivery, values)

    @override
    async def put_back(
        self,
        delivery: Delivery,
        *,
        due_at: datetime,
        is_attempt: bool,
        is_repeat: bool = False,
        error: str = "",
    ) -> bool:
        values = {"due_at": due_at, "error": error}
        counts = {"uncounted": int(not is_attempt), "doubts": int(is_repeat)}
        return await self._write(_PUT_BACK, delivery, {**values, **counts})

    async def _write(
        self, statement: Prepared, delivery: Delivery, values: dict[str, object]
    ) -> bool:
        mine = {"row_id": delivery.id, "mine": delivery.attempt}
        return await self._db.change(statement, {**mine, **values}) == 1

    @override
    async def cancel(
        self,
        *,
        recipient: Address | None = None,
        kinds: Iterable[Kind],
        subject: int | None = None,
    ) -> None:
        statement = (
            sa.update(_OUTBOX)
            .where(IS_PENDING, _O.kind.in_(list(kinds)))
            .values(state=PromiseState.CANCELLED)
        )
        if recipient is not None:
            statement = statement.where(_O.recipient == recipient)
        if subject is not None:
            statement = statement.where(_O.subject == subject)
        await self._db.execute(statement)

    @override
    async def waits(self, kind: Kind, subject: int) -> bool:
        return bool(await self._db.scalar(_WAITS, {"of_kind": kind, "about": subject}))

    @override
    async def copies(self, kind: Kind, subject: int) -> Sequence[Copy]:
        rows = await self._db.execute(_COPIES, {"of_kind": kind, "about": subject})
        return [Copy(**row) for row in rows.mappings()]

    @override
    async def replace_copy(self, recipient: Address, *, old: int, new: int) -> None:
        await self._db.execute(_REPLACE_COPY, {"where": recipient, "old": old, "new": new})

    @override
    async def overdue(self, *, before: datetime) -> int:
        found: int = (await self._db.execute(_OVERDUE, {"before": before})).scalar_one()
        return found

    @override
    async def dead(self, *, since: datetime, kinds: Iterable[Kind]) -> Sequence[DeadLetter]:
        rows = await self._db.execute(_DEAD, {"since": since, "kinds": list(kinds)})
        return [_dead_letter(row) for row in rows.mappings()]

    @override
    async def revive(self, promise_id: int, *, now: datetime) -> DeadLetter | None:
        result = await self._db.execute(_REVIVE, {"row_id": promise_id, "now": now})
        row = result.mappings().one_or_none()
        return None if row is None else _dead_letter(row)

    @override
    async def readdress(self, old: Address, new: Address) -> None:
        await self._db.execute(_READDRESS, {"old": old, "new": new})

    @override
    async def next_at(self) -> datetime | None:
        found = (await self._db.execute(_NEXT_AT)).one()
        return min((at for at in found if at is not None), default=None)


def _row(promise: Promise) -> dict[str, object]:
    """The row of a promise that has not been tried."""
    return {
        **vars(promise),
        "lane": int(lane(promise.kind)),
        "policy": policy(promise.kind),
        "state": PromiseState.PENDING,
        "attempts": 0,
        "repeats": 0,
        "error": "",
    }


def _promise(row: RowMapping) -> Promise:
    return Promise(
        kind=row["kind"],
        recipient=row["recipient"],
        subject=row["subject"],
        key=row["key"],
        due_at=row["due_at"],
        data=row["data"],
        expires_at=row["expires_at"],
    )


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["id"], promise=_promise(row), attempt=row["attempts"], repeat=row["repeats"]
    )


def _dead_letter(row: RowMapping) -> DeadLetter:
    return DeadLetter(
        id=row["id"],
        promise=_promise(row),
        state=row["state"],
        error=row["error"],
        settled_at=row["settled_at"] or row["due_at"],
    )
