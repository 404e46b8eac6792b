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


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A clinic with nobody in it, on Monday 2 March 2026, 09:00 in Berlin."""
    async with opened(template_sqlite(tmp_path / "world.db")) as world:
        yield world


@pytest.fixture(scope="session")
def server() -> Iterator[PostgreSQL]:
    """PostgreSQL, started by the first test that needs it."""
    with postgresql() as running:
        yield running
