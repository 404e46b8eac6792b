"""Words to the team and the answers back: what the patient sees, and the coordinators (F50)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views import notes, questions
from bot.views.screen import Screen, Style, button, lines, rows
from care import relay
from care.relay import RelayMessage, Stage

if TYPE_CHECKING:
    from datetime import datetime

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.notes import Note
    from care.people import Coordinator, Patient
    from care.ports.relay_letters import RelayLetter

ENVELOPE = "✉"


def prompt(say: Wording, clinic: Clinic, patient: Patient, *, now: datetime) -> Screen:
    """The next words are for the team: who reads them, when, and what this is not."""
    never = button(say.say("Never mind"), payloads.NeverMind())
    return Screen(
        text=lines(
            say.say("<b>Write your message here</b>"),
            say.say("It goes to your care team."),
            *_when(say, clinic, patient, now),
        ),
        keyboard=((never,), (questions.alarm(say),)),
    )


def ask(say: Wording, clinic: Clinic, patient: Patient, note: Note, *, now: datetime) -> Screen:
    """Before anything is sent: the same, about words that are written already."""
    send = button(say.say("Send it"), payloads.SendNote(note.id), Style.PRIMARY)
    back = button(say.say("‹ Back"), payloads.KeepBack(note.id))
    return Screen(
        text=lines(
            say.say("<b>Send this to your care team?</b>"),
            f"{ENVELOPE} {notes.brief(note.text)}",
            "",
            *_when(say, clinic, patient, now),
        ),
        keyboard=((send,), (back,), (questions.alarm(say),)),
    )


def _when(say: Wording, clinic: Clinic, patient: Patient, now: datetime) -> tuple[str, ...]:
    """When somebody is there: on working days, and while closed from which opening on."""
    reads = say.say("They read messages on working days and answer here.")
    if not clinic.hours.is_open(now):
        opens_at = say.instant(clinic.hours.reopens_at(now), ZoneInfo(patient.zone))
        reads = say.say("The clinic is closed now. Messages are read from {at} on.", at=opens_at)
    return (
        reads,
        say.say(
            "Not for emergencies: call {number}, or your clinic: {phone}.",
            number=clinic.emergency_number,
            phone=clinic.phone,
        ),
    )


def never_minded(say: Wording) -> Screen:
    """Nothing was sent."""
    return Screen(text=say.say("Nothing was sent."))


def stage(say: Wording, clinic: Clinic, patient: Patient, message: RelayMessage) -> Screen:
    """How far a patient's words have come; nothing is claimed before it is so (R-TRI-6)."""
    words = f"{ENVELOPE} {notes.brief(message.text)}"
    call = say.say(
        "Not for emergencies: call {number}, or your clinic: {phone}.",
        number=clinic.emergency_number,
        phone=clinic.phone,
    )
    if message.stage is Stage.UNREACHED:
        text = say.say("<b>We could not reach your team: call {phone}.</b>", phone=clinic.phone)
        call = say.say("In an emergency, call {number}.", number=clinic.emergency_number)
    else:
        text = _reached(say, message, ZoneInfo(patient.zone))
    return Screen(text=lines(text, words, "", call), keyboard=((questions.alarm(say),),))


def _reached(say: Wording, message: RelayMessage, zone: ZoneInfo) -> str:
    def at(moment: datetime | None) -> str:
        return say.clock(moment.astimezone(zone).time()) if moment else ""

    match message.stage:
        case Stage.SENT:
            return say.say("Sent to your team, {at}.", at=at(message.delivered_at))
        case Stage.READ:
            return say.say("Read by your team, {at}.", at=at(message.read_at))
        case Stage.ANSWERED:
            return say.say("Answered by your team, {at}.", at=at(message.answered_at))
        case _:
            return say.say("On its way to your team …")


def answer(say: Wording, answered: RelayMessage, *, number: int = 1) -> Screen:
    """The team's words, as they were written."""
    again = "\n" + say.say("(sent again)") if number > 1 else ""
    return Screen(
        text=lines(
            say.say("<b>Your care team answers:</b>"),
            _words(answered.text) + again,
            "",
            say.say("To write back, reply to this message, or use /team."),
        )
    )


