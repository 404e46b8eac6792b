"""What is due: rows ↔ values."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.ports.occurrences import Occurrence, Occurrences, OccurrenceState
from storage import dialects
from storage.tables.base import table
from storage.tables.occurrences import IS_WAITING, OccurrenceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import RowMapping

    from care.people import PatientId
    from care.ports.occurrences import DueKind
    from storage.transactions import Transaction

_OCCURRENCES = table(OccurrenceRow)
_O = _OCCURRENCES.c
_KEY = (_O.patient_id, _O.kind, _O.subject, _O.slot, _O.local_date)

_DUE = (
    sa.select(_O.id)
    .where(IS_WAITING, _O.kind == sa.bindparam("of_kind"), _O.due_at <= sa.bindparam("now"))
    .order_by(_O.due_at, _O.id)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    sa.update(_OCCURRENCES)
    .where(_O.id.in_(sa.select(_DUE.c.id)))
    .values(state=OccurrenceState.DONE)
    .returning(_O.id, *_KEY, _O.due_at)
)
_DROP = (
    sa.update(_OCCURRENCES)
    .where(*(column == sa.bindparam(f"of_{column.name}") for column in _KEY))
    .where(_O.state == OccurrenceState.DONE)
    .values(state=OccurrenceState.DROPPED)
)
_IS_DONE = (
    sa.select(_O.id)
    .where(_O.patient_id == sa.bindparam("of_patient"), _O.kind == sa.bindparam("of_kind"))
    .where(_O.local_date == sa.bindparam("day"), _O.state == OccurrenceState.DONE)
    .limit(1)
)
_WAITING = (
    sa.select(*_KEY, _O.due_at)
    .where(IS_WAITING, _O.patient_id == sa.bindparam("of_patient"))
    .order_by(_O.due_at, _O.id)
)
_MOVES = (OccurrenceState.CANCELLED, OccurrenceState.WAITING)


def _upsert(insert: dialects.Upsert) -> dialects.Upsert:
    """What is done stays done; what waits or was cancelled waits for the new instant."""
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=list(_KEY),
        set_={"due_at": new.due_at, "state": new.state},
        where=sa.or_(*(_O.state == move for move in _MOVES)),
    )


_PUT = dialects.upsert(_OCCURRENCES, _upsert)
_NEXT_AT = sa.select(sa.func.min(_O.due_at)).where(IS_WAITING)


class SqlOccurrences(Occurrences):
    """Due rows; the indexes hold only those that wait. `has_put`: any were put down."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self.has_put = False

    @override
    async def put(self, occurrence: Occurrence) -> None:
        values = {**vars(occurrence), "state": OccurrenceState.WAITING}
        await self._db.change(_PUT, values)
        self.has_put = True

    @override
    async def claim(self, kind: DueKind, *, now: datetime, limit: int) -> Sequence[Occurrence]:
        values = {"of_kind": kind, "now": now, "limit": limit}
        rows = (await self._db.execute(_CLAIM, values)).mappings()
        in_order = sorted(rows, key=itemgetter("due_at", "id"))  # RETURNING has no order
        return [_occurrence(row) for row in in_order]

    @override
    async def drop(self, occurrences: Iterable[Occurrence]) -> None:
        keys = [
            {f"of_{column.name}": getattr(one, column.name) for column in _KEY}
            for one in occurrences
        ]
        if keys:
            await self._db.execute(_DROP, keys)

    @override
    async def cancel(
        self,
        patient_id: PatientId,
        kinds: Iterable[DueKind],
        *,
        subject: int | None = None,
    ) -> None:
        statement = (
            sa.update(_OCCURRENCES)
            .where(IS_WAITING, _O.patient_id == patient_id, _O.kind.in_(list(kinds)))
            .values(state=OccurrenceState.CANCELLED)
        )
        if subject is not None:
            statement = statement.where(_O.subject == subject)
        await self._db.execute(statement)

    @override
    async def is_done(self, patient_id: PatientId, kind: DueKind, local_date: date) -> bool:
        values = {"of_patient": patient_id, "of_kind": kind, "day": local_date}
        return (await self._db.execute(_IS_DONE, values)).first() is not None

    @override
    async def waiting(self, patient_id: PatientId) -> Sequence[Occurrence]:
        rows = (await self._db.execute(_WAITING, {"of_patient": patient_id})).mappings()
        return [_occurrence(row) for row in rows]

    @override
    async def next_at(self) -> datetime | None:
        found: datetime | None = await self._db.scalar(_NEXT_AT)
        return found


def _occurrence(row: RowMapping) -> Occurrence:
    return Occurrence(**{name: value for name, value in row.items() if name != "id"})
