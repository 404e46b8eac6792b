"""Opens the database: SQLite with its pragmas, or PostgreSQL.

Every transaction says at its beginning whether it writes. On SQLite a writing one takes the
write lock at once, or shares it with the writers of this process before it (`storage.writers`); a
reading one sees a snapshot and cannot write, on either database.
"""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import NullPool, create_engine, event, exc
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from care.errors import StorageUnavailable
from storage import sessions, sqlite
from storage.sessions import InSession, Sessions
from storage.transactions import Alone, Transaction
from storage.writers import Joined, Writer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext
    from sqlalchemy.ext.asyncio import AsyncEngine

PATIENCE = timedelta(seconds=5)
"""How long a transaction waits for its turn before the database counts as unavailable."""

IS_READING = "is_reading"
"""Execution option of a transaction that only reads."""

FOREIGN_KEYS_OFF = "foreign_keys_off"
"""Execution option of a migration: SQLite rebuilds tables, which must not cascade."""

_WRITER = "writer"
_SESSIONS = "sessions"


def create(url: str, *, patience: timedelta = PATIENCE) -> AsyncEngine:
    """Open `sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`; nothing connects yet.

    The folder of an SQLite file is made if need be. Whatever means that the database is locked
    for longer than our patience, full or gone surfaces as StorageUnavailable.
    """
    where = make_url(url)
    is_sqlite = where.get_backend_name() == "sqlite"
    engine = (_sqlite if is_sqlite else _postgresql)(where, patience=patience)
    event.listen(engine.sync_engine, "handle_error", _translated)
    return engine


@asynccontextmanager
async def begun(engine: AsyncEngine, *, is_reading: bool = False) -> AsyncIterator[Transaction]:
    """A transaction that has begun; leaving without commit undoes it."""
    options = engine.get_execution_options()
    if _SESSIONS in options:
        async with _in_session(engine, options[_SESSIONS], is_reading=is_reading) as in_session:
            yield in_session
        return
    if is_reading:
        async with _reading(engine) as alone:
            yield alone
        return
    joined = Joined(options[_WRITER])
    await joined.begin()
    try:
        yield joined
    finally:
        await joined.rollback()


@asynccontextmanager
async def _in_session(
    engine: AsyncEngine, kept: Sessions, *, is_reading: bool
) -> AsyncIterator[Transaction]:
    session = await kept.take(engine)
    db = InSession(session, is_reading=is_reading)
    try:
        yield db
    finally:
        try:
            with suppress(StorageUnavailable):
                await db.rollback()
        finally:
            await kept.give_back(session)


@asynccontextmanager
async def _reading(engine: AsyncEngine) -> AsyncIterator[Transaction]:
    try:
        db = await engine.connect()
    except (OSError, exc.TimeoutError) as error:
        raise StorageUnavailable from error
    try:
        await db.execution_options(**{IS_READING: True})
        await db.begin()
        yield Alone(db)
    finally:
        await db.close()


def _sqlite(where: URL, *, patience: timedelta) -> AsyncEngine:
    if where.database and where.database != ":memory:":
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    options = {
        "timeout": patience.total_seconds(),
        "isolation_level": None,  # sqlite3 begins nothing by itself; the events below do
        "cached_statements": 256,
    }
    writer = Writer(_sqlite_writer(where, options), patience=patience)
    engine = create_async_engine(
        where,
        async_creator=partial(sqlite.connect, where.database or ":memory:", **options),
        execution_options={_WRITER: writer},
        hide_parameters=True,  # an error must not carry answers into a log
        pool_timeout=patience.total_seconds(),
        pool_use_lifo=True,
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "engine_disposed", lambda _: writer.close())
    return engine


def _sqlite_writer(where: URL, options: dict[str, Any]) -> Engine:
    engine = create_engine(
        where.set(drivername="sqlite"),
        connect_args={**options, "check_same_thread": False},  # one turn, one thread
        hide_parameters=True,
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", lambda db: db.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(engine, "handle_error", _translated)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    is_reading = options.get(IS_READING, False)
    if options.get(FOREIGN_KEYS_OFF):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    if connection.info.get(IS_READING, False) is not is_reading:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(is_reading)}")
        connection.info[IS_READING] = is_reading
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _postgresql(where: URL, *, patience: timedelta) -> AsyncEngine:
    settings = {
        "application_name": "respite",
        "lock_timeout": str(patience // timedelta(milliseconds=1)),
        "jit": "off",
    }
    kept = Sessions(patience=patience)
    engine = create_async_engine(
        where,
        execution_options={_SESSIONS: kept},
        pool_size=sessions.AT_ONCE,
        hide_parameters=True,  # an error must not carry answers into a log
        pool_use_lifo=True,
        pool_timeout=patience.total_seconds(),
        connect_args={"timeout": patience.total_seconds(), "server_settings": settings},
    )
    event.listen(engine.sync_engine, "engine_disposed", lambda _: kept.close())
    return engine


def _translated(context: ExceptionContext) -> StorageUnavailable | None:
    """The database's words for "locked, full or gone" → ours; other errors stay as they are."""
    error = context.original_exception
    if not isinstance(error, Exception):
        return None  # a task is being cancelled, in the middle of a statement; it must end
    is_away = context.is_disconnect or sessions.is_away(error) or sqlite.is_away(error)
    return StorageUnavailable() if is_away else None
