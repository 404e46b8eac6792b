"""The clock, travelling on it, and coming to rest."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from simulator.clock import FrozenSource, VirtualClock
from simulator.travel import TravelStalledError

if TYPE_CHECKING:
    from simulator.server import Simulator
    from tests.simulator.conftest import Phone

START = datetime(2026, 9, 1, 8, tzinfo=UTC)


class Diary:
    """Somebody with an appointment book, who writes to one person at some of them."""

    def __init__(self, sim: Simulator, due: list[datetime], *, loud: set[datetime]) -> None:
        self._sim = sim
        self._due = due
        self._loud = loud
        self.visited: list[datetime] = []

    async def next_due_at(self) -> datetime | None:
        return min(self._due, default=None)

    async def settle(self) -> None:
        now = self._sim.clock.now()
        self.visited.append(now)
        done = {due for due in self._due if due <= now}
        self._due = [due for due in self._due if due > now]
        self._sim.state.sent_by_bot += len(done & self._loud)


class Stuck:
    """Somebody who never does what is due."""

    async def next_due_at(self) -> datetime | None:
        return START

    async def settle(self) -> None:
        return


def hours(*numbers: float) -> list[datetime]:
    return [START + timedelta(hours=number) for number in numbers]


def test_the_clock_moves_forward_only() -> None:
    clock = VirtualClock(FrozenSource(START))
    clock.move_to(START + timedelta(days=3))
    assert clock.now() == START + timedelta(days=3)
    with pytest.raises(ValueError, match="backwards"):
        clock.move_to(START)
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(datetime(2027, 1, 1))  # noqa: DTZ001 - naive on purpose
    assert clock.now() == START + timedelta(days=3)


def test_a_running_source_keeps_running() -> None:
    source = iter([START, START + timedelta(seconds=1), START + timedelta(seconds=2)])
    clock = VirtualClock(lambda: next(source))
    clock.move_to(START + timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=1, seconds=1)


def test_a_clock_can_be_sure_to_have_reached_an_instant() -> None:
    clock = VirtualClock(FrozenSource(START))
    clock.reach(START + timedelta(days=1))
    clock.reach(START)
    assert clock.now() == START + timedelta(days=1)


async def test_travel_without_a_passenger_just_moves(sim: Simulator) -> None:
    assert await sim.travel(until=START + timedelta(hours=5)) == START + timedelta(hours=5)


async def test_travel_stops_at_everything_due(sim: Simulator) -> None:
    sim.passenger = diary = Diary(sim, hours(1, 2, 30), loud=set())
    await sim.travel(until=START + timedelta(hours=3))
    assert diary.visited == hours(1, 2, 3)


async def test_travel_to_the_next_message(sim: Simulator) -> None:
    sim.passenger = diary = Diary(sim, hours(1, 2, 3), loud=set(hours(2)))
    assert await sim.travel(next_message=True) == START + timedelta(hours=2)
    assert diary.visited == hours(1, 2)
    assert await sim.travel(next_message=True) == START + timedelta(hours=3)


async def test_travel_to_the_next_message_ends_after_forty_days(sim: Simulator) -> None:
    sim.passenger = Diary(sim, hours(1, 41 * 24), loud=set(hours(41 * 24)))
    assert await sim.travel(next_message=True) == START + timedelta(hours=1)


async def test_what_is_overdue_is_done_first(sim: Simulator) -> None:
    sim.passenger = diary = Diary(sim, hours(-5, 1), loud=set())
    await sim.travel(until=START + timedelta(hours=2))
    assert diary.visited == hours(0, 1, 2)


async def test_travel_ends_when_nothing_is_ever_done(sim: Simulator) -> None:
    sim.passenger = Stuck()
    await sim.travel(until=START + timedelta(minutes=5))
    assert sim.clock.now() == START + timedelta(minutes=5)
    with pytest.raises(TravelStalledError):
        await sim.travel(until=START + timedelta(days=5))
    assert not sim.state.travelling


async def test_two_journeys_wait_for_each_other(sim: Simulator) -> None:
    sim.passenger = diary = Diary(sim, hours(1, 2, 3), loud=set())
    await asyncio.gather(
        sim.travel(until=START + timedelta(hours=2)),
        sim.travel(until=START + timedelta(hours=3)),
    )
    assert diary.visited == hours(1, 2, 2, 3, 3)


async def test_quiet_waits_for_the_confirming_poll(phone: Phone) -> None:
    ann = phone.person()
    (start,) = await phone.result("getUpdates", timeout=5)
    poll = asyncio.create_task(
        phone.result("getUpdates", offset=start["update_id"] + 1, timeout=50)
    )
    await phone.polled()
    await phone.sim.quiet()
    phone.sim.control.send(ann, "x")
    quiet = asyncio.create_task(phone.sim.quiet())
    (update,) = await poll
    assert not quiet.done()
    await phone.result("getUpdates", offset=update["update_id"] + 1)
    async with asyncio.timeout(5):
        await quiet


async def test_quiet_does_not_wait_for_a_bot_that_is_gone(phone: Phone) -> None:
    ann = phone.person()
    await phone.result("getUpdates")
    phone.sim.control.send(ann, "x")
    quiet = asyncio.create_task(phone.sim.quiet())
    await phone.session.close()
    async with asyncio.timeout(5):
        await quiet


async def test_quiet_without_a_bot_is_at_once(phone: Phone) -> None:
    phone.person()
    async with asyncio.timeout(5):
        await phone.sim.quiet()
