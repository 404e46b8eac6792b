"""What SQLite and PostgreSQL say in different words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Select, Table

    from storage.transactions import Transaction

    Upsert = sqlite.Insert | postgresql.Insert


def insert(db: Transaction, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that takes `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if db.dialect == "sqlite" else postgresql.insert(table)


def upsert(table: Table, meet: Callable[[Upsert], Upsert]) -> Prepared:
    """A prepared insert; `meet` says what happens when the row is there already."""
    return Prepared(meet(sqlite.insert(table)), on_postgresql=meet(postgresql.insert(table)))


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
