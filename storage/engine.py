"""Opens the database: SQLite with its pragmas, or PostgreSQL.

Every transaction says at its beginning whether it writes. On SQLite a writing one takes the
write lock at once, or shares it with the writers of this process before it (`storage.writers`); a
reading one sees a snapshot and cannot write, on either database.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import NullPool, create_engine, event, exc
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from care.errors import StorageUnavailable
from storage import sqlite
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
_POSTGRESQL_AWAY = ("08", "28", "3D", "40", "53", "55", "57", "58")
"""Classes of SQLSTATE: connection, password, name, roll-back, resources, locks, …, system."""


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
    writer = None if is_reading else engine.get_execution_options().get(_WRITER)
    if writer is None:
        async with _alone(engine, is_reading=is_reading) as alone:
            yield alone
        return
    joined = Joined(writer)
    await joined.begin()
    try:
        yield joined
    finally:
        await joined.rollback()


@asynccontextmanager
async def _alone(engine: AsyncEngine, *, is_reading: bool) -> AsyncIterator[Transaction]:
    db = await _connected(engine)
    try:
        if is_reading:
            await db.execution_options(**_reading(engine.dialect.name))
        await db.begin()
        yield Alone(db, is_reading=is_reading)
    finally:
        await db.close()


async def _connected(engine: AsyncEngine) -> AsyncConnection:
    try:
        return await engine.connect()
    except (OSError, exc.TimeoutError) as error:
        raise StorageUnavailable from error


def _reading(dialect: str) -> dict[str, Any]:
    options = {IS_READING: True}
    if dialect == "postgresql":
        return {**options, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return options


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
    return create_async_engine(
        where,
        pool_size=10,
        hide_parameters=True,  # an error must not carry answers into a log
        pool_use_lifo=True,
        pool_timeout=patience.total_seconds(),
        connect_args={"timeout": patience.total_seconds(), "server_settings": settings},
    )


def _translated(context: ExceptionContext) -> StorageUnavailable | None:
    """The database's words for "locked, full or gone" → ours; other errors stay as they are."""
    error = context.original_exception
    if not isinstance(error, Exception):
        return None  # a task is being cancelled, in the middle of a statement; it must end
    state = getattr(error, "sqlstate", None) or ""
    is_away = context.is_disconnect or state.startswith(_POSTGRESQL_AWAY)
    return StorageUnavailable() if is_away or sqlite.is_away(error) else None
