from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import World


async def test_a_new_emergency_does_not_queue_behind_the_copies_of_an_old_one(
    world: World,
) -> None:
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    for person in (ann, ben):
        await person.taps("Too ill to answer")
    await ann.taps("Something is alarming")
    await world.fast_forward(timedelta(hours=8))
    carol.sees_if_any("EMERGENCY", ann.code)
    await carol.taps("Take")
    stale = [one for one in carol.messages() if "Nobody has taken it yet" in one["text"]]
    assert len(stale) > 5

    await ben.taps("Something is alarming")
    await world.fast_forward(timedelta(seconds=2))

    carol.sees("EMERGENCY", ben.code)
    for person in (ann, ben):
        person.sees("Call 112 now")
        person.sees("Your care team has been told")
    ann.sees("A coordinator has seen your report")
