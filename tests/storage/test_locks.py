from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from care.errors import StorageUnavailable
from care.ports.inbox import Turn
from storage import engine, migrate
from storage.locks import ChatTurns, PollLock
from tests.databases import template_sqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncEngine

    from tests.databases import PostgreSQL


@pytest.fixture
async def shared(server: PostgreSQL) -> AsyncIterator[AsyncEngine]:
    """PostgreSQL, where several processes may handle updates."""
    opened = engine.create(await server.migrated())
    yield opened
    await opened.dispose()


def turns(opened: AsyncEngine) -> ChatTurns:
    return ChatTurns(opened, PollLock(opened))


async def test_a_chat_is_one_processs_at_a_time(shared: AsyncEngine) -> None:
    first, second = turns(shared), turns(shared)
    went: list[str] = []

    async def come_second() -> None:
        async with second.of(7) as turn:
            assert turn is Turn.SHARED
            went.append("second")

    async with first.of(7), asyncio.timeout(10):
        waiting = asyncio.create_task(come_second())
        async with second.of(-8), first.of(9):
            went.append("others")
        went.append("first")
    async with asyncio.timeout(10):
        await waiting

    assert went == ["others", "first", "second"]
    await first.release()
    await second.release()


async def test_the_turns_of_a_process_that_ends_are_free(shared: AsyncEngine) -> None:
    first, second = turns(shared), turns(shared)

    async with asyncio.timeout(10), first.of(7):
        await first.release()
        async with second.of(7) as turn:
            assert turn is Turn.SHARED

    await first.release()
    await second.release()


async def test_a_lost_connection_is_no_end_of_taking_turns(
    server: PostgreSQL, shared: AsyncEngine
) -> None:
    ours = turns(shared)
    async with ours.of(7):
        await server.disconnect(shared.url.render_as_string(hide_password=False))
    async with ours.of(7) as turn:
        assert turn is Turn.SHARED
    await server.disconnect(shared.url.render_as_string(hide_password=False))
    with pytest.raises(StorageUnavailable):
        await ours.of(7).__aenter__()
    async with ours.of(7) as turn:
        assert turn is Turn.SHARED
    await ours.release()


async def test_of_an_sqlite_file_every_turn_is_one_processs(tmp_path: Path) -> None:
    opened = engine.create(template_sqlite(tmp_path / "respite.db"))
    ours, theirs = PollLock(opened), PollLock(opened)
    async with ChatTurns(opened, ours).of(7) as turn:
        assert turn is Turn.ALONE
    async with ChatTurns(opened, theirs).of(8) as turn:
        assert turn is Turn.NOT_OURS
    await ours.release()
    async with ChatTurns(opened, theirs).of(8) as turn:
        assert turn is Turn.ALONE
    await theirs.release()
    await opened.dispose()


async def test_chats_of_any_id_have_a_turn(shared: AsyncEngine) -> None:
    ours = turns(shared)
    for chat in (0, 1, -1, 2**31 - 1, 2**31, -(2**31), 2**52, -1_002_345_678_901):
        async with ours.of(chat) as turn:
            assert turn is Turn.SHARED
    await ours.release()


async def test_three_processes_may_migrate_at_once(server: PostgreSQL) -> None:
    url = await server.bare()

    await asyncio.gather(*(migrate.upgrade(url) for _ in range(3)))

    assert await migrate.is_current(url)
