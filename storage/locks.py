"""One poller, and one handler of a chat, at a time: locks that end with their process."""

from __future__ import annotations

import asyncio
import fcntl
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from care.errors import StorageUnavailable
from care.ports.inbox import Turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from io import BufferedWriter

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

POLLING = 0x5E59
"""The advisory lock's number on PostgreSQL."""

CHAT = 0x5E5A
"""The first half of the advisory locks of chats; the second half is the chat's own."""

MIGRATING = 0x5E5B
"""The advisory lock of a migration."""

_TAKE = sa.text(f"SELECT pg_try_advisory_lock({POLLING})")
_STILL_THERE = sa.text("SELECT 1")
_TAKE_CHAT = sa.text(f"SELECT pg_try_advisory_lock({CHAT}, :chat)")
_LEAVE_CHAT = sa.text(f"SELECT pg_advisory_unlock({CHAT}, :chat)")

LOOK_AGAIN_S = 0.02
LONGEST_LOOK_S = 0.5


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


class ChatTurns:
    """One process at a time for each chat, so that its updates are handled in their order.

    PostgreSQL: advisory locks of one session, which end with it. SQLite: whoever holds the right
    to poll has every turn. Two chats may share a lock; then they wait for each other, no more.
    """

    def __init__(self, engine: AsyncEngine, poll_lock: PollLock) -> None:
        self._engine = engine
        self._poll_lock = poll_lock
        self._db: AsyncConnection | None = None
        self._busy = asyncio.Lock()

    @asynccontextmanager
    async def of(self, chat_key: int) -> AsyncIterator[Turn]:
        """Wait for the turn and keep it for a block; raises StorageUnavailable."""
        if self._engine.dialect.name == "sqlite":
            yield Turn.ALONE if await self._poll_lock.take() else Turn.NOT_OURS
            return
        chat = _signed(chat_key)
        wait = LOOK_AGAIN_S
        while not await self._ask(_TAKE_CHAT, chat):
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_LOOK_S)
        try:
            yield Turn.SHARED
        finally:
            with suppress(StorageUnavailable):  # the session is gone, and its locks with it
                await self._ask(_LEAVE_CHAT, chat)

    async def _ask(self, question: sa.TextClause, chat: int) -> bool:
        async with self._busy:
            try:
                db = self._db or await self._connected()
                return bool((await db.execute(question, {"chat": chat})).scalar_one())
            except BaseException:  # a connection cut off in the middle of a question is no use
                await self._close()
                raise

    async def _connected(self) -> AsyncConnection:
        try:
            db = await self._engine.connect()
        except (OSError, sa.exc.TimeoutError) as error:
            raise StorageUnavailable from error
        self._db = await db.execution_options(isolation_level="AUTOCOMMIT")
        return self._db

    async def _close(self) -> None:
        if self._db is not None:
            db, self._db = self._db, None
            await db.invalidate()
            await db.close()

    async def release(self) -> None:
        """Give every turn back."""
        async with self._busy:
            await self._close()


def _signed(chat_key: int) -> int:
    """A chat's part of its lock: 32 bits with a sign."""
    return (chat_key & 0xFFFF_FFFF) - ((chat_key & 0x8000_0000) << 1)
