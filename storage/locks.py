"""One poller at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from care.errors import StorageUnavailable

if TYPE_CHECKING:
    from io import BufferedWriter

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

POLLING = 0x5E59
"""The advisory lock's number on PostgreSQL."""

_TAKE = sa.text(f"SELECT pg_try_advisory_lock({POLLING})")
_STILL_THERE = sa.text("SELECT 1")


class PollLock:
    """The right to poll for one database; `take` is tried again until it is free.

    PostgreSQL: a session's advisory lock on a connection of its own. SQLite: a lock on a file
    beside the database, which the system takes back when the process ends.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._db: AsyncConnection | None = None
        self._file: BufferedWriter | None = None

    async def take(self) -> bool:
        """Take the lock, or make sure that it is still ours; False while somebody else has it."""
        if self._engine.dialect.name == "sqlite":
            return self._take_file()
        try:
            return await self._take_session()
        except StorageUnavailable:
            await self.release()
            return False

    def _take_file(self) -> bool:
        if self._file is not None:
            return True
        path = Path(f"{self._engine.url.database}.lock")
        file = path.open("wb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    async def _take_session(self) -> bool:
        if self._db is not None:
            await self._db.execute(_STILL_THERE)
            await self._db.rollback()
            return True
        try:
            db = await self._engine.connect()
        except OSError as error:
            raise StorageUnavailable from error
        taken = bool((await db.execute(_TAKE)).scalar_one())
        await db.rollback()
        if taken:
            self._db = db
        else:
            await db.close()
        return taken

    async def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._db is not None:
            db, self._db = self._db, None
            await db.invalidate()
            await db.close()
