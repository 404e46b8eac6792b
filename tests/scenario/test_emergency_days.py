"""On the day of an emergency nothing is asked, on other days everything is (R-EMG-2)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.steps import hushing

if TYPE_CHECKING:
    from tests.world import Person, World


async def alarms(ann: Person) -> None:
    await ann.alarms()
    ann.sees("Call 112 now", "E-1")


def is_asked(person: Person) -> bool:
    """Whether the newest message asks for the headache; all others are taken note of."""
    newest = person.messages()[-1]
    person.sees_if_any("")
    return any("No headache" in one["text"] for row in newest["keyboard"] for one in row)


async def test_an_emergency_that_is_reported_again_ends_that_day_too(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.fast_forward(timedelta(days=1))
    assert is_asked(ann)
    await alarms(ann)
    ann.sees("Your care team has been told")
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    await world.fast_forward(timedelta(days=1))
    assert not is_asked(ann)

    await alarms(ann)
    await world.fast_forward_to("19:30")
    assert not is_asked(ann)
    await world.fast_forward_to("09:00")
    await world.fast_forward_to("19:30")

    assert is_asked(ann)
    carol.sees_if_any("")


async def test_an_emergency_leaves_the_day_before_as_it_was(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await world.fast_forward(timedelta(days=1))
    await alarms(ann)
    now = world.clock.now()

    async with world.uow() as uow:
        patient = await uow.people.patient_with_code(ann.code)
        assert patient is not None
        days = [now - timedelta(days=1), now, now + timedelta(days=1)]
        hushed = [await hushing.is_hushed(uow, patient, at=day) for day in days]

    assert hushed == [False, True, False]
    for person in (carol, ann):
        person.sees_if_any("")
