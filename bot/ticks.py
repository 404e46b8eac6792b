"""Every recurring tick, with its interval: time only ever asks the database what is due."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot import logs
from bot.vitals import Vitals
from care.errors import StorageUnavailable
from care.lifecycle import CheckInId
from care.usecases import (
    attack,
    audit,
    check_in,
    days,
    desk,
    escalate,
    find,
    infuse,
    recover,
    remind,
    report,
    watch,
)
from care.usecases.watch import Area

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.delivery import Sender
    from bot.drawing import Drawn
    from bot.intake import Intake
    from bot.pending import PendingReplies
    from care.lifecycle import CheckIn
    from care.people import Address
    from care.ports.clock import Clock
    from care.ports.core import Core
    from care.ports.presence import Presence


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One thing that is asked again and again; `run` returns how much there was to do.

    `area`: where something must be due for it to have any work; None, anywhere.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[int]]
    area: Area | None = None


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What ticks ask besides the database: how long no update could come, and who is there."""

    silence: Callable[[], timedelta | None]
    all_is_well: Callable[[], Awaitable[int]]
    presence: Presence


def all_ticks(
    core: Core,
    *,
    intake: Intake,
    senders: tuple[Sender, Sender],
    screens: tuple[Drawn, PendingReplies],
    outside: Outside,
) -> tuple[Tick, ...]:
    """The whole list, in the order in which a standing clock runs them.

    `senders` are that of safety and that of routine; `screens` what was drawn and what waits.
    """
    safety, routine = senders
    _, pending = screens

    async def summarise() -> int:
        await days.open_due(core)  # after an outage the week's dates are put down first
        return await report.summarise_due(core)

    async def beat() -> int:
        await recover.beat(core, silent_for=outside.silence())
        return 0

    return (
        _due("checkins_opened", 5, lambda: days.open_due(core), Area.TIMETABLE),
        _due("reminders_planned", 5, lambda: remind.remind_due(core), Area.TIMETABLE),
        _due("yesterdays_offered", 30, lambda: remind.offer_due(core), Area.TIMETABLE),
        _due("attacks_asked", 5, lambda: attack.ask_due(core), Area.TIMETABLE),
        _due("summaries_planned", 10, summarise, Area.TIMETABLE),
        _due("infusions_reminded", 10, lambda: infuse.remind_due(core), Area.TIMETABLE),
        _due("digests_planned", 60, lambda: desk.digest_due(core), Area.DESK),
        _due("team_looked_for", 60, lambda: find.team_due(core, ask=outside.presence), Area.TEAM),
        _due("escalations_stepped", 5, lambda: escalate.step_due(core), Area.ESCALATIONS),
        _due("days_locked", 30, lambda: days.lock_due(core), Area.TIMETABLE),
        _due("safety_delivered", 1, safety.deliver_due, Area.OUTBOX),
        _due("routine_delivered", 1, routine.deliver_due, Area.OUTBOX),
        Tick(name="replies_shown", every=timedelta(seconds=1), run=pending.show_due),
        _due("updates_retried", 5, intake.take_up, Area.INBOX),
        _due("screens_redrawn", 10, lambda: _redraw(core, screens, intake), Area.SCREENS),
        _seldom("promises_audited", 60, lambda: audit.look_over(core), core.clock),
        _seldom("heart_beaten", 10, beat, core.clock),
        _seldom("heartbeat_sent", 60, outside.all_is_well, core.clock),
        _seldom("inbox_tidied", 3600, lambda: watch.tidy(core), core.clock),
    )


async def _redraw(core: Core, screens: tuple[Drawn, PendingReplies], intake: Intake) -> int:
    """Owe every screen that is behind its row an edit, unless one is under way."""
    drawn, pending = screens
    await note_drawn(core, drawn)

    def is_being_drawn(address: Address, checkin: CheckIn) -> bool:
        is_drawn = drawn.has(checkin.id, checkin.revision)
        return is_drawn or intake.has_in_hand(address) or pending.is_waiting(address)

    return await days.redraw_lagging(core, is_being_drawn=is_being_drawn)


