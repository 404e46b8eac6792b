"""What can wait: one list each working morning, for those on duty, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.scenario.test_duty import off_duty
from tests.scenario.test_red_flags import SEEN

if TYPE_CHECKING:
    from tests.world import Person, World

CAN_WAIT = "can wait"
GONE_FROM_LIST = "Every report of this list has been taken. /open shows what is not closed."


async def reports(world: World, *patients: Person) -> None:
    """Each has something that can wait, and it is the next working morning."""
    for patient in patients:
        await patient.taps("Something is alarming")
        await patient.taps("Something else")
        await patient.taps("8 · A medicine")
        patient.sees("Noted for your care team")
    await world.fast_forward_to("09:00")
    for patient in patients:
        patient.sees_if_any("")


def lists(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.messages() if CAN_WAIT in one["text"].split("\n")[0]]


async def test_a_report_opened_from_the_list_leads_back_to_it(world: World) -> None:
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await reports(world, ann, ben)
    carol.sees("2 reports can wait", "E-1", "E-2")

    await carol.taps(f"E-1 · {ann.code}")
    for label in ("Take", "Close …", "‹ Back", "Close …", "Spoke with the patient"):
        await carol.taps(label)
    ann.sees_if_any("")
    carol.sees("Closed", "E-1")
    await carol.taps("‹ List")

    text = carol.sees("1 report can wait", "E-2")
    assert "E-1" not in text
    await carol.taps(f"E-2 · {ben.code}")
    await carol.taps("Take")
    ben.sees_if_any("")
    await carol.taps("‹ List")
    carol.sees(GONE_FROM_LIST)


async def test_a_report_opened_from_all_that_is_open_leads_back_there(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees(SEEN)
    carol.sees("EMERGENCY", "E-1")
    await carol.says("/open")
    carol.sees("1 report is not closed", "EMERGENCY", "nobody yet")

    await carol.taps(f"E-1 · {ann.code}")
    carol.sees("EMERGENCY", "Nobody has taken it yet")
    await carol.taps("History")
    await carol.taps("‹ Back")
    await carol.taps("‹ List")

    carol.sees("1 report is not closed", "EMERGENCY", "nobody yet")


async def test_what_rings_has_no_list_to_go_back_to(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees(SEEN)
    carol.sees("EMERGENCY", "E-1")

    await carol.taps("Take")

    ann.sees_if_any("")
    assert "‹ List" not in carol.labels()


async def test_the_list_is_for_those_on_duty(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await off_duty(carol)

    await reports(world, ann)

    assert (len(lists(carol)), len(lists(dave))) == (0, 1)
    dave.sees(CAN_WAIT)
    carol.sees_if_any("off duty")


async def test_with_nobody_on_duty_everyone_has_the_list(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    for one in (carol, dave):
        await off_duty(one)
        one.sees_if_any("off duty")

    await reports(world, ann)

    for one in (carol, dave):
        one.sees(CAN_WAIT)


async def test_a_list_that_cannot_be_delivered_goes_to_who_is_next(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await off_duty(dave)
    dave.sees_if_any("off duty")
    world.control.inject_fault("blocked", method="sendMessage", chat_id=carol.id)

    await reports(world, ann)

    assert lists(carol) == []
    dave.sees("Carol cannot be reached")
    dave.sees(CAN_WAIT)
