"""Who hears of what somebody has taken who is gone or off duty (R-TRI-3, R-TRI-7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.scenario.test_escalating_hours import fever
from tests.scenario.test_escalating_ladder import alarms, takes
from tests.scenario.test_escalating_outages import moves_away

if TYPE_CHECKING:
    from tests.world import World


async def test_what_is_handed_to_somebody_who_has_just_left_comes_back_at_once(
    world: World,
) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    carol.sees("EMERGENCY")
    await takes(carol, ann)
    await moves_away(world, dave)
    await world.fast_forward(timedelta(seconds=5))

    await carol.taps("Hand over")
    await carol.taps("Dave")
    await world.fast_forward(timedelta(minutes=1))

    carol.sees_if_any("Dave cannot be reached")
    carol.sees("EMERGENCY", "Still with Dave", "Is it done?")


async def test_where_nobody_can_be_reminded_the_patient_is_told_to_call(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    await takes(carol, ann)
    await carol.blocks()

    await world.fast_forward(timedelta(minutes=1))

    ann.sees("We could not reach your care team. Please call.", "030 5550 0123")


async def test_what_is_urgent_comes_to_the_others_while_the_clinic_is_open(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await fever(ann)
    ann.sees("Your care team has been told")
    await takes(carol, ann)
    carol.sees("URGENT")
    await carol.blocks()

    await world.fast_forward(timedelta(minutes=1))

    dave.sees("URGENT", "Still with Carol")


async def test_an_alarm_repeated_after_its_owner_went_off_duty_also_rings_who_is_on(
    world: World,
) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    await takes(carol, ann)
    await carol.says("/duty")
    await carol.taps("Go off duty")
    await carol.taps("Keep them")
    await world.fast_forward(timedelta(minutes=20))
    carol.sees_if_any("")

    await ann.alarms()
    ann.sees("Call 112 now", "E-1")
    await world.fast_forward(timedelta(minutes=1))

    for one in (carol, dave):
        one.sees("EMERGENCY", "Reported 2 times", "New since Carol took it")
