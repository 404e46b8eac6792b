"""What SQLite and PostgreSQL say in different words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Select, Table

    from storage.transactions import Transaction


def insert(db: Transaction, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that takes `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if db.dialect == "sqlite" else postgresql.insert(table)


def locked(db: Transaction, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The statement with its rows locked until the end, unless this unit of work only reads.

    On SQLite a writing unit of work holds the lock of the whole database already.
    """
    if db.is_reading or db.dialect == "sqlite":
        return statement
    return _locking(statement)


@cache
def _locking(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Made once for each: SQLAlchemy remembers its SQL by the object."""
    return statement.with_for_update()
