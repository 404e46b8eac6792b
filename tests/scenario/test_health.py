"""What a monitor outside sees."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot.web import Site
from tests.ports import free_port
from tests.world import World, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.databases import PostgreSQL


@pytest.fixture
async def world(database: str) -> AsyncIterator[World]:
    async with opened(database, health_port=free_port()) as world:
        yield world


async def ask(world: World, path: str) -> tuple[int, Any]:
    port = world.settings().health_port
    async with aiohttp.request("GET", f"http://127.0.0.1:{port}{path}") as answer:
        if answer.content_type == "application/json":
            return answer.status, await answer.json()
        return answer.status, await answer.text()


async def metrics(world: World) -> dict[str, float]:
    """Every sample by name and labels, as Prometheus reads them."""
    status, text = await ask(world, "/metrics")
    assert status == 200
    return {
        ",".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_a_living_process_says_so_and_what_is_missing_to_be_ready(world: World) -> None:
    await world.respite.hearing.heard.wait()
    assert await ask(world, "/healthz/live") == (200, {"live": True})
    missing = {"ready": False, "wrong": ["the ticks have not begun"]}
    assert await ask(world, "/healthz/ready") == (503, missing)

    await world.settle()

    assert await ask(world, "/healthz/ready") == (200, {"ready": True, "wrong": []})


async def test_counts_follow_what_happens(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    before = await metrics(world)

    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")
    during = await metrics(world)
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    after = await metrics(world)

    assert before["respite_escalations,open"] == 0
    assert (during["respite_escalations,open"], during["respite_escalations,taken"]) == (1, 0)
    assert (after["respite_escalations,open"], after["respite_escalations,taken"]) == (0, 1)
    assert after["respite_updates_total,tap"] - before["respite_updates_total,tap"] == 3
    assert after["respite_sends_total,sent"] > before["respite_sends_total,sent"] > 0
    assert after["respite_inbox_updates,waiting"] == after["respite_inbox_updates,parked"] == 0
    assert after["respite_oldest_promise_age_seconds"] == 0
    assert 0 <= after["respite_heard_age_seconds"] < 60
    assert after["respite_database_up"] == 1


async def test_a_promise_that_cannot_be_kept_grows_old(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.stop_bot()
    await world.fast_forward_to("19:31", days=1)
    await world.start_bot()
    await world.respite.ticks[0].run()
    world.clock.move_to(world.clock.now().replace(second=42))

    assert (await metrics(world))["respite_oldest_promise_age_seconds"] == 42
    await world.settle()
    assert (await metrics(world))["respite_oldest_promise_age_seconds"] == 0
    ann.sees("Time for your check-in")


async def test_a_token_that_is_refused_is_said_until_it_is_taken_again(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    world.control.inject_fault(kind="unauthorized", times=1, method="sendMessage")

    await world.fast_forward_to("11:00")

    refused = {"ready": False, "wrong": ["telegram refuses the token"]}
    assert await ask(world, "/healthz/ready") == (503, refused)
    ann.sees_nothing_more()

    await world.fast_forward(timedelta(minutes=1))

    assert (await ask(world, "/healthz/ready"))[0] == 200
    ann.sees("Your check-in is still open")


async def test_a_database_that_is_gone_is_said_and_metrics_go_on(server: PostgreSQL) -> None:
    url = await server.migrated()
    async with opened(url, health_port=free_port()) as world:
        await server.shut(url)
        status, said = await ask(world, "/healthz/ready")
        assert status == 503
        assert "the database is away" in said["wrong"]
        assert (await metrics(world))["respite_database_up"] == 0
        assert (await ask(world, "/healthz/live"))[0] == 200
        await server.reopen(url)
        assert (await metrics(world))["respite_database_up"] == 1


async def test_a_monitor_is_called_each_minute_while_all_is_well(database: str) -> None:
    calls: list[str] = []

    async def take(request: web.Request) -> web.Response:
        calls.append(request.path)
        return web.Response()

    application = web.Application()
    application.router.add_get("/ping/of-the-clinic", take)
    port = free_port()
    monitor = Site(application, address="127.0.0.1", port=port)
    await monitor.start()
    url = f"http://127.0.0.1:{port}/ping/of-the-clinic"
    async with opened(database, heartbeat_url=url) as world:
        await world.settle()
        calls.clear()
        for minutes in (1, 2, 3):
            await world.fast_forward(timedelta(minutes=1))
            assert len(calls) == minutes

        world.respite.vitals.sent("unauthorized")
        await world.fast_forward(timedelta(minutes=1))
        assert len(calls) == 3

        world.respite.vitals.sent("sent")
        await monitor.stop()
        await world.fast_forward(timedelta(minutes=1))
        assert len(calls) == 3


async def test_nothing_personal_is_told(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Yes, a headache")

    told = str([await ask(world, path) for path in ("/metrics", "/healthz/ready")])

    for secret in ("Ann", "Carol", str(ann.id), str(carol.id), ann.code, world.simulator.token):
        assert secret not in told
