"""Infusion sessions: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.errors import NotFound
from care.infusions import Session, SessionState
from care.ports.infusions import Infusions
from storage import dialects
from storage.tables.base import saved, table
from storage.tables.infusions import IS_SCHEDULED, SessionRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping

    from care.infusions import SessionId
    from care.people import PatientId
    from storage.transactions import Transaction

_SESSIONS = table(SessionRow)
_S = _SESSIONS.c

_GET = sa.select(_SESSIONS).where(_S.id == sa.bindparam("row_id"))
_SAVE = sa.update(_SESSIONS).where(_S.id == sa.bindparam("row_id"))
_UPCOMING = (
    sa.select(_SESSIONS)
    .where(IS_SCHEDULED, _S.starts_at > sa.bindparam("after"))
    .order_by(_S.starts_at, _S.id)
)


class SqlInfusions(Infusions):
    """The sessions of all patients, in one table."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(self, *, patient_id: PatientId, starts_at: datetime, zone: str) -> Session:
        insert = sa.insert(_SESSIONS).values(
            patient_id=patient_id,
            starts_at=starts_at,
            zone=zone,
            state=SessionState.SCHEDULED,
            revision=1,
        )
        return _session((await self._db.execute(insert.returning(_SESSIONS))).mappings().one())

    @override
    async def get(self, session_id: SessionId) -> Session:
        statement = dialects.locked(self._db, _GET)
        result = await self._db.execute(statement, {"row_id": session_id})
        row = result.mappings().one_or_none()
        if row is None:
            raise NotFound
        return _session(row)

    @override
    async def save(self, session: Session) -> None:
        result = await self._db.execute(_SAVE, saved(session))
        if result.rowcount == 0:
            raise NotFound

    @override
    async def upcoming(
        self, *, after: datetime, patient_id: PatientId | None = None
    ) -> Sequence[Session]:
        statement = _UPCOMING
        if patient_id is not None:
            statement = statement.where(_S.patient_id == patient_id)
        return [
            _session(row)
            for row in (await self._db.execute(statement, {"after": after})).mappings()
        ]


def _session(row: RowMapping) -> Session:
    return Session(**row)
