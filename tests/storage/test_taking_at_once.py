"""A promise is claimed at the moment at which somebody changes what it speaks of."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from care.people import Address
from care.promises import Kind
from care.steps import bundling, letters
from care.triage import Flag, Tier
from storage import engine
from storage.unit_of_work import SqlUnitOfWork
from tests.storage import samples
from tests.storage.conftest import NOW, StandingClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.databases import PostgreSQL

    Begins = Callable[[], SqlUnitOfWork]

ALARM = Flag(rule="ALARM", tier=Tier.EMERGENCY, reason={})
CAROL = Address(7001)


@pytest.fixture
async def begins(server: PostgreSQL) -> AsyncIterator[Begins]:
    """Units of work on PostgreSQL, where several run side by side."""
    opened = engine.create(await server.migrated())
    yield lambda: SqlUnitOfWork(opened, clock=StandingClock())
    await opened.dispose()


async def both(
    begins: Begins, kind: Kind, hold: Callable[[SqlUnitOfWork], Awaitable[object]]
) -> None:
    """One holds what it changes and drops its promises, another claims one and writes it."""
    held, claimed = asyncio.Event(), asyncio.Event()

    async def change() -> None:
        async with begins() as uow:
            await hold(uow)
            held.set()
            await claimed.wait()
            await uow.outbox.cancel(kinds=[kind])
            await uow.commit()

    async def deliver() -> None:
        await held.wait()
        async with begins() as uow:
            [one] = await samples.claim(uow)
            claimed.set()
            bundle = await bundling.bundled(uow, [one.promise])
            assert await letters.letter_for(uow, one, bundle=bundle, now=NOW) is not None
            await uow.commit()

    await asyncio.gather(change(), deliver())


async def test_a_page_is_written_while_somebody_takes_its_escalation(begins: Begins) -> None:
    async with begins() as uow:
        ann = await samples.ann(uow)
        await uow.people.add_coordinator(name="Carol", address=CAROL, language="en")
        alarm = await uow.escalations.add(ann.id, ALARM, now=NOW)
        kind = Kind.ESCALATION_PAGE
        page = samples.promise("page", kind=kind, recipient=CAROL, subject=alarm.id)
        await uow.outbox.put(page)
        await uow.commit()

    await both(begins, kind, lambda uow: uow.escalations.get(alarm.id))


async def test_a_check_in_is_sent_while_it_is_answered(begins: Begins) -> None:
    async with begins() as uow:
        ann = await samples.ann(uow)
        checkin = await samples.checkin(uow, ann)
        await uow.outbox.put(samples.promise("checkin", subject=checkin.id))
        await uow.commit()

    await both(begins, Kind.CHECKIN, lambda uow: uow.checkins.get(checkin.id))
