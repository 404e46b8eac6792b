"""The diary as a calendar: looked at, filled in, changed, closed (F10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from care.entries import Change
from care.lifecycle import CheckInState, Outcome
from care.questions import Item
from tests.scenario import rows
from tests.scenario.test_days import ann_in, answered_monday, see_the_week
from tests.scenario.test_settings_chat import sets_zone
from tests.world import opened

if TYPE_CHECKING:
    from tests.world import Person, World

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
HEADACHE = ("Yes, a headache", "7", "4 to 12 hours", "Too ill")


async def looks(person: Person) -> str:
    """Open the diary; gives its text."""
    await person.says("/diary")
    return person.sees("Your diary")


def days(person: Person) -> list[str]:
    """The labels of the newest calendar, without its head and foot."""
    labels = person.labels()
    return [label for label in labels[10:-1] if label != "·"]


async def test_a_month_shows_what_became_of_each_day(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("19:45", days=1)
    ann.sees("Tuesday 3 March")
    for label in HEADACHE:
        await ann.taps(label)
    await world.fast_forward_to("23:00", days=2)
    see_the_week(ann)
    ann.sees_if_any("Thursday 5 March")

    text = await looks(ann)

    assert "▸ Today is Friday 6 March." in text or "Thursday 5 March" in text
    assert days(ann)[:6] == ["1", "2✓", "3⑦", "4–", "5–", "6"]
    assert "✓ no headache · ①–⑩ worst pain · – not answered" in text
    assert ann.labels()[:3] == ["·", "Mar 2026", "·"]


async def test_yesterday_is_filled_in_from_the_calendar_and_marked_late(
    world: World,
) -> None:  # R-FILL-1
    ann = await ann_in(world)
    await world.fast_forward_to("11:00", days=1)
    see_the_week(ann)
    await looks(ann)

    await ann.taps("2–")
    ann.sees("Monday 2 March", "Did you have a headache?")
    await ann.taps("No headache")

    text = ann.sees("Monday 2 March", "✓ No headache", "Filled in later.")
    assert "And the day itself?" not in text
    assert await rows.answers(world, ann, MONDAY) == {Item.HEADACHE: ("no",)}
    mondays = [one for one in ann.messages() if "Monday 2 March" in one["text"]]
    assert len(mondays) == 1


async def test_the_day_before_yesterday_is_open_and_the_one_before_it_is_closed(
    world: World,
) -> None:
    ann = await ann_in(world)
    await world.fast_forward_to("12:00", days=3)
    see_the_week(ann)
    ann.sees_if_any("Thursday 5 March")
    await looks(ann)

    await ann.taps("3–")
    await ann.taps("Too ill to answer")
    ann.sees("Tuesday 3 March", "✓ Headache, too ill to answer", "Filled in later.")
    await ann.taps("‹ Diary")
    ann.sees("Your diary")
    await ann.taps("2–")

    text = ann.sees("Monday 2 March", "This day is closed. There was no answer")
    assert "Ask your team" not in text
    assert ann.labels() == ["‹ Back"]
    await ann.taps("‹ Back")
    ann.sees("Your diary")
    assert days(ann)[:4] == ["1", "2–", "3●", "4–"]


async def test_a_closed_day_can_be_read(world: World) -> None:
    ann = await ann_in(world)
    for label in HEADACHE:
        await ann.taps(label)
    await world.fast_forward_to("12:00", days=3)
    see_the_week(ann)
    ann.sees_if_any("Thursday 5 March")
    await looks(ann)

    await ann.taps("2⑦")

    ann.sees("Monday 2 March", "✓ Headache", "✓ Worst pain: 7 of 10")
    ann.sees("Your answers are kept. Ask your team to correct them.")
    assert ann.labels() == ["‹ Back"]


async def test_a_change_from_the_calendar_keeps_what_stood_there(world: World) -> None:  # R-FILL-2
    ann = await answered_monday(world)
    await world.fast_forward_to("11:00", days=1)
    await looks(ann)

    for label in ("2✓", "Change an answer", "✓ Headache", "Yes, a headache"):
        await ann.taps(label)
    ann.sees("Monday 2 March", "✓ Headache", "Filled in later.")

    assert (await rows.history(world, ann, MONDAY))[-1] == (
        Change(item=Item.HEADACHE, before=("no",), after=("yes",))
    )


async def test_what_was_half_finished_is_resumed_the_next_morning(world: World) -> None:
    ann = await ann_in(world)
    await ann.taps("Yes, a headache")
    await world.fast_forward_to("11:00", days=1)
    ann.sees("Yesterday is still open")
    await looks(ann)

    await ann.taps("2…")

    ann.sees("Monday 2 March", "✓ Headache", "How bad was the pain")
    await ann.taps("4")
    ann.sees("✓ Worst pain: 4 of 10", "Filled in later.")


async def test_today_is_asked_from_the_calendar_before_its_time(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("10:00", days=1)
    await looks(ann)

    await ann.taps("▸3")

    ann.sees("Time for your check-in", "Tuesday 3 March")
    await ann.taps("No headache today")
    ann.sees("✓ No headache", "And the day itself?")


async def test_todays_check_in_stands_once_wherever_it_is_opened(world: World) -> None:
    ann = await ann_in(world)
    await looks(ann)

    await ann.taps("2–")
    ann.sees("Monday 2 March", "Did you have a headache?")

    assert len([one for one in ann.messages() if "Monday 2 March" in one["text"]]) == 1
    await ann.taps("No headache today")
    ann.sees("And the day itself?")


async def test_neither_a_day_before_joining_nor_one_ahead_can_be_opened(world: World) -> None:
    ann = await answered_monday(world)
    await looks(ann)

    for data in ("dd:2026-03-01", "dd:2026-03-03", "df:2026-03-01:no", "df:2026-03-03:no"):
        notice = ann.notice(await ann.forges(data))
        assert notice == "This button no longer does anything. /help shows what you can do."
    await ann.forges("dm:9999-12-01")
    await ann.forges("dm:0001-01-01")

    assert len(await rows.checkins(world, ann)) == 1
    ann.sees_if_any("Your diary")


async def test_the_calendar_leafs_through_the_months_since_joining(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    await world.fast_forward(timedelta(days=40))
    await looks(ann)

    assert ann.labels()[:3] == ["‹", "Apr 2026", "·"]
    await ann.taps("‹")
    assert ann.labels()[:3] == ["·", "Mar 2026", "›"]
    await ann.taps("›")
    assert ann.labels()[:3] == ["‹", "Apr 2026", "·"]
    await ann.taps("Close")
    ann.sees("/diary shows your diary again.")


async def test_the_diary_opens_from_help(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says("/help")
    ann.sees("What you can do here", "/diary")

    await ann.taps("My diary")

    ann.sees("Your diary")


async def test_a_day_without_a_check_in_counts_only_once_it_is_answered(world: World) -> None:
    ann = await answered_monday(world)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    await world.fast_forward_to("12:00", days=2)
    await looks(ann)
    await ann.forges("dd:2026-03-03")
    ann.sees("Tuesday 3 March", "No check-in came on this day.")
    assert ann.labels() == ["‹ Back"]
    await ann.says("/start")
    ann.sees("Welcome back")
    await looks(ann)

    await ann.forges("dd:2026-03-03")
    ann.sees("Tuesday 3 March", "No check-in came on this day.", "Did you have a headache?")
    assert [one.local_date for one in await rows.checkins(world, ann)] == [MONDAY]
    await ann.taps("Yes, a headache")
    ann.sees("✓ Headache", "Filled in later.", "How bad was the pain")
    await ann.taps("Too ill")

    assert [one.local_date for one in await rows.checkins(world, ann)] == [MONDAY, TUESDAY]
    await world.fast_forward_to("00:01", days=2)
    for _ in range(4):
        ann.sees_if_any(" March")
    assert (await rows.checkins(world, ann))[1].state is CheckInState.COMPLETED


async def test_what_was_not_delivered_stays_so_until_it_is_answered(world: World) -> None:
    ann = await answered_monday(world)
    await world.stop_bot()
    await world.fast_forward_to("12:00", days=2)
    await world.start_bot()
    await world.settle()
    ann.sees_if_any("Wednesday 4 March")
    await looks(ann)

    await ann.taps("3⊘")
    ann.sees("Tuesday 3 March", "Did you have a headache?")
    assert (await rows.outcomes(world, ann))[1] is Outcome.NOT_DELIVERED
    await ann.taps("Too ill to answer")
    ann.sees("✓ Headache, too ill to answer", "Filled in later.")

    assert (await rows.outcomes(world, ann))[1] is Outcome.ANSWERED


async def test_the_weeks_summary_says_what_was_answered_later(world: World) -> None:
    ann = await answered_monday(world)
    await world.fast_forward_to("11:00", days=2)
    see_the_week(ann)
    await looks(ann)
    await ann.taps("3–")
    await ann.taps("Too ill to answer")

    await world.fast_forward_to("20:30", days=4)

    ann.sees("Your week in review.", "1 of 2 answered later.")
    for _ in range(8):
        ann.sees_if_any(" March")


@pytest.mark.parametrize(
    "start",
    [datetime(2026, 3, 27, 8, tzinfo=UTC), datetime(2026, 10, 23, 8, tzinfo=UTC)],
    ids=["spring", "autumn"],
)
async def test_a_day_stays_open_over_a_clock_change(database: str, start: datetime) -> None:
    """Friday's day ends with Sunday, an hour sooner or later than 72 hours after its begin."""
    async with opened(database, start=start) as world:
        ann = await ann_in(world)
        friday = start.date()
        await world.fast_forward_to("23:59", days=2)
        for _ in range(8):
            ann.sees_if_any("check-in")
        ann.sees_if_any("Your week")
        await looks(ann)
        await ann.taps(f"{friday.day}–")
        await ann.taps("Too ill to answer")
        ann.sees("Filled in later.")

        await world.fast_forward_to("00:01")
        await looks(ann)
        await ann.taps(f"{friday.day}●")
        ann.sees("This day is closed. Your answers are kept.")
        ann.sees_if_any("still open")