def _due(name: str, seconds: float, run: Callable[[], Awaitable[int]], area: Area) -> Tick:
    return Tick(name=name, every=timedelta(seconds=seconds), run=run, area=area)


def _seldom(name: str, seconds: float, run: Callable[[], Awaitable[int]], clock: Clock) -> Tick:
    """A tick that also has work when nothing is due, but never more often than its interval."""
    every = timedelta(seconds=seconds)
    ran_at: datetime | None = None

    async def run_seldom() -> int:
        nonlocal ran_at
        now = clock.now()
        if ran_at is not None and ran_at <= now < ran_at + every:
            return 0
        ran_at = now
        return await run()

    return Tick(name=name, every=every, run=run_seldom)


async def note_drawn(core: Core, drawn: Drawn) -> None:
    """Write down what the screens show by now."""
    revisions = {CheckInId(key): value for key, value in drawn.take().items()}
    await check_in.note_drawn(core, revisions=revisions)


async def what_is_due(core: Core, drawn: Drawn) -> frozenset[Area]:
    """One look for all ticks that have an area; where it cannot be had, let each look."""
    try:
        await note_drawn(core, drawn)
        return await watch.what_is_due(core)
    except StorageUnavailable:
        return frozenset(Area)


async def run_tick(tick: Tick, vitals: Vitals) -> int:
    """Run one tick; what fails is logged and asked again next time."""
    try:
        count = await tick.run()
    except StorageUnavailable:
        logs.event("tick_postponed", logging.WARNING, tick=tick.name)
    except Exception as error:  # noqa: BLE001 - one tick's fault must not end the others
        logs.event("tick_failed", logging.ERROR, tick=tick.name, error=type(error).__name__)
    else:
        vitals.ticked(tick.name)
        return count
    return 0


class Ticker:
    """APScheduler hosting the ticks and nothing else; a late run is run, never dropped."""

    def __init__(self, ticks: Sequence[Tick], *, vitals: Vitals | None = None) -> None:
        """Host these ticks; `vitals` hears of each run that went well."""
        self._ticks = ticks
        self._vitals = vitals or Vitals()
        self._scheduler: AsyncIOScheduler | None = None
        self._nudges: dict[str, asyncio.Event] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._running = 0
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._is_ending = False

    def start(self) -> None:
        """Begin, each tick at once and then at its interval."""
        self._vitals.ticked(*(tick.name for tick in self._ticks))
        scheduler = AsyncIOScheduler(timezone=UTC)
        for tick in self._ticks:
            scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=int(tick.every.total_seconds()), timezone=UTC),
                args=[tick],
                id=tick.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        scheduler.start()
        self._scheduler = scheduler
        self._tasks.append(asyncio.create_task(self._at_once()))
        for tick in self._ticks:
            if tick.every <= timedelta(seconds=5):
                self._nudges[tick.name] = nudged = asyncio.Event()
                self._tasks.append(asyncio.create_task(self._run_when(nudged, tick)))

    async def _run(self, tick: Tick) -> None:
        if self._is_ending:
            return
        self._running += 1
        self._at_rest.clear()
        try:
            await run_tick(tick, self._vitals)
        finally:
            self._running -= 1
            if not self._running:
                self._at_rest.set()

    async def _at_once(self) -> None:
        """What came due while nobody ran, without waiting for the first interval to pass."""
        for tick in self._ticks:
            await self._run(tick)

    async def _run_when(self, nudged: asyncio.Event, tick: Tick) -> None:
        while True:
            await nudged.wait()
            nudged.clear()
            await self._run(tick)

    def nudge(self) -> None:
        """Something may have come due just now: run the quick ticks without waiting."""
        for nudged in self._nudges.values():
            nudged.set()

    async def stop(self, *, within: timedelta = timedelta(seconds=10)) -> None:
        """Let what runs finish within a bound: a message that was sent is written down."""
        self._is_ending = True
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                await self._at_rest.wait()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
