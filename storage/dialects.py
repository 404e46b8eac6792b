"""What SQLite and PostgreSQL say in different words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Ids
from storage.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Column, Select, Table

    from storage.transactions import Transaction

    Upsert = sqlite.Insert | postgresql.Insert


def insert(db: Transaction, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that takes `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if db.dialect == "sqlite" else postgresql.insert(table)


def upsert(table: Table, meet: Callable[[Upsert], Upsert]) -> Prepared:
    """A prepared insert; `meet` says what happens when the row is there already."""
    return Prepared(meet(sqlite.insert(table)), on_postgresql=meet(postgresql.insert(table)))


def among(statement: Select[*tuple[Any, ...]], column: Column[int]) -> Prepared:
    """Prepared: the rows of a statement whose column is one of the `ids` that are given."""
    ids = sa.bindparam("ids", type_=Ids())
    listed: Select[int] = sa.select(sa.column("value")).select_from(sa.func.json_each(ids))
    return Prepared(
        statement.where(column.in_(listed)),
        on_postgresql=statement.where(column == sa.any_(ids)),
    )


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