async def test_a_date_that_a_journey_cuts_short_is_not_asked_and_can_be_filled_in(
    world: World,
) -> None:
    """East over the date line, from Honolulu's Monday morning into Kiritimati's Tuesday."""
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol, zone="Pacific/Honolulu")
    ann.sees("Time for your check-in", "Sunday 1 March")
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("10:00", zone="Pacific/Honolulu")
    ann.sees_if_any("Your week")

    await sets_zone(ann, "Pacific/Kiritimati")
    await looks(ann)
    assert days(ann)[:4] == ["1●", "2", "▸3", "4"]
    await ann.forges("dd:2026-03-02")
    ann.sees("Monday 2 March", "No check-in came on this day.")
    await ann.taps("No headache")
    ann.sees("✓ No headache", "Filled in later.")
    await world.fast_forward_to("19:45", zone="Pacific/Kiritimati")

    ann.sees("Time for your check-in", "Tuesday 3 March")
    assert [one.local_date.day for one in await rows.checkins(world, ann)] == [1, 2, 3]


async def test_a_date_lived_twice_has_one_entry_that_can_be_changed(world: World) -> None:
    """West over the date line, from Kiritimati's Tuesday evening into Honolulu's Monday."""
    carol = await world.coordinator()
    ann = await world.patient("Ann", by=carol, zone="Pacific/Kiritimati")
    ann.sees("Time for your check-in", "Monday 2 March")
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:45", zone="Pacific/Kiritimati")
    ann.sees("Time for your check-in", "Tuesday 3 March")
    await ann.taps("Yes, a headache")

    await sets_zone(ann, "Pacific/Honolulu")
    await looks(ann)
    assert days(ann)[:4] == ["1", "2●", "3…", "4"]
    await ann.taps("3…")
    await ann.taps("7")
    ann.sees("Tuesday 3 March", "✓ Worst pain: 7 of 10")
    await looks(ann)
    await ann.taps("2●")
    await ann.taps("Change or add")
    await ann.taps("✓ Headache")
    await ann.taps("No headache")
    ann.sees("Monday 2 March", "✓ No headache", "Filled in later.")

    await world.fast_forward_to("23:00", zone="Pacific/Honolulu")
    assert [one.local_date.day for one in await rows.checkins(world, ann)] == [2, 3]


async def test_two_open_days_can_be_answered_in_one_go_in_any_order(world: World) -> None:
    """A phone that was offline sends the taps at once that it had kept, the newest first."""
    ann = await ann_in(world)
    await world.fast_forward_to("19:45", days=1)
    see_the_week(ann)
    monday = ann.message("Monday 2 March")["message_id"]
    tuesday = ann.message("Tuesday 3 March")["message_id"]

    await ann.taps("Yes, a headache", on=tuesday, settle=False)
    await ann.taps("Too ill to answer", on=monday, settle=False)
    one, two = [(await rows.checkins(world, ann))[n].id for n in (0, 1)]
    await ann.forges(f"a:{two}:pk:6", on=tuesday)
    await ann.forges(f"a:{one}:fn:reduced", on=monday)

    ann.message("Tuesday 3 March", "✓ Headache", "✓ Worst pain: 6 of 10")
    ann.message("Monday 2 March", "✓ The day allowed: half or less", "Filled in later.")
    await looks(ann)
    assert days(ann)[1:3] == ["2●", "3…"]
