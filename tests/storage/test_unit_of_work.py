from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError

from care.errors import AlreadyHandled, StorageUnavailable
from care.people import Address, PatientId
from care.ports.inbox import Received
from storage import engine
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import template_sqlite
from tests.storage import samples
from tests.storage.conftest import NOW, StandingClock

if TYPE_CHECKING:
    from pathlib import Path

    from care.people import Patient
    from tests.databases import PostgreSQL
    from tests.storage.conftest import Begin


async def patients(begin: Begin) -> list[str]:
    async with begin(is_reading=True) as uow:
        return [one.code for one in await uow.people.patients()]


async def test_what_is_not_committed_is_undone(begin: Begin) -> None:
    async with begin() as uow:
        await samples.ann(uow)
    assert await patients(begin) == []


async def test_an_error_undoes_everything_since_the_commit(begin: Begin) -> None:
    async def fail() -> None:
        async with begin() as uow:
            await samples.ann(uow)
            await uow.commit()
            await samples.ann(uow, code="B2", address=Address(8))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await patients(begin) == ["A1"]


async def test_the_update_that_is_handled_is_done_with_its_effect(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([Received(update_id=5, chat_key=7, payload=b"{}")], now=NOW)
        await uow.commit()

    async with begin(settles=5) as uow:
        await samples.ann(uow)
    async with begin(is_reading=True, settles=5) as uow:
        assert len(await uow.inbox.unfinished()) == 1
        await uow.commit()

    async with begin(settles=5) as uow:
        assert len(await uow.inbox.unfinished()) == 1
        await samples.ann(uow)
        await uow.commit()
    async with begin() as uow:
        assert await uow.inbox.unfinished() == []
        assert not await uow.inbox.done(5, now=NOW)
    assert await patients(begin) == ["A1"]


async def test_an_update_has_its_effect_once(begin: Begin) -> None:
    async with begin() as uow:
        await uow.inbox.put([Received(update_id=5, chat_key=7, payload=b"{}")], now=NOW)
        await uow.commit()
    async with begin(settles=5) as uow:
        await samples.ann(uow, code="A1", address=Address(1))
        await uow.commit()
    async with begin(settles=5) as uow:
        await samples.ann(uow, code="B2", address=Address(2))
        with pytest.raises(AlreadyHandled):
            await uow.commit()
    assert await patients(begin) == ["A1"]


async def test_reading_sees_one_snapshot_while_others_write(begin: Begin) -> None:
    async with begin() as uow:
        await samples.ann(uow)
        await uow.commit()
    async with begin(is_reading=True) as reader:
        assert len(await reader.people.patients()) == 1
        async with begin() as writer:
            await samples.ann(writer, code="B2", address=Address(8))
            await writer.commit()
        assert len(await reader.people.patients()) == 1
    assert await patients(begin) == ["A1", "B2"]


async def test_reading_locks_nothing(begin: Begin) -> None:
    async with begin() as uow:
        checkin = await samples.checkin(uow, await samples.ann(uow))
        await uow.commit()
    async with begin(is_reading=True) as reader:
        assert await reader.checkins.get(checkin.id) == checkin
        assert await reader.checkins.on(checkin.patient_id, checkin.local_date) == checkin
        async with begin() as writer:
            await writer.checkins.save(replace(checkin, revision=2))
            await writer.commit()


async def test_who_only_reads_cannot_write(begin: Begin) -> None:
    async with begin(is_reading=True) as uow:
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            await samples.ann(uow)
    async with begin() as uow:
        await samples.ann(uow)
        await uow.commit()
    assert await patients(begin) == ["A1"]


async def test_an_error_of_the_database_tells_no_values(begin: Begin) -> None:
    async with begin() as uow:
        await samples.ann(uow, address=Address(777_777))
        with pytest.raises(DBAPIError) as caught:
            await samples.ann(uow, code="SECRET-7", address=Address(777_777))
    assert "SECRET-7" not in str(caught.value)


async def test_the_log_tells_no_values_even_at_debug(
    begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with begin() as uow:
        await samples.ann(uow, code="SECRET-7", address=Address(777_777))
        await uow.commit()
    assert await patients(begin) == ["SECRET-7"]
    assert "SECRET-7" not in caplog.text
    assert "777777" not in caplog.text


async def test_a_row_has_its_owner(begin: Begin) -> None:
    async with begin() as uow:
        ann = await samples.ann(uow)
        stranger: Patient = replace(ann, id=PatientId(99))
        with pytest.raises(DBAPIError):
            await samples.checkin(uow, stranger)


async def test_writers_wait_for_each_other_and_all_get_their_turn(begin: Begin) -> None:
    async with begin() as uow:
        checkin = await samples.checkin(uow, await samples.ann(uow))
        await uow.commit()

    async def count_up() -> None:
        async with begin() as uow:
            found = await uow.checkins.get(checkin.id)
            await uow.checkins.save(replace(found, revision=found.revision + 1))
            await uow.commit()

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with begin(is_reading=True) as uow:
        assert (await uow.checkins.get(checkin.id)).revision == 21


async def test_writers_in_two_engines_on_one_file_wait_as_well(tmp_path: Path) -> None:
    url = template_sqlite(tmp_path / "respite.db")
    one, other = engine.create(url), engine.create(url)
    clock = StandingClock()

    async def add(number: int) -> None:
        opened = (one, other)[number % 2]
        async with SqlUnitOfWork(opened, clock=clock) as uow:
            await samples.ann(uow, code=f"P{number}", address=Address(number))
            await uow.commit()

    await asyncio.gather(*map(add, range(10)))
    async with SqlUnitOfWork(one, clock=clock, is_reading=True) as uow:
        assert len(await uow.people.patients()) == 10
    await one.dispose()
    await other.dispose()


async def test_whose_turn_does_not_come_is_told_so(tmp_path: Path) -> None:
    url = template_sqlite(tmp_path / "respite.db")
    patience = timedelta(milliseconds=50)
    one, other = engine.create(url, patience=patience), engine.create(url, patience=patience)
    clock = StandingClock()
    async with SqlUnitOfWork(one, clock=clock) as uow:
        await samples.ann(uow)
        for opened in (one, other):
            with pytest.raises(StorageUnavailable):
                await SqlUnitOfWork(opened, clock=clock).__aenter__()
        await uow.commit()
    async with SqlUnitOfWork(other, clock=clock) as uow:
        assert len(await uow.people.patients()) == 1
    await one.dispose()
    await other.dispose()


async def test_a_file_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "respite.db").mkdir()
    opened = engine.create(f"sqlite+aiosqlite:///{tmp_path}/respite.db")
    with pytest.raises(StorageUnavailable):
        await SqlUnitOfWork(opened, clock=StandingClock()).__aenter__()
    await opened.dispose()


async def test_the_folder_of_a_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "data" / "clinic" / "respite.db"
    opened = engine.create(f"sqlite+aiosqlite:///{path}")
    async with SqlUnitOfWork(opened, clock=StandingClock()):
        assert path.exists()
    await opened.dispose()


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    opened = engine.create(f"postgresql+asyncpg://respite@/respite?host={tmp_path}")
    with pytest.raises(StorageUnavailable):
        await SqlUnitOfWork(opened, clock=StandingClock()).__aenter__()
    await opened.dispose()


async def test_a_server_that_goes_away_is_unavailable_until_it_is_back(
    server: PostgreSQL,
) -> None:
    url = await server.migrated()
    opened = engine.create(url)
    clock = StandingClock()
    async with SqlUnitOfWork(opened, clock=clock) as uow:
        await samples.ann(uow)
        await server.disconnect(url)
        with pytest.raises(StorageUnavailable):
            await uow.people.patients()
    async with SqlUnitOfWork(opened, clock=clock) as uow:
        assert await uow.people.patients() == []
    await opened.dispose()
