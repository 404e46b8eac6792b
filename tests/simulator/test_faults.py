"""Failures on request, and the flood windows that come by themselves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.simulator.conftest import Phone


def sent(phone: Phone, chat_id: int) -> list[str]:
    messages = phone.sim.control.transcript(chat_id)["messages"]
    return [message["text"] for message in messages if message["from"]["is_bot"]]


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("flood", 429, "Too Many Requests: retry after 5"),
        ("blocked", 403, "Forbidden: bot was blocked by the user"),
        ("server_error", 500, "Internal Server Error"),
        ("unauthorized", 401, "Unauthorized"),
        (
            "conflict",
            409,
            (
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            ),
        ),
    ],
)
async def test_a_fault_fails_once_and_does_nothing(
    phone: Phone, kind: str, code: int, words: str
) -> None:
    ann = phone.person()
    phone.sim.control.inject_fault(kind, method="sendMessage")
    failed = await phone.api("sendMessage", chat_id=ann, text="x")
    assert (failed["error_code"], failed["description"]) == (code, words)
    assert sent(phone, ann) == []
    await phone.result("sendMessage", chat_id=ann, text="y")
    assert [(call.ok, call.fault) for call in phone.sim.calls] == [(False, kind), (True, None)]


async def test_a_flood_says_when_to_come_back_twice(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.control.inject_fault("flood", retry_after=17)
    address = f"{phone.url}/bot{phone.sim.token}/sendMessage"
    async with phone.session.post(address, json={"chat_id": ann, "text": "x"}) as answer:
        assert answer.headers["Retry-After"] == "17"
        assert (await answer.json())["parameters"] == {"retry_after": 17}


async def test_a_bad_gateway_speaks_html(phone: Phone) -> None:
    phone.sim.control.inject_fault("bad_gateway")
    async with phone.session.get(f"{phone.url}/bot{phone.sim.token}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
        assert "502 Bad Gateway" in await answer.text()


async def test_a_connection_can_break_before_anything_is_done(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.control.inject_fault("disconnect", chat_id=ann)
    with pytest.raises(aiohttp.ClientError):
        await phone.api("sendMessage", chat_id=ann, text="x")
    assert sent(phone, ann) == []


async def test_a_connection_can_break_after_all_is_done(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.control.inject_fault("commit_then_hang", seconds=0.01)
    with pytest.raises(aiohttp.ClientError):
        await phone.api("sendMessage", chat_id=ann, text="x")
    assert sent(phone, ann) == ["x"]


async def test_a_call_can_hang_until_the_client_gives_up(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.control.inject_fault("commit_then_hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await phone.api("sendMessage", chat_id=ann, text="x")
    assert sent(phone, ann) == ["x"]
    await phone.sim.quiet()


async def test_a_group_can_migrate_at_the_worst_moment(phone: Phone) -> None:
    group = phone.sim.control.create_group("Team", [phone.person()])
    phone.sim.control.inject_fault("migrate")
    moved = await phone.api("sendMessage", chat_id=group, text="x")
    new = moved["parameters"]["migrate_to_chat_id"]
    assert sent(phone, group) == sent(phone, new) == []
    await phone.result("sendMessage", chat_id=new, text="x")
    assert sent(phone, new) == ["x"]


async def test_a_fault_meets_what_it_was_asked_for(phone: Phone) -> None:
    ann, bea = phone.person(), phone.person("Bea")
    phone.sim.control.inject_fault("server_error", times=2, chat_id=bea)
    await phone.result("getUpdates")
    await phone.result("sendMessage", chat_id=ann, text="x")
    assert not (await phone.api("sendMessage", chat_id=bea, text="x"))["ok"]
    assert not (await phone.api("sendChatAction", chat_id=bea, action="typing"))["ok"]
    await phone.result("sendMessage", chat_id=bea, text="x")
    phone.sim.control.inject_fault("conflict")
    await phone.result("sendChatAction", chat_id=bea, action="typing")
    assert (await phone.api("getUpdates"))["error_code"] == 409
    phone.sim.control.inject_fault("flood", times=9)
    phone.sim.control.clear_faults()
    await phone.result("sendMessage", chat_id=bea, text="x")


async def test_a_chat_takes_five_at_once_and_one_a_second(phone: Phone) -> None:
    ann, bea = phone.person(), phone.person("Bea")
    for number in range(5):
        await phone.result("sendMessage", chat_id=ann, text=str(number))
    flooded = await phone.api("sendMessage", chat_id=ann, text="6")
    assert (flooded["error_code"], flooded["parameters"]) == (429, {"retry_after": 1})
    await phone.result("sendMessage", chat_id=bea, text="1")
    phone.later(seconds=1)
    await phone.result("sendMessage", chat_id=ann, text="6")
    assert (await phone.api("sendMessage", chat_id=ann, text="7"))["error_code"] == 429
    assert len(sent(phone, ann)) == 6


async def test_edits_do_not_count_in_a_private_chat(phone: Phone) -> None:
    ann = phone.person()
    message = await phone.result("sendMessage", chat_id=ann, text="0")
    for number in range(1, 20):
        which = {"chat_id": ann, "message_id": message["message_id"]}
        await phone.result("editMessageText", **which, text=str(number))


async def test_a_group_takes_twenty_a_minute_edits_included(phone: Phone) -> None:
    group = phone.sim.control.create_group("Team", [phone.person()])
    message = await phone.result("sendMessage", chat_id=group, text="0")
    which = {"chat_id": group, "message_id": message["message_id"]}
    for number in range(1, 20):
        await phone.result("editMessageText", **which, text=str(number))
    flooded = await phone.api("sendMessage", chat_id=group, text="x")
    assert flooded["parameters"] == {"retry_after": 3}
    phone.later(seconds=3)
    await phone.result("sendMessage", chat_id=group, text="x")


async def test_all_chats_together_take_thirty_a_second(phone: Phone) -> None:
    people = [phone.person(f"P{number}") for number in range(31)]
    for person in people[:30]:
        await phone.result("sendMessage", chat_id=person, text="x")
    flooded = await phone.api("sendMessage", chat_id=people[30], text="x")
    assert flooded["parameters"] == {"retry_after": 1}
    phone.later(seconds=1)
    await phone.result("sendMessage", chat_id=people[30], text="x")


async def test_the_windows_can_be_left_open(phone: Phone) -> None:
    ann = phone.person()
    phone.sim.state.floods.enabled = False
    for number in range(40):
        await phone.result("sendMessage", chat_id=ann, text=str(number))
