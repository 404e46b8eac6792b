"""Patients, coordinators and invites: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from typing_extensions import override

from care.errors import CodeTaken, NotFound
from care.people import Coordinator, Invite, Operator, Patient, PatientState
from care.ports.occurrences import DueKind, OccurrenceState
from care.ports.people import People
from storage import dialects
from storage.prepared import Prepared
from storage.tables.base import built, saved, table
from storage.tables.occurrences import OccurrenceRow
from storage.tables.people import (
    IS_ACTIVE,
    IS_UNUSED,
    CoordinatorRow,
    InviteRow,
    OperatorRow,
    PatientRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, time

    from sqlalchemy import RowMapping

    from care.people import Address, PatientId
    from storage.transactions import Transaction

_PATIENTS = table(PatientRow)
_COORDINATORS = table(CoordinatorRow)
_INVITES = table(InviteRow)
_OPERATORS = table(OperatorRow)
_OCCURRENCES = table(OccurrenceRow)

_BY_ID = Prepared(sa.select(_PATIENTS).where(_PATIENTS.c.id == sa.bindparam("patient_id")))
_MANY = dialects.among(sa.select(_PATIENTS), _PATIENTS.c.id)
_BY_ADDRESS = Prepared(sa.select(_PATIENTS).where(_PATIENTS.c.address == sa.bindparam("at")))
_BY_CODE = sa.select(_PATIENTS).where(_PATIENTS.c.code == sa.bindparam("known_as"))
_ALL = sa.select(_PATIENTS).order_by(_PATIENTS.c.code)
_SAVE = sa.update(_PATIENTS).where(_PATIENTS.c.id == sa.bindparam("row_id"))

_TEAM = sa.select(_COORDINATORS).where(IS_ACTIVE)
_IN_ORDER = _TEAM.order_by(_COORDINATORS.c.position, _COORDINATORS.c.id)
_EVER = sa.select(_COORDINATORS).order_by(_COORDINATORS.c.position, _COORDINATORS.c.id)
_COLLEAGUE = _TEAM.where(_COORDINATORS.c.address == sa.bindparam("at"))
_HELD = _IN_ORDER.with_for_update(key_share=True)
_SAVE_COLLEAGUE = sa.update(_COORDINATORS).where(
    IS_ACTIVE,  # what was read before somebody was removed must not bring them back
    _COORDINATORS.c.id == sa.bindparam("row_id"),
)
_END_OF_LADDER = sa.select(
    sa.func.coalesce(sa.func.max(_COORDINATORS.c.position), 0) + 1
).scalar_subquery()

_OPERATOR = sa.select(_OPERATORS).where(_OPERATORS.c.address == sa.bindparam("at"))
_ALL_OPERATORS = sa.select(_OPERATORS).order_by(_OPERATORS.c.id)
_UNPLANNED = (
    sa.select(_PATIENTS)
    .where(_PATIENTS.c.state == PatientState.ACTIVE)
    .where(
        ~sa.select(_OCCURRENCES.c.id)
        .where(_OCCURRENCES.c.patient_id == _PATIENTS.c.id)
        .where(_OCCURRENCES.c.kind == DueKind.CHECKIN)
        .where(_OCCURRENCES.c.state == OccurrenceState.WAITING)
        .exists()
    )
)

_NOTE = (
    sa.update(_PATIENTS)
    .where(_PATIENTS.c.address == sa.bindparam("at"))
    .where(_PATIENTS.c.is_reachable != sa.bindparam("reachable"))
    .values(is_reachable=sa.bindparam("reachable"))
    .returning(_PATIENTS)
)
_NOTE_COLLEAGUE = (
    sa.update(_COORDINATORS)
    .where(IS_ACTIVE, _COORDINATORS.c.address == sa.bindparam("at"))
    .where(_COORDINATORS.c.is_reachable != sa.bindparam("reachable"))
    .values(is_reachable=sa.bindparam("reachable"))
    .returning(_COORDINATORS)
)

_EXPIRE = (
    sa.update(_INVITES)
    .where(IS_UNUSED, _INVITES.c.patient_id == sa.bindparam("of_patient"))
    .where(_INVITES.c.expires_at > sa.bindparam("now"))
    .values(expires_at=sa.bindparam("now"))
)
_SPEND = (
    sa.update(_INVITES)
    .where(IS_UNUSED, _INVITES.c.token_hash == sa.bindparam("hashed"))
    .where(_INVITES.c.expires_at > sa.bindparam("now"))
    .values(used_at=sa.bindparam("now"))
    .returning(_INVITES)
)


class SqlPeople(People):
    """Everybody we know, in three tables."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add_patient(
        self, *, code: str, language: str, zone: str, checkin_time: time
    ) -> Patient:
        insert = dialects.insert(self._db, _PATIENTS).on_conflict_do_nothing(
            index_elements=[_PATIENTS.c.code]
        )
        values = {
            "code": code,
            "state": PatientState.INVITED,
            "language": language,
            "zone": zone,
            "checkin_time": checkin_time,
            "is_reachable": True,
        }
        found = await self._patient(insert.values(values).returning(_PATIENTS))
        if found is None:
            raise CodeTaken
        return found

    @override
    async def patient(self, patient_id: PatientId) -> Patient:
        rows = await self._db.rows(_BY_ID, {"patient_id": patient_id})
        if not rows:
            raise NotFound
        return _patient(rows[0])

    @override
    async def patients_by_id(self, ids: Iterable[PatientId]) -> Mapping[PatientId, Patient]:
        found = map(_patient, await self._db.rows(_MANY, {"ids": list(ids)}))
        return {patient.id: patient for patient in found}

    @override
    async def patient_at(self, address: Address) -> Patient | None:
        rows = await self._db.rows(_BY_ADDRESS, {"at": address})
        return _patient(rows[0]) if rows else None

    @override
    async def patient_with_code(self, code: str) -> Patient | None:
        return await self._patient(_BY_CODE, known_as=code)

    async def _patient(self, statement: sa.Executable, **values: object) -> Patient | None:
        row = (await self._db.execute(statement, values)).mappings().one_or_none()
        return None if row is None else _patient(row)

    @override
    async def patients(self) -> Sequence[Patient]:
        return [_patient(row) for row in (await self._db.execute(_ALL)).mappings()]

    @override
    async def save_patient(self, patient: Patient) -> None:
        await self._save(_SAVE, patient)

    @override
    async def add_coordinator(self, *, name: str, address: Address, language: str) -> Coordinator:
        insert = sa.insert(_COORDINATORS).values(
            name=name,
            address=address,
            language=language,
            position=_END_OF_LADDER,
            is_active=True,
            is_reachable=True,
        )
        result = await self._db.execute(insert.returning(_COORDINATORS))
        return _coordinator(result.mappings().one())

    @override
    async def coordinator_at(self, address: Address) -> Coordinator | None:
        row = (await self._db.execute(_COLLEAGUE, {"at": address})).mappings().one_or_none()
        return None if row is None else _coordinator(row)

    @override
    async def coordinators(self) -> Sequence[Coordinator]:
        return [_coordinator(row) for row in (await self._db.execute(_IN_ORDER)).mappings()]

    @override
    async def hold_team(self) -> Sequence[Coordinator]:
        return [_coordinator(row) for row in (await self._db.execute(_HELD)).mappings()]

    @override
    async def ever_coordinators(self) -> Sequence[Coordinator]:
        return [_coordinator(row) for row in (await self._db.execute(_EVER)).mappings()]

    @override
    async def save_coordinator(self, coordinator: Coordinator) -> None:
        await self._save(_SAVE_COLLEAGUE, coordinator)

    @override
    async def note_patient(self, address: Address, *, is_reachable: bool) -> Patient | None:
        return await self._patient(_NOTE, at=address, reachable=is_reachable)

    @override
    async def note_coordinator(
        self, address: Address, *, is_reachable: bool
    ) -> Coordinator | None:
        values = {"at": address, "reachable": is_reachable}
        row = (await self._db.execute(_NOTE_COLLEAGUE, values)).mappings().one_or_none()
        return None if row is None else _coordinator(row)

    async def _save(self, statement: sa.Update, person: Patient | Coordinator) -> None:
        result = await self._db.execute(statement, saved(person))
        if result.rowcount == 0:
            raise NotFound

    @override
    async def add_operator(self, *, address: Address, language: str) -> Operator:
        insert = dialects.insert(self._db, _OPERATORS).values(address=address, language=language)
        kept = insert.on_conflict_do_update(
            index_elements=[_OPERATORS.c.address], set_={"language": language}
        )
        result = await self._db.execute(kept.returning(_OPERATORS))
        return Operator(**result.mappings().one())

    @override
    async def operator_at(self, address: Address) -> Operator | None:
        row = (await self._db.execute(_OPERATOR, {"at": address})).mappings().one_or_none()
        return None if row is None else Operator(**row)

    @override
    async def operators(self) -> Sequence[Operator]:
        return [Operator(**row) for row in (await self._db.execute(_ALL_OPERATORS)).mappings()]

    @override
    async def unplanned(self) -> Sequence[Patient]:
        return [_patient(row) for row in (await self._db.execute(_UNPLANNED)).mappings()]

    @override
    async def add_invite(self, invite: Invite) -> None:
        if invite.patient_id is not None:
            values = {"of_patient": invite.patient_id, "now": invite.created_at}
            await self._db.execute(_EXPIRE, values)
        await self._db.execute(sa.insert(_INVITES), vars(invite))

    @override
    async def spend_invite(self, token_hash: str, *, now: datetime) -> Invite | None:
        result = await self._db.execute(_SPEND, {"hashed": token_hash, "now": now})
        row = result.mappings().one_or_none()
        return None if row is None else _invite(row)


def _patient(row: RowMapping | Mapping[str, Any]) -> Patient:
    return built(Patient, row)


def _coordinator(row: RowMapping) -> Coordinator:
    return Coordinator(**row)


def _invite(row: RowMapping) -> Invite:
    return Invite(**{name: value for name, value in row.items() if name != "used_at"})
