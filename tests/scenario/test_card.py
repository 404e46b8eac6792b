"""The coordinator looks at one patient closely (F51), and that is written down (F61)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from care.audit import Action
from tests.scenario import rows
from tests.scenario.test_roster import BAD, FREE, answers, hush, lives

if TYPE_CHECKING:
    from tests.world import Person, World


async def opens(coordinator: Person, code: str = "P-001") -> list[str]:
    """From the list to the card; its lines."""
    await coordinator.says("/patients")
    coordinator.sees("Patients")
    await coordinator.taps(code)
    return coordinator.sees("there now").splitlines()


def cards(coordinator: Person) -> list[dict[str, Any]]:
    return [one for one in coordinator.messages() if one["kind"] == "photo" and one["keyboard"]]


async def test_a_card_says_who_and_what_of_the_newest_days(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, *BAD)
    await lives(world, ann, FREE, ("Too ill to answer",))

    lines = await opens(carol)

    assert lines == [
        "P-001 · English · 19:45 there now",
        "Can be reached.",
        "",
        "Wed 4: too ill to answer",
        "Tue 3: no headache",
        "Mon 2: pain 6, no medicine, half done",
        "",
        "28 days to Tue 3 Mar",
        "2 of 2 days answered.",
        "Headache days: not counted with 2 known days of 28; it takes 14.",
        "Migraine days: not counted with 2 known days of 28; it takes 14.",
        "Acute medicine, 30 days: none noted.",
        "Reports from pain 9 on, the clinic's limit.",
        "No infusion is scheduled.",
    ]


async def test_a_card_is_a_picture_beside_the_list_and_back_takes_it_away(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await opens(carol)

    (card,) = cards(carol)
    assert card["protected"]
    content, _kind, _name = world.control.file(card["photo"]["url"].rpartition("/")[2])
    assert len(content) < 100_000
    with Image.open(BytesIO(content)) as picture:
        assert picture.width == 1080

    await carol.taps("‹ Back")

    assert cards(carol) == []
    assert "P-001" in carol.labels()


async def test_a_card_that_is_too_old_to_be_deleted_loses_its_buttons(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await opens(carol)
    await world.fast_forward(timedelta(hours=49))
    hush(world)

    await carol.taps("‹ Back")

    assert cards(carol) == []
    assert carol.message("P-001", "there now")["kind"] == "photo"


async def test_a_code_opens_a_card_and_its_last_button_the_list(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))

    await carol.says("/patient p-001")
    carol.sees("P-001 · English")
    await carol.taps("All patients")

    carol.sees("Patients", "P-001")
    assert cards(carol) == []


async def test_a_code_that_nobody_has_and_one_that_none_looks_like(world: World) -> None:
    carol, _ann = await world.joined("Ann", coordinators=("Carol",))
    await world.invited(carol, code="K-9")

    await carol.says("/patient P-999")
    carol.sees("Nobody who has joined has the code P-999.")
    await carol.says("/patient K-9")
    carol.sees("Nobody who has joined has the code K-9.")
    notice = carol.notice(await carol.forges("kc:2"))
    assert notice.startswith("This button no longer does anything.")
    await carol.says("/patient <b>")
    carol.sees("A patient code has 1 to 12 letters")
    await carol.says("/patient")
    carol.sees("Patients")


async def test_an_open_report_is_a_button_that_shows_it(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.alarms()
    hush(world)
    await opens(carol)

    await carol.taps("EMERGENCY · E-1")

    carol.sees("EMERGENCY", "Nobody has taken it yet")
    await carol.taps("Take")
    carol.sees("Taken by Carol")
    hush(world)


async def test_the_infusions_are_a_tap_away_and_the_next_stands_on_the_card(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await carol.says("/infusions")
    for label in ("New session", ann.code, "5", "13:00", "Schedule"):
        await carol.taps(label)
    hush(world)

    lines = await opens(carol)
    assert lines[-1] == "Next infusion: Thu 5 Mar, 13:00."

    await carol.taps("Infusions")
    carol.sees("Infusions ahead")


async def test_medicine_days_stand_beside_their_limit(world: World) -> None:  # R-MOH-1, R-MOH-6
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    took = (*BAD[:3], "Another medicine", "Done", "Some relief", *BAD[4:])
    await answers(ann, *took)
    await lives(world, ann, *[took] * 7, FREE)

    lines = await opens(carol)

    assert "Acute medicine, 30 days, at least: another kind 8 (limit 10)." in lines


async def test_missing_days_are_scaled_and_said_to_be(world: World) -> None:  # R-BLK-2
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, *BAD)
    await lives(world, ann, *[BAD] * 6, (), *[FREE] * 8)

    lines = await opens(carol)

    assert "14 of 15 days answered." in lines
    assert "Headache days: 7 of 14 known, scaled to 14.0 of 28." in lines


async def test_who_cannot_be_reached_is_said(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.blocks()

    lines = await opens(carol)

    assert "⊘ Cannot be reached: has blocked the bot." in lines


async def test_that_a_card_was_looked_at_is_written_down(world: World) -> None:  # F61
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await opens(carol)
    await carol.says("/patient P-001")
    carol.sees("P-001")

    patient = await rows.patient(world, ann)
    viewed = [one for one in await rows.audit(world) if one.action is Action.PATIENT_VIEWED]

    assert [(one.actor, one.subject) for one in viewed] == [
        ("coordinator:1", f"patient:{patient.id}")
    ] * 2


async def test_no_patient_sees_a_card(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await ann.says("/patient P-001")

    ann.sees("I do not know this command")
    assert await rows.audit(world)
    assert not [one for one in await rows.audit(world) if one.action is Action.PATIENT_VIEWED]
