from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from storage import engine

if TYPE_CHECKING:
    from tests.databases import PostgreSQL


async def test_a_task_that_is_cancelled_in_the_middle_of_a_statement_ends(
    server: PostgreSQL,
) -> None:
    opened = engine.create(await server.migrated())
    began = asyncio.Event()

    async def ask() -> None:
        async with engine.begun(opened) as db:
            began.set()
            await db.execute(sa.text("SELECT pg_sleep(60)"))

    asking = asyncio.create_task(ask())
    async with asyncio.timeout(20):
        await began.wait()
        while not asking.done():
            asking.cancel()
            await asyncio.wait({asking}, timeout=0.1)
    with pytest.raises(asyncio.CancelledError):
        await asking
    await opened.dispose()
