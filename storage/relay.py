"""Words between a patient and the team: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from typing_extensions import override

from care.errors import NotFound
from care.ports.relay import Relay
from care.relay import NewRelay, RelayCopy, RelayId, RelayMessage, RelayState
from storage import dialects
from storage.tables.base import saved, table
from storage.tables.relay import (
    IS_ANSWER,
    IS_ASKED,
    IS_OF_NOTE,
    IS_SHOWN,
    IS_UNANSWERED,
    RelayCopyRow,
    RelayRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.notes import NoteId
    from care.people import Address, PatientId
    from storage.transactions import Transaction

_RELAY, _COPIES = table(RelayRow), table(RelayCopyRow)
_R, _C = _RELAY.c, _COPIES.c

_GET = sa.select(_RELAY).where(_R.id == sa.bindparam("row_id"))
_SAVE = sa.update(_RELAY).where(_R.id == sa.bindparam("row_id"))
_OF_PATIENT = _R.patient_id == sa.bindparam("of_patient")
_OF_NOTE = sa.select(_RELAY).where(IS_OF_NOTE, _R.note_id == sa.bindparam("note"), _OF_PATIENT)
_SHOWN_AT = (
    sa.select(_RELAY)
    .where(IS_SHOWN, _OF_PATIENT, _R.message_id == sa.bindparam("shown"))
    .order_by(_R.id.desc())
    .limit(1)
)
_ANSWERS = (
    sa.select(_RELAY)
    .where(IS_ANSWER, _R.answers == sa.bindparam("question"))
    .where(_R.state == RelayState.SENT)
    .order_by(_R.id)
)
_NEWEST = (_R.written_at.desc(), _R.id.desc())
_UNANSWERED = (
    sa.select(_RELAY).where(IS_UNANSWERED).order_by(*_NEWEST).limit(sa.bindparam("limit"))
)
_SINCE = (
    sa.select(_RELAY)
    .where(IS_ASKED, _R.written_at >= sa.bindparam("since"))
    .order_by(*_NEWEST)
    .limit(sa.bindparam("limit"))
)
_KEEP_COPY = dialects.upsert(
    _COPIES,
    lambda new: new.on_conflict_do_nothing(index_elements=[_C.address, _C.message_id]),
)
_COPIES_OF = (
    sa.select(_C.address, _C.message_id, _C.part)
    .where(_C.relay_id == sa.bindparam("of_relay"))
    .order_by(_C.message_id)
)
_COPIED_AT = sa.select(_C.relay_id).where(
    _C.address == sa.bindparam("there"), _C.message_id == sa.bindparam("shown")
)


class SqlRelay(Relay):
    """Both directions in one table; the copies with the team in another."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(self, new: NewRelay) -> RelayMessage:
        row = {**vars(new), "revision": 0}
        result = await self._db.execute(sa.insert(_RELAY).values(row).returning(_RELAY))
        return RelayMessage(**result.mappings().one())

    @override
    async def get(self, relay_id: RelayId) -> RelayMessage:
        found = await self._one(_GET, row_id=relay_id)
        if found is None:
            raise NotFound
        return found

    @override
    async def save(self, message: RelayMessage) -> None:
        if (await self._db.execute(_SAVE, saved(message))).rowcount == 0:
            raise NotFound

    @override
    async def of_note(self, patient_id: PatientId, note_id: NoteId) -> RelayMessage | None:
        return await self._one(_OF_NOTE, of_patient=patient_id, note=note_id)

    @override
    async def shown_at(self, patient_id: PatientId, message_id: int) -> RelayMessage | None:
        return await self._one(_SHOWN_AT, of_patient=patient_id, shown=message_id)

    async def _one(
        self, statement: sa.Select[*tuple[Any, ...]], **values: object
    ) -> RelayMessage | None:
        result = await self._db.execute(dialects.locked(self._db, statement), values)
        row = result.mappings().one_or_none()
        return None if row is None else RelayMessage(**row)

    @override
    async def answers_to(self, relay_id: RelayId) -> Sequence[RelayMessage]:
        rows = await self._db.execute(_ANSWERS, {"question": relay_id})
        return [RelayMessage(**row) for row in rows.mappings()]

    @override
    async def recent(self, *, since: datetime, limit: int) -> Sequence[RelayMessage]:
        waiting = await self._db.execute(_UNANSWERED, {"limit": limit})
        latest = await self._db.execute(_SINCE, {"since": since, "limit": limit})
        rows = [*waiting.mappings(), *latest.mappings()]
        found = {row["id"]: RelayMessage(**row) for row in rows}
        return sorted(found.values(), key=lambda one: (one.written_at, one.id), reverse=True)

    @override
    async def keep_copy(self, relay_id: RelayId, copy: RelayCopy) -> None:
        await self._db.change(_KEEP_COPY, {"relay_id": relay_id, **vars(copy)})

    @override
    async def copies(self, relay_id: RelayId) -> Sequence[RelayCopy]:
        rows = await self._db.execute(_COPIES_OF, {"of_relay": relay_id})
        return [RelayCopy(**row) for row in rows.mappings()]

    @override
    async def copied_at(self, address: Address, message_id: int) -> RelayId | None:
        values = {"there": address, "shown": message_id}
        found = (await self._db.execute(_COPIED_AT, values)).scalar_one_or_none()
        return None if found is None else RelayId(found)
