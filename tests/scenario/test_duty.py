from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.audit import Action
from tests.scenario import rows
from tests.scenario.test_operating import operator

if TYPE_CHECKING:
    from tests.world import Person, World


async def off_duty(person: Person) -> None:
    await person.says("/duty")
    person.sees("On duty")
    await person.taps("Go off duty")


async def taken_by_carol(world: World) -> tuple[Person, Person, Person, Person]:
    """Two emergencies that Carol has; Dave was never called."""
    carol, dave, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol", "Dave"))
    for patient in (ann, ben):
        await patient.alarms()
        patient.sees("Call 112 now")
        patient.sees("Your care team has been told")
        carol.sees("EMERGENCY", patient.code)
        await carol.taps("Take")
        patient.sees("A coordinator has seen your report")
    return carol, dave, ann, ben


async def test_who_is_off_duty_is_not_called_first(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))

    await off_duty(carol)
    carol.sees("○ Carol: off duty", "You are off duty")
    await ann.alarms()

    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    dave.sees("EMERGENCY", ann.code)
    carol.sees_nothing_more()


async def test_a_coordinator_goes_on_duty_again_and_both_are_written_down(world: World) -> None:
    carol = await world.coordinator()
    await off_duty(carol)

    await carol.taps("Go on duty")

    carol.sees("● Carol: on duty", "You are on duty")
    found = [one.action for one in await rows.audit(world)]
    assert found[:2] == [Action.DUTY_BEGUN, Action.DUTY_ENDED]


async def test_the_last_one_on_duty_is_told_who_is_called_then(world: World) -> None:  # R-TRI-2
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await off_duty(carol)
    await off_duty(dave)
    dave.sees("Nobody is on duty. Pages go at once to every coordinator who can be reached.")

    await ann.alarms()

    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    for one in (carol, dave):
        one.sees("EMERGENCY", ann.code)


async def test_going_off_duty_hands_all_reports_to_a_colleague(world: World) -> None:
    carol, dave, ann, ben = await taken_by_carol(world)
    await off_duty(carol)
    carol.sees("You have 2 reports that are not closed: hand them over?")

    query = await carol.taps("Dave")

    assert carol.notice(query) == "2 reports handed over."
    await world.fast_forward(timedelta(seconds=10))
    for patient in (ann, ben):
        dave.sees("EMERGENCY", patient.code, "Taken by Dave")
        assert "Taken by Dave" in carol.message("EMERGENCY", patient.code)["text"]
    found = await rows.audit(world)
    handed = [one for one in found if one.action is Action.ESCALATION_HANDED_OVER]
    assert {one.subject for one in handed} == {"escalation:1", "escalation:2"}


async def test_reports_can_be_kept(world: World) -> None:
    carol, _dave, ann, _ben = await taken_by_carol(world)
    await off_duty(carol)

    await carol.taps("Keep them")

    carol.sees("You are off duty: pages reach you")
    assert "Taken by Carol" in carol.message("EMERGENCY", ann.code)["text"]


async def test_reports_are_handed_only_to_who_is_on_duty(world: World) -> None:
    carol, dave, ann, _ben = await taken_by_carol(world)
    await off_duty(dave)
    await off_duty(carol)
    carol.sees("No colleague on duty can be reached.")
    assert carol.labels() == ["Keep them"]

    query = await carol.forges("dh:2")

    assert "no longer does anything" in carol.notice(query)
    assert "Taken by Carol" in carol.message("EMERGENCY", ann.code)["text"]


async def test_in_quiet_hours_a_colleague_is_called_first(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await carol.says("/duty")
    carol.sees("You have no quiet hours.")
    await carol.taps("21:00 – 8:00")
    carol.sees("Your quiet hours: 21:00 to 08:00")
    assert "✓ 21:00 – 8:00" in carol.labels()

    await world.fast_forward_to("22:00")
    ann.sees("")
    await ann.alarms()

    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code)  # an emergency rings at any hour
    await carol.taps("No quiet hours")
    carol.sees("You have no quiet hours.")
    dave.sees_nothing_more()


async def test_who_blocked_the_bot_cannot_be_reached_and_operators_hear(world: World) -> None:
    olga = await operator(world)  # F44
    carol, dave, _ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await dave.blocks()
    await carol.says("/duty")
    carol.sees("○ Dave: on duty, cannot be reached")
    await world.fast_forward(timedelta(minutes=2))
    olga.sees_nothing_more()

    await carol.blocks()
    await world.fast_forward(timedelta(minutes=2))

    olga.sees("No coordinator can be reached")


async def test_duty_is_for_coordinators_only(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await ann.says("/duty")

    ann.sees("I do not know this command")
