"""Real `python -m bot run` processes that start in a moment: forked where all is imported.

A process of the nursery has imported the bot and done nothing else. Each birth is a fork of it,
which takes its environment and runs the command line from its first line on. `started_cold` does
without: a new interpreter, as an operator starts it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
LOOK_AGAIN_S = 0.003

_PRELOADED = (
    "aiosqlite",
    "asyncpg",
    "bot.commands.run",
    "matplotlib.backends.backend_agg",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.dialects.sqlite.aiosqlite",
)


class Bot:
    """One process of the bot."""

    def __init__(self, pid: int) -> None:
        """The process with this id runs."""
        self.pid = pid

    @property
    def is_alive(self) -> bool:
        """Whether it runs at all."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """End it where it stands; it cannot prevent or notice that."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    async def gone(self) -> None:
        """Return when nothing of it is left."""
        while self.is_alive:  # noqa: ASYNC110 - nobody tells us, it is not our child
            await asyncio.sleep(LOOK_AGAIN_S)


class Nursery:
    """Starts bots, all with the same environment, in a folder of their own."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Nothing runs yet; what the bots say goes to `bot.log` in the folder."""
        self._folder = folder
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        self._process: asyncio.subprocess.Process
        self._cold: list[asyncio.subprocess.Process] = []
        self.log = folder / "bot.log"

    async def open(self) -> None:
        """Import everything once."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.chaos.nursery", str(self.log)),
            cwd=self._folder,
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        await self._answer()

    async def _answer(self) -> int:
        assert self._process.stdout is not None  # noqa: S101 - it was made with a pipe
        return int(json.loads(await self._process.stdout.readline()))

    async def started(self) -> Bot:
        """A bot that begins this moment."""
        assert self._process.stdin is not None  # noqa: S101 - likewise
        self._process.stdin.write(b"\n")
        return Bot(await self._answer())

    async def started_cold(self) -> Bot:
        """A bot from a new interpreter; it begins when everything is imported."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self._cold.append(process)
        return Bot(process.pid)

    async def close(self) -> None:
        """End it, and with it every bot that it started and that still runs."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
        for process in self._cold:
            await process.wait()


def _serve(log: Path, orders: TextIO) -> None:
    """Fork a bot for each line that comes; say its process id. End with them all."""
    for name in _PRELOADED:
        __import__(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _say(os.getpid())
    for _ in orders:
        child = os.fork()
        if child == 0:
            _become_bot(log)
        _say(child)
    os.killpg(0, signal.SIGKILL)


def _say(number: int) -> None:
    sys.stdout.write(f"{json.dumps(number)}\n")
    sys.stdout.flush()


def _become_bot(log: Path) -> None:
    from bot.__main__ import main  # noqa: PLC0415 - imported long ago

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    to = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for descriptor in (1, 2):
        os.dup2(to, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os._exit(main(["run"]))


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), sys.stdin)
