"""A prepared statement does on SQLite what SQLAlchemy would do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from care.errors import StorageUnavailable
from care.people import PatientState
from storage import engine
from storage.prepared import Prepared
from storage.tables.base import table
from storage.tables.people import PatientRow
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import template_sqlite
from tests.storage import samples
from tests.storage.conftest import StandingClock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.storage.conftest import Begin

PATIENTS = table(PatientRow)
FIND = Prepared(sa.select(PATIENTS).where(PATIENTS.c.state == sa.bindparam("now_in")))
STOP = Prepared(
    sa.update(PATIENTS)
    .where(PATIENTS.c.code == sa.bindparam("known_as"))
    .values(state=PatientState.STOPPED)
)
AGREED_AT = datetime(2026, 3, 29, 1, 30, 0, 5, tzinfo=UTC)


async def test_values_come_back_as_they_were_however_often(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        add = Prepared(sa.insert(PATIENTS))
        new = {**vars(ann), "address": None, "consented_at": AGREED_AT}
        new.pop("id")
        await uow._db.change(add, {**new, "code": "B"}, {**new, "code": "C"})
        for _ in range(2):
            rows = await uow._db.rows(FIND, {"now_in": ann.state})
            by_code = {row["code"]: row for row in rows}
            assert by_code["A1"] == vars(ann)
            assert by_code["C"] == {**new, "code": "C", "id": by_code["C"]["id"]}
        await uow.commit()


async def test_it_says_how_many_rows_it_changed(begin: Begin) -> None:
    async with begin() as uow:
        await samples.ann(uow)
        assert await uow._db.change(STOP, {"known_as": "A1"}) == 1
        assert await uow._db.change(STOP, {"known_as": "nobody"}) == 0
        found = await uow._db.rows(FIND, {"now_in": PatientState.STOPPED})
        assert [row["code"] for row in found] == ["A1"]


async def test_a_database_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "respite.db"
    opened = engine.create(template_sqlite(path))
    async with SqlUnitOfWork(opened, clock=StandingClock()) as uow:
        path.write_bytes(b"not a database" * 1000)
        with pytest.raises(StorageUnavailable):
            await uow._db.rows(FIND, {"now_in": PatientState.ACTIVE})
    await opened.dispose()
