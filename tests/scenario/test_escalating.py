from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.world import opened

if TYPE_CHECKING:
    from tests.world import Person, World

SPOKEN = "Spoke with the patient"


async def reports(patient: Person, pain: str) -> None:
    """Give today's worst pain."""
    await patient.taps("Yes, a headache")
    await patient.taps(pain)


async def alarms(patient: Person) -> None:
    """Tap the alarm, read the emergency text and that the team knows."""
    await patient.alarms()
    patient.sees("Call 112 now")
    patient.sees("Your care team has been told")


async def closes(coordinator: Person, outcome: str = SPOKEN) -> None:
    """Close with an outcome, by buttons."""
    await coordinator.taps("Close")
    await coordinator.taps(outcome)


async def test_pain_at_the_limit_reaches_a_coordinator_who_takes_it(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await reports(ann, "9")

    ann.sees("Your answer goes to your care team", "How long did it last?")
    ann.sees("Your care team has been told", "030 5550 0123")
    carol.sees("URGENT", ann.code, "Worst pain 9 of 10", "Nobody has taken it yet")

    await carol.taps("Take")

    carol.sees("Taken by Carol")
    ann.sees("A coordinator has seen your report")


async def test_pain_below_the_limit_rings_nobody(world: World) -> None:
    _carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await reports(ann, "8")

    assert "care team" not in ann.sees("Worst pain: 8 of 10", "How long did it last?")


async def test_the_clinic_sets_the_limit(database: str) -> None:
    limits = {"limits": {"pain": 6}}
    async with opened(database, clinic=limits) as world:
        carol, ann = await world.joined("Ann", coordinators=("Carol",))

        await reports(ann, "6")

        ann.sees("Your answer goes to your care team")
        ann.sees("Your care team has been told")
        carol.sees("URGENT", "Worst pain 6 of 10.")


@pytest.mark.parametrize("way", ["button", "command"])
async def test_an_alarm_gives_the_emergency_number_before_anything_else(
    world: World, way: str
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    if way == "button":
        query = await ann.alarms()
        assert "Call 112 now" in ann.notice(query)
    else:
        await ann.says("/alarm")
        ann.sees("call 112 now", "What is it?")
        await ann.taps("It is an emergency")

    number, told = ann.messages()[-2:]

    assert number["text"].startswith("This may be an emergency. Call 112 now. Do not drive.")
    assert told["text"].startswith("Your care team has been told")
    ann.sees("Call 112 now", "E-1")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code, "It is an emergency")


async def test_a_coordinator_learns_no_name_and_no_chat(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))

    await alarms(ann)

    page = carol.sees("EMERGENCY", ann.code)
    assert "Ann" not in page
    assert str(ann.id) not in page


