"""One poller, and one handler of a chat, at a time: locks that end with their process."""

from __future__ import annotations

import asyncio
import fcntl
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

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
_NUMBERS = ARRAY(sa.Integer)
_CHATS = sa.func.unnest(sa.bindparam("chats", type_=_NUMBERS)).column_valued("chat")
_TAKE_CHATS = sa.select(_CHATS).where(sa.func.pg_try_advisory_lock(CHAT, _CHATS))
_LEAVE_CHATS = sa.select(sa.func.pg_advisory_unlock(CHAT, _CHATS))

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

    PostgreSQL: advisory locks of one session, which end with it; those who come and go while it
    is being asked share the next question. SQLite: whoever holds the right to poll has every
    turn. Two chats may share a lock; then they wait for each other, no more.
    """

    def __init__(self, engine: AsyncEngine, poll_lock: PollLock) -> None:
        self._engine = engine
        self._poll_lock = poll_lock
        self._db: AsyncConnection | None = None
        self._busy = asyncio.Lock()
        self._wanted: list[tuple[int, asyncio.Future[bool]]] = []
        self._left: list[int] = []
        self._asking: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def of(self, chat_key: int) -> AsyncIterator[Turn]:
        """Wait for the turn and keep it for a block; raises StorageUnavailable."""
        if self._engine.dialect.name == "sqlite":
            yield Turn.ALONE if await self._poll_lock.take() else Turn.NOT_OURS
            return
        chat = _signed(chat_key)
        wait = LOOK_AGAIN_S
        while not await self._taken(chat):
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_LOOK_S)
        try:
            yield Turn.SHARED
        finally:
            self._left.append(chat)
            self._ask()

    async def _taken(self, chat: int) -> bool:
        place = asyncio.get_running_loop().create_future()
        self._wanted.append((chat, place))
        self._ask()
        taken: bool = await place
        return taken

    def _ask(self) -> None:
        """Have the session asked; what comes meanwhile is asked next."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_on())

    async def _ask_on(self) -> None:
        while self._wanted or self._left:
            async with self._busy:
                wanted, self._wanted = self._wanted, []
                left, self._left = self._left, []
                try:
                    taken = await self._answers([chat for chat, _ in wanted], left)
                except Exception as error:  # noqa: BLE001 - it goes to whoever waits
                    await self._close()
                    _tell(wanted, error)
                else:
                    self._give(wanted, taken)

    async def _answers(self, wanted: list[int], left: list[int]) -> set[int]:
        """Leave these turns and take those that are free; without a session none is held."""
        if left and self._db is not None:
            try:
                await self._db.execute(_LEAVE_CHATS, {"chats": left})
            except StorageUnavailable:  # the session is gone, and its locks with it
                await self._close()
        if not wanted:
            return set()
        db = self._db or await self._connected()
        return set((await db.execute(_TAKE_CHATS, {"chats": wanted})).scalars())

    def _give(self, wanted: list[tuple[int, asyncio.Future[bool]]], taken: set[int]) -> None:
        for chat, place in wanted:
            if not place.done():
                place.set_result(chat in taken)
            elif chat in taken:  # nobody waits for it any more
                self._left.append(chat)

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
            self._left.clear()
            await self._close()


def _tell(waiting: list[tuple[int, asyncio.Future[bool]]], error: Exception) -> None:
    for _, place in waiting:
        if not place.done():
            place.set_exception(error)


def _signed(chat_key: int) -> int:
    """A chat's part of its lock: 32 bits with a sign."""
    return (chat_key & 0xFFFF_FFFF) - ((chat_key & 0x8000_0000) << 1)
