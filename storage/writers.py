"""Writing to an SQLite file: one at a time, and those who wait share a commit.

A commit waits for the disk, and while it does others queue up. Each of them then works behind a
savepoint of one common transaction, and one commit keeps them all; nobody's `commit` returns
before that. So the disk is waited for once for many, and what one of them undoes is theirs alone.

Statements run where they are called, in the thread of the event loop: under the write lock they
wait for nobody, and a trip to another thread takes longer than they do. To begin and to commit may
take time; that is done in a thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from care.errors import StorageUnavailable
from storage.sqlite import is_away
from storage.transactions import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import timedelta

    from sqlalchemy import Connection, CursorResult, Engine, Executable

    from storage.prepared import Prepared
    from storage.transactions import OneValues, Row, Values

MOST_TOGETHER = 32
"""How many share a commit at most: the first of them waits for the last."""

BREATH_S = 0.005
"""How long one of them may keep the event loop to itself."""


class Writer:
    """The one connection of a process that writes to a file, and the queue before it."""

    def __init__(self, engine: Engine, *, patience: timedelta) -> None:
        """Write through this engine; wait so long for a turn."""
        self._engine = engine
        self._patience_s = patience.total_seconds()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-writer")
        self._queue: deque[asyncio.Future[None]] = deque()
        self._is_taken = False
        self._db: Connection | None = None
        self._raw: sqlite3.Connection | None = None
        self._kept: asyncio.Future[None] | None = None
        self._together = 0
        self._ending: asyncio.Task[None] | None = None

    async def join(self) -> Connection:
        """Wait for the turn, then begin, or go on in the transaction of the one before.

        Raises StorageUnavailable when either takes too long.
        """
        await self._take_turn()
        try:
            if self._kept is None:
                await self._in_thread(self._begin)
                self._kept = asyncio.get_running_loop().create_future()
            self._mark("SAVEPOINT one")
        except BaseException:
            self._abandon()
            raise
        return self._opened()

    async def keep(self) -> None:
        """End the turn; returns once a commit has kept what was done in it."""
        kept = self._kept
        try:
            self._mark("RELEASE one")
        except StorageUnavailable:
            self._abandon()
            raise
        self._together += 1
        self._pass_on()
        if kept is not None:
            await asyncio.shield(kept)

    def undo(self) -> None:
        """End the turn and undo what was done in it; what others did before stays."""
        try:
            self._mark("ROLLBACK TO one")
            self._mark("RELEASE one")
        except StorageUnavailable:  # the database has undone everything by itself
            self._abandon()
        else:
            self._pass_on()

    def close(self) -> None:
        """Close the connection, which undoes what is open; another turn opens it again."""
        db, self._db, self._raw = self._db, None, None
        if db is not None:
            with suppress(Exception):  # whatever is wrong with it, it is gone
                db.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """SQLite's own connection; raises StorageUnavailable when it is gone."""
        if self._raw is None:
            raise StorageUnavailable
        return self._raw

    async def _take_turn(self) -> None:
        if not self._is_taken:
            self._is_taken = True
            return
        place = asyncio.get_running_loop().create_future()
        self._queue.append(place)
        try:
            async with asyncio.timeout(self._patience_s):
                await place
        except TimeoutError as error:
            if place.cancelled():
                raise StorageUnavailable from error
        except asyncio.CancelledError:
            if not place.cancelled():  # it was ours already
                self._pass_on()
            raise

    def _next(self) -> asyncio.Future[None] | None:
        """Who still waits, first come first served."""
        while self._queue:
            place = self._queue.popleft()
            if not place.done():
                return place
        return None

    def _pass_on(self) -> None:
        """The next one joins; with enough together, or nobody waiting, all of it is kept."""
        following = self._next() if self._together < MOST_TOGETHER else None
        if following is not None:
            following.set_result(None)
        elif self._together:
            self._ending = asyncio.create_task(self._commit())
        else:
            self._abandon()

    async def _commit(self) -> None:
        try:
            await self._in_thread(self._opened().commit)
        except Exception:  # noqa: BLE001 - whatever it is, everybody hears that nothing is kept
            self.close()
            self._abandon()
        else:
            kept, self._kept, self._together = self._kept, None, 0
            if kept is not None:
                kept.set_result(None)
            self._free()

    def _abandon(self) -> None:
        """Undo all of it: whoever shares it hears that it is not kept."""
        kept, self._kept = self._kept, None
        if kept is not None and self._together:
            kept.set_exception(StorageUnavailable())
            kept.exception()  # heard, even if nobody waits any more
        self._together = 0
        try:
            self._opened().rollback()
        except Exception:  # noqa: BLE001 - a fresh one is made
            self.close()
        self._free()

    def _free(self) -> None:
        following = self._next()
        if following is not None:
            following.set_result(None)
        else:
            self._is_taken = False

    def _begin(self) -> None:
        if self._db is None:
            self._db = self._engine.connect()
        self._db.begin()
        raw = self._db.connection.driver_connection
        self._raw = raw if isinstance(raw, sqlite3.Connection) else None

    def _opened(self) -> Connection:
        if self._db is None:
            raise StorageUnavailable
        return self._db

    def _mark(self, words: str) -> None:
        """Past SQLAlchemy, for which this is one long transaction."""
        try:
            self.connection.execute(words)
        except sqlite3.Error as error:
            raise StorageUnavailable from error

    async def _in_thread(self, work: Callable[[], None]) -> None:
        """Do it to its end, even when told to stop meanwhile."""
        doing = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            await asyncio.shield(doing)
        except asyncio.CancelledError:
            await asyncio.wait([doing])
            raise


class Joined(Transaction):
    """One turn at the writer."""

    dialect = "sqlite"
    is_reading = False

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._db: Connection | None = None
        self._breath_at = 0.0

    async def begin(self) -> Connection:
        """Wait for the turn; raises StorageUnavailable."""
        self._db = await self._writer.join()
        self._time = asyncio.get_running_loop().time
        self._breath_at = self._time() + BREATH_S
        return self._db

    async def _ready(self) -> Connection:
        """Begin if need be; and let others have the event loop once in a while."""
        db = self._db or await self.begin()
        if self._time() > self._breath_at:
            await asyncio.sleep(0)
            self._breath_at = self._time() + BREATH_S
        return db

    @override
    async def execute(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        return (await self._ready()).execute(statement, values)

    @override
    async def scalar(self, statement: Executable, values: OneValues = None) -> Any:
        return (await self.execute(statement, values)).scalar()

    @override
    async def rows(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[Row]:
        db = self._db
        if db is None or self._time() > self._breath_at:
            db = await self._ready()
        try:
            return statement.rows(self._writer.connection, values, db.dialect)
        except sqlite3.Error as error:
            if is_away(error):
                raise StorageUnavailable from error
            raise

    @override
    async def change(self, statement: Prepared, *values: Mapping[str, Any]) -> int:
        db = self._db
        if db is None or self._time() > self._breath_at:
            db = await self._ready()
        try:
            return statement.change(self._writer.connection, values, db.dialect)
        except sqlite3.Error as error:
            if is_away(error):
                raise StorageUnavailable from error
            raise

    @override
    async def commit(self) -> None:
        if self._db is not None:
            self._db = None
            await self._writer.keep()

    @override
    async def rollback(self) -> None:
        if self._db is not None:
            self._db = None
            self._writer.undo()
