from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import pytest

from storage import engine
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import template_sqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncEngine

    from tests.databases import PostgreSQL

NOW = datetime(2026, 9, 21, 17, 30, tzinfo=UTC)


class StandingClock:
    def now(self) -> datetime:
        return NOW


class Begin(Protocol):
    def __call__(self, *, is_reading: bool = False, settles: int | None = None) -> SqlUnitOfWork:
        """A unit of work on the database of this test."""
        ...


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated, empty database: each test runs on both kinds."""
    if request.param == "sqlite":
        return template_sqlite(tmp_path / "respite.db")
    server: PostgreSQL = request.getfixturevalue("server")
    return await server.migrated()


@pytest.fixture
async def opened(url: str) -> AsyncIterator[AsyncEngine]:
    opened = engine.create(url)
    yield opened
    await opened.dispose()


@pytest.fixture
def begin(opened: AsyncEngine) -> Begin:
    def begin(*, is_reading: bool = False, settles: int | None = None) -> SqlUnitOfWork:
        return SqlUnitOfWork(opened, clock=StandingClock(), is_reading=is_reading, settles=settles)

    return begin
