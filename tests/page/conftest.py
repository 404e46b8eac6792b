from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp
import pytest
from playwright.async_api import async_playwright, expect

from simulator.clock import FrozenSource, VirtualClock
from simulator.server import Simulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator, Page

EVENING = datetime(2026, 9, 21, 17, 0, tzinfo=UTC)  # a Monday
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 20_000


@dataclass
class Bot:
    """A bot of a few lines: Bot API calls over HTTP, and the people it talks to."""

    sim: Simulator
    url: str
    session: aiohttp.ClientSession
    offset: int = 0

    async def call(self, method: str, **params: Any) -> Any:
        address = f"{self.url}/bot{self.sim.token}/{method}"
        async with self.session.post(address, json=params) as answer:
            given = await answer.json()
        assert given["ok"], given
        return given["result"]

    async def upload(
        self, method: str, field: str, name: str, content: bytes, **params: str
    ) -> Any:
        form = aiohttp.FormData(params)
        form.add_field(field, content, filename=name)
        async with self.session.post(
            f"{self.url}/bot{self.sim.token}/{method}", data=form
        ) as answer:
            given = await answer.json()
        assert given["ok"], given
        return given["result"]

    async def says(self, chat_id: int, text: str, *rows: list[Any], **params: Any) -> int:
        """Send a message, a row of buttons for every list; give its id."""
        if rows:
            params["reply_markup"] = keyboard(*rows)
        sent = await self.call("sendMessage", chat_id=chat_id, text=text, **params)
        return int(sent["message_id"])

    async def hears(self, kind: str = "message") -> dict[str, Any]:
        """Wait for the next update, which must be of this kind."""
        updates = await self.call("getUpdates", offset=self.offset, limit=1, timeout=5)
        assert updates, "nothing came within five seconds"
        self.offset = updates[0]["update_id"] + 1
        assert kind in updates[0], updates[0]
        heard: dict[str, Any] = updates[0][kind]
        return heard

    async def person(self, name: str = "Ann", *, language: str = "en") -> int:
        """Somebody who has pressed Start, which the bot has heard."""
        user_id = self.sim.control.create_user(name, language)
        self.sim.control.send(user_id, "/start")
        await self.hears()
        return user_id


def keyboard(*rows: list[Any]) -> dict[str, Any]:
    """An inline keyboard; a plain label is its own data."""
    return {
        "inline_keyboard": [
            [{"text": one, "callback_data": one} if isinstance(one, str) else one for one in row]
            for row in rows
        ]
    }


def phone(page: Page, user_id: int) -> Locator:
    return page.locator(f'.phone[data-user="{user_id}"]')


def message(page: Page, user_id: int, message_id: int) -> Locator:
    return phone(page, user_id).locator(f'[data-message="{message_id}"]')


class OpenPage(Protocol):
    """Opens the chat page and returns when its first state is drawn."""

    async def __call__(self, address: str = "/", *, width: int = 1440, **options: Any) -> Page: ...


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    sim = Simulator(clock=VirtualClock(FrozenSource(EVENING)))
    url = await sim.start()
    async with aiohttp.ClientSession() as session:
        yield Bot(sim=sim, url=url, session=session)
    await sim.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no Chromium on this machine (looked for {', '.join(NAMES)})")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        await started.close()


@pytest.fixture
async def open_page(bot: Bot, browser: Browser) -> AsyncIterator[OpenPage]:
    """The page opened as asked; at the end it must have had no error and no other address."""
    faults: list[str] = []
    elsewhere: list[str] = []

    async def open_page(address: str = "/", *, width: int = 1440, **options: Any) -> Page:
        options.setdefault("timezone_id", "Europe/Berlin")
        height = 844 if width < 700 else 900
        page = await browser.new_page(viewport={"width": width, "height": height}, **options)
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(bot.url) else elsewhere.append(request.url)
            ),
        )
        await page.goto(bot.url + address)
        await expect(page.locator("html")).to_have_attribute("data-ready", "")
        return page

    yield open_page
    assert faults == []
    assert elsewhere == []
