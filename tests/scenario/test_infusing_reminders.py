"""Reminders of a session: when they come, and that they follow it (F31)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.scenario import rows
from tests.world import BERLIN

if TYPE_CHECKING:
    from tests.world import Person, World

NEW_YORK = "America/New_York"


async def booked(
    world: World, day: str, at: str, *, months: int = 0, zone: str | None = None
) -> tuple[Person, Person]:
    """Carol, and Ann with a session; she has ended her check-ins, so that only it is heard."""
    carol = await world.coordinator("Carol")
    ann = await world.patient("Ann", by=carol, zone=zone)
    await ann.says("/stop")
    await ann.taps("Yes, end them")
    for _ in range(3):
        ann.sees_if_any("")
    await carol.says("/infusions")
    await carol.taps("New session")
    await chooses(carol, "P-001", *["›"] * months, day, at, "Schedule")
    ann.sees("You have a new appointment.")
    return carol, ann


async def chooses(person: Person, *labels: str) -> None:
    for label in labels:
        await person.taps(label)


def reminders(phone: Person, *, zone: str = BERLIN) -> list[str]:
    """When reminders came, on the reader's clock; consumes them."""
    found = [one for one in phone.messages() if one["text"].startswith("A reminder")]
    phone.sees_if_any("A reminder")
    return [local(one["date"], zone) for one in found]


def local(instant: str, zone: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"


async def test_reminders_come_a_week_three_days_a_day_and_two_hours_before(world: World) -> None:
    _carol, ann = await booked(world, "16", "13:00")

    await world.fast_forward(timedelta(days=20))

    ann.message("your appointment is in a week.", "Infusion: Mon 16 Mar, 13:00")
    ann.message("your appointment is in three days.")
    ann.message("your appointment is tomorrow.")
    ann.message("your appointment is coming up.")
    assert reminders(ann) == [
        "Mon 09 Mar 13:00",
        "Fri 13 Mar 13:00",
        "Sun 15 Mar 13:00",
        "Mon 16 Mar 11:00",
    ]


async def test_a_session_that_is_near_has_fewer_reminders(world: World) -> None:
    _carol, ann = await booked(world, "4", "13:00")

    await world.fast_forward(timedelta(days=4))

    assert reminders(ann) == ["Tue 03 Mar 13:00", "Wed 04 Mar 11:00"]


async def test_reminders_keep_the_clock_time_over_a_clock_change(world: World) -> None:
    _carol, ann = await booked(world, "30", "13:00")

    await world.fast_forward(timedelta(days=30))

    assert reminders(ann) == [
        "Mon 23 Mar 13:00",
        "Fri 27 Mar 13:00",
        "Sun 29 Mar 13:00",
        "Mon 30 Mar 11:00",
    ]


async def test_a_reminder_in_quiet_hours_comes_the_evening_before(world: World) -> None:
    _carol, ann = await booked(world, "29", "08:00")

    await world.fast_forward(timedelta(days=30))

    assert reminders(ann)[-2:] == ["Sat 28 Mar 08:00", "Sat 28 Mar 21:00"]
    assert "your appointment is tomorrow." in ann.messages()[-1]["text"]


async def test_quiet_hours_are_the_patients_own(world: World) -> None:
    _carol, ann = await booked(world, "18", "10:00", zone=NEW_YORK)

    await world.fast_forward(timedelta(days=20))

    assert reminders(ann, zone=NEW_YORK) == [
        "Tue 10 Mar 21:00",
        "Sat 14 Mar 21:00",
        "Mon 16 Mar 21:00",
        "Tue 17 Mar 21:00",
    ]


async def test_a_reminder_says_how_many_days_the_patient_has_left(world: World) -> None:
    _carol, ann = await booked(world, "18", "10:00", zone=NEW_YORK)

    await world.fast_forward(timedelta(days=20))

    day_before, evening_before = (one["text"] for one in ann.messages()[-2:])
    assert "A reminder of your appointment." in day_before
    assert "your appointment is tomorrow." in evening_before
    assert "Wed 18 Mar, 05:00 your time (Wed 18 Mar, 10:00 at the clinic)" in evening_before
    reminders(ann)


async def test_a_moved_session_takes_its_reminders_along(world: World) -> None:
    carol, ann = await booked(world, "16", "13:00")
    await world.fast_forward_to("13:00", days=7)
    assert reminders(ann) == ["Mon 09 Mar 13:00"]

    await chooses(carol, "Move", "20", "09:30", "Move it here")
    ann.sees("Your appointment has a new time.")
    await world.fast_forward(timedelta(days=20))

    assert reminders(ann)[1:] == [
        "Fri 13 Mar 09:30",
        "Tue 17 Mar 09:30",
        "Thu 19 Mar 09:30",
        "Fri 20 Mar 07:30",
    ]


async def test_a_cancelled_session_reminds_of_nothing(world: World) -> None:
    carol, ann = await booked(world, "16", "13:00")

    await chooses(carol, "Cancel it", "Yes, cancel it")
    ann.sees("An appointment was cancelled.")
    await world.fast_forward(timedelta(days=20))

    assert reminders(ann) == []


async def test_a_patient_who_has_moved_is_reminded_by_their_new_clock(world: World) -> None:
    _carol, ann = await booked(world, "18", "10:00")
    await ann.says("/settings")
    await ann.chooses_zone(NEW_YORK, by="Another time zone")

    await world.fast_forward(timedelta(days=20))

    assert reminders(ann, zone=NEW_YORK)[-1] == "Tue 17 Mar 21:00"


async def test_what_waits_is_not_sent_once_the_session_is_cancelled(world: World) -> None:
    carol, ann = await booked(world, "16", "13:00")
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=3600)
    await chooses(carol, "Back", "New session", "P-001", "23", "13:00", "Schedule")
    await chooses(carol, "Cancel it", "Yes, cancel it")

    await world.fast_forward(timedelta(hours=1))

    ann.sees("An appointment was cancelled.", "Mon 23 Mar, 13:00")