def page(say: Wording, clinic: Clinic, letter: RelayLetter) -> Screen:
    """A patient's words for a coordinator, under the patient's code; never a name (R-TRI-9)."""
    message, zone = letter.message, ZoneInfo(clinic.zone)
    pieces = relay.parts(message.text)
    counted = f"{letter.part}/{len(pieces)}" if len(pieces) > 1 else ""
    again = say.say("repeat {n}", n=letter.number) if letter.number > 1 else ""
    code = html.escape(letter.patient.code)
    head = (say.say("Message"), code, f"M-{message.id}", counted, again)
    seen = button(say.say("Seen"), payloads.RelaySeen(message.id), Style.PRIMARY)
    return Screen(
        text=lines(
            f"{ENVELOPE} <b>{' · '.join(one for one in head if one)}</b>",
            say.instant(message.written_at, zone),
            "",
            _words(pieces[letter.part - 1]),
            "",
            _state(say, letter, zone),
            _trouble(say, letter.answers),
            say.say("Answer by replying to this message."),
        ),
        keyboard=() if message.read_at else ((seen,),),
    )


def _words(text: str) -> str:
    return html.escape(notes.clean(text).strip())


def _state(say: Wording, letter: RelayLetter, zone: ZoneInfo) -> str:
    message = letter.message
    if message.answered_at:
        at = say.clock(message.answered_at.astimezone(zone).time())
        return say.say("<b>Answered by {name}</b>, {at}", name=_name(say, letter.answerer), at=at)
    if message.read_at:
        at = say.clock(message.read_at.astimezone(zone).time())
        return say.say(
            "Read by {name}, {at}. Not answered yet.", name=_name(say, letter.reader), at=at
        )
    return say.say("Nobody has read it yet.")


def _name(say: Wording, one: Coordinator | None) -> str:
    return html.escape(one.name) if one else say.say("a coordinator")


def _trouble(say: Wording, answers: tuple[RelayMessage, ...]) -> str:
    if not any(one.failed_at and not one.delivered_at for one in answers):
        return ""
    return say.say("⚠ An answer could not be delivered. Please call the patient.")


def under_way(say: Wording, code: str) -> Screen:
    """A coordinator's answer is owed."""
    return Screen(text=say.say("Your answer is on its way to {code}.", code=html.escape(code)))


def held(
    say: Wording, clinic: Clinic, message: RelayMessage, answerer: Coordinator | None, mine: int
) -> Screen:
    """Somebody else was first; the words are kept back until their writer decides."""
    at = message.answered_at
    clock = say.clock(at.astimezone(ZoneInfo(clinic.zone)).time()) if at else ""
    too = button(say.say("Send mine too"), payloads.AnswerToo(mine), Style.PRIMARY)
    drop = button(say.say("Do not send"), payloads.AnswerDrop(mine))
    return Screen(
        text=lines(
            say.say("<b>{name} answered already</b>, {at}.", name=_name(say, answerer), at=clock),
            say.say("Your words have not been sent."),
        ),
        keyboard=((too, drop),),
    )


def dropped(say: Wording) -> Screen:
    """An answer that was held back is gone."""
    return Screen(text=say.say("Not sent. Your words are not kept here."))


Entry = tuple[RelayMessage, "Patient", "Coordinator | None"]


def listed(say: Wording, clinic: Clinic, found: tuple[Entry, ...]) -> Screen:
    """Messages of patients, newest first: since when, by whom answered; one tap shows one."""
    if not found:
        return Screen(text=say.say("No messages. What patients write to the team comes here."))
    zone = ZoneInfo(clinic.zone)
    entries = [_entry(say, one, patient, answerer, zone) for one, patient, answerer in found]
    buttons = [
        button(f"M-{one.id} · {patient.code}", payloads.RelayShow(one.id))
        for one, patient, _answerer in found
    ]
    return Screen(
        text=lines(say.say("<b>Messages of patients</b>"), *entries),
        keyboard=rows(buttons, width=2),
    )


def _entry(
    say: Wording,
    message: RelayMessage,
    patient: Patient,
    answerer: Coordinator | None,
    zone: ZoneInfo,
) -> str:
    since = say.instant(message.written_at, zone)
    if message.answered_at:
        state = say.say("answered by {name}", name=_name(say, answerer))
    else:
        state = say.say("<b>not answered</b>")
    return f"M-{message.id} · {html.escape(patient.code)} · {since} · {state}"
