from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import engine, migrate
from storage.tables import Base
from tests.databases import sqlite_url

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import ReflectedIndex

    from tests.databases import PostgreSQL


@pytest.fixture(params=["sqlite", "postgresql"])
async def bare(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "bare.db")
    server: PostgreSQL = request.getfixturevalue("server")
    return await server.bare()


def schema(connection: Connection) -> dict[str, object]:
    """All that the database says of its tables, check constraints and conditions included."""
    inspector = sa.inspect(connection)
    return {
        name: (
            [(column["name"], str(column["type"])) for column in inspector.get_columns(name)],
            inspector.get_pk_constraint(name),
            sorted(inspector.get_foreign_keys(name), key=str),
            sorted(inspector.get_unique_constraints(name), key=str),
            sorted(inspector.get_check_constraints(name), key=str),
            sorted(index(one) for one in inspector.get_indexes(name)),
        )
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def index(found: ReflectedIndex) -> tuple[str, str, str]:
    options = found.get("dialect_options", {})
    conditions = [str(value) for name, value in options.items() if name.endswith("_where")]
    return str(found["name"]), str(found["column_names"]), str(conditions)


async def read(url: str) -> dict[str, object]:
    opened = engine.create(url)
    async with opened.connect() as db:
        found = await db.run_sync(schema)
    await opened.dispose()
    return found


async def test_migrations_add_up_to_the_tables(bare: str) -> None:
    await migrate.upgrade(bare)
    opened = engine.create(bare)
    async with opened.connect() as db:
        missing = await db.run_sync(
            lambda connection: compare_metadata(
                MigrationContext.configure(connection, opts={"compare_server_default": True}),
                Base.metadata,
            )
        )
    await opened.dispose()
    assert missing == []


async def test_migrated_and_created_databases_are_alike(bare: str) -> None:
    await migrate.upgrade(bare)
    migrated = await read(bare)
    await migrate.downgrade(bare)
    assert await read(bare) == {}

    opened = engine.create(bare)
    async with opened.begin() as db:
        await db.run_sync(Base.metadata.create_all)
    await opened.dispose()
    assert await read(bare) == migrated


async def test_a_database_knows_its_revision(bare: str) -> None:
    assert await migrate.current(bare) is None
    assert not await migrate.is_current(bare)
    for _ in range(2):
        await migrate.upgrade(bare)
        assert await migrate.current(bare) == migrate.newest()
        assert await migrate.is_current(bare)
    await migrate.downgrade(bare)
    assert await migrate.current(bare) is None


async def test_a_migration_that_fails_leaves_nothing_behind(bare: str) -> None:
    opened = engine.create(bare)
    async with opened.begin() as db:
        await db.exec_driver_sql("CREATE TABLE sessions (id INTEGER)")
    with pytest.raises(sa.exc.DBAPIError):
        await migrate.upgrade(bare)
    assert list(await read(bare)) == ["sessions"]
    await opened.dispose()
