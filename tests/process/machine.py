"""A real `python -m bot`, and the people it talks to, on real time. Waits for events only."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.app import new_token, open_core
from bot.clinic_file import ClinicFile, clinic_of
from bot.clock import SystemClock
from bot.demo.phone import Thumb
from bot.settings import Settings
from care.people import Role
from care.usecases import invite
from simulator.clock import VirtualClock
from simulator.server import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
"""Longer than anything takes on a busy machine; nothing waits this long unless it has failed."""

KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR")


class Machine:
    """A folder with a bot's data in it, and a Telegram that outlives every bot."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.telegram = Simulator(clock=VirtualClock(SystemClock().now), floods=False)
        self.url = ""
        self._programs: list[Program] = []

    async def open(self) -> None:
        self.url = await self.telegram.start()

    async def close(self) -> None:
        for program in self._programs:
            await program.killed()
        await self.telegram.stop()

    def settings(self) -> dict[str, str]:
        return {
            "BOT_TOKEN": self.telegram.token,
            "BOT_API_URL": self.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'respite.db'}",
            "CLINIC_NAME": "Lindenhof Clinic",
            "CLINIC_PHONE": "030 5550 0123",
            "CLINIC_TIME_ZONE": "Europe/Berlin",
            "CLINIC_HOURS": "Mon-Sun 00:00-23:59",
            "EMERGENCY_NUMBER": "112",
        }

    async def starts(self, *words: str, **changed: str | None) -> Program:
        """`python -m bot` with these words; a setting of None is left out."""
        settings = {**self.settings(), **changed}
        found = {name: value for name, value in settings.items() if value is not None}
        program = Program(await _process(words, found, self.folder))
        self._programs.append(program)
        return program

    async def runs(self) -> Program:
        """`python -m bot run`, once it listens to Telegram."""
        program = await self.starts("run")
        await program.says("bot_started")
        return program

    async def invite(self) -> str:
        """What a coordinator writes to join, without a program of its own."""
        settings = Settings.model_validate(self._named())
        core, storage = open_core(settings, clinic_of(ClinicFile(), settings), SystemClock())
        token = new_token()
        try:
            await invite.invite_colleague(core, role=Role.COORDINATOR, token=token, language="en")
        finally:
            await storage.close()
        return f"/start {token}"

    def _named(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.settings().items()}

    def phone(self, name: str) -> Phone:
        return Phone(self.telegram, name)


async def _process(
    words: tuple[str, ...], settings: Mapping[str, str], folder: Path
) -> asyncio.subprocess.Process:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env={**kept, **settings, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


class Program:
    """One run of it: what it says, and how it ends."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said = ""

    async def says(self, *texts: str) -> str:
        """Wait for a line with all of these; gives it."""
        async with asyncio.timeout(PATIENCE_S):
            while line := await self._line():
                if all(text in line for text in texts):
                    return line
        raise AssertionError(f"it ended without saying {texts}:\n{self.said}")

    async def _line(self) -> str:
        assert self._process.stdout is not None
        line = (await self._process.stdout.readline()).decode()
        self.said += line
        return line

    async def ended(self) -> int:
        """Wait for its end; gives the exit code."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while await self._line():
                    pass
                return await self._process.wait()
        except TimeoutError:
            raise AssertionError(f"it does not end:\n{self.said}") from None

    async def stopped(self) -> int:
        """SIGTERM, and wait for its end."""
        self._process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def killed(self) -> None:
        """SIGKILL, if it still lives."""
        if self._process.returncode is None:
            self._process.kill()
        await self.ended()


class Phone(Thumb):
    """A person who waits for what is to come."""

    def __init__(self, telegram: Simulator, name: str) -> None:
        super().__init__(telegram.control, name)
        self._events = telegram.state.events

    async def sees(self, *texts: str) -> str:
        """Wait for a message that says all of these; gives its text."""
        return str((await self._when(lambda: self._saying(texts)))["text"])

    def _saying(self, texts: tuple[str, ...]) -> dict[str, Any] | None:
        return next((one for one in self.messages() if all(t in one["text"] for t in texts)), None)

    async def taps(self, label: str) -> None:
        """Wait for a button with these words, and tap it."""
        self.tap(await self._when(lambda: self.latest(label)), label)

    async def turns(self, label: str) -> None:
        """Tap a button that redraws its message, and wait until it has."""
        message = await self._when(lambda: self.latest(label))
        number, versions = message["message_id"], len(message["versions"])
        self.tap(message, label)
        await self._when(lambda: self._changed(number, versions))

    def _changed(self, number: int, versions: int) -> dict[str, Any] | None:
        found = next((one for one in self.messages() if one["message_id"] == number), None)
        return found if found and len(found["versions"]) > versions else None

    async def _when(self, look: Callable[[], dict[str, Any] | None]) -> dict[str, Any]:
        """What there is to see, now or after one of the coming events."""
        queue = self._events.listen()
        try:
            async with asyncio.timeout(PATIENCE_S):
                while (found := look()) is None:
                    await queue.get()
        finally:
            self._events.leave(queue)
        return found
