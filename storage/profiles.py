"""Own medicines and exposures: rows ↔ values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from typing_extensions import override

from care.errors import NotFound
from care.ports.profiles import Profiles
from care.profiles import Awaited, Own
from storage import dialects
from storage.dialects import upsert
from storage.prepared import Prepared
from storage.tables.base import saved, table
from storage.tables.people import AwaitedRow, OwnRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import RowMapping

    from care.people import PatientId
    from care.profiles import DrugClass, OwnId, OwnKind
    from storage.dialects import Upsert
    from storage.transactions import Transaction

_OWN = table(OwnRow)
_OF_PATIENT = _OWN.c.patient_id == sa.bindparam("of_patient")
_ALL = Prepared(sa.select(_OWN).where(_OF_PATIENT).order_by(_OWN.c.id))
_OF_MANY = dialects.among(sa.select(_OWN).order_by(_OWN.c.id), _OWN.c.patient_id)
_ONE = sa.select(_OWN).where(_OF_PATIENT, _OWN.c.id == sa.bindparam("row_id"))
_SAVE = sa.update(_OWN).where(_OWN.c.id == sa.bindparam("row_id"))

_AWAITED = table(AwaitedRow)
_OF_WAITING = _AWAITED.c.patient_id == sa.bindparam("of_patient")
_AWAITED_BY = Prepared(sa.select(_AWAITED).where(_OF_WAITING))
_FORGET = Prepared(sa.delete(_AWAITED).where(_OF_WAITING))


def _replacing(insert: Upsert) -> Upsert:
    names = ("what", "until", "own_id", "message_id")
    return insert.on_conflict_do_update(
        index_elements=[_AWAITED.c.patient_id],
        set_={name: insert.excluded[name] for name in names},
    )


_AWAIT = upsert(_AWAITED, _replacing)


class SqlProfiles(Profiles):
    """What patients have named."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def own(self, patient_id: PatientId) -> Sequence[Own]:
        return [_own(row) for row in await self._db.rows(_ALL, {"of_patient": patient_id})]

    @override
    async def own_of(self, patients: Iterable[PatientId]) -> Mapping[PatientId, Sequence[Own]]:
        found: dict[PatientId, list[Own]] = defaultdict(list)
        for row in await self._db.rows(_OF_MANY, {"ids": list(patients)}):
            found[row["patient_id"]].append(_own(row))
        return found

    @override
    async def add(
        self,
        patient_id: PatientId,
        *,
        kind: OwnKind,
        label: str,
        drug_class: DrugClass | None = None,
    ) -> Own:
        values = {"kind": kind, "label": label, "drug_class": drug_class}
        row = {"patient_id": patient_id, "usual": "", "is_active": True, **values}
        result = await self._db.execute(sa.insert(_OWN).values(row).returning(_OWN))
        return _own(result.mappings().one())

    @override
    async def get(self, patient_id: PatientId, own_id: OwnId) -> Own:
        values = {"of_patient": patient_id, "row_id": own_id}
        row = (await self._db.execute(_ONE, values)).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _own(row)

    @override
    async def save(self, own: Own) -> None:
        if (await self._db.execute(_SAVE, saved(own))).rowcount == 0:
            raise NotFound

    @override
    async def awaited(self, patient_id: PatientId) -> Awaited | None:
        rows = await self._db.rows(_AWAITED_BY, {"of_patient": patient_id})
        return _awaited(rows[0]) if rows else None

    @override
    async def await_words(self, patient_id: PatientId, awaited: Awaited) -> None:
        await self._db.change(_AWAIT, {"patient_id": patient_id, **vars(awaited)})

    @override
    async def await_nothing(self, patient_id: PatientId) -> None:
        await self._db.change(_FORGET, {"of_patient": patient_id})


def _own(row: RowMapping | Mapping[str, Any]) -> Own:
    return Own(**{name: value for name, value in row.items() if name != "patient_id"})


def _awaited(row: Mapping[str, Any]) -> Awaited:
    return Awaited(**{name: value for name, value in row.items() if name != "patient_id"})
