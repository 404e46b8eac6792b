"""One run: the simulator here, the bots as processes of their own, the plan round by round."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bench.chaos import phones
from bench.chaos.ledger import Ledger
from bench.chaos.mishaps import Mishaps
from bench.chaos.nursery import Nursery
from bench.chaos.plan import Cast, Leap
from bench.chaos.verdict import judge
from bot.app import new_token, open_core
from bot.clinic_file import ClinicFile, clinic_of
from bot.clock import SystemClock
from bot.settings import Settings
from care.errors import StorageUnavailable
from care.usecases import invite, watch
from simulator.clock import VirtualClock
from simulator.server import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from bench.chaos.nursery import Bot
    from bench.chaos.plan import Action, Move, Round
    from bench.chaos.verdict import Verdict

START = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("UTC"))
ZONE = ZoneInfo("Europe/Berlin")
EVENING = time(19, 30)
AT_REST_WITHIN_S = 300.0
LOOK_AGAIN_S = 0.05
HELD_BACK = timedelta(minutes=2)
MOVED_AFTER_S = 0.5
CLOCKS_AGREE_AFTER_S = 0.25
LAST_MOVES = (timedelta(seconds=65), timedelta(minutes=70))


class Chaos:
    """A clinic whose bot is killed again and again."""

    def __init__(self, folder: Path, *, database_url: str, cast: Cast) -> None:
        """Nothing runs yet."""
        source, began_at = SystemClock(), SystemClock().now()
        self._simulator = Simulator(clock=VirtualClock(lambda: START + (source.now() - began_at)))
        self._clock = self._simulator.clock
        self._control = self._simulator.control
        self._cast = cast
        self._folder = folder
        self._database_url = database_url
        self._bots: list[Bot | None] = [None] * cast.replicas
        self._doing: set[asyncio.Task[None]] = set()
        self._mishaps = Mishaps(self._simulator)
        self.ledger = Ledger(now=self._clock.now)
        self.kills = 0
        self.deaths = 0
        self.unrest: list[str] = []

    @property
    def faults(self) -> int:
        """How often the simulator failed a call as it was asked to."""
        return self._mishaps.count

    async def run(self, rounds: Iterable[Round], *, tell: Callable[[str], None]) -> Verdict:
        """Live the whole plan, and judge what came of it."""
        url = await self._simulator.start()
        settings = self._settings(url)
        clinic = clinic_of(ClinicFile(), settings)
        self._core, storage = open_core(settings, clinic, self._clock)
        self._nursery = Nursery(self._folder, _environment(settings))
        await self._nursery.open()
        watching = asyncio.create_task(self._watch())
        try:
            await self._join()
            tell("everybody has joined")
            for one in rounds:
                await self._live(one)
                if one.number % 20 == 19:
                    tell(f"{one.number + 1} kills, {len(self.ledger.taps)} taps")
            tell("the last kill is over")
            await self._finish()
            verdict = await judge(self._core, self.ledger, pain_limit=clinic.pain_limit)
            verdict.complaints += self.unrest
            if self.deaths:
                verdict.complaints.append(f"{self.deaths} processes had ended by themselves")
            return verdict
        finally:
            watching.cancel()
            await self._stop()
            await storage.close()
            await self._simulator.stop()

    def _settings(self, url: str) -> Settings:
        return Settings.model_validate(
            {
                "bot_token": self._simulator.token,
                "bot_api_url": url,
                "database_url": self._database_url,
                "clinic_name": "Lindenhof Clinic",
                "clinic_phone": "030 5550 0123",
                "clinic_time_zone": str(ZONE),
                "clinic_hours": "Mon-Sun 00:00-23:59",
                "emergency_number": "112",
                "clock_url": f"{url}/sim/state",
            }
        )

    async def _watch(self) -> None:
        events = self._simulator.state.events.listen()
        while (event := await events.get()) is not None:
            self.ledger.happened(event)

    async def _join(self) -> None:
        """Everybody comes in by an invite, while nothing fails yet."""
        self._simulator.state.floods.enabled = False
        for place in self._places():
            await self._start(place)
        team = [self._phone(name) for name in phones.TEAM[: self._cast.coordinators]]
        for phone in team:
            token = new_token()
            await invite.invite_colleague(self._core, token=token, language="en")
            await phones.join_coordinator(phone, token)
        patients = [self._phone(name) for name in phones.NAMES[: self._cast.patients]]
        for phone in patients:
            await phones.join_patient(phone, team[0])
        self._phones = [*patients, *team]
        self._simulator.state.floods.enabled = True

    def _places(self) -> range:
        return range(self._cast.replicas)

    def _phone(self, name: str) -> phones.Phone:
        return phones.Phone(self._control, name, self.ledger)

    async def _start(self, place: int, *, is_cold: bool = False) -> None:
        start = self._nursery.started_cold if is_cold else self._nursery.started
        self._bots[place] = await start()

    async def _live(self, one: Round) -> None:
        """Move time, start what is not running, let people do their things, kill."""
        if one.move is not None and not one.move.is_running:
            await self._move(one.move)
        self._mishaps.ask(one.wishes)
        for place in self._places():
            if self._bots[place] is None:
                await self._start(place, is_cold=one.is_cold)
        self._begin(self._act(one))
        await self._kill(one)

    def _begin(self, doing: Any) -> None:
        task = asyncio.create_task(doing)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _act(self, one: Round) -> None:
        """What people do in a round; a leap of time comes between two of their taps."""
        loop = asyncio.get_running_loop()
        began, leap = loop.time(), one.move if one.move and one.move.is_running else None
        for action in one.actions:
            if leap is not None and action.after_s > MOVED_AFTER_S:
                await self._move(leap)
                await asyncio.sleep(CLOCKS_AGREE_AFTER_S)
                leap = None
            await asyncio.sleep(max(0.0, began + action.after_s - loop.time()))
            self._do(action)

    def _do(self, action: Action) -> None:
        self._phones[action.person].do(action)

    async def _move(self, move: Move) -> None:
        """Move time; what cannot be asked of the database just now moves it by its seconds."""
        by = timedelta(seconds=move.seconds)
        now = self._clock.now()
        to = now + by
        match move.leap:
            case Leap.NEXT_DUE:
                with suppress(StorageUnavailable):
                    to = max(now, await watch.next_due_at(self._core) or now) + by
            case Leap.EVENING:
                local = now.astimezone(ZONE)
                evening = datetime.combine(local.date(), EVENING, ZONE)
                to = (evening if evening > local else evening + timedelta(days=1)) + by
            case Leap.SECONDS:
                pass
        self._clock.reach(to)

    async def _kill(self, one: Round) -> None:
        """Kill the victims at the call that the plan names, or when the time for it is over."""
        killed = asyncio.Event()
        loop = asyncio.get_running_loop()
        victims = [self._bots[place] for place in one.victims]

        def kill() -> None:
            if killed.is_set():
                return
            self._mishaps.disarm()
            for bot in victims:
                if bot is not None:
                    self.deaths += not bot.is_alive
                    bot.kill()
            killed.set()

        self._mishaps.arm(one.kill, kill)
        # A cold start takes its time before anything can happen to it.
        within = one.kill.within_s + (2.0 if one.is_cold else 0.0)
        timer = loop.call_later(within, kill)
        await killed.wait()
        timer.cancel()
        for place, bot in zip(one.victims, victims, strict=True):
            if bot is not None:
                await bot.gone()
            self._bots[place] = None
            self.kills += 1

    async def _finish(self) -> None:
        """Nothing fails any more; let everything come to rest, and late things come due."""
        await asyncio.gather(*self._doing)
        self._mishaps.end()
        for place in self._places():
            if self._bots[place] is None:
                await self._start(place)
        for by in LAST_MOVES:
            self._clock.reach(self._clock.now() + by)
            await asyncio.sleep(CLOCKS_AGREE_AFTER_S)
            await self._rest()

    async def _rest(self) -> None:
        """Return when nothing is due and nothing is on its way."""
        try:
            async with asyncio.timeout(AT_REST_WITHIN_S):
                await self._simulator.quiet()
                while await self._is_busy():  # noqa: ASYNC110 - a process tells nobody
                    await asyncio.sleep(LOOK_AGAIN_S)
                await self._simulator.quiet()
        except TimeoutError:
            self.unrest.append(f"no rest at {self._clock.now()}: {await self._due()}")

    async def _is_busy(self) -> bool:
        return await watch.is_anything_due(self._core) or await self._is_held_back()

    async def _is_held_back(self) -> bool:
        """Whether a promise waits for its turn, as after a flood; then time goes on until then."""
        async with self._core.new_uow(is_reading=True) as uow:
            at = await uow.outbox.next_at()
        now = self._clock.now()
        if at is None or at > now + HELD_BACK:
            return False
        self._clock.reach(max(now, at))
        return True

    async def _due(self) -> str:
        """What keeps the bot from coming to rest."""
        async with self._core.new_uow(is_reading=True) as uow:
            return (
                f"occurrences {await uow.occurrences.next_at()}, "
                f"promises {await uow.outbox.next_at()}, "
                f"escalations {await uow.escalations.next_at()}, "
                f"lagging {await uow.checkins.lagging(limit=3)}, "
                f"inbox {[one.received.update_id for one in await uow.inbox.unfinished()]}"
            )

    async def _stop(self) -> None:
        for task in self._doing:
            task.cancel()
        for bot in self._bots:
            if bot is not None:
                bot.kill()
        await self._nursery.close()


def _environment(settings: Settings) -> Mapping[str, str]:
    values = settings.model_dump(exclude_unset=True)
    values["bot_token"] = settings.bot_token.get_secret_value()
    return {name.upper(): str(value) for name, value in values.items()}
