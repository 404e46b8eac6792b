from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.databases import postgresql, template_sqlite
from tests.world import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.databases import PostgreSQL
    from tests.world import World

os.environ["PTB_TIMEDELTA"] = "1"  # else a flood limit is a warning, and warnings are errors

settings.register_profile("patient", deadline=None, derandomize=True)  # the same on every machine
settings.load_profile("patient")


ALSO_ON_POSTGRESQL = {"test_check_in", "test_delivery", "test_escalating"}
"""Scenarios that run on both databases; the others too with `--database postgresql`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        help="run every scenario on one kind of database; else SQLite, a share on both",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the share of the scenarios on both kinds of database, unless one is asked for."""
    name = metafunc.module.__name__.rpartition(".")[2]
    is_asked_for = metafunc.config.getoption("--database") is not None
    if "database" in metafunc.fixturenames and name in ALSO_ON_POSTGRESQL and not is_asked_for:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated, empty database."""
    kind = getattr(request, "param", request.config.getoption("--database"))
    if kind == "postgresql":
        server: PostgreSQL = request.getfixturevalue("server")
        return await server.migrated()
    return template_sqlite(tmp_path / "world.db")


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    """A clinic with nobody in it, on Monday 2 March 2026, 09:00 in Berlin."""
    async with opened(database) as world:
        yield world


@pytest.fixture(scope="session")
def server() -> Iterator[PostgreSQL]:
    """PostgreSQL, started by the first test that needs it."""
    with postgresql() as running:
        yield running