async def test_of_several_moves_that_wait_only_the_last_is_told(world: World) -> None:
    carol, ann = await booked(world, "16", "13:00")
    world.control.inject_fault("flood", method="sendMessage", chat_id=ann.id, retry_after=3600)
    await chooses(carol, "Move", "17", "13:00", "Move it here")
    await chooses(carol, "Move", "18", "13:00", "Move it here")

    await world.fast_forward(timedelta(hours=1))

    ann.sees("Your appointment has a new time.", "Wed 18 Mar, 13:00")


async def test_after_an_outage_only_the_latest_reminder_comes(world: World) -> None:
    _carol, ann = await booked(world, "16", "13:00")
    await world.stop_bot()
    await world.fast_forward_to("20:00", days=13)

    await world.start_bot()
    await world.settle()

    ann.message("your appointment is tomorrow.")
    assert reminders(ann) == ["Sun 15 Mar 20:00"]


async def test_while_telegram_holds_messages_back_only_the_latest_reminder_waits(
    world: World,
) -> None:
    _carol, ann = await booked(world, "16", "13:00")
    world.control.inject_fault(
        "flood", method="sendMessage", chat_id=ann.id, retry_after=6 * 86400 + 7200
    )

    await world.fast_forward_to("20:00", days=13)

    ann.message("your appointment is tomorrow.")
    assert reminders(ann) == ["Sun 15 Mar 15:00"]


async def test_no_reminder_comes_after_the_session(world: World) -> None:
    _carol, ann = await booked(world, "16", "13:00")
    await world.stop_bot()
    await world.fast_forward_to("13:00", days=14)

    await world.start_bot()
    await world.settle()

    assert reminders(ann) == []


async def test_two_sessions_remind_apart(world: World) -> None:
    carol, ann = await booked(world, "16", "13:00")
    await chooses(carol, "Back", "New session", "P-001", "16", "16:00", "Schedule")
    ann.sees("You have a new appointment.", "16:00")

    await world.fast_forward_to("14:00", days=14)

    assert reminders(ann)[-2:] == ["Mon 16 Mar 11:00", "Mon 16 Mar 14:00"]


async def test_the_diary_rests_on_the_evening_of_an_infusion(world: World) -> None:  # R-INF-7
    _carol, ann = await booked(world, "16", "13:00")
    await ann.says("/start")
    ann.sees("Welcome back")

    await world.fast_forward_to("20:00", days=15)

    days = {one.local_date.day for one in await rows.checkins(world, ann)}
    assert {15, 17} <= days
    assert 16 not in days
    for person in world.people:
        person.sees_if_any("")


async def test_who_wants_to_can_answer_on_the_evening_of_an_infusion(world: World) -> None:
    _carol, ann = await booked(world, "16", "13:00")
    await ann.says("/start")
    await world.fast_forward_to("20:00", days=14)
    for person in world.people:
        person.sees_if_any("")

    await ann.says("/today")

    assert "Monday 16 March" in ann.messages()[-1]["text"]
    for person in world.people:
        person.sees_if_any("")
