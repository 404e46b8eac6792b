"""PostgreSQL, a few sessions kept open, and the hot statements past SQLAlchemy.

For each statement SQLAlchemy changes greenlets, looks the statement up and builds a result, which
takes the processor several times as long as asking the server does. So a session is taken out of
its pool once and kept, a transaction begins and ends in one word, and prepared statements
(`storage.prepared`) go straight to the driver, which keeps them prepared at the server.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import exc
from sqlalchemy.util import await_only
from typing_extensions import override

from care.errors import StorageUnavailable
from storage.transactions import Transaction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from sqlalchemy import CursorResult, Executable
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

    from storage.prepared import Plan, Prepared
    from storage.transactions import OneValues, Row, Values

AT_ONCE = 10
"""How many transactions of one process run at the same time; others wait for their turn."""

AWAY = ("08", "28", "3D", "40", "53", "55", "57", "58")
"""Classes of SQLSTATE: connection, password, name, roll-back, resources, locks, …, system."""

_BEGIN = "BEGIN"
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


def is_away(error: BaseException) -> bool:
    """Whether an error means that the server cannot do it now: locked, full or gone."""
    state = getattr(error, "sqlstate", None) or ""
    return state.startswith(AWAY) or isinstance(error, (OSError, asyncpg.InterfaceError))


class Session:
    """A connection that SQLAlchemy opened, and the driver's own behind it."""

    def __init__(self, db: AsyncConnection, driver: Any) -> None:
        self.db = db
        self.driver = driver
        self._is_spoilt = False

    @property
    def is_fit(self) -> bool:
        """Whether another transaction may begin here."""
        is_gone = self._is_spoilt or self.db.invalidated or self.driver.is_closed()
        return not (is_gone or self.driver.is_in_transaction())

    def spoil(self) -> None:
        """Nobody knows what state it is in: let no other transaction begin here."""
        self._is_spoilt = True

    async def close(self) -> None:
        """Close it; whatever is wrong with it, it is gone."""
        with suppress(Exception):
            await self.db.invalidate()
            await self.db.close()


class Sessions:
    """The open sessions of a process, and the queue before them."""

    def __init__(self, *, patience: timedelta) -> None:
        """Nothing is open; wait so long for a turn."""
        self._patience_s = patience.total_seconds()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._idle: list[Session] = []

    async def take(self, engine: AsyncEngine) -> Session:
        """A session to be given back; raises StorageUnavailable when there is none in time."""
        try:
            async with asyncio.timeout(self._patience_s):
                await self._places.acquire()
        except TimeoutError as error:
            raise StorageUnavailable from error
        try:
            while self._idle:
                session = self._idle.pop()
                if session.is_fit:
                    return session
                await session.close()
            return await _opened(engine)
        except BaseException:
            self._places.release()
            raise

    async def give_back(self, session: Session) -> None:
        """Keep it for the next, if nothing is wrong with it."""
        try:
            if session.is_fit:
                self._idle.append(session)
            else:
                await session.close()
        finally:
            self._places.release()

    def close(self) -> None:
        """Close all of them; called by SQLAlchemy, from within a greenlet of its own."""
        idle, self._idle = self._idle, []
        for session in idle:
            await_only(session.close())


async def _opened(engine: AsyncEngine) -> Session:
    try:
        db = await engine.connect()
    except (OSError, exc.TimeoutError) as error:
        raise StorageUnavailable from error
    try:
        await db.execution_options(isolation_level="AUTOCOMMIT")  # we begin and end ourselves
        driver = (await db.get_raw_connection()).driver_connection
    except BaseException:
        await db.close()
        raise
    return Session(db, driver)


class InSession(Transaction):
    """A transaction in a session; it begins with its first statement."""

    dialect = "postgresql"

    def __init__(self, session: Session, *, is_reading: bool) -> None:
        self._session = session
        self.is_reading = is_reading
        self._is_open = False

    async def _begin(self) -> None:
        self._is_open = True
        await self._say(_BEGIN_READING if self.is_reading else _BEGIN)

    async def _say(self, words: str) -> str:
        try:
            return str(await self._session.driver.execute(words))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            _raise(error)

    @override
    async def execute(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        if not self._is_open:
            await self._begin()
        return await self._session.db.execute(statement, values)

    @override
    async def scalar(self, statement: Executable, values: OneValues = None) -> Any:
        return (await self.execute(statement, values)).scalar()

    @override
    async def rows(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[Row]:
        plan = await self._planned(statement, values)
        try:
            found = await self._session.driver.fetch(plan.sql, *plan.values(values))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            _raise(error)
        return plan.rows(found)

    @override
    async def change(self, statement: Prepared, *values: Mapping[str, Any]) -> int:
        plan = await self._planned(statement, values[0])
        driver = self._session.driver
        try:
            if len(values) > 1:
                await driver.executemany(plan.sql, [plan.values(one) for one in values])
                return -1
            words = await driver.execute(plan.sql, *plan.values(values[0]))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            _raise(error)
        return int(words.rpartition(" ")[2])

    async def _planned(self, statement: Prepared, values: Mapping[str, Any]) -> Plan:
        if not self._is_open:
            await self._begin()
        return statement.plan(values, self._session.db.dialect)

    @override
    async def commit(self) -> None:
        if not self._is_open:
            return
        if await self._say("COMMIT") != "COMMIT":  # what had failed is undone, not kept
            raise StorageUnavailable
        self._is_open = False

    @override
    async def rollback(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        try:
            await self._say("ROLLBACK")
        except BaseException:
            self._session.spoil()
            raise


def _raise(error: Exception) -> NoReturn:
    """The server's words → ours; an error of the driver's carries values, so it ends here."""
    if is_away(error):
        raise StorageUnavailable from None
    cause = RuntimeError(f"{type(error).__name__} {getattr(error, 'sqlstate', '')}".strip())
    raise exc.DatabaseError(None, None, cause, hide_parameters=True) from None
