"""What all tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import sqlalchemy as sa
from sqlmodel import SQLModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from care.attacks import Attack
    from care.escalation import Escalation
    from care.infusions import Session
    from care.lifecycle import CheckIn
    from care.notes import Note
    from care.people import Coordinator, Patient
    from care.profiles import Own
    from care.relay import RelayMessage

T = TypeVar("T")

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(SQLModel):
    """The parent of every row; its metadata names each constraint, so that migrations can."""

    metadata = sa.MetaData(naming_convention=NAMING)


def table(row: type[Base]) -> sa.Table:
    """The table behind a row class; statements are built from it, without an ORM session."""
    return cast("sa.Table", sa.inspect(row).local_table)


def saved(
    value: Patient
    | Coordinator
    | CheckIn
    | Session
    | Escalation
    | Own
    | Attack
    | Note
    | RelayMessage,
) -> dict[str, Any]:
    """The columns of a value whose row is there; its id goes by the name of `row_id`."""
    return {"row_id" if name == "id" else name: field for name, field in vars(value).items()}


def built(kind: type[T], row: Mapping[str, Any] | sa.RowMapping) -> T:
    """A value from a row that has every field of it.

    Past the constructor, which for a frozen value takes six times as long as the rest of it.
    """
    value = object.__new__(kind)
    vars(value).update(row)
    return value


def partial(name: str, *columns: str, where: sa.TextClause, unique: bool = False) -> sa.Index:
    """An index of the rows that satisfy a condition; `where` holds for both databases.

    A query must repeat the condition in the same words, with no parameter in them, or neither
    database will use the index.
    """
    return sa.Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
