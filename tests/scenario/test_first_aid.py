"""Somebody in need while nothing can be stored, or not handled: the words come all the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg  # type: ignore[import-untyped]

from tests.scenario.test_webhook import hooked

if TYPE_CHECKING:
    from tests.databases import PostgreSQL

EMERGENCY = ("Call 112 now. Do not drive.", "may not be told at once", "030 5550 0123")


async def test_an_emergency_is_answered_while_the_database_is_gone(
    server: PostgreSQL,
) -> None:  # R-EMG-1
    url = await server.migrated()
    async with hooked(url) as world:
        carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await ann.taps("Something is alarming")
        await server.shut(url)

        query = await ann.taps("It is an emergency", settle=False)
        await world.simulator.quiet()

        assert ann.notice(query).startswith("This may be an emergency. Call 112 now.")
        ann.sees("Call 112 now. Do not drive.", "may not be told at once", "030 5550 0123")
        carol.sees_nothing_more()
        await server.reopen(url)
        await world.fast_forward(timedelta(seconds=5))

        ann.sees("Call 112 now", "E-1")
        ann.sees("Your care team has been told")
        carol.sees("EMERGENCY", ann.code)


async def test_whoever_opens_the_list_while_the_database_is_gone_reads_the_number(
    server: PostgreSQL,
) -> None:  # R-EMG-1
    url = await server.migrated()
    async with hooked(url) as world:
        _carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await server.shut(url)

        query = await ann.taps("Something is alarming", settle=False)
        await world.simulator.quiet()

        assert ann.notice(query).startswith("This may be an emergency. Call 112 now.")
        ann.sees(*EMERGENCY)
        await server.reopen(url)
        await world.fast_forward(timedelta(seconds=5))
        ann.sees("What is it? One tap tells your care team.")


async def test_words_of_crisis_get_the_numbers_while_the_database_is_gone(
    server: PostgreSQL,
) -> None:  # R-SUI-1
    url = await server.migrated()
    async with hooked(url) as world:
        carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await server.shut(url)

        world.control.send(ann.id, "I want to die")
        await world.simulator.quiet()

        ann.sees("In an emergency, call 112 now.", "do not watch messages 24/7")
        carol.sees_nothing_more()
        await server.reopen(url)
        await world.fast_forward(timedelta(seconds=5))
        ann.sees("In an emergency, call 112 now.", "Are you safe right now?")
        ann.sees("Your care team has been told")
        carol.sees("URGENT", ann.code)


async def test_an_alarm_that_is_stored_and_cannot_be_handled_is_answered_at_once(
    server: PostgreSQL,
) -> None:  # R-EMG-1
    url = await server.migrated()
    async with hooked(url) as world:
        carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await ann.taps("Something is alarming")
        holder = await asyncpg.connect(url.replace("+asyncpg", ""))
        async with holder.transaction():
            await holder.execute("LOCK TABLE escalations IN ACCESS EXCLUSIVE MODE")

            await ann.taps("It is an emergency", settle=False)
            await world.handle()

            ann.sees(*EMERGENCY)
            carol.sees_nothing_more()
        await holder.close()
        await world.fast_forward(timedelta(seconds=5))

        ann.sees("Call 112 now", "E-1")
        ann.sees("Your care team has been told")
        carol.sees("EMERGENCY", ann.code)
