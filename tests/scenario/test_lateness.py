"""What comes late because the bot was away, kind by kind; and what may not ring at night."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from care.lifecycle import Outcome
from tests.scenario import rows
from tests.scenario.test_infusing_reminders import booked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.world import Person, World

PROMPT = "Time for your check-in"
DELAYED = "It comes late today; the delay was ours."
STILL_OPEN = "Your check-in is still open"
WEEK = "Your week in review."
APPOINTMENT = "your appointment is"
PAGE = "URGENT"


async def checkin_on_tuesday(world: World) -> Person:
    """Ann has answered on Monday; her next check-in is due on Tuesday at 19:30."""
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:00", days=1)
    return ann


async def reminder_on_tuesday(world: World) -> Person:
    """Her check-in of Tuesday stands unanswered; the second reminder is due at 21:30."""
    ann = await checkin_on_tuesday(world)
    await world.fast_forward_to("19:30")
    ann.sees(PROMPT)
    return ann


async def summary_on_sunday(world: World) -> Person:
    """It is Sunday 8 March, 20:00; the summary is due at 20:30, no check-in at that time."""
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("20:00", days=6)
    for text in (PROMPT, STILL_OPEN):
        ann.sees_if_any(text)
    return ann


async def session_on_the_16th(world: World) -> Person:
    """An infusion on Monday 16 March at 13:00; the first reminder is due a week before."""
    _carol, ann = await booked(world, "16", "13:00")
    await world.fast_forward_to("12:00", days=7)
    return ann


async def page_for_carol(world: World) -> Person:
    """An urgent page is written while Carol cannot be reached; it waits."""
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    world.control.inject_fault("flood", method="sendMessage", chat_id=carol.id, retry_after=60)
    await ann.taps("Yes, a headache")
    await ann.taps("10")
    return carol


Begin = Callable[["World"], Awaitable["Person"]]
KINDS: Mapping[Begin, str] = {
    checkin_on_tuesday: PROMPT,
    reminder_on_tuesday: STILL_OPEN,
    summary_on_sunday: WEEK,
    session_on_the_16th: APPOINTMENT,
    page_for_carol: PAGE,
}
LATE = [
    ("check-in, by ten minutes", checkin_on_tuesday, timedelta(minutes=40), [PROMPT]),
    ("check-in, by an hour", checkin_on_tuesday, timedelta(hours=1.5), [PROMPT + "|" + DELAYED]),
    ("check-in, into the night", checkin_on_tuesday, timedelta(hours=4), [PROMPT]),
    ("check-in, past midnight", checkin_on_tuesday, timedelta(hours=5.5), []),
    ("second reminder, a little", reminder_on_tuesday, timedelta(hours=2.25), [STILL_OPEN]),
    ("second reminder, into the night", reminder_on_tuesday, timedelta(hours=3), []),
    ("second reminder, by a night", reminder_on_tuesday, timedelta(hours=13), []),
    ("summary, by an hour", summary_on_sunday, timedelta(hours=1.5), [WEEK]),
    ("summary, into the night", summary_on_sunday, timedelta(hours=3), []),
    ("summary, by a day", summary_on_sunday, timedelta(hours=23), [WEEK]),
    ("summary, by more than two days", summary_on_sunday, timedelta(hours=49), []),
    ("infusion reminder, by an hour", session_on_the_16th, timedelta(hours=2), [APPOINTMENT]),
    ("infusion reminders, four at once", session_on_the_16th, timedelta(days=7), [APPOINTMENT]),
    ("infusion reminder, after it began", session_on_the_16th, timedelta(days=7, hours=2), []),
    ("page, by an hour", page_for_carol, timedelta(hours=1), [PAGE]),
    ("page, by three days", page_for_carol, timedelta(days=3), [PAGE]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "away", "expected"), [row[1:] for row in LATE], ids=[row[0] for row in LATE]
)
async def test_what_is_late_is_caught_up_or_dropped_by_its_kind(
    world: World,
    begin: Begin,
    away: timedelta,
    expected: list[str],
) -> None:
    person = await begin(world)
    await world.stop_bot()
    known = {one["message_id"] for one in person.messages()}
    world.clock.move_to(world.clock.now() + away)

    await world.start_bot()
    await world.settle()

    new = [one for one in person.messages() if one["message_id"] not in known]
    found = [one["text"] for one in new if KINDS[begin] in one["text"]]
    assert len(found) == len(expected), [one["text"] for one in new]
    for text, words in zip(found, expected, strict=True):
        assert all(word in text for word in words.split("|"))
    for other in world.people:
        other.sees_if_any("")


def is_silent(world: World, person: Person, words: str) -> bool:
    """Whether the newest message with these words came without a sound."""
    calls: list[Any] = [
        call
        for call in world.control.calls
        if call.method == "sendMessage"
        and call.params["chat_id"] == person.id
        and words in call.params["text"]
    ]
    return bool(calls[-1].params.get("disable_notification"))


@pytest.mark.parametrize(("hours", "silent"), [(2, False), (4, True)])
async def test_a_late_check_in_makes_no_sound_at_night(
    world: World, hours: int, silent: bool
) -> None:  # R-REM-1, R-INF-3
    ann = await checkin_on_tuesday(world)
    await world.stop_bot()
    world.clock.move_to(world.clock.now() + timedelta(hours=hours))
    await world.start_bot()
    await world.settle()

    ann.sees(PROMPT, DELAYED)
    assert is_silent(world, ann, PROMPT) is silent
    assert (await rows.outcomes(world, ann))[1] is Outcome.DELIVERED_UNANSWERED


async def test_a_reminder_that_a_flood_holds_up_into_the_night_is_dropped(world: World) -> None:
    ann = await reminder_on_tuesday(world)
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=3600)

    await world.fast_forward_to("08:59")

    ann.sees_nothing_more()


async def test_a_summary_that_is_held_up_into_the_night_comes_in_the_morning(
    world: World,
) -> None:
    ann = await summary_on_sunday(world)
    world.control.inject_fault("flood", method="sendPhoto", chat_id=ann.id, retry_after=2 * 3600)
    await world.fast_forward_to("06:59")
    for text in ("Yesterday is", "It has been quiet", STILL_OPEN, "This day is closed"):
        ann.sees_if_any(text)
    ann.sees_nothing_more()
    world.people[0].sees_if_any("can wait")

    await world.fast_forward_to("07:00")

    ann.sees(WEEK)


async def test_an_infusion_reminder_held_up_into_the_night_makes_no_sound(world: World) -> None:
    _carol, ann = await booked(world, "29", "08:00")
    await world.fast_forward_to("20:00", days=26)
    ann.sees_if_any(APPOINTMENT)
    ann.sees_if_any(APPOINTMENT)
    ann.sees_if_any(APPOINTMENT)
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=2 * 3600)

    await world.fast_forward_to("23:30")

    ann.sees(APPOINTMENT)
    assert is_silent(world, ann, APPOINTMENT)
