"""Attacks: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.attacks import Attack, AttackState
from care.errors import NotFound
from care.ports.attacks import Attacks
from storage import dialects
from storage.tables.attacks import IS_RUNNING, AttackRow
from storage.tables.base import saved, table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.attacks import AttackId, NewAttack
    from care.people import PatientId
    from storage.transactions import Transaction

_ATTACKS = table(AttackRow)
_A = _ATTACKS.c
_OF_PATIENT = _A.patient_id == sa.bindparam("of_patient")
_BY_ID = sa.select(_ATTACKS).where(_A.id == sa.bindparam("row_id"))
_RUNNING = sa.select(_ATTACKS).where(IS_RUNNING, _OF_PATIENT)
_SINCE = (
    sa.select(_ATTACKS)
    .where(_OF_PATIENT, _A.started_at >= sa.bindparam("since"))
    .where(_A.state != AttackState.MISTAKE)
    .order_by(_A.started_at, _A.id)
)
_SAVE = sa.update(_ATTACKS).where(_A.id == sa.bindparam("row_id"))


class SqlAttacks(Attacks):
    """Attacks of all patients."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(self, new: NewAttack) -> Attack:
        values = {**vars(new), "state": AttackState.RUNNING, "medicines": (), "was_asked": False}
        insert = sa.insert(_ATTACKS).values(values).returning(_ATTACKS)
        return Attack(**(await self._db.execute(insert)).mappings().one())

    @override
    async def get(self, attack_id: AttackId) -> Attack:
        found = await self._one(dialects.locked(self._db, _BY_ID), row_id=attack_id)
        if found is None:
            raise NotFound
        return found

    @override
    async def running(self, patient_id: PatientId) -> Attack | None:
        return await self._one(dialects.locked(self._db, _RUNNING), of_patient=patient_id)

    async def _one(self, statement: sa.Executable, **values: object) -> Attack | None:
        row = (await self._db.execute(statement, values)).mappings().one_or_none()
        return None if row is None else Attack(**row)

    @override
    async def since(self, patient_id: PatientId, at: datetime) -> Sequence[Attack]:
        rows = await self._db.execute(_SINCE, {"of_patient": patient_id, "since": at})
        return [Attack(**row) for row in rows.mappings()]

    @override
    async def save(self, attack: Attack) -> None:
        if (await self._db.execute(_SAVE, saved(attack))).rowcount == 0:
            raise NotFound
