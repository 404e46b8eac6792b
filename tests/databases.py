"""Databases for tests: migrated once, copied for each."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage import migrate

if TYPE_CHECKING:
    from collections.abc import Coroutine


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def template_sqlite(path: Path) -> str:
    """Copies a freshly migrated database to `path`; returns its URL; works inside a loop too."""
    path.write_bytes(_template())
    return sqlite_url(path)


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        run_apart(migrate.upgrade(sqlite_url(path)))
        return path.read_bytes()


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Runs a coroutine to its end on a loop of its own, whether or not one runs here."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work).result()
