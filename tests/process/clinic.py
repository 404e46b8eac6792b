"""A clinic whose bot is several real processes: the simulator runs here, on a clock that goes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from bot.app import new_token, open_core
from bot.clinic_file import ClinicFile, clinic_of
from bot.clock import SystemClock
from bot.demo.phone import Thumb
from bot.settings import Settings
from care.people import Role
from care.usecases import invite
from simulator.clock import VirtualClock
from simulator.server import Simulator
from tests.ports import free_port
from tests.process.front import Front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

ROOT = Path(__file__).parents[2]
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECRET = "a-secret_of-the_clinic"  # noqa: S105 - made up
WITHIN_S = 30.0


class Replica:
    """One `python -m bot run`."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._process: asyncio.subprocess.Process
        self.port = int(environment["WEBHOOK_PORT"])
        self.health = f"http://127.0.0.1:{environment['HEALTH_PORT']}"
        self.log = folder / f"replica-{self.port}.log"

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def strike(self) -> None:
        """Ends it where it stands."""
        if self._process.returncode is None:
            self._process.kill()

    async def kill(self) -> None:
        """Ends it, and returns when it is gone."""
        self.strike()
        await self._process.wait()

    async def stop(self) -> int:
        """Tells it to finish; gives its exit code."""
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(WITHIN_S):
            return await self._process.wait()


