"""Check-ins and the answers of each local date: rows ↔ values."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from typing_extensions import override

from care import question_sets
from care.entries import Change
from care.errors import NotFound
from care.lifecycle import CheckIn
from care.ports.checkins import CheckIns
from storage import dialects
from storage.prepared import Prepared
from storage.tables.base import built, saved, table
from storage.tables.checkins import IS_CURRENT, IS_LAGGING, IS_OPEN, AnswerRow, CheckInRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import RowMapping

    from care.lifecycle import CheckInId, NewCheckIn
    from care.people import PatientId
    from care.questions import Answers, Item, Values
    from storage.transactions import Transaction

_CHECKINS = table(CheckInRow)
_ANSWERS = table(AnswerRow)
_C, _A = _CHECKINS.c, _ANSWERS.c

_OF_PATIENT: sa.BindParameter[PatientId] = sa.bindparam("of_patient")
_DAY: sa.BindParameter[date] = sa.bindparam("day")
_FIRST: sa.BindParameter[date] = sa.bindparam("first")
_LAST: sa.BindParameter[date] = sa.bindparam("last")

_BY_ID = sa.select(_CHECKINS).where(_C.id == sa.bindparam("row_id"))
_GET = Prepared(_BY_ID)
_GET_TO_CHANGE = Prepared(_BY_ID.with_for_update())
_MANY = dialects.among(sa.select(_CHECKINS).order_by(_C.id), _C.id)
_OF_DAY = sa.select(_CHECKINS).where(_C.patient_id == _OF_PATIENT, _C.local_date == _DAY)
_ON = Prepared(_OF_DAY)
_ON_TO_CHANGE = Prepared(_OF_DAY.with_for_update())
_FIXED = ("patient_id", "local_date")
"""What a check-in is about never changes; so its unique index need not be looked at."""
_SAVE = Prepared(sa.update(_CHECKINS).where(_C.id == sa.bindparam("row_id")))
_DRAWN = (
    sa.update(_CHECKINS)
    .where(_C.id == sa.bindparam("row_id"), _C.drawn_revision < sa.bindparam("shown"))
    .values(drawn_revision=sa.bindparam("shown"))
)
_LAGGING = (
    sa.select(_CHECKINS).where(IS_LAGGING).order_by(_C.due_at, _C.id).limit(sa.bindparam("limit"))
)
_OPEN = (
    sa.select(_CHECKINS)
    .where(IS_OPEN, _C.message_id.is_not(None), _C.completed_at.is_(None))
    .where(_C.locks_at > sa.bindparam("now"))
    .order_by(_C.id)
)
_BETWEEN = Prepared(
    sa.select(_CHECKINS)
    .where(_C.patient_id == _OF_PATIENT, _C.local_date.between(_FIRST, _LAST))
    .order_by(_C.local_date)
)

_STANDING = sa.select(_A.local_date, _A.item, _A.codes).where(
    IS_CURRENT, _A.codes.is_not(None), _A.patient_id == _OF_PATIENT
)
_ANSWERS_ON = Prepared(_STANDING.where(_A.local_date == _DAY))
_ANSWERS_BETWEEN = Prepared(
    _STANDING.where(_A.local_date.between(_FIRST, _LAST)).order_by(_A.local_date)
)
_LATE_BETWEEN = Prepared(
    sa.select(_A.local_date)
    .distinct()
    .where(IS_CURRENT, _A.codes.is_not(None), _A.is_late, _A.patient_id == _OF_PATIENT)
    .where(_A.local_date.between(_FIRST, _LAST))
)
_REPLACE = Prepared(
    sa.update(_ANSWERS)
    .where(IS_CURRENT, _A.patient_id == _OF_PATIENT, _A.local_date == _DAY)
    .where(_A.item == sa.bindparam("of_item"))
    .values(replaced_at=sa.bindparam("now"))
)
_ADD = Prepared(sa.insert(_ANSWERS))
_HISTORY = (
    sa.select(_A.item, _A.codes)
    .where(_A.patient_id == _OF_PATIENT, _A.local_date == _DAY)
    .order_by(_A.id)
)


class SqlCheckIns(CheckIns):
    """Check-ins, and every value that an answer ever had."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(self, new: NewCheckIn) -> CheckIn | None:
        asking = question_sets.DAILY[0].item
        values = {**vars(new), "asking": asking, "revision": 1, "drawn_revision": 0}
        insert = dialects.insert(self._db, _CHECKINS).on_conflict_do_nothing(
            index_elements=[_C.patient_id, _C.local_date]
        )
        result = await self._db.execute(insert.values(values).returning(_CHECKINS))
        row = result.mappings().one_or_none()
        return None if row is None else _checkin(row)

    @override
    async def get(self, checkin_id: CheckInId) -> CheckIn:
        statement = _GET if self._db.is_reading else _GET_TO_CHANGE
        found = await self._db.rows(statement, {"row_id": checkin_id})
        if not found:
            raise NotFound
        return _checkin(found[0])

    @override
    async def get_many(self, ids: Iterable[CheckInId]) -> Mapping[CheckInId, CheckIn]:
        found = map(_checkin, await self._db.rows(_MANY, {"ids": list(ids)}))
        return {checkin.id: checkin for checkin in found}

    @override
    async def on(self, patient_id: PatientId, local_date: date) -> CheckIn | None:
        statement = _ON if self._db.is_reading else _ON_TO_CHANGE
        found = await self._db.rows(statement, {"of_patient": patient_id, "day": local_date})
        return _checkin(found[0]) if found else None

    @override
    async def save(self, checkin: CheckIn) -> None:
        values = saved(checkin)
        for name in _FIXED:
            del values[name]
        if await self._db.change(_SAVE, values) == 0:
            raise NotFound

    @override
    async def drawn(self, revisions: Mapping[CheckInId, int]) -> None:
        shown = [{"row_id": key, "shown": revisions[key]} for key in sorted(revisions)]
        if shown:
            await self._db.execute(_DRAWN, shown)

    @override
    async def lagging(self, *, limit: int) -> Sequence[CheckIn]:
        rows = (await self._db.execute(_LAGGING, {"limit": limit})).mappings()
        return [_checkin(row) for row in rows]

    @override
    async def unanswered(self, *, now: datetime) -> Sequence[CheckIn]:
        rows = (await self._db.execute(_OPEN, {"now": now})).mappings()
        return [_checkin(row) for row in rows]

    @override
    async def between(self, patient_id: PatientId, first: date, last: date) -> Sequence[CheckIn]:
        values = {"of_patient": patient_id, "first": first, "last": last}
        return [_checkin(row) for row in await self._db.rows(_BETWEEN, values)]

    @override
    async def answers(self, patient_id: PatientId, local_date: date) -> Answers:
        values = {"of_patient": patient_id, "day": local_date}
        return {row["item"]: row["codes"] for row in await self._db.rows(_ANSWERS_ON, values)}

    @override
    async def answers_between(
        self, patient_id: PatientId, first: date, last: date
    ) -> Mapping[date, Answers]:
        values = {"of_patient": patient_id, "first": first, "last": last}
        rows = await self._db.rows(_ANSWERS_BETWEEN, values)
        return {
            day: {row["item"]: row["codes"] for row in entry}
            for day, entry in groupby(rows, itemgetter("local_date"))
        }

    @override
    async def late_between(
        self, patient_id: PatientId, first: date, last: date
    ) -> frozenset[date]:
        values = {"of_patient": patient_id, "first": first, "last": last}
        rows = await self._db.rows(_LATE_BETWEEN, values)
        return frozenset(row["local_date"] for row in rows)

    @override
    async def write(
        self,
        patient_id: PatientId,
        local_date: date,
        changes: Iterable[Change],
        *,
        now: datetime,
        is_late: bool,
        author: str,
    ) -> None:
        written = [(change.item, change.after) for change in changes]
        if not written:
            return
        day = {"of_patient": patient_id, "day": local_date, "now": now}
        await self._db.change(_REPLACE, *({**day, "of_item": item} for item, _ in written))
        common = {"patient_id": patient_id, "local_date": local_date, "written_at": now}
        common |= {"is_late": is_late, "author": author}
        rows = [{**common, "item": item, "codes": codes} for item, codes in written]
        await self._db.change(_ADD, *rows)

    @override
    async def history(self, patient_id: PatientId, local_date: date) -> Sequence[Change]:
        values = {"of_patient": patient_id, "day": local_date}
        rows = await self._db.execute(_HISTORY, values)
        return _changes((row.item, row.codes) for row in rows)


def _checkin(row: RowMapping | Mapping[str, Any]) -> CheckIn:
    return built(CheckIn, row)


def _changes(rows: Iterable[tuple[Item, Values | None]]) -> list[Change]:
    """Each value with the one of the same item that it replaced."""
    standing: dict[Item, Values | None] = {}
    found = []
    for item, codes in rows:
        found.append(Change(item=item, before=standing.get(item), after=codes))
        standing[item] = codes
    return found
