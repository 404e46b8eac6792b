"""SQLite behind a thread of its own, with one trip to it for each statement.

SQLAlchemy asks an aiosqlite connection for a cursor, for the statement, for its rows and for its
end, one after the other, and each is a trip to that thread and back. A tap makes a dozen
statements. The cursor here brings the rows along on the first trip. It also keeps the values of a
statement out of aiosqlite's debug log, where the answers of patients have no place.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from aiosqlite import Connection
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_UNUSED_CHUNK_SIZE = 64
_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}


def is_away(error: BaseException) -> bool:
    """Whether an error means that the database is locked, full or gone."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _AWAY


def connect(database: str, **options: Any) -> OneTripConnection:
    """What `sqlite3.connect` takes; to be awaited."""
    return OneTripConnection(partial(sqlite3.connect, database, **options))


class OneTripConnection(Connection):
    """A connection whose cursors make one trip for a statement."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, _UNUSED_CHUNK_SIZE)
        self._thread.daemon = True  # a connection that nobody closed must not keep us alive

    @override
    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # theirs is a coroutine as well
        """A cursor, without a trip."""
        return OneTripCursor(self)

    @override
    async def _connect(self) -> Connection:
        try:
            return await super()._connect()
        except BaseException:
            self._thread.join()  # told to stop already; it must not outlive the loop
            raise

    async def do(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Run `work` in the connection's thread."""
        await self._execute(work, self._conn)  # type: ignore[no-untyped-call]


class OneTripCursor:
    """One statement, and all of its rows."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Run a statement and fetch what it returns."""

        def work(connection: sqlite3.Connection) -> None:
            self._take(connection.execute(statement, values))

        await self._connection.do(work)

    async def executemany(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each set of values."""

        def work(connection: sqlite3.Connection) -> None:
            self._take(connection.executemany(statement, values))

        await self._connection.do(work)

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else ()
        self.rowcount = cursor.rowcount  # of a statement with RETURNING, known only at its end
        self.lastrowid = cursor.lastrowid
        cursor.close()

    async def fetchall(self) -> Sequence[Any]:
        """The rows that came along."""
        return self._rows

    async def close(self) -> None:
        """Nothing is left to close."""
