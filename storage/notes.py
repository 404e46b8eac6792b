"""What patients write by themselves: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.errors import NotFound
from care.notes import Note, NoteState
from care.ports.notes import Notes
from storage import dialects
from storage.tables.base import saved, table
from storage.tables.notes import IS_DRAFT, NoteRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from care.notes import NoteId
    from care.people import PatientId
    from storage.transactions import Transaction

_NOTES = table(NoteRow)
_N = _NOTES.c
_OF_PATIENT = _N.patient_id == sa.bindparam("of_patient")
_ONE = sa.select(_NOTES).where(_OF_PATIENT, _N.id == sa.bindparam("row_id"))
_ON = (
    sa.select(_NOTES)
    .where(_OF_PATIENT, _N.local_date == sa.bindparam("day"), _N.state != NoteState.ERASED)
    .order_by(_N.id)
)
_SAVE = sa.update(_NOTES).where(_N.id == sa.bindparam("row_id"))
_ERASE_DRAFTS = (
    sa.update(_NOTES)
    .where(IS_DRAFT, _N.written_at < sa.bindparam("before"))
    .values(text="", state=NoteState.ERASED, erased_at=sa.bindparam("now"))
)


class SqlNotes(Notes):
    """Drafts and notes."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(
        self, patient_id: PatientId, *, local_date: date, text: str, written_at: datetime
    ) -> Note:
        values = {"patient_id": patient_id, "local_date": local_date, "text": text}
        row = {**values, "written_at": written_at, "state": NoteState.DRAFT, "is_late": False}
        result = await self._db.execute(sa.insert(_NOTES).values(row).returning(_NOTES))
        return Note(**result.mappings().one())

    @override
    async def get(self, patient_id: PatientId, note_id: NoteId) -> Note:
        values = {"of_patient": patient_id, "row_id": note_id}
        statement = dialects.locked(self._db, _ONE)
        row = (await self._db.execute(statement, values)).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Note(**row)

    @override
    async def save(self, note: Note) -> None:
        if (await self._db.execute(_SAVE, saved(note))).rowcount == 0:
            raise NotFound

    @override
    async def on(self, patient_id: PatientId, local_date: date) -> Sequence[Note]:
        rows = await self._db.execute(_ON, {"of_patient": patient_id, "day": local_date})
        return [Note(**row) for row in rows.mappings()]

    @override
    async def erase_drafts(self, *, before: datetime, now: datetime) -> int:
        return (await self._db.execute(_ERASE_DRAFTS, {"before": before, "now": now})).rowcount
