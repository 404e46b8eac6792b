"""Text that arrives by itself is never lost: kept, offered to the diary, erased on wish (F16)."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from care.notes import Note, NoteState
from tests.scenario import rows
from tests.scenario.test_days import ann_in, answered_monday, see_the_week

if TYPE_CHECKING:
    from tests.world import Person, World

MONDAY = date(2026, 3, 2)
WORDS = "Slept on the sofa, <b>loud</b> street & rain."
OFFER = "Shall this go into your diary?"
NO_LONGER = "This button no longer does anything. /help shows what you can do."


async def notes(world: World, person: Person, on: date = MONDAY) -> list[Note]:
    owner = await rows.patient(world, person)
    async with world.uow() as uow:
        return list(await uow.notes.on(owner.id, on))


async def test_words_are_kept_at_once_and_added_to_the_day_with_one_tap(world: World) -> None:
    ann = await answered_monday(world)

    await ann.says(WORDS)
    ann.sees(WORDS, OFFER, "Nobody reads what is written here", "030 5550 0123", "112")
    assert [one.state for one in await notes(world, ann)] == [NoteState.DRAFT]
    await ann.taps("Add to today's note")
    ann.sees(WORDS, "Added to the note of Monday 2 March.")

    assert [one.text for one in await notes(world, ann)] == [WORDS]
    ann.message("✓ No headache", f"✎ {WORDS}", "Saved. That is all for today.")
    await ann.taps("Note", on=ann.message("Added to the note")["message_id"])
    await ann.taps("Erase 1")
    await ann.taps("Yes, erase it")
    ann.sees("No note on this day.")
    assert "✎" not in ann.message("✓ No headache", "Saved. That is all for today.")["text"]


async def test_several_notes_of_a_day_are_listed_and_erased_one_by_one(world: World) -> None:
    ann = await answered_monday(world)
    for text in ("first", "second"):
        await ann.says(text)
        await ann.taps("Add to today's note")
    await ann.says("/today")
    ann.sees("✎ first\n✎ second")

    await ann.taps("Notes (2)")
    ann.sees("Monday 2 March", "1. first", "2. second")
    await ann.taps("Erase 1")
    ann.sees("Erase this note?", "first")
    await ann.taps("No, keep it")
    ann.sees("1. first", "2. second")
    await ann.taps("Erase 1")
    await ann.taps("Yes, erase it")

    ann.sees("1. second")
    assert [one.text for one in await notes(world, ann)] == ["second"]
    await ann.taps("‹ Back")
    ann.sees("✓ No headache", "✎ second")
    assert "first" not in await rows.stored(world, besides=("inbox",))


async def test_what_is_discarded_is_not_kept(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says(WORDS)

    await ann.taps("Discard")

    ann.sees("Discarded. It is not kept here.")
    assert "sofa" not in await rows.stored(world)


async def test_words_of_the_next_morning_can_be_for_yesterday(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("08:00")
    await ann.says("It came back in the night.")

    await ann.taps("For yesterday")

    ann.sees("Added to the note of Monday 2 March.")
    [found] = await notes(world, ann)
    assert found.is_late
    await ann.taps("Note")
    ann.sees("It came back in the night. (written later)")


async def test_on_the_first_day_there_is_no_yesterday(world: World) -> None:
    ann = await answered_monday(world)

    await ann.says(WORDS)

    labels = ann.labels()
    assert labels[:2] == ["Add to today's note", "Discard"]
    assert labels[2:] == ["Send to my team", "⚠ Something is alarming"]
    await ann.forges("nk:1:2026-03-01")
    assert [one.state for one in await notes(world, ann)] == [NoteState.DRAFT]
    ann.sees(OFFER)


async def test_words_survive_a_death_before_the_answer(world: World) -> None:
    ann = await ann_in(world)
    world.control.inject_fault("bad_gateway", method="sendMessage", times=3)
    await ann.says(WORDS)
    world.control.clear_faults()
    await world.restart()
    await world.settle()

    await ann.says("/today")
    await ann.taps("Note")

    ann.sees("Monday 2 March", f"1. {WORDS} (not added yet)")
    await ann.taps("Add 1")
    ann.sees("Added to the note of Monday 2 March.")
    ann.sees_if_any(OFFER)


async def test_a_text_of_the_greatest_length_is_kept_whole(world: World) -> None:
    ann = await answered_monday(world)
    text = "🙂<&" * 1024
    await ann.says(text)
    ann.sees(OFFER)

    await ann.taps("Add to today's note")
    await ann.taps("Note")

    assert [one.text for one in await notes(world, ann)] == [text]
    assert "🙂<&🙂<&" in ann.sees("Monday 2 March")


async def test_a_note_is_shown_in_the_calendar_when_its_day_is_closed(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says(WORDS)
    await ann.taps("Add to today's note")
    await world.fast_forward_to("12:00", days=3)
    see_the_week(ann)
    ann.sees_if_any("Thursday 5 March")

    await ann.says("/diary")
    await ann.taps("2✓")
    ann.sees("Monday 2 March", "✓ No headache", f"✎ {WORDS}", "This day is closed.")
    await ann.taps("Note")
    await ann.taps("Erase 1")
    await ann.taps("Yes, erase it")
    ann.sees("No note on this day.")
    await ann.taps("‹ Back")

    assert "✎" not in ann.sees("Monday 2 March", "This day is closed.")
    ann.sees_if_any("diary")


async def test_taps_twice_and_on_old_buttons_change_nothing_more(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says(WORDS)
    await ann.taps("Add to today's note")
    ann.sees("Added to the note")

    for data in ("nk:1:2026-03-02", "nk:1:2026-03-01", "nd:1"):
        await ann.forges(data)
    assert [(one.text, one.state) for one in await notes(world, ann)] == [(WORDS, NoteState.KEPT)]
    await ann.forges("ne:1:1")
    assert ann.notice(await ann.forges("ne:1:0")) == NO_LONGER


async def test_nobody_gets_at_anothers_notes(world: World) -> None:
    _, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await ann.says(WORDS)
    ann.sees(OFFER)

    for data in ("nk:1:2026-03-02", "nd:1", "ne:1:0", "ne:1:1"):
        assert ben.notice(await ben.forges(data)) == NO_LONGER
    await ben.forges("ns:2026-03-02")

    ben.sees("No note on this day.")
    assert [one.text for one in await notes(world, ann)] == [WORDS]


async def test_words_that_nobody_decides_on_are_erased_after_a_week(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    await ann.says(WORDS)
    ann.sees(OFFER)

    await world.fast_forward(timedelta(days=7, hours=2))

    assert "sofa" not in await rows.stored(world)


async def test_no_note_stands_in_a_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ann = await answered_monday(world)

    await ann.says(WORDS)
    await ann.taps("Add to today's note")
    await ann.taps("Note")

    ours = [one for one in caplog.records if one.name.startswith("respite")]
    assert ours
    assert "sofa" not in "".join(f"{one.getMessage()} {vars(one)}" for one in ours)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/todya", "today"), ("/dairy", "diary"), ("/alrm", "alarm"), ("/Helpp me", "help")],
)
async def test_a_mistyped_command_is_guessed(world: World, typed: str, meant: str) -> None:
    ann = await answered_monday(world)

    await ann.says(typed)

    ann.sees(f"I do not know this command. Did you mean /{meant}?")


async def test_a_coordinators_command_is_guessed_among_theirs(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await carol.says("/invte")
    await carol.says("/dairy")
    await ann.says("/invte")

    carol.sees("Did you mean /invite?")
    carol.sees("I do not know this command. /help shows what there is.")
    ann.sees("I do not know this command. /help shows what there is.")


async def test_nothing_is_kept_before_the_consent(world: World) -> None:
    carol = await world.coordinator()
    token = await world.invited(carol)
    ann = world.stranger("Ann")
    await ann.says(f"/start {token}")
    ann.sees("1 of 3")

    await ann.says(WORDS)

    ann.sees("Please use the buttons above")
    assert "sofa" not in await rows.stored(world)
