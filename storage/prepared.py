"""Statements that are made ready once, for those that every tap and every message needs.

SQLAlchemy looks at a statement and its values anew each time, which takes several times as long
as the database takes to run it. Of these it is remembered what was found out: the SQL, the order
of the values, and how values go in and come out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import BindParameter, Delete, Dialect, Insert, Select, Update
    from sqlalchemy.sql.dml import ReturningInsert
    from sqlalchemy.types import TypeEngine

    Changing = Insert | Update | Delete | ReturningInsert[*tuple[Any, ...]]
    Statement = Select[*tuple[Any, ...]] | Changing
    Convert = Callable[[Any], Any]
    Given = Mapping[str, Any]
    Row = Mapping[str, Any]


class Prepared:
    """A statement, and what a database needs to run it without another look."""

    def __init__(self, statement: Statement, *, on_postgresql: Statement | None = None) -> None:
        """Prepare a statement; PostgreSQL may need other words for it."""
        self.statement = statement
        self._on_postgresql = statement if on_postgresql is None else on_postgresql
        self._plans: dict[tuple[str, ...], Plan] = {}

    def rows(self, db: sqlite3.Connection, given: Given, dialect: Dialect) -> Sequence[Row]:
        """Run it on SQLite; what it found."""
        plan = self.plan(given, dialect)
        return plan.rows(db.execute(plan.sql, plan.values(given)))

    def change(self, db: sqlite3.Connection, given: Sequence[Given], dialect: Dialect) -> int:
        """Run it on SQLite, once for each of these; how many rows it changed."""
        plan = self.plan(given[0], dialect)
        if len(given) == 1:
            return db.execute(plan.sql, plan.values(given[0])).rowcount
        return db.executemany(plan.sql, map(plan.values, given)).rowcount

    def plan(self, given: Given, dialect: Dialect) -> Plan:
        """What was found out for these values and this database."""
        names = (dialect.name, *given)
        plan = self._plans.get(names)
        if plan is None:
            is_sqlite = dialect.name == "sqlite"
            statement = self.statement if is_sqlite else self._on_postgresql
            plan = self._plans[names] = Plan(statement, tuple(given), dialect)
        return plan


class Plan:
    """The SQL of a statement for values of these names, and the ways in and out."""

    def __init__(
        self,
        statement: Statement,
        names: Sequence[str],
        dialect: Dialect,
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
        self.sql = str(compiled)
        binds = [compiled.binds[name] for name in compiled.positiontup]
        self._fixed = [_fixed(bind, names, dialect) for bind in binds]
        given = [(place, bind) for place, bind in enumerate(binds) if bind.key in names]
        self._ways_in = [(place, bind.key, _way_in(bind.type, dialect)) for place, bind in given]
        columns = getattr(statement, "selected_columns", ())
        self._names = [column.key for column in columns]
        self._ways_out = [
            (place, convert)
            for place, column in enumerate(columns)
            if (convert := _way_out(column.type, dialect))
        ]

    def values(self, given: Given) -> list[Any]:
        """The values in the order of the SQL, as the database keeps them."""
        values = self._fixed.copy()
        for place, name, convert in self._ways_in:
            value = given[name]
            values[place] = value if convert is None else convert(value)
        return values

    def rows(self, found: Iterable[tuple[Any, ...]]) -> Sequence[Row]:
        """What was found, by name, as we know it."""
        return [self._row(list(row)) for row in found]

    def _row(self, row: list[Any]) -> Row:
        for place, convert in self._ways_out:
            row[place] = convert(row[place])
        return dict(zip(self._names, row, strict=True))


def _fixed(bind: BindParameter[Any], names: Sequence[str], dialect: Dialect) -> Any:
    """A value that stands in the statement; those that are given anew take its place."""
    if bind.key in names:
        return None
    convert = _way_in(bind.type, dialect)
    return bind.effective_value if convert is None else convert(bind.effective_value)


def _way_in(of: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """How a value becomes what the driver takes; None: as it is."""
    if _is_text(of, dialect):
        return _date_as_text
    return of.dialect_impl(dialect).bind_processor(dialect)


def _way_out(of: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """How what the driver found becomes a value; None: as it is."""
    if _is_text(of, dialect):
        return _date_of_text
    return of.dialect_impl(dialect).result_processor(dialect, None)


def _is_text(of: TypeEngine[Any], dialect: Dialect) -> bool:
    """Whether these are dates that are kept as text, as SQLAlchemy does it more slowly."""
    return dialect.name == "sqlite" and isinstance(of, sa.Date)


def _date_as_text(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _date_of_text(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
