"""Results of questionnaires: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.errors import NotFound
from care.instruments import Entering, Result
from care.ports.scores import Scores
from storage import dialects
from storage.tables.base import table
from storage.tables.people import PatientRow
from storage.tables.scores import IS_STANDING, EnteringRow, ResultRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.instruments import NewResult, ResultId
    from care.people import CoordinatorId, PatientId
    from storage.dialects import Upsert
    from storage.transactions import Transaction

_RESULTS, _ENTERING, _PATIENTS = table(ResultRow), table(EnteringRow), table(PatientRow)
_R, _E, _P = _RESULTS.c, _ENTERING.c, _PATIENTS.c

_HOLD = sa.select(_P.id).where(_P.id == sa.bindparam("held")).with_for_update(key_share=True)
_OF_PATIENT = _R.patient_id == sa.bindparam("of_patient")
_ONE = sa.select(_RESULTS).where(_R.id == sa.bindparam("row_id"))
_HISTORY = sa.select(_RESULTS).where(_OF_PATIENT).order_by(_R.id)
_END = (
    sa.update(_RESULTS)
    .where(IS_STANDING, _R.id == sa.bindparam("row_id"))
    .values(ended_at=sa.bindparam("now"))
)
_REPLACE = (
    sa.update(_RESULTS)
    .where(IS_STANDING, _OF_PATIENT, _R.instrument == sa.bindparam("of_instrument"))
    .where(_R.local_date == sa.bindparam("day"))
    .values(ended_at=sa.bindparam("now"))
)

_AGE = sa.func.row_number().over(partition_by=_R.instrument, order_by=_R.local_date.desc())
_STANDING = sa.select(_RESULTS, _AGE.label("age")).where(IS_STANDING, _OF_PATIENT).subquery()
_LATEST = (
    sa.select(*(_STANDING.c[column.name] for column in _R))
    .where(_STANDING.c.age <= 2)
    .order_by(_STANDING.c.local_date.desc(), _STANDING.c.id.desc())
)

_BY = _E.coordinator_id == sa.bindparam("by")
_ENTERED_BY = sa.select(*(one for one in _E if one.name != "coordinator_id")).where(_BY)
_FORGET = sa.delete(_ENTERING).where(_BY)


def _replacing(insert: Upsert) -> Upsert:
    names = [one.name for one in _E if one.name != "coordinator_id"]
    return insert.on_conflict_do_update(
        index_elements=[_E.coordinator_id],
        set_={name: insert.excluded[name] for name in names},
    )


_EXPECT = dialects.upsert(_ENTERING, _replacing)


class SqlScores(Scores):
    """What staff have entered, and are entering."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(self, new: NewResult) -> Result:
        await self._db.execute(_HOLD, {"held": new.patient_id})  # two at once take turns
        values = {"of_patient": new.patient_id, "of_instrument": new.instrument}
        stood = {**values, "day": new.local_date, "now": new.entered_at}
        await self._db.execute(_REPLACE, stood)
        added = sa.insert(_RESULTS).values(vars(new)).returning(_RESULTS)
        return Result(**(await self._db.execute(added)).mappings().one())

    @override
    async def get(self, result_id: ResultId) -> Result:
        statement = dialects.locked(self._db, _ONE)
        found = await self._db.execute(statement, {"row_id": result_id})
        row = found.mappings().one_or_none()
        if row is None:
            raise NotFound
        return Result(**row)

    @override
    async def end(self, result_id: ResultId, *, now: datetime) -> None:
        await self._db.execute(_END, {"row_id": result_id, "now": now})

    @override
    async def latest(self, patient_id: PatientId) -> Sequence[Result]:
        rows = await self._db.execute(_LATEST, {"of_patient": patient_id})
        return [Result(**row) for row in rows.mappings()]

    @override
    async def history(self, patient_id: PatientId) -> Sequence[Result]:
        rows = await self._db.execute(_HISTORY, {"of_patient": patient_id})
        return [Result(**row) for row in rows.mappings()]

    @override
    async def entering(self, coordinator_id: CoordinatorId) -> Entering | None:
        found = await self._db.execute(_ENTERED_BY, {"by": coordinator_id})
        row = found.mappings().one_or_none()
        return None if row is None else Entering(**row)

    @override
    async def expect(self, coordinator_id: CoordinatorId, entering: Entering) -> None:
        await self._db.change(_EXPECT, {"coordinator_id": coordinator_id, **vars(entering)})

    @override
    async def expect_nothing(self, coordinator_id: CoordinatorId) -> None:
        await self._db.execute(_FORGET, {"by": coordinator_id})
