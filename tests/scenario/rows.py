"""A look into the rows, for what no phone shows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from care import lifecycle
from care.people import Address

if TYPE_CHECKING:
    from care.audit import AuditEvent
    from care.entries import Change
    from care.lifecycle import CheckIn, Outcome
    from care.people import Patient
    from care.questions import Answers
    from tests.world import Person, World


async def patient(world: World, person: Person) -> Patient:
    async with world.uow() as uow:
        found = await uow.people.patient_at(Address(person.id))
    assert found is not None, f"{person.name} is not a patient"
    return found


async def checkins(world: World, person: Person) -> list[CheckIn]:
    """Every check-in of a person, by date."""
    owner = await patient(world, person)
    async with world.uow() as uow:
        return list(await uow.checkins.between(owner.id, date(2020, 1, 1), date(2040, 1, 1)))


async def outcomes(world: World, person: Person) -> list[Outcome]:
    """What became of every check-in of a person, by date (R-OUT-1)."""
    found = await checkins(world, person)
    return [lifecycle.outcome(one, await answers(world, person, one.local_date)) for one in found]


async def answers(world: World, person: Person, on: date | None = None) -> Answers:
    """What stands for a date, today's without one."""
    owner = await patient(world, person)
    async with world.uow() as uow:
        return await uow.checkins.answers(owner.id, on or world.now(owner.zone).date())


async def history(world: World, person: Person, on: date | None = None) -> list[Change]:
    """Every value that the answers of a date ever had."""
    owner = await patient(world, person)
    async with world.uow() as uow:
        found = await uow.checkins.history(owner.id, on or world.now(owner.zone).date())
    return list(found)


async def audit(world: World) -> list[AuditEvent]:
    """The audit log, the newest first."""
    async with world.uow() as uow:
        return list(await uow.audit.latest(limit=100))


async def stored(world: World, *, besides: tuple[str, ...] = ()) -> str:
    """Every value of every table, as text, as it lies there; without some tables."""
    engine = create_async_engine(world.settings().database_url)
    async with engine.connect() as db:
        names = await db.run_sync(lambda sync: inspect(sync).get_table_names())
        found = [
            repr(row)
            for name in sorted(set(names) - set(besides))
            for row in await db.execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608 - our own
        ]
    await engine.dispose()
    return "\n".join(sorted(found))
