"""In hours and out of them: when a page, a list, a reminder comes (R-TRI-1, R-TRI-3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.scenario.test_escalating_ladder import alarms, rings
from tests.world import opened

if TYPE_CHECKING:
    from tests.world import Person, World

CLOSED = "The clinic is closed now. Your care team is told at"
TOLD = "Your care team has been told"


async def fever(patient: Person) -> None:
    """Something that is urgent."""
    await patient.taps("Something is alarming")
    await patient.taps("Something else")
    await patient.taps("2 · Fever")


async def new_medicine(patient: Person) -> None:
    """Something that can wait."""
    await patient.taps("Something is alarming")
    await patient.taps("Something else")
    await patient.taps("8 · A medicine")
    patient.sees("Noted for your care team")


async def rung_at(world: World, phone: Person, *times: str) -> dict[str, int]:
    """How often it has rung by each time of day, one after the other, over midnight too."""
    found = {}
    for at in times:
        await world.fast_forward_to(at)
        found[at] = rings(phone)
    return found


async def test_what_is_urgent_rings_while_the_clinic_is_open(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await fever(ann)
    ann.sees(TOLD)
    assert rings(carol) == 1

    monday = await rung_at(world, carol, "09:59", "10:00", "12:59", "13:00", "16:59", "23:59")
    tuesday = await rung_at(world, carol, "08:59", "09:00")

    assert list(monday.values()) == [1, 2, 2, 3, 3, 3]
    assert list(tuesday.values()) == [3, 4]
    for page in ("Take", "repeat 2", "repeat 3", "repeat 4"):
        carol.sees("URGENT", "" if page == "Take" else page)
    ann.sees_if_any("")


async def test_on_friday_afternoon_it_rings_once_and_again_on_monday(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.fast_forward(timedelta(days=4, hours=7, minutes=30))  # Friday, 16:30
    carol.sees_if_any("")
    await fever(ann)
    carol.sees("URGENT", "take it by Mon 9 Mar, 10:00")

    await world.fast_forward(timedelta(days=2, hours=16, minutes=29))
    assert rings(carol) == 1
    await world.fast_forward(timedelta(minutes=1))

    assert rings(carol) == 2
    for person in (ann, carol):
        person.sees_if_any("")


async def test_a_clinic_may_be_rung_at_any_hour(database: str) -> None:
    clinic = {"ladder": {"urgent": {"out_of_hours": "at_once"}}}
    async with opened(database, clinic=clinic) as world:
        carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await world.fast_forward_to("22:00")
        ann.sees_if_any("")

        await fever(ann)

        carol.sees("URGENT", ann.code)
        ann.sees(TOLD)
        await world.fast_forward_to("23:00")
        carol.sees("URGENT", "repeat 2")


async def test_an_emergency_rings_at_night(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.fast_forward_to("03:00")
    ann.sees_if_any("")

    await alarms(ann)

    carol.sees("EMERGENCY", ann.code, "take it by Tue 3 Mar, 03:15")
    await world.fast_forward_to("03:05")
    carol.sees("EMERGENCY", "repeat 2")


async def test_the_owner_of_what_is_urgent_is_reminded_at_the_next_opening(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await fever(ann)
    carol.sees("URGENT")
    await carol.taps("Take")
    ann.sees(TOLD)
    ann.sees("A coordinator has seen your report")

    await world.fast_forward_to("08:59")
    carol.sees_nothing_more()
    await world.fast_forward_to("09:00")

    carol.sees("Still with Carol, since Mon 2 Mar, 09:00. Is it done?")
    ann.sees_if_any("")


async def test_the_owner_of_what_can_wait_is_reminded_after_two_working_days(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await new_medicine(ann)
    await world.fast_forward_to("09:00")
    carol.sees("1 report can wait")
    await carol.taps(f"E-1 · {ann.code}")
    await carol.taps("Take")

    await world.fast_forward(timedelta(days=2) - timedelta(minutes=1))
    carol.sees_nothing_more()
    await world.fast_forward(timedelta(minutes=1))

    carol.sees("Still with Carol, since Tue 3 Mar, 09:00. Is it done?")
    ann.sees_if_any("")


async def test_on_a_day_on_which_nobody_is_there_nothing_comes(database: str) -> None:
    async with opened(database, clinic={"hours": {"closed_on": [date(2026, 3, 3)]}}) as world:
        carol, ann = await world.joined("Ann", coordinators=("Carol",))
        await new_medicine(ann)
        await world.fast_forward_to("09:00")
        await fever(ann)
        ann.sees(f"{CLOSED} Wed 4 Mar, 09:00.")
        carol.sees_nothing_more()

        await world.fast_forward_to("09:00")

        carol.sees("1 report can wait", ann.code)
        carol.sees("URGENT", ann.code)
        ann.sees_if_any("")


async def test_the_list_is_not_sent_at_the_weekend_and_names_it_until_somebody_takes_it(
    world: World,
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.fast_forward(timedelta(days=4))  # Friday, 09:00
    carol.sees_if_any("")
    await new_medicine(ann)

    await world.fast_forward(timedelta(days=3) - timedelta(minutes=1))
    carol.sees_nothing_more()
    await world.fast_forward(timedelta(minutes=1))
    carol.sees("1 report can wait", f"{ann.code} · E-1")
    await world.fast_forward(timedelta(days=1))

    carol.sees("can wait", f"{ann.code} · E-1")
    for person in (ann, carol):
        person.sees_if_any("")
