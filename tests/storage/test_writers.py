"""Those who write to one SQLite file at the same time share a commit, and nothing else."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, event

from care.errors import CodeTaken, StorageUnavailable
from care.people import Address
from storage import engine
from storage.unit_of_work import SqlUnitOfWork
from storage.writers import MOST_TOGETHER
from tests.databases import template_sqlite
from tests.storage import samples
from tests.storage.conftest import StandingClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncEngine

CLOCK = StandingClock()


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    patience = timedelta(seconds=2)
    opened = engine.create(template_sqlite(tmp_path / "respite.db"), patience=patience)
    yield opened
    await opened.dispose()


async def add(opened: AsyncEngine, code: str) -> list[str]:
    """Adds a patient; returns who is there for others, as soon as the commit says so."""
    async with SqlUnitOfWork(opened, clock=CLOCK) as uow:
        await uow.people.add_patient(
            code=code, language="en", zone="Europe/Berlin", checkin_time=time(19, 30)
        )
        await uow.commit()
    return await codes(opened)


async def codes(opened: AsyncEngine) -> list[str]:
    async with SqlUnitOfWork(opened, clock=CLOCK, is_reading=True) as uow:
        return [one.code for one in await uow.people.patients()]


async def test_many_share_a_commit_and_each_hears_of_it_once_it_is_kept(
    opened: AsyncEngine,
) -> None:
    commits: list[object] = []
    note = commits.append
    event.listen(Engine, "commit", note)
    names = [f"P-{number:03}" for number in range(2 * MOST_TOGETHER)]
    seen = await asyncio.gather(*(add(opened, name) for name in names))
    event.remove(Engine, "commit", note)
    assert all(name in found for name, found in zip(names, seen, strict=True))
    assert len(commits) < len(names) / 2


async def test_what_one_of_them_undoes_is_theirs_alone(opened: AsyncEngine) -> None:
    async def change_ones_mind() -> None:
        async with SqlUnitOfWork(opened, clock=CLOCK) as uow:
            await samples.ann(uow, code="GONE")

    async def fail() -> None:
        with pytest.raises(CodeTaken):
            await add(opened, "A-1")

    work = [add(opened, "A-1"), change_ones_mind(), add(opened, "B-2"), fail(), add(opened, "C-3")]
    await asyncio.gather(*work)
    assert await codes(opened) == ["A-1", "B-2", "C-3"]


async def test_when_the_commit_fails_all_of_them_hear_it(opened: AsyncEngine) -> None:
    async def orphan() -> None:
        async with SqlUnitOfWork(opened, clock=CLOCK) as uow:
            ann = await samples.ann(uow)
            checkin = await samples.checkin(uow, ann)
            await uow._db.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
            orphaned = sa.text("UPDATE checkins SET patient_id = 99 WHERE id = :id")
            await uow._db.execute(orphaned, {"id": checkin.id})
            await uow.commit()

    done = await asyncio.gather(
        add(opened, "A-1"), orphan(), add(opened, "B-2"), return_exceptions=True
    )
    assert [type(one) for one in done[1:]] == [StorageUnavailable, StorageUnavailable]
    await add(opened, "C-3")
    assert set(await codes(opened)) >= {"C-3"}
    assert "B-2" not in await codes(opened)


async def test_who_is_told_to_stop_while_waiting_holds_up_nobody(opened: AsyncEngine) -> None:
    async with SqlUnitOfWork(opened, clock=CLOCK) as first:
        await samples.ann(first, code="A-1", address=Address(1))
        waiting = [asyncio.create_task(add(opened, code)) for code in ("B-2", "C-3", "D-4")]
        await asyncio.sleep(0)
        waiting[0].cancel()
        waiting[2].cancel()
        await first.commit()
    await asyncio.wait(waiting)
    assert await codes(opened) == ["A-1", "C-3"]


async def test_who_is_told_to_stop_as_the_turn_comes_passes_it_on(opened: AsyncEngine) -> None:
    async with SqlUnitOfWork(opened, clock=CLOCK) as first:
        await samples.ann(first, code="A-1", address=Address(1))
        waiting = [asyncio.create_task(add(opened, code)) for code in ("B-2", "C-3")]
        await asyncio.sleep(0)
        committing = asyncio.create_task(first.commit())
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.wait([committing, *waiting])
    assert await codes(opened) == ["A-1", "C-3"]
