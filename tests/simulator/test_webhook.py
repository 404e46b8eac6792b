"""Updates delivered: with the secret, in order, again and again until taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from tests.simulator.description import check_update

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.simulator.conftest import Phone

SECRET = "s3cret_-"  # noqa: S105 - made up


class Receiver:
    """A bot's webhook that answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.taken: list[dict[str, Any]] = []
        self.secrets: set[str | None] = set()
        self.answers: list[web.Response] = []
        self.url = ""
        self._came = asyncio.Event()
        self.gate: asyncio.Event | None = None

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append(update)
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self._came.set()
        if self.gate is not None and "message" in update:
            await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else web.Response()
        if answer.status < 300:
            self.taken.append(update)
        return answer

    async def attempts(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self._came.clear()
                await self._came.wait()

    def said(self) -> list[str]:
        return [
            update["message"]["text"] if "message" in update else update["callback_query"]["data"]
            for update in self.got
        ]


@pytest.fixture
async def receiver(phone: Phone) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()
    assert [words for update in receiver.got for words in check_update(update)] == []


async def hook(phone: Phone, receiver: Receiver, **more: Any) -> None:
    await phone.result("setWebhook", url=receiver.url, secret_token=SECRET, **more)


async def test_updates_come_with_the_secret(phone: Phone, receiver: Receiver) -> None:
    ann = phone.person()
    await hook(phone, receiver)
    phone.sim.control.send(ann, "one")
    phone.sim.control.send(ann, "two")
    await phone.sim.quiet()
    assert receiver.said() == ["/start", "one", "two"]
    assert receiver.secrets == {SECRET}
    info = await phone.result("getWebhookInfo")
    assert info["pending_update_count"] == 0
    assert "last_error_message" not in info


async def test_a_refused_update_holds_its_chat_but_no_other(
    phone: Phone, receiver: Receiver
) -> None:
    ann, bea = phone.person(), phone.person("Bea")
    await phone.updates()
    receiver.answers = [web.Response(status=503), web.Response(status=503)]
    await hook(phone, receiver)
    phone.sim.control.send(ann, "one")
    phone.sim.control.send(ann, "two")
    await receiver.attempts(2)
    await phone.sim.quiet()
    assert receiver.said() == ["one", "one"]
    phone.sim.control.send(bea, "three")
    await phone.sim.quiet()
    assert receiver.said() == ["one", "one", "three"]
    info = await phone.result("getWebhookInfo")
    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    phone.later(seconds=1)
    await phone.sim.quiet()
    assert receiver.said() == ["one", "one", "three", "one", "two"]


async def test_the_waits_double_up_to_a_minute(phone: Phone, receiver: Receiver) -> None:
    ann = phone.person()
    await phone.updates()
    receiver.answers = [web.Response(status=500) for _ in range(20)]
    await hook(phone, receiver)
    phone.sim.control.send(ann, "x")
    await receiver.attempts(2)
    waits = (1, 2, 4, 8, 16, 32, 60, 60)
    for number, seconds in enumerate(waits):
        await phone.sim.quiet()
        phone.later(microseconds=seconds * 1_000_000 - 1)
        await phone.sim.quiet()
        assert len(receiver.got) == 2 + number
        phone.later(microseconds=1)
        await receiver.attempts(3 + number)


async def test_the_other_side_may_say_when(phone: Phone, receiver: Receiver) -> None:
    ann = phone.person()
    await phone.updates()
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "90"})]
    await hook(phone, receiver)
    phone.sim.control.send(ann, "x")
    await receiver.attempts(1)
    await phone.sim.quiet()
    phone.later(seconds=89)
    await phone.sim.quiet()
    assert len(receiver.got) == 1
    phone.later(seconds=1)
    await phone.sim.quiet()
    assert len(receiver.taken) == 1


async def test_a_tap_is_given_up_after_150_seconds(phone: Phone, receiver: Receiver) -> None:
    ann = phone.person()
    await phone.updates()
    receiver.answers = [web.Response(status=500), web.Response(status=500)]
    await hook(phone, receiver)
    phone.sim.control.tap(ann, 1, data="tap")
    await receiver.attempts(2)
    await phone.sim.quiet()
    phone.later(seconds=150)
    await phone.sim.quiet()
    assert receiver.said() == ["tap", "tap"]
    assert (await phone.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_tap_overtakes_a_message_of_the_same_person(
    phone: Phone, receiver: Receiver
) -> None:
    ann = phone.person()
    await phone.updates()
    receiver.gate = asyncio.Event()
    await hook(phone, receiver)
    phone.sim.control.send(ann, "one")
    phone.sim.control.send(ann, "two")
    phone.sim.control.tap(ann, 1, data="tap")
    await receiver.attempts(2)
    assert sorted(receiver.said()) == ["one", "tap"]
    receiver.gate.set()
    await phone.sim.quiet()
    assert receiver.said()[-1] == "two"


async def test_nobody_there_is_told_as_a_failure(phone: Phone, receiver: Receiver) -> None:
    phone.person()
    await phone.result("setWebhook", url="http://127.0.0.1:1/hook")
    await phone.sim.quiet()
    info = await phone.result("getWebhookInfo")
    assert info["last_error_message"] == "Connection failed: ClientConnectorError"
    await hook(phone, receiver, drop_pending_updates=True)
    await phone.sim.quiet()
    assert receiver.got == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"url": "http://example.org/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org:81/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"secret_token": "no spaces"}, "secret token contains unallowed characters"),
    ],
)
async def test_webhooks_telegram_refuses(phone: Phone, change: dict[str, str], words: str) -> None:
    wanted = {"url": "https://example.org/hook"} | change
    assert await phone.refusal("setWebhook", **wanted) == f"Bad Request: {words}"


async def test_an_empty_address_ends_it(phone: Phone, receiver: Receiver) -> None:
    await hook(phone, receiver, allowed_updates=["message"], max_connections=3)
    info = await phone.result("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (receiver.url, 3)
    assert info["allowed_updates"] == ["message"]
    await phone.result("setWebhook", url="")
    phone.person()
    await phone.sim.quiet()
    assert receiver.got == []
    assert len(await phone.result("getUpdates")) == 1
