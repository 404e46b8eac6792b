from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from storage import engine, migrate
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import template_sqlite

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class NoClock:
    def now(self) -> datetime:
        raise AssertionError("nothing is settled here")


async def test_a_migrated_file_keeps_what_is_committed_and_nothing_else(tmp_path: Path) -> None:
    url = template_sqlite(tmp_path / "respite.db")
    assert await migrate.is_current(url)
    opened = engine.create(url)

    for code, is_kept in (("A1", True), ("B2", False)):
        async with SqlUnitOfWork(opened, clock=NoClock()) as uow:
            await uow.people.add_patient(
                code=code, language="en", zone="Europe/Berlin", checkin_time=time(19, 30)
            )
            if is_kept:
                await uow.commit()

    async with SqlUnitOfWork(opened, clock=NoClock(), is_reading=True) as uow:
        assert [patient.code for patient in await uow.people.patients()] == ["A1"]
    await opened.dispose()
