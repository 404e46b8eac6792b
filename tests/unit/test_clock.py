from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import FollowingClock
from simulator.clock import FrozenSource, VirtualClock
from simulator.server import Simulator

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
A_MOMENT = timedelta(seconds=30)


async def test_a_following_clock_goes_with_the_simulators_and_never_back() -> None:
    simulator = Simulator(clock=VirtualClock(FrozenSource(START)))
    clock = FollowingClock(f"{await simulator.start()}/sim/state")

    await asyncio.to_thread(clock.ask)
    first = clock.now()
    simulator.clock.move_to(START + timedelta(days=3))
    await asyncio.to_thread(clock.ask)
    moved = clock.now()
    await simulator.stop()
    told = await asyncio.to_thread(clock.ask)

    assert timedelta(0) <= first - START < A_MOMENT
    assert timedelta(0) <= moved - START - timedelta(days=3) < A_MOMENT
    assert not told
    assert clock.now() >= moved


def test_a_following_clock_that_was_told_nothing_says_so() -> None:
    with pytest.raises(RuntimeError, match="nobody has told the time"):
        FollowingClock("http://127.0.0.1:9/sim/state").now()
