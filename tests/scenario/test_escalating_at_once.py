from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import Person, World


async def test_a_new_emergency_does_not_queue_behind_the_copies_of_an_old_one(
    world: World,
) -> None:
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    for person in (ann, ben):
        await person.taps("Too ill to answer")
    await ann.alarms()
    await world.fast_forward(timedelta(hours=8))
    carol.sees_if_any("EMERGENCY", ann.code)
    await carol.taps("Take")
    stale = [one for one in carol.messages() if "Nobody has taken it yet" in one["text"]]
    assert len(stale) > 5

    await ben.alarms()
    await world.fast_forward(timedelta(seconds=2))

    carol.sees("EMERGENCY", ben.code)
    for person in (ann, ben):
        person.sees("Call 112 now")
        person.sees("Your care team has been told")
    ann.sees("A coordinator has seen your report")


async def test_an_edit_that_waits_is_made_once_however_often_the_page_changes(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code)
    world.control.inject_fault("flood", method="editMessageText", chat_id=carol.id, retry_after=60)

    for _ in range(3):
        await ann.alarms()
    before = edits(world, carol)
    await world.fast_forward(timedelta(minutes=2))

    carol.sees("Reported 4 times")
    assert edits(world, carol) == before + 1
    ann.sees_if_any("")
    carol.sees_if_any("EMERGENCY")


def edits(world: World, person: Person) -> int:
    """How often a message of this person's has been redrawn."""
    calls = [call for call in world.simulator.calls if call.method == "editMessageText"]
    return sum(str(call.params["chat_id"]) == str(person.id) for call in calls)
