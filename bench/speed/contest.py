"""A bot and the load, each in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Mapping, Sequence

PATIENCE_S = 120.0
STOP_WITHIN_S = 15.0

Found = dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Bot:
    """A contestant: its module and words, in which `{api}` is the load, and its environment."""

    words: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)

    def at(self, api: str) -> Bot:
        """The same, told where the Bot API is."""
        return Bot(
            words=[word.format(api=api) for word in self.words],
            settings={name: value.format(api=api) for name, value in self.settings.items()},
        )


async def measured(bot: Bot, *load_words: str, log: Path) -> Found:
    """What the load finds of a bot, and how busy the bot was for each tap or message."""
    async with _python("bench.speed.load", *load_words) as load:
        told = bot.at(await _line(load))
        with log.open("ab") as output:
            async with _python(*told.words, settings=told.settings, output=output) as process:
                await _line(load)
                before = _busy_seconds(process)
                found: Found = orjson.loads(await _line(load))
                busy = _busy_seconds(process) - before
    return {**found, "bot_ms": busy / max(1.0, found["done"]) * 1000}


@asynccontextmanager
async def _python(
    *words: str, settings: Mapping[str, str] | None = None, output: IO[bytes] | None = None
) -> AsyncIterator[Process]:
    """`python -m …` until the end of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *words,
        env={**os.environ, **(settings or {})},
        stdin=asyncio.subprocess.PIPE,
        stdout=output or asyncio.subprocess.PIPE,
        stderr=output,
    )
    try:
        yield process
    finally:
        await _ended(process)


async def _ended(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_WITHIN_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _line(process: Process) -> str:
    """The next line that a process prints."""
    if process.stdout is None:
        raise RuntimeError("its output goes elsewhere")
    async with asyncio.timeout(PATIENCE_S):
        found = (await process.stdout.readline()).decode().strip()
    if not found:
        raise RuntimeError("it ended before it was measured")
    return found


def _busy_seconds(process: Process) -> float:
    """How long a process has kept a processor busy so far, as Linux counts."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
