"""The coordinator looks at everybody: who needs a look first, and why (F51)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.world import Person, World

FREE = ("No headache today", "None of these")
NOTHING_MORE = ("4 to 12 hours", "None of these", "None of these", "None of these")
BAD = ("Yes, a headache", "6", *NOTHING_MORE, "Half or less", "None of these")


async def answers(person: Person, *labels: str) -> None:
    for label in labels:
        await person.taps(label)


async def lives(world: World, person: Person, *days: tuple[str, ...]) -> None:
    """One evening after the other, beginning tomorrow: these taps answer the check-in."""
    for labels in days:
        await world.fast_forward_to("00:00")
        await world.fast_forward_to("19:45")
        await answers(person, *labels)
    hush(world)


def hush(world: World) -> None:
    """What comes by itself meanwhile is not what these tests are about."""
    for one in world.people:
        one.sees_if_any("")


async def patients(coordinator: Person) -> list[str]:
    """The lines of the list."""
    await coordinator.says("/patients")
    text = coordinator.sees("Patients")
    return [line for line in text.splitlines() if "P-0" in line]


async def test_a_clinic_without_patients_says_how_to_begin(world: World) -> None:
    carol = await world.coordinator("Carol")

    await carol.says("/patients")

    carol.sees("Patients", "No patient has joined yet. /invite makes a link.")


async def test_who_has_not_answered_is_due_and_who_has_shows_what(world: World) -> None:
    carol, ann, _ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await answers(ann, *BAD)

    lines = await patients(carol)

    assert lines == [
        "– P-002 no entry in the last three weeks",
        "P-001 Mon 2 Mar: worst pain 6",
    ]
    assert carol.labels() == [
        *("P-002", "P-001"),
        *("▸All 2", "Due 1", "Silent 0"),
        *("Worse 0", "Infusion 0", "Reports 0"),
    ]


async def test_an_open_report_comes_first_and_says_whether_somebody_has_it(world: World) -> None:
    carol, _ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await ben.alarms()
    hush(world)

    assert (await patients(carol))[0] == "⚑– P-002 not taken: EMERGENCY"

    await carol.taps("Take")
    assert (await patients(carol))[0] == "⚑– P-002 taken: EMERGENCY"
    hush(world)


async def test_silence_is_counted_and_ends_with_an_answer(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, *FREE)
    await lives(world, ann, (), (), ())

    assert await patients(carol) == ["◌ P-001 silent for 2 days"]

    await world.fast_forward_to("00:30")
    hush(world)
    assert await patients(carol) == ["◌ P-001 silent for 3 days"]

    await world.fast_forward_to("19:45")
    await answers(ann, *FREE)
    hush(world)
    assert await patients(carol) == ["P-001 Fri 6 Mar: no headache"]


async def test_a_week_that_was_worse_is_told_with_the_week_before(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, *BAD)
    await lives(world, ann, *[FREE] * 6, *[BAD] * 4, FREE)
    assert await patients(carol) == ["P-001 Fri 13 Mar: no headache"]

    await world.fast_forward_to("00:30")
    hush(world)

    line = "↑ P-001 worse: 4 headache days of 7, 1 of 5 before"
    assert await patients(carol) == [line]


async def test_a_part_of_the_list_is_a_tap_away(world: World) -> None:
    carol, ann, _ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await answers(ann, *FREE)
    await carol.says("/infusions")
    for label in ("New session", ann.code, "5", "13:00", "Schedule"):
        await carol.taps(label)
    hush(world)
    await carol.says("/patients")
    carol.sees("Patients", "◆ infusion this week")
    before = len(carol.messages())

    await carol.taps("Infusion 1")
    text = carol.sees("P-001")
    assert text.splitlines()[-1] == "◆ P-001 infusion Thu 5 Mar, 13:00"
    assert "▸Infusion 1" in carol.labels()

    await carol.taps("Silent 0")
    carol.sees("Nobody is silent.")
    assert len(carol.messages()) == before


async def test_an_infusion_in_a_week_is_not_of_this_week(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    for day in ("8", "9"):
        await carol.says("/infusions")
        for label in ("New session", ann.code, day, "13:00", "Schedule"):
            await carol.taps(label)
        hush(world)
        await carol.says("/patients")
        carol.sees("Patients")
        assert "Infusion 1" in carol.labels()
        await carol.taps("Infusion 1")
        carol.sees("infusion Sun 8 Mar, 13:00")


async def test_eight_stand_on_a_page_and_the_pages_turn_in_place(world: World) -> None:
    names = [f"Person {number}" for number in range(1, 10)]
    carol, *_people = await world.joined(*names, coordinators=("Carol",))
    await carol.says("/patients")
    text = carol.sees("Patients", "1 to 8 of 9")
    assert "P-008" in text
    assert "P-009" not in text

    await carol.taps("›")
    assert "P-009" in carol.sees("9 to 9 of 9")
    await carol.taps("‹")
    carol.sees("1 to 8 of 9")


async def test_who_blocked_the_bot_is_marked(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, *FREE)
    await ann.blocks()

    assert await patients(carol) == ["⊘ P-001 Mon 2 Mar: no headache"]


async def test_a_break_and_a_stop_are_marked_and_stand_last(world: World) -> None:
    carol, ann, ben, cleo = await world.joined("Ann", "Ben", "Cleo", coordinators=("Carol",))
    for one in (ann, ben, cleo):
        await answers(one, *FREE)
    await ann.says("/stop")
    await ann.taps("Yes")
    await ben.says("/settings")
    for label in ("A break", "3 days"):
        await ben.taps(label)
    hush(world)

    lines = await patients(carol)

    assert [line.split(" Mon")[0] for line in lines] == ["P-003", "‖ P-002", "■ P-001"]


async def test_the_list_is_for_coordinators_only(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await ann.says("/patients")

    ann.sees("I do not know this command")


async def test_a_coordinator_reads_it_in_their_language(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, *BAD)
    await carol.says("/settings")
    await carol.taps("Deutsch")
    hush(world)

    await carol.says("/patients")

    carol.sees("Patienten", "P-001 Mo, 2. März: stärkster Schmerz 6")
