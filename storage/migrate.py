"""Brings a database to the newest schema: Alembic, driven from Python."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import engine
from storage.locks import MIGRATING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

T = TypeVar("T")

NEWEST = "head"
NOTHING = "base"


async def upgrade(url: str, *, to: str = NEWEST) -> None:
    """Bring the database to a revision, all or nothing; what is there already stays."""
    await _run(url, partial(_move, command.upgrade, to))


async def downgrade(url: str, *, to: str = NOTHING) -> None:
    """Take a database back to an earlier revision; what that one has no place for is lost."""
    await _run(url, partial(_move, command.downgrade, to))


async def current(url: str) -> str | None:
    """The revision of the database; None before the first."""
    return await _run(url, _current)


async def is_current(url: str) -> bool:
    """Whether the database has the newest schema."""
    return await current(url) == newest()


def newest() -> str | None:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


async def _run(url: str, work: Callable[[Connection], T]) -> T:
    """Do it in one transaction, on a connection of its own."""
    opened = engine.create(url)
    try:
        async with opened.execution_options(**{engine.FOREIGN_KEYS_OFF: True}).begin() as db:
            return await db.run_sync(work)
    finally:
        await opened.dispose()


def _move(step: Callable[[Config, str], None], to: str, connection: Connection) -> None:
    """One process at a time; whoever comes second finds the work done."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
    config = _config()
    config.attributes["connection"] = connection
    step(config, to)


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    place = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", place.replace("%", "%%"))
    return config
