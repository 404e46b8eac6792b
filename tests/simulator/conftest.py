from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import telegram

from simulator.clock import FrozenSource, VirtualClock
from simulator.server import Simulator
from tests.simulator.description import check_calls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MORNING = datetime(2026, 9, 1, 8, tzinfo=UTC)


@dataclass
class Phone:
    """One simulator over plain HTTP: the Bot API on one side, /sim on the other."""

    sim: Simulator
    url: str
    session: aiohttp.ClientSession
    expected_defects: list[str] = field(default_factory=list)
    expected_wrong: list[str] = field(default_factory=list)

    async def api(self, method: str, **params: Any) -> dict[str, Any]:
        body = {name: value for name, value in params.items() if value is not None}
        address = f"{self.url}/bot{self.sim.token}/{method}"
        async with self.session.post(address, json=body) as answer:
            given: dict[str, Any] = await answer.json()
            assert given["ok"] is (answer.status == 200)
            return given

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self.api(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        answer = await self.api(method, **params)
        assert not answer["ok"], answer
        assert answer["error_code"] != 500
        return str(answer["description"])

    async def sim_post(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"{self.url}/sim/{path}", json=body) as answer:
            return answer.status, await answer.json()

    async def sim_get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/sim/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    def person(self, name: str = "Ann", *, language: str = "en") -> int:
        """Somebody who has pressed Start."""
        user_id = self.sim.control.create_user(name, language)
        self.sim.control.send(user_id, "/start")
        return user_id

    async def updates(self, offset: int = 0) -> list[dict[str, Any]]:
        """Fetch what is there and confirm it."""
        found: list[dict[str, Any]] = await self.result("getUpdates", offset=offset, timeout=0)
        if found:
            await self.result("getUpdates", offset=found[-1]["update_id"] + 1, timeout=0)
        return found

    async def polled(self) -> None:
        """Wait until somebody waits for updates."""
        changed = asyncio.Event()
        updates = self.sim.state.updates
        updates.changed.append(changed.set)
        async with asyncio.timeout(5):
            while not updates.waiting:
                changed.clear()
                await changed.wait()

    def later(self, **amount: float) -> None:
        self.sim.clock.move_to(self.sim.clock.now() + timedelta(**amount))


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    simulator = Simulator(clock=VirtualClock(FrozenSource(MORNING)))
    yield simulator
    await simulator.stop()


@pytest.fixture
async def phone(sim: Simulator) -> AsyncIterator[Phone]:
    url = await sim.start()
    async with aiohttp.ClientSession() as session:
        phone = Phone(sim=sim, url=url, session=session)
        yield phone
    wrong = check_calls(call for call in sim.calls if call.ok)
    assert wrong == phone.expected_wrong
    assert sim.defects == phone.expected_defects


@pytest.fixture
async def bot(phone: Phone) -> AsyncIterator[telegram.Bot]:
    base = phone.url
    async with telegram.Bot(
        phone.sim.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot"
    ) as bot:
        yield bot
