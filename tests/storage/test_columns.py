from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError

from care.people import Role
from care.timetable import NaiveInstant
from storage.columns import Code, JsonCodes, JsonFacts, UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

CASTS = sa.MetaData()
SAMPLES = sa.Table(
    "samples",
    CASTS,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime),
    sa.Column("role", Code(Role)),
    sa.Column("facts", JsonFacts),
    sa.Column("codes", JsonCodes),
)


async def through(opened: AsyncEngine, **values: object) -> sa.Row[*tuple[object, ...]]:
    """A row of these values, as it comes back."""
    async with opened.begin() as db:
        await db.run_sync(CASTS.create_all)
        await db.execute(sa.insert(SAMPLES), values)
        return (await db.execute(sa.select(SAMPLES))).one()


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 3, 1, 0, 0, 0, 1, tzinfo=ZoneInfo("Asia/Kathmandu")),
        datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-11))),
        datetime(1999, 12, 31, tzinfo=UTC),
    ],
)
async def test_an_instant_comes_back_in_utc(opened: AsyncEngine, at: datetime) -> None:
    row = await through(opened, at=at)
    assert row.at == at.astimezone(UTC)
    assert row.at.tzinfo is UTC


async def test_an_instant_without_a_zone_is_refused(opened: AsyncEngine) -> None:
    with pytest.raises(StatementError) as caught:
        await through(opened, at=datetime(2026, 9, 21))  # noqa: DTZ001 - that is the point
    assert isinstance(caught.value.orig, NaiveInstant)


async def test_codes_and_facts_come_back_as_they_were(opened: AsyncEngine) -> None:
    row = await through(
        opened, role=Role.COORDINATOR, facts={"b": 1, "a": "é"}, codes=("visual", "speech")
    )
    assert (row.role, row.facts, row.codes) == (
        Role.COORDINATOR,
        {"a": "é", "b": 1},
        ("visual", "speech"),
    )


async def test_nothing_comes_back_as_nothing(opened: AsyncEngine) -> None:
    row = await through(opened, at=None, role=None, facts=None, codes=None)
    assert row[1:] == (None, None, None, None)


async def test_equal_mappings_give_equal_text(opened: AsyncEngine) -> None:
    await through(opened, facts={"b": 1, "a": "é"})
    async with opened.connect() as db:
        text = (await db.exec_driver_sql("SELECT facts FROM samples")).scalar_one()
    assert text == '{"a":"é","b":1}'


async def test_a_code_that_is_none_of_its_kind_is_refused(opened: AsyncEngine) -> None:
    with pytest.raises(StatementError):
        await through(opened, role="owner")
