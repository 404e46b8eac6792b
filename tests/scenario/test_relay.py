"""A patient writes to the team, a coordinator answers by replying; no names, no numbers (F50)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from care.audit import Action
from tests.scenario import rows

if TYPE_CHECKING:
    from tests.world import Person, World

WORDS = "May I come half an hour <b>later</b> & park inside?"
ANSWER = "Yes, come at <nine>. The gate code is & stays 1 2 3."
NOT_FOR_EMERGENCIES = "Not for emergencies: call 112, or your clinic: 030 5550 0123."


async def team(world: World) -> tuple[Person, Person, Person]:
    carol, dana, ann = await world.joined("Ann", coordinators=("Carol", "Dana"))
    return carol, dana, ann


async def asked(world: World) -> tuple[Person, Person, Person]:
    """Ann has written to the team, which has it."""
    carol, dana, ann = await team(world)
    await ann.says("/team")
    ann.sees("Write your message here")
    await ann.says(WORDS)
    ann.sees("Sent to your team", WORDS)
    for one in (carol, dana):
        one.sees("Message", ann.code, WORDS)
    return carol, dana, ann


async def test_a_patient_writes_and_a_coordinator_answers_by_replying(world: World) -> None:
    carol, dana, ann = await team(world)

    await ann.says("/team")
    prompt = ann.sees("Write your message here", "It goes to your care team.")
    assert "They read messages on working days" in prompt
    assert NOT_FOR_EMERGENCIES in prompt
    await ann.says(WORDS)

    ann.sees("Sent to your team, 09:00.", WORDS, NOT_FOR_EMERGENCIES)
    assert not [one for one in ann.messages() if "Write your message" in one["text"]]
    for one in (carol, dana):
        text = one.sees("Message", ann.code, "M-1", WORDS, "Nobody has read it yet.")
        assert "Ann" not in text
        assert "Answer by replying to this message." in text
    await world.fast_forward(timedelta(minutes=31))
    await carol.replies(ANSWER, WORDS)

    ann.sees("Your care team answers:", ANSWER)
    assert "Carol" not in ann.message("Your care team answers:")["text"]
    ann.message("Answered by your team, 09:31.")
    carol.sees(f"Your answer is on its way to {ann.code}.")
    for one in (carol, dana):
        one.message("Answered by Carol, 09:31", WORDS)
    done = [one.action for one in await rows.audit(world)]
    assert Action.RELAY_ANSWERED in done


async def test_a_patient_sees_that_it_was_read(world: World) -> None:
    carol, dana, ann = await asked(world)
    await world.fast_forward(timedelta(minutes=20))

    await dana.taps("Seen")

    ann.message("Read by your team, 09:20.", WORDS)
    for one in (carol, dana):
        assert "Seen" not in one.labels()
        one.message("Read by Dana, 09:20. Not answered yet.")


async def test_words_already_written_are_sent_with_a_button(world: World) -> None:
    carol, dana, ann = await team(world)
    await ann.says(WORDS)
    ann.sees("Shall this go into your diary?", "unless you send it to your team")

    await ann.taps("Send to my team")
    ann.sees("Send this to your care team?", WORDS, "on working days", NOT_FOR_EMERGENCIES)
    carol.sees_nothing_more()
    await ann.taps("‹ Back")
    ann.sees("Shall this go into your diary?")
    await ann.taps("Send to my team")
    await ann.taps("Send it")

    ann.sees("Sent to your team, 09:00.", WORDS)
    for one in (carol, dana):
        one.sees("Message", WORDS)
    message = ann.message("Sent to your team")["message_id"]
    await ann.forges("wn:1", on=message)
    assert len([one for one in carol.messages() if WORDS in one["text"]]) == 1
    await ann.says("/diary")
    ann.sees("March")
    await ann.says("/today")
    ann.sees("Did you have a headache")


async def test_nothing_is_sent_when_the_patient_changes_their_mind(world: World) -> None:
    carol, _, ann = await team(world)
    await ann.says("/team")

    await ann.taps("Never mind")
    ann.sees("Nothing was sent.")
    await ann.says("just a thought")

    ann.sees("Shall this go into your diary?")
    carol.sees_nothing_more()


async def test_after_half_an_hour_words_are_a_note_again(world: World) -> None:
    carol, _, ann = await team(world)
    await ann.says("/team")
    ann.sees("Write your message here")
    await world.fast_forward(timedelta(minutes=31))

    await ann.says("just a thought")

    ann.sees("Shall this go into your diary?")
    carol.sees_nothing_more()


async def test_a_sticker_is_not_sent_and_words_still_are(world: World) -> None:
    carol, dana, ann = await team(world)
    await ann.says("/team")
    ann.sees("Write your message here")
    await ann.says(kind="sticker")
    ann.sees("I can only keep written words here")

    await ann.says(WORDS)

    ann.sees("Sent to your team")
    for one in (carol, dana):
        one.sees(WORDS)


async def test_two_do_not_answer_twice_unless_they_want_to(world: World) -> None:
    carol, dana, ann = await asked(world)
    await carol.replies(ANSWER, WORDS)
    carol.sees("Your answer is on its way")
    ann.sees("Your care team answers:", ANSWER)

    await dana.replies("No parking today.", WORDS)
    dana.sees("Carol answered already, 09:00.", "Your words have not been sent.")
    ann.sees_nothing_more()
    await dana.taps("Send mine too")

    dana.sees("Your answer is on its way")
    ann.sees("Your care team answers:", "No parking today.")
    await dana.replies("Sorry, wrong patient.", WORDS)
    await dana.taps("Do not send")
    dana.sees("Not sent. Your words are not kept here.")
    ann.sees_nothing_more()
    assert "wrong patient" not in await rows.stored(world, besides=("inbox",))


async def test_who_answered_may_add_something(world: World) -> None:
    carol, _, ann = await asked(world)
    await carol.replies(ANSWER, WORDS)
    ann.sees("Your care team answers:", ANSWER)
    await carol.replies("And bring the card.", WORDS)

    ann.sees("Your care team answers:", "And bring the card.")
    carol.sees("Your answer is on its way")
    carol.sees("Your answer is on its way")


async def test_a_patient_writes_back_by_replying(world: World) -> None:
    carol, dana, ann = await asked(world)
    await carol.replies(ANSWER, WORDS)
    carol.sees("Your answer is on its way")
    ann.sees("Your care team answers:", "To write back, reply to this message, or use /team.")

    await ann.replies("Thank you.", "Your care team answers:")

    ann.sees("Sent to your team", "Thank you.")
    for one in (carol, dana):
        one.sees("M-3", "Thank you.")


async def test_other_words_of_a_coordinator_stay_unsent(world: World) -> None:
    carol, _, ann = await asked(world)

    await carol.says("hello?")
    carol.sees("I only know commands and buttons.")
    await carol.replies("hello?", "You are a coordinator")
    carol.sees("I only know commands and buttons.")

    ann.sees_nothing_more()


async def test_nobody_can_be_reached(world: World) -> None:  # R-TRI-7
    carol, ann = await world.joined("Ann", coordinators=("Carol",))
    await carol.blocks()

    await ann.says("/team")
    ann.sees("Write your message here")
    await ann.says(WORDS)

    ann.sees("We could not reach your team: call 030 5550 0123.", "In an emergency, call 112.")
    await carol.blocks(blocked=False)
    await carol.says("/messages")
    carol.sees(f"M-1 · {ann.code}", "not answered")


async def test_that_nobody_can_be_reached_may_show_later(world: World) -> None:  # R-TRI-7
    carol, dana, ann = await team(world)
    for one in (carol, dana):
        world.control.inject_fault("blocked", method="sendMessage", chat_id=one.id, times=1)

    await ann.says("/team")
    ann.sees("Write your message here")
    await ann.says(WORDS)

    ann.sees("On its way to your team")
    ann.sees("We could not reach your team: call 030 5550 0123.", WORDS)
    await ann.replies("again", "We could not reach your team")
    for one in (carol, dana):
        one.sees_if_any("cannot be reached")
    ann.sees("We could not reach your team: call 030 5550 0123.", "again")


async def test_an_answer_that_does_not_arrive_is_told(world: World) -> None:
    carol, dana, ann = await asked(world)
    world.control.block(ann.id, blocked=True)

    await carol.replies(ANSWER, WORDS)

    carol.sees("Your answer is on its way")
    for one in (carol, dana):
        one.sees(f"{ann.code} cannot be reached")
        one.message("⚠ An answer could not be delivered. Please call the patient.")


async def test_what_was_written_is_listed_and_shown_again(world: World) -> None:
    carol, dana, ann = await asked(world)
    await world.fast_forward(timedelta(hours=1))

    await dana.says("/messages")
    dana.sees("Messages of patients", f"M-1 · {ann.code} · Mon 2 Mar, 09:00 · not answered")
    await dana.taps(f"M-1 · {ann.code}")

    dana.sees("Message", WORDS, "Read by Dana, 10:00")
    ann.message("Read by your team, 10:00.")
    await dana.says("Come at ten.", to=dana.messages()[-1]["message_id"])
    ann.sees("Your care team answers:", "Come at ten.")
    dana.sees("Your answer is on its way")
    await carol.says("/messages")
    carol.sees(f"M-1 · {ann.code}", "answered by Dana")
    await ann.says("/messages")
    ann.sees("I do not know this command")


async def test_long_words_come_in_two_messages_each_to_reply_to(world: World) -> None:
    carol, dana, ann = await team(world)
    long = "<" * 3_000 + "the end"
    await ann.says("/team")
    ann.sees("Write your message here")

    await ann.says(long)

    ann.sees("Sent to your team")
    for one in (carol, dana):
        one.sees("M-1 · 1/2", "<" * 3_000)
        one.sees("M-1 · 2/2", "the end")
    await carol.replies("Read it all.", "the end")
    ann.sees("Your care team answers:", "Read it all.")
    carol.sees("Your answer is on its way")
    dana.message("1/2", "Answered by Carol")
    await carol.replies("x" * 3_501, "the end")
    carol.sees("This is too long for one message. Please send it in two.")


async def test_it_survives_a_restart_and_a_flood(world: World) -> None:
    carol, dana, ann = await team(world)
    await ann.says("/team")
    ann.sees("Write your message here")
    world.control.inject_fault("server_error", method="sendMessage", chat_id=carol.id, times=2)
    world.control.inject_fault("server_error", method="sendMessage", chat_id=dana.id, times=2)
    await ann.says(WORDS)
    ann.sees("On its way to your team")
    await world.restart()

    await world.fast_forward(timedelta(minutes=2))

    for one in (carol, dana):
        one.sees("Message", WORDS, "repeat")
    ann.message("Sent to your team", WORDS)
    await world.restart()
    await carol.replies(ANSWER, WORDS)
    ann.sees("Your care team answers:", ANSWER)
    carol.sees("Your answer is on its way")


async def test_the_group_reads_nothing_of_it(world: World) -> None:
    carol, _, ann = await team(world)
    group = world.control.create_group("Care team", [carol.id])
    await world.restart(care_team_chat_id=group)

    await ann.says("/team")
    await ann.says(WORDS)
    await carol.replies(ANSWER, WORDS)

    assert WORDS not in str(world.control.transcript(group))
    assert ANSWER not in str(world.control.transcript(group))
    for person in world.people:
        person.sees_if_any("")


async def test_outside_hours_it_says_when_it_is_read_and_comes_without_a_sound(
    world: World,
) -> None:
    carol, dana, ann = await team(world)
    await world.fast_forward_to("18:00")
    ann.sees("Your check-in is still open")
    await ann.says("/team")
    ann.sees("The clinic is closed now. Messages are read from Tue 3 Mar, 09:00 on.")

    await ann.says(WORDS)

    ann.sees("Sent to your team")
    calls = [one for one in world.control.calls if one.params.get("chat_id") == carol.id]
    assert calls[-1].params["disable_notification"]
    for one in (carol, dana):
        one.sees(WORDS)
