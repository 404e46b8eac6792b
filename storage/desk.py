"""What the desk reads of many patients at once: rows ↔ values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa
from typing_extensions import override

from care.lifecycle import Asked
from care.ports.desk import Desk
from storage.tables.base import table
from storage.tables.checkins import IS_CURRENT, AnswerRow, CheckInRow
from storage.tables.escalations import EscalationRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from care.people import PatientId
    from care.questions import Answers, Item, Values
    from care.triage import Tier
    from storage.transactions import Transaction

_C, _A, _E = table(CheckInRow).c, table(AnswerRow).c, table(EscalationRow).c

_PATIENTS: sa.BindParameter[Sequence[int]] = sa.bindparam("patients", expanding=True)
_ITEMS: sa.BindParameter[Sequence[Item]] = sa.bindparam("items", expanding=True)
_FIRST: sa.BindParameter[date] = sa.bindparam("first")
_LAST: sa.BindParameter[date] = sa.bindparam("last")

_ASKED = (
    sa.select(_C.patient_id, _C.local_date, _C.state)
    .where(_C.patient_id.in_(_PATIENTS), _C.local_date.between(_FIRST, _LAST))
    .order_by(_C.patient_id, _C.local_date)
)
_ANSWERS = (
    sa.select(_A.patient_id, _A.local_date, _A.item, _A.codes)
    .where(IS_CURRENT, _A.codes.is_not(None), _A.patient_id.in_(_PATIENTS))
    .where(_A.local_date.between(_FIRST, _LAST), _A.item.in_(_ITEMS))
    .order_by(_A.patient_id, _A.local_date)
)
_OPENED = sa.select(sa.func.count()).where(_E.opened_at >= sa.bindparam("since"))

_OPENED_BY = (
    sa.select(_E.tier, _E.rule, sa.func.count().label("many"))
    .where(_E.opened_at >= sa.bindparam("since"))
    .group_by(_E.tier, _E.rule)
)


class SqlDesk(Desk):
    """Reads over everybody, by the indexes that hold one patient's dates."""

    def __init__(self, db: Transaction) -> None:
        self._db = db

    @override
    async def asked(
        self, patients: Collection[PatientId], first: date, last: date
    ) -> Mapping[PatientId, Sequence[Asked]]:
        values = {"patients": list(patients), "first": first, "last": last}
        found: dict[PatientId, list[Asked]] = defaultdict(list)
        for row in (await self._db.execute(_ASKED, values)).all():
            found[row.patient_id].append(Asked(local_date=row.local_date, state=row.state))
        return found

    @override
    async def answers(
        self, patients: Collection[PatientId], first: date, last: date, items: Collection[Item]
    ) -> Mapping[PatientId, Mapping[date, Answers]]:
        values = {"patients": list(patients), "first": first, "last": last, "items": list(items)}
        found: dict[PatientId, dict[date, dict[Item, Values]]] = defaultdict(dict)
        for row in (await self._db.execute(_ANSWERS, values)).all():
            found[row.patient_id].setdefault(row.local_date, {})[row.item] = row.codes
        return found

    @override
    async def opened_by(self, *, since: datetime) -> Mapping[tuple[Tier, str], int]:
        rows = (await self._db.execute(_OPENED_BY, {"since": since})).all()
        return {(row.tier, row.rule): row.many for row in rows}

    @override
    async def opened(self, *, since: datetime) -> int:
        count: int = (await self._db.execute(_OPENED, {"since": since})).scalar_one()
        return count
