"""On Monday, when the clinic opens, every coordinator gets the week in one message (F51)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from care.usecases import desk
from tests.scenario.test_roster import BAD, FREE, answers, hush, lives

if TYPE_CHECKING:
    from tests.world import Person, World

OVERVIEW = "Your overview of the week."


def digests(person: Person) -> list[dict[str, Any]]:
    return [one for one in person.messages() if one["text"].startswith(OVERVIEW)]


async def monday(world: World, at: str = "09:00") -> None:
    """To the Monday after the one on which everybody joined."""
    await world.fast_forward_to("00:30")
    while world.now().weekday() != 0:
        await world.fast_forward_to("00:30")
    await world.fast_forward_to(at)


async def test_the_week_comes_in_one_message_when_the_clinic_opens(world: World) -> None:
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await ben.alarms()
    await answers(ann, *FREE)
    await lives(world, ann, *[BAD] * 3)
    await monday(world, "08:59")
    hush(world)
    assert digests(carol) == []

    await world.fast_forward(timedelta(minutes=1))

    text = carol.sees(OVERVIEW)
    assert text.splitlines() == [
        OVERVIEW,
        "",
        "2 patients. 4 of 14 check-ins answered last week.",
        "⚑ Open reports: 1 EMERGENCY",
        "◌ Silent (2): P-002, P-001",
        "",
        "1 report in 4 weeks: 1.9 a month for each patient, 0.9 is the measure.",
    ]
    hush(world)


async def test_it_comes_at_the_opening_of_the_clinic_and_only_once(world: World) -> None:
    carol, dave, _ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await monday(world, "23:59")
    await world.fast_forward(timedelta(days=6))
    hush(world)

    for person in (carol, dave):
        (message,) = digests(person)
        came = datetime.fromisoformat(message["date"]).astimezone(world.now().tzinfo)
        assert f"{came:%a %d %b %H:%M}" == "Mon 09 Mar 09:00"

    await world.fast_forward_to("09:00")
    hush(world)
    assert len(digests(carol)) == 2


async def test_a_restart_on_monday_sends_no_second_one(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await monday(world)
    carol.sees(OVERVIEW)
    hush(world)

    await world.restart()
    await world.fast_forward(timedelta(hours=3))
    hush(world)

    assert len(digests(carol)) == 1


async def test_whoever_asks_again_or_too_early_owes_nothing(world: World) -> None:
    """As a second process on the same database does, and a tick on any other day."""
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await monday(world, "08:59")
    assert await desk.digest_due(world.respite.core) == 0
    await world.fast_forward(timedelta(minutes=1))

    assert await desk.digest_due(world.respite.core) == 0

    hush(world)
    assert len(digests(carol)) == 1


async def test_after_an_outage_it_comes_on_monday_but_not_on_tuesday(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await world.stop_bot()
    await world.fast_forward_to("15:00", days=7)
    assert world.now().weekday() == 0
    await world.start_bot()
    assert await world.respite.next_due_at() is not None
    await world.settle()
    carol.sees(OVERVIEW)

    await world.fast_forward_to("23:00", days=5)
    await world.stop_bot()
    await world.fast_forward_to("00:10", days=2)
    assert world.now().weekday() == 1
    await world.start_bot()
    await world.fast_forward(timedelta(hours=9))
    hush(world)

    assert len(digests(carol)) == 1


async def test_who_joins_the_team_on_a_monday_waits_for_the_next(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await world.fast_forward(timedelta(hours=5))
    hush(world)

    assert digests(carol) == []


async def test_who_has_blocked_the_bot_gets_none(world: World) -> None:
    carol, dave, _ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await carol.blocks()

    await monday(world)
    hush(world)

    assert (len(digests(carol)), len(digests(dave))) == (0, 1)


async def test_a_clinic_without_patients_is_left_alone(world: World) -> None:
    carol = await world.coordinator("Carol")

    await monday(world, "12:00")

    carol.sees_nothing_more()


async def test_five_are_named_and_the_rest_is_counted(world: World) -> None:
    names = [f"Person {number}" for number in range(1, 8)]
    carol, *_people = await world.joined(*names, coordinators=("Carol",))

    await monday(world)

    text = carol.sees(OVERVIEW)
    assert "◌ Silent (7): P-001, P-002, P-003, P-004, P-005, and 2 more" in text
    hush(world)


async def test_its_button_opens_the_list_and_leaves_it_standing(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await monday(world)
    hush(world)

    await carol.taps("All patients")

    carol.sees("Patients", "P-001")
    assert len(digests(carol)) == 1


async def test_a_clinic_that_is_closed_on_mondays_has_it_on_tuesday(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await world.restart(clinic_hours="Tue-Fri 07:30-12:00 13:00-16:00")
    await monday(world, "23:00")
    await world.fast_forward_to("23:00", days=2)
    hush(world)

    came = [datetime.fromisoformat(one["date"]) for one in digests(carol)]
    local = [f"{one.astimezone(world.now().tzinfo):%a %d %b %H:%M}" for one in came]
    assert local == ["Tue 03 Mar 07:30", "Tue 10 Mar 07:30"]
