"""`migrate`: the database's schema to the newest."""

from __future__ import annotations

from bot.app import migrate_database
from bot.settings import load_settings


async def migrate() -> None:
    """Bring the configured database to the newest schema. Raises SettingsError."""
    settings = load_settings()
    await migrate_database(settings.database_url)
    print("The database has the newest schema.")
