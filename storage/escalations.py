"""Escalations: rows ↔ values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from typing_extensions import override

from care.errors import NotFound
from care.escalation import Escalation, EscalationState
from care.happenings import CAUSES, EscalationEvent
from care.ports.escalations import Escalations
from care.triage import Tier
from storage import dialects
from storage.tables.base import saved, table
from storage.tables.escalations import IS_UNCLOSED, EscalationEventRow, EscalationRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping

    from care.escalation import EscalationId
    from care.people import PatientId
    from care.triage import Flag
    from storage.transactions import Transaction

_ESCALATIONS = table(EscalationRow)
_E = _ESCALATIONS.c
_EVENTS = table(EscalationEventRow)
_URGENCY = {tier: rank for rank, tier in enumerate(Tier)}

_GET = sa.select(_ESCALATIONS).where(_E.id == sa.bindparam("row_id"))
_OPEN_FOR = (
    sa.select(_ESCALATIONS)
    .where(IS_UNCLOSED, _E.patient_id == sa.bindparam("of_patient"))
    .where(_E.rule == sa.bindparam("by_rule"))
)
_SAVE = sa.update(_ESCALATIONS).where(_E.id == sa.bindparam("row_id"))
_CLAIM_DUE = (
    sa.select(_ESCALATIONS)
    .where(
        IS_UNCLOSED,
        sa.or_(_E.next_step_at <= sa.bindparam("now"), _E.safe_by <= sa.bindparam("now")),
    )
    .order_by(_E.next_step_at, _E.id)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_LAST_CLOSED = (
    sa.select(_ESCALATIONS)
    .where(_E.state == EscalationState.CLOSED, _E.patient_id == sa.bindparam("of_patient"))
    .where(_E.rule == sa.bindparam("by_rule"))
    .order_by(_E.closed_at.desc())
    .limit(1)
)
_CAUSED = (
    sa.select(_ESCALATIONS)
    .where(_E.patient_id == sa.bindparam("of_patient"))
    .where(
        sa.exists()
        .where(_EVENTS.c.escalation_id == _E.id, _EVENTS.c.happening.in_(sorted(CAUSES)))
        .where(_EVENTS.c.at >= sa.bindparam("since"), _EVENTS.c.at < sa.bindparam("until"))
    )
    .order_by(_E.id.desc())
)
_HISTORY = (
    sa.select(*(column for column in _EVENTS.c if column.name != "id"))
    .where(_EVENTS.c.escalation_id == sa.bindparam("of_escalation"))
    .order_by(_EVENTS.c.id)
)
_UNCLOSED = sa.select(_ESCALATIONS).where(IS_UNCLOSED).order_by(_E.opened_at, _E.id)
_NEXT_AT = sa.select(sa.func.min(_E.next_step_at), sa.func.min(_E.safe_by)).where(IS_UNCLOSED)


class SqlEscalations(Escalations):
    """Every escalation; the indexes hold only those that are not closed."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def add(self, patient_id: PatientId, flag: Flag, *, now: datetime) -> Escalation:
        insert = sa.insert(_ESCALATIONS).values(
            patient_id=patient_id,
            rule=flag.rule,
            tier=flag.tier,
            state=EscalationState.OPEN,
            reason=flag.reason,
            opened_at=now,
            count=1,
            step=0,
            is_mistake=False,
        )
        result = await self._db.execute(insert.returning(_ESCALATIONS))
        return _escalation(result.mappings().one())

    @override
    async def get(self, escalation_id: EscalationId) -> Escalation:
        found = await self._locked(_GET, row_id=escalation_id)
        if found is None:
            raise NotFound
        return found

    @override
    async def seen(self, escalation_id: EscalationId) -> Escalation:
        rows = (await self._db.execute(_GET, {"row_id": escalation_id})).mappings()
        found = rows.one_or_none()
        if found is None:
            raise NotFound
        return _escalation(found)

    @override
    async def open_for(self, patient_id: PatientId, rule: str) -> Escalation | None:
        return await self._locked(_OPEN_FOR, of_patient=patient_id, by_rule=rule)

    async def _locked(
        self, statement: sa.Select[*tuple[Any, ...]], **values: object
    ) -> Escalation | None:
        result = await self._db.execute(dialects.locked(self._db, statement), values)
        row = result.mappings().one_or_none()
        return None if row is None else _escalation(row)

    @override
    async def save(self, escalation: Escalation) -> None:
        result = await self._db.execute(_SAVE, saved(escalation))
        if result.rowcount == 0:
            raise NotFound

    @override
    async def claim_due(self, *, now: datetime, limit: int) -> Sequence[Escalation]:
        rows = await self._db.execute(_CLAIM_DUE, {"now": now, "limit": limit})
        return [_escalation(row) for row in rows.mappings()]

    @override
    async def last_closed(self, patient_id: PatientId, rule: str) -> Escalation | None:
        values = {"of_patient": patient_id, "by_rule": rule}
        row = (await self._db.execute(_LAST_CLOSED, values)).mappings().one_or_none()
        return None if row is None else _escalation(row)

    @override
    async def caused(
        self, patient_id: PatientId, *, since: datetime, until: datetime
    ) -> Sequence[Escalation]:
        values = {"of_patient": patient_id, "since": since, "until": until}
        rows = (await self._db.execute(_CAUSED, values)).mappings()
        return [_escalation(row) for row in rows]

    @override
    async def note(self, event: EscalationEvent) -> None:
        await self._db.execute(sa.insert(_EVENTS), vars(event))

    @override
    async def history(self, escalation_id: EscalationId) -> Sequence[EscalationEvent]:
        rows = await self._db.execute(_HISTORY, {"of_escalation": escalation_id})
        return [EscalationEvent(**row) for row in rows.mappings()]

    @override
    async def unclosed(self) -> Sequence[Escalation]:
        rows = (await self._db.execute(_UNCLOSED)).mappings()
        return sorted(map(_escalation, rows), key=lambda one: _URGENCY[one.tier])

    @override
    async def next_at(self) -> datetime | None:
        found = (await self._db.execute(_NEXT_AT)).one()
        return min((at for at in found if at is not None), default=None)


def _escalation(row: RowMapping) -> Escalation:
    return Escalation(**row)
