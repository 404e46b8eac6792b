"""What SQLite and PostgreSQL say in different words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.engine import IS_READING

if TYPE_CHECKING:
    from sqlalchemy import Select, Table
    from sqlalchemy.ext.asyncio import AsyncConnection


def insert(db: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that takes `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if db.dialect.name == "sqlite" else postgresql.insert(table)


def locked(db: AsyncConnection, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The statement with its rows locked until the end, unless this unit of work only reads.

    On SQLite a writing unit of work holds the lock of the whole database already.
    """
    connection = db.sync_connection
    is_reading = connection is not None and connection.get_execution_options().get(IS_READING)
    return statement if is_reading else statement.with_for_update()