class Clinic:
    """Simulator, front, replicas and people."""

    def __init__(self, folder: Path, database_url: str, *, replicas: int) -> None:
        source, began_at = SystemClock(), SystemClock().now()
        clock = VirtualClock(lambda: START + (source.now() - began_at))
        self.simulator = Simulator(clock=clock, floods=False)
        self.control = self.simulator.control
        self._ports = [free_port() for _ in range(replicas)]
        self.front = Front(self._ports)
        self._folder = folder
        self._database_url = database_url
        self.replicas: list[Replica] = []

    async def open(self) -> None:
        """Starts all replicas at once, on a database that none of them may have seen before."""
        url = await self.simulator.start()
        values = self._values(url, await self.front.start())
        settings = Settings.model_validate({key.lower(): value for key, value in values.items()})
        self.core, self._storage = open_core(
            settings, clinic_of(ClinicFile(), settings), self.simulator.clock
        )
        inherited = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
        for port in self._ports:
            own = {"WEBHOOK_PORT": str(port), "HEALTH_PORT": str(free_port())}
            self.replicas.append(Replica(self._folder, inherited | values | own))
        await asyncio.gather(*(replica.start() for replica in self.replicas))
        await self.until(lambda: self.count("setWebhook") >= len(self.replicas))

    def _values(self, url: str, webhook_url: str) -> dict[str, str]:
        return {
            "BOT_TOKEN": self.simulator.token,
            "BOT_API_URL": url,
            "CLOCK_URL": f"{url}/sim/state",
            "DATABASE_URL": self._database_url,
            "CLINIC_NAME": "Lindenhof Clinic",
            "CLINIC_PHONE": "030 5550 0123",
            "CLINIC_TIME_ZONE": "Europe/Berlin",
            "CLINIC_HOURS": "Mon-Sun 00:00-23:59",
            "EMERGENCY_NUMBER": "112",
            "WEBHOOK_URL": webhook_url,
            "WEBHOOK_SECRET": SECRET,
        }

    async def close(self) -> None:
        for replica in self.replicas:
            await replica.kill()
        await self.front.stop()
        await self._storage.close()
        await self.simulator.stop()

    async def finish(self) -> list[int]:
        """Lets every replica finish what it has in hand; gives their exit codes."""
        await self.simulator.quiet()
        return list(await asyncio.gather(*(replica.stop() for replica in self.replicas)))

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Looks again after everything that happens at the simulator."""
        happened = asyncio.Event()
        calls, events = self.simulator.state.calls.listeners, self.simulator.state.events
        queue = events.listen()
        calls.append(listener := lambda _call: happened.set())
        try:
            async with asyncio.timeout(WITHIN_S):
                while not is_so():
                    getting = asyncio.create_task(queue.get())
                    called = asyncio.create_task(happened.wait())
                    await asyncio.wait({getting, called}, return_when=asyncio.FIRST_COMPLETED)
                    getting.cancel()
                    called.cancel()
                    happened.clear()
        finally:
            calls.remove(listener)
            events.leave(queue)

    def count(self, method: str) -> int:
        return sum(call.method == method and call.ok is True for call in self.simulator.calls)

    def logs(self) -> str:
        return "\n".join(replica.log.read_text("utf-8") for replica in self.replicas)

    async def coordinator(self, name: str) -> Phone:
        token = new_token()
        await invite.invite_colleague(self.core, role=Role.COORDINATOR, token=token, language="en")
        phone = Phone(self, name)
        phone.write(f"/start {token}")
        await phone.sees("coordinator of Lindenhof Clinic")
        return phone

    async def patient(self, name: str, by: Phone) -> Phone:
        """Invited in the chat, joined, the first check-in on the screen."""
        known = next((one["message_id"] for one in by.messages()), 0)
        by.write("/invite")
        await by.taps("English", after=known)
        text = await by.sees("?start=", after=known)
        phone = Phone(self, name)
        phone.write(f"/start {text.partition('?start=')[2].split()[0]}")
        for label in ("Next", "Next", "I agree", "Yes", "19:30", "Ask me each time"):
            await phone.turns(label)
        await phone.sees("You have joined")
        await phone.sees("Time for your check-in")
        return phone


class Phone(Thumb):
    """A person who waits for what they want to see."""

    def __init__(self, clinic: Clinic, name: str) -> None:
        super().__init__(clinic.control, name)
        self._clinic = clinic
        self.queries: list[str] = []
        self.tapped: Counter[int] = Counter()

    async def sees(self, *texts: str, after: int = 0) -> str:
        """Waits for a message with these words; gives its text."""
        found: list[str] = []

        def is_there() -> bool:
            shown = (one["text"] for one in self.messages(after=after))
            found.extend(text for text in shown if all(one in text for one in texts))
            return bool(found)

        await self._clinic.until(is_there)
        return found[0]

    async def taps(self, label: str, *, after: int = 0) -> dict[str, Any]:
        """Waits for a button and taps it; gives its message as it was."""
        await self._clinic.until(lambda: self.latest(label, after=after) is not None)
        message = self.latest(label, after=after)
        assert message is not None
        self.tap(message, label)
        return message

    @override
    def tap(self, message: dict[str, Any], label: str) -> None:
        query = self._control.tap(self.id, message["message_id"], label=label)
        self.queries.append(query)
        self.tapped[message["message_id"]] += 1

    async def taps_at_once(self, *labels: str) -> None:
        """Taps buttons of one message as quickly as a thumb can, waiting for nothing."""
        await self._clinic.until(lambda: self.latest(*labels) is not None)
        message = self.latest(*labels)
        assert message is not None
        for label in labels:
            self.tap(message, label)

    async def turns(self, label: str) -> None:
        """Taps a button and waits until the screen has changed."""
        before = await self.taps(label)
        known = (before["message_id"], len(before["versions"]))
        await self._clinic.until(lambda: self._newest() > known)

    def _newest(self) -> tuple[int, int]:
        message = next(self.messages())
        return message["message_id"], len(message["versions"])

    def texts(self) -> list[str]:
        """Everything the bot has written, oldest first."""
        return [one["text"] for one in self.messages()][::-1]


@asynccontextmanager
async def opened(folder: Path, database_url: str, *, replicas: int) -> AsyncIterator[Clinic]:
    """A clinic until the end of the block; what its replicas said is shown when it fails."""
    clinic = Clinic(folder, database_url, replicas=replicas)
    try:
        await clinic.open()
        yield clinic
    except BaseException as error:
        error.add_note(clinic.logs())
        raise
    finally:
        await clinic.close()
