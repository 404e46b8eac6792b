"""What a repository runs its statements on, on either database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import CursorResult, Executable
    from sqlalchemy.ext.asyncio import AsyncConnection

    from storage.prepared import Prepared

    Row = Mapping[str, Any]
    OneValues = Mapping[str, Any] | None
    Values = OneValues | Sequence[Mapping[str, Any]]


class Transaction(Protocol):
    """All or nothing; a statement after the end begins another one."""

    dialect: str
    is_reading: bool

    async def execute(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        """Run a statement; its rows are there at once."""
        ...

    async def scalar(self, statement: Executable, values: OneValues = None) -> Any:
        """The first column of the first row, or None."""
        ...

    async def rows(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[Row]:
        """What a prepared statement finds, by the names of its columns."""
        ...

    async def change(self, statement: Prepared, *values: Mapping[str, Any]) -> int:
        """How many rows a prepared statement changes; run for several values, nobody knows."""
        ...

    async def commit(self) -> None:
        """Keep everything; returns once it is on the disk."""
        ...

    async def rollback(self) -> None:
        """Undo everything."""
        ...


class Alone(Transaction):
    """A reading transaction on SQLite, with a connection of its own."""

    dialect = "sqlite"
    is_reading = True

    def __init__(self, db: AsyncConnection) -> None:
        self._db = db

    @override
    async def execute(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        return await self._db.execute(statement, values)

    @override
    async def scalar(self, statement: Executable, values: OneValues = None) -> Any:
        return await self._db.scalar(statement, values)

    @override
    async def rows(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[Row]:
        found = await self._db.execute(statement.statement, values)
        return [{str(name): value for name, value in row.items()} for row in found.mappings()]

    @override
    async def change(self, statement: Prepared, *values: Mapping[str, Any]) -> int:
        given = values[0] if len(values) == 1 else values
        return (await self._db.execute(statement.statement, given)).rowcount

    @override
    async def commit(self) -> None:
        await self._db.commit()

    @override
    async def rollback(self) -> None:
        await self._db.rollback()
