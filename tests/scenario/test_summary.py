from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PIL import Image

if TYPE_CHECKING:
    from tests.world import Person, World

CHECKIN = "Time for your check-in"
SUMMARY = "Your week in review."
FREE = ("No headache today", "None of these")
NOTHING_MORE = ("4 to 12 hours", "None of these", "None of these")
BAD = ("Yes, a headache", "6", *NOTHING_MORE, "None of these", "Half or less", "None of these")
SILENT = ()


async def lives(world: World, person: Person, *days: tuple[str, ...]) -> None:
    """One evening after the other: the check-in comes and is answered by these taps."""
    for labels in days:
        await tomorrow(world)
        for text in ("Yesterday is still open", "Your check-in is still open"):
            person.sees_if_any(text)
        person.sees_if_any("quiet for some days")
        person.sees_if_any(CHECKIN)
        await answers(person, labels)


async def tomorrow(world: World) -> None:
    """To the next date, shortly after the check-in's time."""
    await world.fast_forward_to("00:00")
    await world.fast_forward_to("19:45")


async def answers(person: Person, labels: tuple[str, ...]) -> None:
    for label in labels:
        await person.taps(label)


async def sunday(world: World, person: Person) -> str:
    """The text that comes by itself at 20:30."""
    await world.fast_forward_to("20:29")
    person.sees_nothing_more()
    await world.fast_forward_to("20:30")
    return person.sees(SUMMARY)


def summaries(phone: Person) -> list[dict[str, Any]]:
    return [one for one in phone.messages() if one["text"].startswith(SUMMARY)]


async def test_a_week_comes_back_by_itself_on_sunday_evening(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, BAD)
    aura = ("Yes, a headache", "8", *NOTHING_MORE, "Seeing", "Done", "5 to 60 minutes")
    await lives(world, ann, (*aura, "Half or less", "Much stress", "Done"), FREE, FREE, BAD)
    await lives(world, ann, ("Too ill to answer",), FREE)

    text = await sunday(world, ann)

    assert text.splitlines() == [
        SUMMARY,
        "",
        "You answered 7 of 7 days.",
        "Headache on 4 of 7 answered days.",
        "Pain at its worst: 6 to 8 of 10.",
        "Aura on 1 day.",
        "Noted most often: much stress (1 day).",
    ]


async def test_the_summary_is_one_picture_small_enough_for_any_phone(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, BAD)
    await lives(world, ann, FREE, BAD, SILENT, FREE, BAD, FREE)
    await sunday(world, ann)

    (message,) = summaries(ann)

    assert message["kind"] == "photo"
    assert message["protected"]
    content, _kind, _name = world.control.file(message["photo"]["url"].rpartition("/")[2])
    assert len(content) < 100_000
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        assert picture.format == "PNG"
        assert picture.size == (message["photo"]["width"], message["photo"]["height"])
        assert min(picture.size) >= 500


async def test_completeness_comes_first_and_gaps_are_named(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await lives(world, ann, BAD, SILENT, SILENT, FREE, FREE, FREE)

    text = await sunday(world, ann)

    assert text.splitlines()[2:4] == [
        "You answered 5 of 7 days.",
        "Headache on 1 of 5 answered days.",
    ]


async def test_not_delivered_is_told_apart_from_not_answered(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await lives(world, ann, FREE, SILENT)
    await world.fast_forward_to("09:30")
    ann.sees("still open")
    world.control.inject_fault("bad_gateway", method="sendMessage", chat_id=ann.id)
    await world.fast_forward_to("19:45")
    await lives(world, ann, FREE, FREE, FREE)

    text = await sunday(world, ann)

    assert text.splitlines()[2] == (
        "You answered 5 of 7 days. On 1 day the question did not reach you."
    )


async def test_a_week_without_an_answer_is_silent_on_headaches(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await lives(world, ann, *[SILENT] * 6)

    text = await sunday(world, ann)

    assert text.splitlines()[2:] == ["You answered 0 of 7 days. 3 days are still open: /diary."]


async def test_a_day_that_can_still_be_filled_in_is_not_called_unanswered(
    world: World,
) -> None:  # R-FILL-1
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await lives(world, ann, SILENT, FREE, FREE, FREE, FREE, SILENT)

    text = await sunday(world, ann)

    assert text.splitlines()[2] == "You answered 5 of 7 days. 1 day is still open: /diary."


async def test_a_week_is_compared_with_the_one_before(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, BAD)
    await lives(world, ann, BAD, BAD, SILENT, FREE, FREE, FREE)
    await sunday(world, ann)
    await lives(world, ann, BAD, FREE, FREE, FREE, FREE, FREE, FREE)

    text = await sunday(world, ann)

    assert "Headache on 1 of 7 answered days (the week before: 3 of 6)." in text


async def test_a_first_week_counts_from_the_day_of_joining(world: World) -> None:
    carol = await world.coordinator("Carol")
    await world.fast_forward_to("12:00", days=3)
    ann = await world.patient("Ann", by=carol)
    ann.sees(CHECKIN)
    await answers(ann, FREE)
    await lives(world, ann, SILENT, FREE, FREE)

    text = await sunday(world, ann)

    assert "You answered 3 of 4 days." in text


async def test_sunday_evening_is_the_patients_own(world: World) -> None:
    carol = await world.coordinator("Carol")
    ann = await world.patient("Ann", by=carol, zone="Asia/Kathmandu")
    await world.fast_forward_to("20:00", days=6, zone="Asia/Kathmandu")
    ann.sees_if_any("")

    await world.fast_forward_to("20:30", zone="Asia/Kathmandu")

    ann.sees(SUMMARY)
    (message,) = summaries(ann)
    came = datetime.fromisoformat(message["date"]).astimezone(ZoneInfo("Asia/Kathmandu"))
    assert f"{came:%a %H:%M}" == "Sun 20:30"


async def test_an_answer_after_the_summary_changes_nothing_in_it(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await lives(world, ann, FREE, FREE, FREE, FREE, FREE, SILENT)
    text = await sunday(world, ann)

    await answers(ann, BAD)

    assert "You answered 6 of 7 days." in text
    assert [one["text"] for one in summaries(ann)] == [text]


async def test_a_summary_up_to_two_days_late_is_sent(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await world.stop_bot()
    await world.fast_forward_to("20:29", days=8)

    await world.start_bot()
    await world.settle()

    assert "You answered 1 of 7 days. On 6 days the question did not reach you." in ann.sees(
        SUMMARY
    )
    ann.sees_if_any("")


async def test_a_summary_more_than_two_days_late_is_dropped(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await world.stop_bot()
    await world.fast_forward_to("20:31", days=8)

    await world.start_bot()
    await world.settle()

    assert summaries(ann) == []
    ann.sees_if_any("")
    await world.fast_forward_to("20:30", days=4)
    ann.sees(SUMMARY)
    ann.sees_if_any("")


async def test_a_patient_who_has_stopped_gets_none(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    ann.sees_if_any("")

    await world.fast_forward_to("21:00", days=6)

    ann.sees_nothing_more()


async def test_a_patient_who_blocked_the_bot_gets_none_for_that_week(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await ann.blocks()

    await world.fast_forward_to("21:00", days=6)
    await ann.blocks(blocked=False)
    await world.settle()

    assert summaries(ann) == []
    ann.sees_if_any("")


async def test_each_week_has_one_summary_although_ticks_run_again(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await answers(ann, FREE)
    await lives(world, ann, FREE, FREE, FREE, FREE, FREE, FREE)
    await sunday(world, ann)

    await world.respite.run_due()
    await world.restart()
    await world.settle()

    assert len(summaries(ann)) == 1
