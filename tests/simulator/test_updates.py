"""Fetching updates: offsets, waiting, conflict, and how long Telegram keeps them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from simulator.updates import KEPT_FOR, TAP_KEPT_FOR

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone

OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_offset_confirms_what_is_below_it(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.control.send(ann, "one")
    start, one = await phone.result("getUpdates")
    assert texts([start, one]) == ["/start", "one"]
    assert one["update_id"] == start["update_id"] + 1
    assert texts(await phone.result("getUpdates", offset=one["update_id"])) == ["one"]
    assert await phone.result("getUpdates", offset=one["update_id"] + 1) == []
    assert await phone.result("getUpdates") == []


async def test_a_limit_holds(phone: Phone) -> None:
    ann = phone.person()
    for number in range(120):
        phone.sim.control.send(ann, str(number))
    assert len(await phone.result("getUpdates", offset=1, limit=3)) == 3
    assert len(await phone.result("getUpdates", offset=2)) == 100
    assert len(await phone.result("getUpdates", offset=3, limit=0)) == 1


async def test_the_same_offset_at_once_brings_one_update(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.control.send(ann, "one")
    assert len(await phone.result("getUpdates")) == 2
    assert len(await phone.result("getUpdates")) == 1


async def test_a_negative_offset_destroys_all_but_the_newest(phone: Phone) -> None:
    ann = phone.person()
    for number in range(5):
        phone.sim.control.send(ann, str(number))
    assert texts(await phone.result("getUpdates", offset=-2)) == ["3", "4"]
    assert texts(await phone.result("getUpdates")) == ["3", "4"]


async def test_a_poll_wakes_when_something_happens(phone: Phone) -> None:
    ann = phone.person()
    (start,) = await phone.updates()
    poll = asyncio.create_task(
        phone.result("getUpdates", offset=start["update_id"] + 1, timeout=50)
    )
    async with asyncio.timeout(5):
        await phone.polled()
        phone.sim.control.send(ann, "hello")
        assert texts(await poll) == ["hello"]


async def test_a_poll_ends_empty_in_real_time(phone: Phone) -> None:
    async with asyncio.timeout(5):
        assert await phone.result("getUpdates", timeout=1) == []


async def test_the_second_poller_ends_the_first(phone: Phone) -> None:
    first = asyncio.create_task(phone.api("getUpdates", timeout=50))
    async with asyncio.timeout(5):
        await phone.polled()
        assert await phone.result("getUpdates") == []
        ended = await first
    assert (ended["error_code"], ended["description"]) == (409, OTHER_POLLER)


async def test_a_webhook_ends_and_forbids_polling(phone: Phone) -> None:
    poll = asyncio.create_task(phone.api("getUpdates", timeout=50))
    async with asyncio.timeout(5):
        await phone.polled()
        await phone.result("setWebhook", url="https://example.org/hook")
        assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert await phone.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await phone.result("deleteWebhook", drop_pending_updates=True)
    assert await phone.result("getUpdates") == []


@pytest.mark.parametrize(("early", "kept"), [(1, True), (0, False)])
async def test_a_tap_lives_150_seconds(phone: Phone, early: int, *, kept: bool) -> None:
    ann = phone.person()
    phone.sim.control.tap(ann, 1, data="x")
    phone.later(microseconds=TAP_KEPT_FOR.total_seconds() * 1e6 - early)
    kinds = [kind for update in await phone.updates() for kind in update if kind != "update_id"]
    assert ("callback_query" in kinds) is kept
    assert "message" in kinds


@pytest.mark.parametrize(("early", "kept"), [(1, True), (0, False)])
async def test_a_message_lives_a_day(phone: Phone, early: int, *, kept: bool) -> None:
    phone.person()
    phone.later(microseconds=KEPT_FOR.total_seconds() * 1e6 - early)
    assert bool(await phone.updates()) is kept


async def test_only_what_was_asked_for_is_made(phone: Phone) -> None:
    ann = phone.person()
    await phone.result("getUpdates", allowed_updates=["callback_query"])
    phone.sim.control.send(ann, "not wanted")
    phone.sim.control.tap(ann, 1, data="x")
    start, tap = await phone.updates(1)
    assert start["message"]["text"] == "/start"
    assert tap["callback_query"]["data"] == "x"
    await phone.result("getUpdates", offset=-1, allowed_updates=[])
    phone.sim.control.send(ann, "wanted")
    assert texts(await phone.updates(2))[-1:] == ["wanted"]


async def test_ids_begin_elsewhere_after_a_silent_week(phone: Phone) -> None:
    ann = phone.person()
    (start,) = await phone.updates()
    phone.later(days=8)
    phone.sim.control.send(ann, "back")
    (back,) = await phone.result("getUpdates")
    assert abs(back["update_id"] - start["update_id"]) > 1


async def test_what_nobody_fetched_is_there_for_the_next_one(phone: Phone) -> None:
    phone.person()
    lost = await phone.result("getUpdates")
    again = await phone.result("getUpdates", timeout=5)
    assert lost == again
