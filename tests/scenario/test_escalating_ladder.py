from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.world import opened

if TYPE_CHECKING:
    from tests.world import Person, World

TEAM = ("Carol", "Dave", "Erin")


async def alarms(patient: Person) -> None:
    await patient.alarms()
    patient.sees("Call 112 now")
    patient.sees("Your care team has been told")


async def takes(coordinator: Person, patient: Person) -> None:
    await coordinator.taps("Take")
    patient.sees("A coordinator has seen your report")


def rings(phone: Person, reference: str = "E-1") -> int:
    """How often an escalation has rung here."""
    return sum(reference in one["text"] for one in phone.messages())


async def test_an_untaken_emergency_also_rings_the_next_coordinator(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    carol.sees("EMERGENCY", ann.code)

    await world.fast_forward(timedelta(minutes=4, seconds=59))
    dave.sees_nothing_more()
    await world.fast_forward(timedelta(seconds=1))

    carol.sees("EMERGENCY", "repeat 2")
    dave.sees("EMERGENCY", ann.code)


async def test_the_third_page_rings_everyone_and_so_do_all_that_follow(world: World) -> None:
    *team, ann = await world.joined("Ann", coordinators=TEAM)
    await alarms(ann)

    rung = [[rings(phone) for phone in team]]
    for at in ("09:05", "09:15", "09:30", "10:00", "10:30"):
        await world.fast_forward_to(at)
        rung.append([rings(phone) for phone in team])

    assert rung == [[1, 0, 0], [2, 1, 0], [3, 2, 1], [4, 3, 2], [5, 4, 3], [6, 5, 4]]
    for phone, count in zip(team, rung[-1], strict=True):
        for _ in range(count):
            phone.sees("EMERGENCY", ann.code)


async def test_an_urgent_report_rings_again_after_an_hour(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await ann.taps("Yes, a headache")
    await ann.taps("10")
    ann.sees("Your care team has been told")
    carol.sees("URGENT")

    await world.fast_forward(timedelta(minutes=59))
    dave.sees_nothing_more()
    await world.fast_forward(timedelta(minutes=1))

    carol.sees("URGENT", "repeat 2")
    dave.sees("URGENT", ann.code)


async def test_the_clinic_sets_the_ladder(database: str) -> None:
    ladder = {"ladder": {"emergency": {"pages_after_minutes": [0, 2], "then_every_minutes": 3}}}
    async with opened(database, clinic=ladder) as world:
        carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await alarms(ann)

        await world.fast_forward(timedelta(minutes=5))

        carol.sees("EMERGENCY")
        carol.sees("repeat 2")
        carol.sees("repeat 3")


async def test_a_coordinator_who_joins_meanwhile_is_rung_too(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    carol.sees("EMERGENCY")
    dave = await world.coordinator("Dave")

    await world.fast_forward(timedelta(minutes=5))

    carol.sees("repeat 2")
    dave.sees("EMERGENCY", ann.code)


async def test_taking_ends_the_ringing(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    await takes(carol, ann)

    await world.fast_forward(timedelta(minutes=59))

    assert rings(carol) == 1
    assert rings(dave) == 0


async def test_what_is_taken_and_forgotten_comes_back_to_its_owner(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    carol.sees("EMERGENCY")
    await takes(carol, ann)

    await world.fast_forward(timedelta(minutes=60))

    carol.sees("Still with Carol, since Mon 2 Mar, 09:00. Is it done?")
    dave.sees_nothing_more()
    await world.fast_forward(timedelta(minutes=60))
    carol.sees("Still with Carol", "Is it done?")


async def test_what_is_forgotten_by_an_owner_who_left_comes_back_to_the_others(
    world: World,
) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    carol.sees("EMERGENCY")
    await takes(carol, ann)
    await carol.blocks()

    await world.fast_forward(timedelta(minutes=1))

    dave.sees("Still with Carol", "Is it done?")
    await dave.taps("Close")
    await dave.taps("Spoke with the patient")
    ann.sees("Your care team has closed your report")


async def test_what_is_closed_never_comes_back(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    carol.sees("EMERGENCY")
    await takes(carol, ann)
    await world.fast_forward(timedelta(seconds=5))  # one message a second to a chat
    await carol.taps("Close")
    await carol.taps("False alarm")
    ann.sees("Your care team has closed your report")

    await world.fast_forward(timedelta(hours=9))

    assert rings(carol) == 1


async def test_a_repeated_alarm_counts_up_and_gives_the_number_again(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    carol.sees("EMERGENCY", "E-1")

    await ann.alarms()

    ann.sees("Call 112 now", "E-1")
    assert "Reported 2 times" in carol.message("E-1")["text"]
    assert rings(carol) == 1


async def test_a_corrected_pain_that_reaches_the_limit_again_counts_up(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Yes, a headache")
    await ann.taps("9")
    ann.sees("Your care team has been told")
    carol.sees("Worst pain 9 of 10")

    await ann.taps("Back")
    await ann.taps("10")

    page = carol.message("E-1")
    assert "Worst pain 10 of 10" in page["text"]
    assert "Reported 2 times" in page["text"]
    assert rings(carol) == 1


async def test_the_same_answer_tapped_twice_is_one_report(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Yes, a headache")
    await ann.taps("9", settle=False)
    await ann.taps("9", settle=False)
    await world.settle()

    ann.sees("Your care team has been told")
    assert "Reported" not in carol.sees("Worst pain 9 of 10")


async def test_an_alarm_and_a_pain_ring_apart(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Yes, a headache")
    await ann.taps("9")
    ann.sees("Your care team has been told", "E-1")
    await alarms(ann)

    carol.sees("URGENT", "E-1")
    carol.sees("EMERGENCY", "E-2")


async def test_after_closing_the_same_rule_rings_anew(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    carol.sees("EMERGENCY", "E-1")
    await takes(carol, ann)
    await world.fast_forward(timedelta(seconds=5))  # one message a second to a chat
    await carol.taps("Close")
    await carol.taps("Not reached")
    ann.sees("Your care team has closed your report")

    await world.fast_forward(timedelta(minutes=1))
    await ann.alarms()

    ann.sees("Call 112 now", "E-2")
    ann.sees("Your care team has been told", "E-2")
    carol.sees("EMERGENCY", "E-2", "Nobody has taken it yet")


async def test_whoever_has_an_emergency_hears_that_it_was_reported_again(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    await takes(carol, ann)
    await world.fast_forward(timedelta(minutes=20))

    for _ in range(2):
        await ann.alarms()
        ann.sees("Call 112 now", "E-1")
    await world.fast_forward(timedelta(minutes=1))

    carol.sees("EMERGENCY", "Reported 3 times", "New since Carol took it", "Please look again")
    carol.sees_nothing_more()
    dave.sees_nothing_more()
    await world.fast_forward(timedelta(minutes=60))
    carol.sees("Still with Carol", "Is it done?")


async def test_whoever_has_it_hears_that_it_got_worse(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Something is alarming")
    await ann.taps("Something else")
    await ann.taps("7 · Different")
    ann.sees("Noted for your care team")
    await carol.says("/open")
    await carol.taps("E-1")
    await takes(carol, ann)

    await ann.taps("Needs someone today")

    carol.sees("URGENT", "needs someone today", "New since Carol took it")
