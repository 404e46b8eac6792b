"""One check-in per local date: when it comes, how long it stays open (F02, F10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from care.lifecycle import Outcome
from care.questions import Item
from tests.scenario import rows
from tests.world import opened

if TYPE_CHECKING:
    from tests.world import Person, World

MONDAY = date(2026, 3, 2)


async def ann_in(world: World) -> Person:
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    return ann


async def answered_monday(world: World) -> Person:
    """Ann has joined, and answered her first check-in."""
    ann = await ann_in(world)
    await ann.taps("No headache today")
    await ann.taps("None of these")
    return ann


def see_the_week(ann: Person) -> None:
    """Let what came since Monday be as it is."""
    for text in ("Monday 2 March", "Tuesday 3 March", "Wednesday 4 March"):
        ann.sees_if_any(text)


def asked(ann: Person, zone: str = "Europe/Berlin") -> list[str]:
    """When Ann was asked for the first time each day, on the clock of a zone."""
    times = [
        datetime.fromisoformat(one["date"]).astimezone(ZoneInfo(zone))
        for one in ann.messages()
        if [*one["versions"], one][0]["text"].startswith("Time for your check-in")
    ]
    return [f"{at:%a %d %b %H:%M}" for at in times]


async def answer_each_day(
    world: World, ann: Person, *, days: int, zone: str = "Europe/Berlin"
) -> None:
    for _ in range(days):
        await world.fast_forward_to("19:45", zone=zone)
        ann.sees_if_any("Your week")
        ann.sees("Time for your check-in")
        await ann.taps("No headache today")
        await ann.taps("None of these")


async def test_over_ten_days_each_local_date_is_asked_once(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("00:00")

    await answer_each_day(world, ann, days=10)

    assert asked(ann) == [
        "Mon 02 Mar 09:00",
        *(f"{MONDAY + timedelta(days=day):%a %d %b} 19:30" for day in range(1, 11)),
    ]
    assert await rows.outcomes(world, ann) == [Outcome.ANSWERED] * 11


async def test_in_kathmandu_the_check_in_comes_at_half_past_seven_there(world: World) -> None:
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol, zone="Asia/Kathmandu")
    ann.sees("Time for your check-in")
    await ann.taps("Too ill to answer")

    await world.fast_forward_to("20:00", days=1)

    ann.sees("Tuesday 3 March", "still open")
    await world.fast_forward_to("09:00", zone="Asia/Kathmandu")
    ann.sees("Yesterday is still open", "Tuesday 3 March")
    await world.fast_forward_to("19:29", zone="Asia/Kathmandu")
    ann.sees_nothing_more()
    await world.fast_forward_to("19:30", zone="Asia/Kathmandu")
    ann.sees("Time for your check-in", "Wednesday 4 March")
    assert [asked(ann, "Asia/Kathmandu")[n] for n in (0, -1)] == [
        "Mon 02 Mar 13:45",
        "Wed 04 Mar 19:30",
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (datetime(2026, 3, 27, 8, tzinfo=UTC), ["28 Mar", "29 Mar", "30 Mar"]),
        (datetime(2026, 10, 23, 8, tzinfo=UTC), ["24 Oct", "25 Oct", "26 Oct"]),
    ],
    ids=["spring", "autumn"],
)
async def test_a_clock_change_moves_nothing_on_the_patients_clock(
    database: str, start: datetime, expected: list[str]
) -> None:
    async with opened(database, start=start) as world:
        ann = await answered_monday(world)
        await world.fast_forward_to("00:00")
        await answer_each_day(world, ann, days=3)
        await world.fast_forward_to("23:00")
        ann.sees_if_any("Your week")

        assert [at[4:] for at in asked(ann)[1:]] == [f"{day} 19:30" for day in expected]


async def test_after_midnight_a_tap_is_late_and_the_day_itself_is_not_asked(
    world: World,
) -> None:  # R-FILL-1
    ann = await ann_in(world)
    await world.fast_forward_to("00:10")
    ann.sees("still open")

    await ann.taps("No headache")

    ann.sees("✓ No headache", "Saved for that day. Thank you.")
    assert await rows.answers(world, ann, MONDAY) == {Item.HEADACHE: ("no",)}


async def test_a_question_about_the_day_that_stands_at_midnight_is_not_answered_late(
    world: World,
) -> None:  # R-FILL-1
    ann = await ann_in(world)
    await ann.taps("No headache today")
    await ann.taps("Alcohol")
    await world.fast_forward_to("00:10")

    await ann.taps("Much stress")

    ann.sees("✓ The day: alcohol", "Saved for that day")
    assert (await rows.answers(world, ann, MONDAY))[Item.EXPOSURES] == ("alcohol",)


async def test_a_day_can_be_answered_until_the_end_of_the_second_day_after(
    world: World,
) -> None:  # R-FILL-1
    ann = await ann_in(world)
    await world.fast_forward_to("23:59", days=2)
    see_the_week(ann)
    monday = ann.message("Monday 2 March")["message_id"]

    await ann.taps("Yes, a headache", on=monday)

    ann.sees("Monday 2 March", "✓ Headache", "How bad was the pain")
    assert await rows.answers(world, ann, MONDAY) == {Item.HEADACHE: ("yes",)}


async def test_then_it_is_locked_and_its_buttons_go(world: World) -> None:
    ann = await ann_in(world)
    checkin = (await rows.checkins(world, ann))[0].id
    await world.fast_forward_to("00:01", days=2)
    see_the_week(ann)

    closed = ann.message("Monday 2 March")
    assert "This day is closed. There was no answer, and that is all right." in closed["text"]
    assert not closed["keyboard"]
    query = await ann.forges(f"a:{checkin}:hd:no", on=closed["message_id"])

    assert ann.notice(query) == "This day is closed."
    assert await rows.answers(world, ann, MONDAY) == {}
    assert (await rows.outcomes(world, ann))[0] is Outcome.DELIVERED_UNANSWERED


async def test_a_locked_day_keeps_its_answers_on_the_screen(world: World) -> None:
    ann = await ann_in(world)
    await ann.taps("Yes, a headache")
    await world.fast_forward_to("00:01", days=2)
    see_the_week(ann)

    closed = ann.message("Monday 2 March")
    assert "✓ Headache" in closed["text"]
    assert "This day is closed. Your answers are kept." in closed["text"]
    assert (await rows.outcomes(world, ann))[0] is Outcome.PARTIAL


async def test_today_shows_the_check_in_again_at_the_end_of_the_chat(world: World) -> None:
    ann = await ann_in(world)
    await ann.taps("Yes, a headache")
    first = ann.message("How bad was the pain")["message_id"]

    await ann.says("/today")

    ann.sees("Monday 2 March", "✓ Headache", "How bad was the pain")
    assert first not in [one["message_id"] for one in ann.messages()]
    await ann.taps("4")
    ann.sees("✓ Worst pain: 4 of 10")


async def test_a_check_in_shown_by_today_loses_its_buttons_when_its_day_is_locked(
    world: World,
) -> None:
    ann = await ann_in(world)
    await ann.says("/today")
    await world.fast_forward_to("00:01", days=2)
    see_the_week(ann)

    mondays = [one for one in ann.messages() if "Monday 2 March" in one["text"]]

    assert [one["keyboard"] for one in mondays] == [[]]
    assert "This day is closed" in mondays[0]["text"]


async def test_today_asks_before_its_time_and_then_not_again(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("10:00", days=1)

    await ann.says("/today")
    ann.sees("Time for your check-in", "Tuesday 3 March")
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("23:00")

    ann.sees_nothing_more()
    await world.fast_forward_to("19:30")
    ann.sees("Time for your check-in", "Wednesday 4 March")


async def after_days_away(world: World, said: str = "", *tapped: str) -> Person:
    """Ann has answered Monday; it is Thursday 21:00, and no tick has run since."""
    _, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    if said:
        await ann.says(said)
    for label in tapped:
        await ann.taps(label)
    await world.stop_bot()
    world.clock.move_to(world.clock.now() + timedelta(days=3, hours=12))
    await world.start_bot()
    return ann


async def test_asking_for_today_after_an_outage_leaves_no_date_out(world: World) -> None:  # F02
    ann = await after_days_away(world)
    world.control.send(ann.id, "/today")
    await world.handle()
    await world.settle()

    ann.sees("Time for your check-in", "Thursday 5 March")
    dates = [one.local_date.day for one in await rows.checkins(world, ann)]
    assert dates == [2, 3, 4, 5]
    for person in world.people:
        person.sees_if_any("")


async def test_a_new_time_after_an_outage_leaves_no_date_out(world: World) -> None:  # F02
    ann = await after_days_away(world, "/settings", "Another time")
    await ann.taps("18:00", settle=False)
    await world.handle()
    await world.settle()

    dates = [one.local_date.day for one in await rows.checkins(world, ann)]
    assert dates == [2, 3, 4, 5]
    for person in world.people:
        person.sees_if_any("")
