from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import World

AWAY = "I was away for a while. If you tapped meanwhile, please tap again."


async def test_a_check_in_open_during_a_gap_is_refreshed_with_one_sentence(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    await ann.taps("Yes, a headache")

    await world.stop_bot()
    await world.fast_forward(timedelta(minutes=5))
    await world.start_bot()
    await world.settle()

    ann.sees(AWAY, "How bad was the pain")

    await ann.taps("5")

    assert AWAY not in ann.message("Worst pain: 5")["text"]


async def test_a_short_gap_refreshes_nothing(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")

    await world.stop_bot()
    await world.fast_forward(timedelta(seconds=110))
    await world.start_bot()
    await world.settle()

    assert not any(AWAY in message["text"] for message in ann.messages())


async def test_a_completed_check_in_is_left_alone_by_a_gap(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    await ann.taps("Too ill to answer")

    await world.stop_bot()
    await world.fast_forward(timedelta(minutes=5))
    await world.start_bot()
    await world.settle()

    assert not any(AWAY in message["text"] for message in ann.messages())


async def test_nothing_is_refreshed_twice_for_one_gap(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    await world.stop_bot()
    await world.fast_forward(timedelta(minutes=5))

    await world.start_bot()
    await world.settle()
    await world.restart()
    await world.settle()

    versions = ann.message(AWAY)["versions"]
    assert sum(AWAY in version["text"] for version in versions) <= 1


async def test_an_untaken_escalation_rings_again_after_a_gap(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")

    await world.stop_bot()
    await world.fast_forward(timedelta(minutes=3))
    await world.start_bot()
    await world.settle()

    carol.sees("EMERGENCY", "repeat 2")