async def test_a_report_and_its_page_are_one_transaction(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.taps("Yes, a headache")
    await ann.taps("9", settle=False)
    await world.handle()
    ann.sees("Worst pain: 9 of 10")

    await world.restart()
    carol.sees_nothing_more()
    await world.settle()

    carol.sees("URGENT", "Worst pain 9 of 10")
    ann.sees("Your care team has been told")


async def test_the_emergency_words_survive_a_restart(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.alarms(settle=False)
    await world.handle()

    await world.restart()
    await world.settle()

    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY")


async def test_a_second_take_says_who_was_first(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    carol.sees("EMERGENCY")
    await world.fast_forward_to("09:05")
    carol.sees("EMERGENCY", "repeat 2")
    dave.sees("EMERGENCY")

    await carol.taps("Take", settle=False)
    await world.handle()
    query = await dave.taps("Take")

    assert dave.notice(query) == "Carol has taken it already."
    dave.sees("Taken by Carol")
    ann.sees("A coordinator has seen your report")


async def test_a_take_tapped_twice_is_still_mine(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)

    await carol.taps("Take", settle=False)
    query = await carol.taps("Take", settle=False)
    await world.settle()

    assert carol.notice(query) == "It is yours. The others see that."
    carol.sees("Taken by Carol")
    ann.sees("A coordinator has seen your report")


async def test_taking_edits_every_copy_on_every_phone(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    await world.fast_forward_to("09:05")

    await dave.taps("Take")

    ann.sees("A coordinator has seen your report")
    copies = [one for phone in (carol, dave) for one in phone.messages() if "E-1" in one["text"]]
    assert len(copies) == 3
    assert all("Taken by Dave" in one["text"] for one in copies)
    carol.sees("E-1")
    carol.sees("E-1", "repeat 2")
    dave.sees("E-1")


@pytest.mark.parametrize(
    "outcome",
    [SPOKEN, "Passed on to a clinician", "Emergency care", "Not reached", "False alarm"],
)
async def test_closing_asks_how_it_ended_and_tells_everybody(world: World, outcome: str) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    await world.fast_forward_to("09:05")
    carol.sees("repeat 2")
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")

    await closes(dave, outcome)

    ending = f"Closed by Dave, Mon 2 Mar, 09:05: {outcome[:1].lower()}{outcome[1:]}"
    ann.sees("Your care team has closed your report")
    for phone in (carol, dave):
        copies = [one for one in phone.messages() if "E-1" in one["text"]]
        assert all(ending in one["text"] for one in copies)
        assert phone.labels() == ["History"]
        phone.sees_if_any(ending)


async def test_a_closing_can_be_thought_over(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")

    await carol.taps("Close")
    carol.sees("How did it end?")
    await carol.taps("Back")

    assert carol.labels() == ["Close …", "I call back", "Hand over …", "History"]


async def test_a_mistake_shows_to_the_team_and_closes_nothing(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    carol.sees("EMERGENCY")

    await ann.taps("It was a mistake")

    ann.sees("Noted as a mistake", "112", "030 5550 0123")
    page = carol.message("The patient says: it was a mistake")
    assert "Nobody has taken it yet" in page["text"]
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")


async def test_open_lists_what_nobody_has_closed(world: World) -> None:
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await carol.says("/open")
    carol.sees("Nothing is open")
    await reports(ben, "10")
    await alarms(ann)
    ben.sees("Your care team has been told")
    carol.sees("URGENT", ben.code)
    await carol.taps("Take", on=carol.message("EMERGENCY")["message_id"])
    ann.sees("A coordinator has seen your report")
    carol.sees("EMERGENCY")

    await carol.says("/open")

    listed = carol.sees("E-1", "E-2")
    assert listed.index("EMERGENCY") < listed.index("URGENT")
    assert "Mon 2 Mar, 09:00 · Carol" in listed
    assert "Mon 2 Mar, 09:00 · nobody yet" in listed
    await carol.taps(f"E-1 · {ben.code}")
    carol.sees("Worst pain 10 of 10", "Nobody has taken it yet")
    await carol.taps("Take")
    ben.sees("A coordinator has seen your report")


@pytest.mark.parametrize("payload", ["tk:1", "cl:1", "lk:1", "cd:1:false_alarm"])
async def test_a_patient_who_forges_a_coordinators_button_is_refused(
    world: World, payload: str
) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)

    query = await ann.forges(payload)

    assert ann.notice(query) == "This button is not for you. /help shows what you can do."
    carol.sees("EMERGENCY", "Nobody has taken it yet")


async def test_a_mistake_lowers_to_urgent_and_a_new_alarm_rings_again(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await ann.alarms()
    ann.sees("Call 112 now")
    ann.sees("Your care team has been told")
    carol.sees("EMERGENCY", ann.code)
    await ann.taps("It was a mistake")
    assert "URGENT" in carol.message("The patient says: it was a mistake")["text"]

    await world.fast_forward(timedelta(minutes=20))
    carol.sees_nothing_more()
    await ann.alarms()

    ann.sees("Call 112 now")
    carol.sees("EMERGENCY", ann.code, "Reported 2 times")


async def test_a_mistake_said_after_the_closing_is_not_said_to_be_noted(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    carol.sees("EMERGENCY")
    await carol.taps("Take")
    await carol.taps("Close …")
    await carol.taps("False alarm")
    await world.fast_forward(timedelta(seconds=5))
    ann.sees_if_any("")

    await ann.taps("It was a mistake")

    text = ann.message("Your care team has closed your report.", "If something is alarming")[
        "text"
    ]
    assert "Noted" not in text


async def test_a_patient_cannot_call_another_patients_alarm_a_mistake(world: World) -> None:
    carol, ann, ben = await world.joined("Ann", "Ben", coordinators=("Carol",))
    await alarms(ann)

    query = await ben.forges("mi:1")

    assert ben.notice(query) == "This button is not for you. /help shows what you can do."
    assert "mistake" not in carol.sees("EMERGENCY", ann.code)


async def test_a_reply_to_a_report_becomes_its_note(world: World) -> None:  # F45
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")

    await carol.replies("Spoke at length. Will rest.", "EMERGENCY", "E-1")

    carol.sees("Kept as the note of E-1.")
    assert "Note: Spoke at length. Will rest." in carol.message("EMERGENCY")["text"]
    await carol.taps("History")
    assert "Carol wrote a note" in carol.message("EMERGENCY")["text"]
    assert "Spoke at length" not in str([one["text"] for one in ann.messages()])

    await world.fast_forward(timedelta(seconds=5))
    await carol.replies("Will call tomorrow.", "EMERGENCY", "E-1")
    carol.sees("Kept as the note of E-1.")
    await world.fast_forward(timedelta(seconds=5))
    assert "Note: Will call tomorrow." in carol.message("EMERGENCY")["text"]


async def test_a_report_is_handed_over_and_who_gets_it_is_paged(world: World) -> None:  # F45
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")

    await carol.taps("Hand over")
    await carol.taps("Dave")

    assert "Taken by Dave" in carol.message("E-1")["text"]
    dave.sees("EMERGENCY", ann.code, "Taken by Dave")
    await carol.taps("History")
    assert "Carol handed it over to Dave" in carol.message("E-1")["text"]
    await world.fast_forward(timedelta(minutes=60))
    dave.sees("Still with Dave", "Is it done?")


async def test_the_patient_hears_that_somebody_calls_back(world: World) -> None:
    carol, dave, ann = await world.joined("Ann", coordinators=("Carol", "Dave"))
    await alarms(ann)
    await world.fast_forward(timedelta(minutes=5))
    carol.sees("EMERGENCY")
    carol.sees("repeat 2")
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    await world.fast_forward(timedelta(seconds=5))

    query = await dave.taps("I call back")
    assert dave.notice(query) == "Take it first."
    query = await carol.taps("I call back")

    assert carol.notice(query) == "The patient knows that you call."
    ann.sees("A coordinator will call you. Please keep your phone near you.", "030 5550 0123")
    for phone in (carol, dave):
        assert "Carol calls the patient, who was told so." in phone.message("E-1")["text"]
    await carol.taps("Hand over …")
    await carol.taps("Dave")
    dave.sees("EMERGENCY", "Taken by Dave")
    assert "calls the patient" not in carol.message("E-1")["text"]


async def test_what_the_patient_says_of_an_emergency_is_seen_at_once(world: World) -> None:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await alarms(ann)

    query = await ann.taps("I have called")
    await ann.taps("I am not alone")

    assert ann.notice(query) == "Your care team sees that."
    assert ann.labels()[:2] == ["✓ I have called", "✓ I am not alone"]
    page = carol.sees("EMERGENCY", "has called the emergency number; is not alone")
    assert "Nobody has taken it yet" in page
    await carol.taps("History")
    history = carol.message("EMERGENCY")["text"]
    assert "the patient has called the emergency number" in history
    assert "page 1 to Carol" in history
