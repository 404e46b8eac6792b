"""`make bench`: our taps and messages a second, beside two bare echo bots.

The last line is one JSON object; what stands in it is explained in docs/performance.md.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import orjson

from bench.speed.contest import Bot, Found, measured
from bench.speed.databases import postgresql, sqlite
from bench.speed.prepare import environment, prepare

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

ECHOES = {
    "generator_ceiling": "bench.speed.ceiling",
    "ptb_echo": "bench.speed.ptb_echo",
    "aiogram_echo": "bench.speed.aiogram_echo",
}
RUN = ("bot", "run")
SENDING = ("bench.speed.sending",)
LAGS = ((30, 300), (1000, 4000))
"""Limits a second, and how many messages are then due at once."""
FOR_ROUTINE = 0.8
"""What the limiter leaves to check-ins; the rest is kept for escalations."""


class Bench:
    """Measures one thing after the other; nothing runs beside it."""

    def __init__(self, folder: Path, *, chats: int, seconds: float, sends: int) -> None:
        """So many people tap; so long; so many messages wait in the full outbox."""
        self._log = folder / "bots.log"
        self._chats = chats
        self._seconds = seconds
        self._sends = sends

    async def echo(self, module: str) -> Found:
        """Taps a second of a bot that only echoes."""
        return await self._taps(Bot(words=[module, "{api}"]))

    async def ours(self, url: str) -> Found:
        """Taps a second of ours, as `python -m bot run`."""
        await prepare(url, patients=self._chats, is_delivered=True)
        return await self._taps(Bot(words=RUN, settings=environment("{api}", url)))

    async def _taps(self, bot: Bot) -> Found:
        words = ("--chats", str(self._chats), "--seconds", str(self._seconds))
        return await measured(bot, *words, log=self._log)

    async def sends(self, url: str) -> Found:
        """Messages a second from a full outbox, the limiter off."""
        await prepare(url, patients=self._sends, is_delivered=False)
        bot = Bot(words=SENDING, settings=environment("{api}", url))
        return await measured(bot, "--sends", str(self._sends), log=self._log)

    async def lag(self, url: str, *, limit: int, messages: int) -> Found:
        """How late messages leave that are due at once, beside the pace that the limit allows."""
        await prepare(url, patients=messages, is_delivered=False)
        words = (*SENDING, str(limit))
        bot = Bot(words=words, settings=environment("{api}", url))
        pace = str(FOR_ROUTINE * limit)
        return await measured(bot, "--sends", str(messages), "--pace", pace, log=self._log)


async def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.speed")
    words.add_argument("--chats", type=int, default=256, help="how many people tap")
    words.add_argument("--seconds", type=float, default=5.0, help="how long, each time")
    words.add_argument("--rounds", type=int, default=3, help="the median of so many counts")
    words.add_argument("--sends", type=int, default=4000, help="messages in the full outbox")
    words.add_argument("--only", nargs="*", default=(), help="names of what to measure")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="respite-bench-") as name, postgresql() as server:
        folder = Path(name)
        bench = Bench(folder, chats=given.chats, seconds=given.seconds, sends=given.sends)
        contests: dict[str, Callable[[], Awaitable[Found]]] = {
            **{name: _echo(bench, module) for name, module in ECHOES.items()},
            "ours_sqlite": lambda: bench.ours(sqlite(folder)),
            "ours_postgres": lambda: bench.ours(server.database()),
            "sends_per_second_sqlite": lambda: bench.sends(sqlite(folder)),
            "sends_per_second_postgres": lambda: bench.sends(server.database()),
        }
        wanted = {name: run for name, run in contests.items() if name in given.only}
        if not given.only or "lag" in given.only:
            await _lags(bench, folder)
        found = await _rounds(wanted or contests, rounds=given.rounds)
    print(orjson.dumps(found).decode())


def _echo(bench: Bench, module: str) -> Callable[[], Awaitable[Found]]:
    return lambda: bench.echo(module)


async def _rounds(
    contests: dict[str, Callable[[], Awaitable[Found]]], *, rounds: int
) -> dict[str, float]:
    """Every contestant in turn, several times over; the median a second of each."""
    rates: dict[str, list[float]] = {name: [] for name in contests}
    for _ in range(rounds):
        for name, run in contests.items():
            found = await run()
            rates[name].append(found["per_second"])
            _show(name, found)
    return {name: round(median(all_of_it), 1) for name, all_of_it in rates.items()}


async def _lags(bench: Bench, folder: Path) -> None:
    for limit, messages in LAGS:
        found = await bench.lag(sqlite(folder), limit=limit, messages=messages)
        _show(f"lag_at_{limit}_a_second", found)


def _show(name: str, found: Found) -> None:
    facts = "  ".join(f"{key} {value:.2f}" for key, value in found.items())
    print(f"{name:26}{facts}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
