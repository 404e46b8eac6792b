"""Telegram delivers instead of being asked."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.hearing import Listening
from bot.web import PATH, SECRET_HEADER
from tests.ports import free_port
from tests.scenario import rows
from tests.world import World, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.databases import PostgreSQL

SECRET = "a-secret_of-the_clinic"  # noqa: S105 - made up
AWAY = "I was away for a while. If you tapped meanwhile, please tap again."


@asynccontextmanager
async def hooked(database_url: str) -> AsyncIterator[World]:
    """A world whose Telegram delivers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with opened(
        database_url, webhook_url=address, webhook_secret=SECRET, webhook_port=port
    ) as world:
        yield world


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    async with hooked(database) as world:
        yield world


def methods(world: World) -> list[str]:
    return [call.method for call in world.simulator.calls]


async def deliver(world: World, update: dict[str, Any], *, knows: str = SECRET) -> int:
    """Post an update as Telegram does; gives the answer's status."""
    settings = world.settings()
    async with aiohttp.request(
        "POST", f"{settings.webhook_url}{PATH}", json=update, headers={SECRET_HEADER: knows}
    ) as answer:
        return answer.status


async def test_a_check_in_is_answered_without_any_polling(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await ann.taps("No headache today")

    ann.sees("✓ No headache")
    assert "getUpdates" not in methods(world)
    assert methods(world).count("setWebhook") == 1


async def test_whoever_does_not_know_the_secret_can_do_nothing(world: World) -> None:
    carol = await world.coordinator()
    forged = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1_790_000_000,
            "chat": {"id": carol.id, "type": "private", "first_name": "Carol"},
            "from": {"id": carol.id, "is_bot": False, "first_name": "Carol"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }

    assert await deliver(world, forged, knows="guessed-secret-of-16") == 401
    await world.settle()
    carol.sees_nothing_more()

    assert [await deliver(world, forged) for _ in range(3)] == [200, 200, 200]
    await world.settle()
    carol.sees("/invite")
    carol.sees_nothing_more()


async def test_what_was_tapped_while_the_bot_was_down_arrives_when_it_is_back(
    world: World,
) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.stop_bot()
    await ann.taps("No headache today", settle=False)
    await world.fast_forward(timedelta(seconds=100))

    await world.start_bot()
    await world.settle()
    await world.fast_forward(timedelta(seconds=30))

    ann.sees("✓ No headache")


async def test_a_check_in_open_during_a_gap_is_refreshed(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Yes, a headache")
    await world.stop_bot()
    await world.fast_forward(timedelta(minutes=5))

    await world.start_bot()
    await world.settle()

    ann.sees(AWAY, "How bad was the pain")


async def test_a_check_in_open_while_deliveries_failed_is_refreshed_when_they_succeed(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    listening = world.respite.hearing
    assert isinstance(listening, Listening)
    assert listening._good_at is not None
    listening._good_at -= 300  # real seconds, which a test does not wait for
    await world.fast_forward(timedelta(minutes=6))

    await carol.says("/help")

    carol.sees("/invite")
    ann.sees(AWAY, "Did you have a headache")


async def test_from_webhook_to_polling_and_back_nothing_is_lost(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.stop_bot()
    await ann.taps("Yes, a headache", settle=False)
    hook, world._settings = world._settings, {}

    await world.start_bot()
    await world.settle()

    ann.sees("How bad was the pain")
    await world.stop_bot()
    await ann.taps("6", settle=False)
    world._settings = hook

    await world.start_bot()
    await world.settle()

    ann.sees("Worst pain: 6")
    assert methods(world).count("deleteWebhook") == 1


async def test_while_the_database_is_gone_telegram_keeps_what_it_could_not_deliver(
    server: PostgreSQL,
) -> None:
    url = await server.migrated()
    async with hooked(url) as world:
        _carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await server.shut(url)
        await ann.taps("Yes, a headache", settle=False)
        await world.simulator.quiet()
        info = world.simulator.state.webhook
        assert info is not None
        assert info.last_error == "Wrong response from the webhook: 503 Service Unavailable"

        listening = world.respite.hearing
        assert isinstance(listening, Listening)
        await listening._once()  # the minute's look
        assert listening.trouble == "deliveries fail"

        await server.reopen(url)
        await world.fast_forward(timedelta(seconds=1))

        ann.sees("How bad was the pain")
        assert listening.trouble == ""
        assert len(await rows.checkins(world, ann)) == 1
