from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import World


async def test_pain_at_the_limit_reaches_a_coordinator_who_takes_it(world: World) -> None:
    carol = await world.coordinator("Carol")
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")

    await ann.taps("Yes, a headache")
    await ann.taps("9")

    ann.sees("Your care team is being told", "030 5550 0123", "Any aura?")
    ann.sees("Your care team has been told")
    carol.sees("URGENT", ann.code, "Worst pain 9 of 10", "Nobody has taken it yet")

    await carol.taps("Take")

    carol.sees("Taken by Carol")
    ann.sees("A coordinator has seen your report")


async def test_an_untaken_emergency_also_rings_the_next_coordinator(world: World) -> None:
    carol = await world.coordinator("Carol")
    dave = await world.coordinator("Dave")
    ann = await world.patient("Ann", by=carol)
    ann.sees("Time for your check-in")
    await ann.taps("Something is alarming")
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code)
    dave.sees_nothing_more()

    await world.fast_forward(timedelta(minutes=5))

    carol.sees("EMERGENCY", "repeat 2")
    dave.sees("EMERGENCY", ann.code)

    await dave.taps("Take")

    assert "Taken by Dave" in carol.message("repeat 2")["text"]
    ann.sees("A coordinator has seen your report")
