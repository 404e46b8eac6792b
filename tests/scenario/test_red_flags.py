"""Each rule of triage, as a patient gives cause for it and the team reads it (R-FLAG, R-MOH)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from care.people import Risk

if TYPE_CHECKING:
    from tests.world import Person, World

EMERGENCIES = {
    "1 · Worst pain ever": "The worst pain ever, at its peak within 5 minutes",
    "2 · Weak, numb": "New weakness, drooping face",
    "3 · Fever with stiff neck": "Fever with a stiff neck",
    "4 · Worse after a head injury": "head injury in the last 48 hours",
    "5 · Red, painful eye": "A red, painful eye with blurred sight or halos",
    "6 · Pregnant": "Pregnant, or gave birth in the last 6 weeks",
    "7 · Chest pain": "Chest pain, trouble breathing",
}
URGENT = {
    "1 · Head injury": "A head injury within 3 months",
    "2 · Fever with headache": "Fever with headache, and no other signs",
    "3 · New: only standing": "only when standing, or only when lying down",
    "4 · New: with cough": "brought on by coughing",
    "5 · New: jaw pain": "jaw pain on chewing",
    "6 · Cannot keep fluids": "Cannot keep fluids down for 24 hours",
}
ROUTINE = {
    "7 · Different": "Different from my usual, or steadily worse over weeks",
    "8 · A medicine": "A new medicine when the headaches changed",
}
SEEN = "Your care team has been told"
ASKED = "Does it need someone today, or can it wait?"


async def ann_in(world: World) -> tuple[Person, Person]:
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    return carol, ann


async def until_aura(ann: Person) -> None:
    """A headache up to the question of aura."""
    for label in ("Yes, a headache", "5", "4 to 12 hours", "None of these", "None of these"):
        await ann.taps(label)
    ann.sees("Any aura?")


async def usual_aura(ann: Person, *labels: str) -> None:
    await ann.says("/settings")
    for label in ("My usual aura", *labels):
        await ann.taps(label)
    ann.sees_if_any("Settings")


@pytest.mark.parametrize(("label", "statement"), EMERGENCIES.items())
async def test_an_emergency_is_one_tap_and_gives_the_number_first(
    world: World, label: str, statement: str
) -> None:  # R-FLAG-1 to R-FLAG-7, R-EMG-1, R-EMG-2
    carol, ann = await ann_in(world)
    await ann.taps("Something is alarming")
    assert "If this may be an emergency, call 112 now." in ann.message("What is it?")["text"]

    query = await ann.taps(label)

    assert ann.notice(query).startswith("This may be an emergency. Call 112 now. Do not drive.")
    ann.sees("Call 112 now", "E-1")
    ann.sees(SEEN)
    carol.sees("EMERGENCY", ann.code, statement, "take it by Mon 2 Mar, 09:15")


@pytest.mark.parametrize(("label", "statement"), URGENT.items())
async def test_what_is_urgent_is_told_in_hours_and_its_urgency_asked(
    world: World, label: str, statement: str
) -> None:  # R-FLAG-9 to R-FLAG-15, R-REP-1, R-TRI-5
    carol, ann = await ann_in(world)
    await ann.taps("Something is alarming")
    await ann.taps("Something else")

    await ann.taps(label)

    ann.sees(SEEN, "If this gets worse, or you are worried, call 030 5550 0123 or 112.", ASKED)
    carol.sees("URGENT", ann.code, statement, "take it by Mon 2 Mar, 13:00")
    await ann.taps("Can wait")
    assert "You said: it can wait." in ann.message("E-1")["text"]
    assert "The patient says: can wait." in carol.message("E-1")["text"]


@pytest.mark.parametrize(("label", "statement"), ROUTINE.items())
async def test_what_can_wait_stands_in_the_list_of_the_next_working_day(
    world: World, label: str, statement: str
) -> None:  # R-FLAG-16, R-FLAG-18, R-TRI-1
    carol, ann = await ann_in(world)
    await ann.taps("Something is alarming")
    await ann.taps("Something else")

    await ann.taps(label)

    ann.sees("Noted for your care team, who look on working days.", ASKED)
    carol.sees_nothing_more()
    await ann.taps("Can wait")
    await world.fast_forward_to("09:00")
    ann.sees_if_any("Yesterday is still open")
    carol.sees("1 report can wait", "ROUTINE", ann.code, statement)
    await carol.taps(f"E-1 · {ann.code}")
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")


async def test_what_needs_someone_today_is_urgent(world: World) -> None:  # R-TRI-5, X-21
    carol, ann = await ann_in(world)
    await ann.taps("Something is alarming")
    await ann.taps("Something else")
    await ann.taps("8 · A medicine")
    ann.sees("Noted for your care team")

    await ann.taps("Needs someone today", settle=False)
    await world.handle()
    assert "Your care team is being told now." in ann.message("E-1")["text"]
    assert "closed" not in ann.message("E-1")["text"]
    await world.fast_forward(timedelta(seconds=10))

    carol.sees("URGENT", ann.code, "The patient says: needs someone today.")
    ann.sees(SEEN)


async def test_a_report_that_rests_says_that_nobody_is_told_again(world: World) -> None:  # R-TRI-4
    carol, ann = await ann_in(world)
    await different(ann)
    ann.sees("Noted for your care team")
    await carol.says("/open")
    await carol.taps("E-1")
    for label in ("Take", "Close", "Spoke with the patient"):
        await carol.taps(label)
    ann.sees("A coordinator has seen your report")
    ann.sees("Your care team has closed your report")
    await world.fast_forward(timedelta(minutes=1))

    await different(ann)

    said = ann.sees("Different from my usual", "This tap does not tell them again.", "/team")
    assert "call 030 5550 0123 or 112" in said
    carol.sees_if_any("E-1")


async def different(patient: Person) -> None:
    """It is not as usual: what can wait."""
    for label in ("Something is alarming", "Something else", "7 · Different"):
        await patient.taps(label)


async def test_out_of_hours_what_is_urgent_waits_for_the_opening(world: World) -> None:  # R-TRI-1
    carol, ann = await ann_in(world)
    await world.fast_forward_to("20:00")
    ann.sees_if_any("still open")
    await ann.taps("Something is alarming")
    await ann.taps("Something else")

    await ann.taps("2 · Fever")

    ann.sees("The clinic is closed now. Your care team is told at Tue 3 Mar, 09:00.", "112", ASKED)
    await world.fast_forward_to("08:59")
    carol.sees_nothing_more()
    await world.fast_forward_to("09:00")
    ann.sees_if_any("Yesterday is still open")
    carol.sees("URGENT", ann.code, "Fever with headache", "take it by Tue 3 Mar, 10:00")
    ann.sees(SEEN)


async def test_nothing_of_it_tells_nobody(world: World) -> None:
    carol, ann = await ann_in(world)
    await ann.taps("Something is alarming")
    await ann.taps("Something else")
    await ann.taps("‹ Back")

    await ann.taps("Nothing of this")

    assert ann.message("Closed. Nothing was sent to your care team.")
    carol.sees_nothing_more()


@pytest.mark.parametrize(
    ("usual", "aura", "reads"),
    [
        (("None of these",), ("Weakness",), "not usual for this patient: weakness"),
        (("Seeing", "Done", "No"), ("Speech",), "not usual for this patient: speech"),
        (
            ("Seeing", "Done", "No"),
            ("Seeing", "Done", "Over 60 minutes"),
            "Aura over 60 minutes: seeing",
        ),
    ],
)
async def test_an_aura_that_is_alarming_is_an_emergency(
    world: World, usual: tuple[str, ...], aura: tuple[str, ...], reads: str
) -> None:  # R-FLAG-8
    carol, ann = await ann_in(world)
    await usual_aura(ann, *usual)
    await ann.says("/today")
    ann.sees("Monday 2 March")
    for label in ("Yes, a headache", "5", "4 to 12 hours", "None of these", "None of these"):
        await ann.taps(label)
    if usual == ("None of these",):
        await ann.taps("As usual")
        await ann.taps("None of these")
        await ann.taps("Change an answer")
        await ann.taps("Aura")

    for label in aura:
        await ann.taps(label)

    ann.sees("Call 112 now", "E-1")
    ann.sees(SEEN)
    carol.sees("EMERGENCY", ann.code, reads)
    assert ann.message("Monday 2 March")["text"].endswith("That is all for today.")


async def test_a_long_aura_that_the_plan_knows_can_wait(world: World) -> None:  # R-FLAG-17
    carol, ann = await ann_in(world)
    await usual_aura(ann, "Seeing", "Done", "Yes, sometimes")
    await ann.says("/today")
    ann.sees("Monday 2 March")
    await until_aura(ann)

    for label in ("Seeing", "Done", "Over 60 minutes"):
        await ann.taps(label)

    ann.sees("Noted for your care team, who look on working days.")
    carol.sees_nothing_more()


async def test_a_change_is_urgent_for_who_is_at_risk(world: World) -> None:  # R-FLAG-16
    carol, ann = await ann_in(world)
    async with world.uow(is_reading=False) as uow:
        patient = await uow.people.patient_with_code(ann.code)
        assert patient is not None
        await uow.people.save_patient(replace(patient, risks=(Risk.CANCER,)))
        await uow.commit()
    await ann.taps("Something is alarming")
    await ann.taps("Something else")

    await ann.taps("7 · Different")

    ann.sees(SEEN)
    carol.sees("URGENT", ann.code, "Different from my usual")


async def day(world: World, ann: Person, *labels: str) -> None:
    """Answer today, and go on to the next evening."""
    for label in labels:
        await ann.taps(label)
    await world.fast_forward_to("19:31")
    for text in ("Time for your check-in", "Yesterday is still open", "Your week in review."):
        ann.sees_if_any(text)


WHOLE = ("Yes, a headache", "7", "Over 12 h, all day", "Too ill")


async def after_three_whole_days(world: World) -> tuple[Person, Person]:
    carol, ann = await ann_in(world)
    await world.fast_forward_to("19:31")
    ann.sees_if_any("still open")
    await day(world, ann, *WHOLE)
    await day(world, ann, *WHOLE)
    for label in WHOLE:
        await ann.taps(label)
    return carol, ann


async def test_three_whole_days_bring_two_questions(world: World) -> None:  # R-SM-1, R-FLAG-14
    carol, ann = await after_three_whole_days(world)

    ann.sees("Has the headache gone away for more than 12 hours at any time?")
    await ann.taps("No")
    await ann.taps("Yes")

    ann.sees_if_any("Your answer goes to your care team")
    ann.sees("The clinic is closed now.")
    await world.fast_forward_to("09:00")
    carol.sees("URGENT", ann.code, "Headache for three days, never away for 12 hours")
    ann.sees(SEEN)


@pytest.mark.parametrize("answers", [("Yes",), ("No", "No")])
async def test_the_two_questions_can_end_without_a_report(
    world: World, answers: tuple[str, ...]
) -> None:  # R-SM-1
    carol, ann = await after_three_whole_days(world)
    ann.sees("Has the headache gone away")

    for label in answers:
        await ann.taps(label)

    assert ann.message("Noted. Thank you; that is all.")
    await world.fast_forward_to("09:00")
    ann.sees_if_any("open")
    carol.sees_nothing_more()


def took(medicine: str) -> tuple[str, ...]:
    """A day with a headache and one medicine."""
    return ("Yes, a headache", "4", "4 to 12 hours", medicine, "Done", "Some relief", "Too ill")


TOOK = took("Suma")


async def test_medicine_days_are_told_before_the_limit_and_reported_at_it(
    world: World,
) -> None:  # R-MOH-2, R-MOH-3, R-MOH-7, X-5
    carol, ann = await ann_in(world)
    await ann.says("/settings")
    for label in ("My medicines", "+ Add a medicine"):
        await ann.taps(label)
    await ann.says("Suma")
    await ann.taps("Triptan, like sumatriptan")
    ann.sees_if_any("")
    await world.fast_forward_to("19:31")
    ann.sees_if_any("")
    for _ in range(7):
        await day(world, ann, *TOOK)
        assert "of the last 30 days" not in str([one["text"] for one in ann.messages()])
    for label in TOOK:
        await ann.taps(label)
    ann.sees("You recorded triptan on at least 8 of the last 30 days.", "will see this")

    for _ in range(2):
        await world.fast_forward_to("19:31", days=0)
        ann.sees_if_any("")
        for label in TOOK:
            await ann.taps(label)

    ann.sees("You recorded triptan on at least 10 of the last 30 days.")
    ann.sees("Noted for your care team, who look on working days.")
    await world.fast_forward_to("09:00")
    ann.sees_if_any("")
    carol.sees("can wait", "Acute medicine on 10 of 30 days: triptan.", "it may be more")


async def test_several_classes_together_are_reported_though_none_is_at_its_limit(
    world: World,
) -> None:  # R-MOH-4, X-6
    carol, ann = await ann_in(world)
    for name, label in (
        ("Suma", "Triptan, like sumatriptan"),
        ("Ibu", "Ibuprofen, aspirin, naproxen"),
    ):
        await ann.says("/settings")
        for step in ("My medicines", "+ Add a medicine"):
            await ann.taps(step)
        await ann.says(name)
        await ann.taps(label)
        ann.sees_if_any("")
    await world.fast_forward_to("19:31")
    ann.sees_if_any("")
    for number in range(9):
        await day(world, ann, *took("Suma" if number % 2 else "Ibu"))
    assert "noted for your care team" not in str(ann.messages()).lower()

    for label in took("Suma"):
        await ann.taps(label)

    ann.sees("Noted for your care team, who look on working days.")
    await world.fast_forward_to("09:00")
    ann.sees_if_any("")
    carol.sees("can wait", "Acute medicines of 2 classes together on 10 of 30 days.")
    carol.sees_if_any("overview")


async def test_silence_after_a_hard_day_is_for_the_list(world: World) -> None:  # R-TRI-8
    carol, ann = await ann_in(world)
    await ann.taps("Too ill to answer")
    await world.fast_forward_to("19:45", days=3)
    ann.sees_if_any("")
    carol.sees_nothing_more()

    await world.fast_forward_to("09:00")

    ann.sees_if_any("")
    carol.sees("1 report can wait", "A hard day, then two check-ins without an answer")


async def test_pain_that_is_known_waits_for_a_working_day(world: World) -> None:
    carol, ann = await ann_in(world)
    await ann.taps("Yes, a headache")
    await ann.taps("9")
    ann.sees(SEEN)
    carol.sees("URGENT", "Worst pain 9 of 10.")
    await carol.taps("Take")
    ann.sees("A coordinator has seen your report")
    await world.fast_forward(timedelta(seconds=5))
    await carol.taps("Close")
    await carol.taps("Spoke with the patient")
    ann.sees("closed your report")
    await world.fast_forward_to("19:45", days=8)
    ann.sees_if_any("")
    carol.sees_if_any("can wait")

    await ann.taps("Yes, a headache")
    await ann.taps("10")

    ann.sees("Noted for your care team, who look on working days.")
    await world.fast_forward_to("09:00")
    ann.sees_if_any("")
    carol.sees("Worst pain 10 of 10. At 9 or more on 1 day of the 28 before.")
