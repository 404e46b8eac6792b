"""Help, strangers, and one clear sentence for everything that is not understood."""

from __future__ import annotations

import html
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot import payloads
from bot.views import questions, rhythm
from bot.views.screen import Screen, Style, button, lines
from bot.views.wording.catalogue import LANGUAGES
from care import errors
from care.people import Coordinator, Patient, PatientState, Speaker, Stranger
from care.profiles import MAX_LABEL, MAX_USUAL

if TYPE_CHECKING:
    from datetime import date

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic


_LIKENESS = 0.7
"""How alike two commands must look, from 0 to 1, for one to be a slip of the other."""


def patient_commands(say: Wording) -> tuple[tuple[str, str], ...]:
    """What a patient finds in the command menu."""
    return (
        ("today", say.say("Today's check-in")),
        ("diary", say.say("My days: look, fill in, change")),
        ("attack", say.say("An attack begins now")),
        ("alarm", say.say("Something is alarming: tell my team")),
        ("team", say.say("Write to my care team")),
        ("infusions", say.say("My appointments")),
        ("settings", say.say("Times, breaks, and what is asked")),
        ("stop", say.say("End the check-ins")),
        ("help", say.say("What I can do here")),
    )


def coordinator_commands(say: Wording, *, is_lead: bool = False) -> tuple[tuple[str, str], ...]:
    """What a coordinator finds in the command menu, and a lead beside it."""
    return (
        ("patients", say.say("All patients, who needs a look first")),
        ("open", say.say("Reports that are not closed")),
        ("messages", say.say("What patients wrote to us")),
        ("duty", say.say("Who is on duty, my quiet hours")),
        ("infusions", say.say("Schedule, move, cancel")),
        ("undelivered", say.say("Messages that did not arrive")),
        ("invite", say.say("A link for a new patient")),
        *(_lead_commands(say) if is_lead else ()),
        *((("settings", say.say("My language")),) if len(LANGUAGES) > 1 else ()),
        ("help", say.say("What I can do here")),
    )


def _lead_commands(say: Wording) -> tuple[tuple[str, str], ...]:
    return (
        ("staff", say.say("The team: invite, remove")),
        ("audit", say.say("Who did what")),
        ("noise", say.say("How often the rules ring")),
    )


def patient_help(say: Wording, clinic: Clinic, patient: Patient, *, today: date) -> Screen:
    """What a patient can do, and whom to call."""
    begin = button(say.say("Attack now"), payloads.AttackNow(), Style.PRIMARY)
    diary = button(say.say("My diary"), payloads.DiaryOpen())
    return Screen(
        text=lines(
            say.say("<b>What you can do here</b>"),
            *(f"/{name}  {text}" for name, text in patient_commands(say)),
            "",
            rhythm.line(say, patient, today=today),
            say.say("What you write here can become a note in your diary."),
            say.say("Nobody reads this chat around the clock."),
            say.say(
                "Your clinic: {phone}. In an emergency: {number}.",
                phone=clinic.phone,
                number=clinic.emergency_number,
            ),
        ),
        keyboard=(*(((begin,),) if patient.is_active else ()), (diary,), (questions.alarm(say),)),
    )


def coordinator_help(say: Wording, clinic: Clinic, *, is_lead: bool = False) -> Screen:
    """What a coordinator can do."""
    return Screen(
        text=lines(
            say.say("<b>Coordinator of {clinic}</b>", clinic=html.escape(clinic.name)),
            *(f"/{name}  {text}" for name, text in coordinator_commands(say, is_lead=is_lead)),
        )
    )


def stranger(say: Wording) -> Screen:
    """For a chat that we do not know."""
    return Screen(
        text=say.say(
            "Hello. This chat is for patients of a clinic. "
            "Please ask your clinic for a link to join."
        )
    )


def only_words(say: Wording, clinic: Clinic) -> Screen:
    """A patient sent a sticker, a picture, their voice, a place: kind words, nothing is kept."""
    return Screen(
        text=lines(
            say.say("Thank you. I can only keep written words here, so this was not stored."),
            say.say("Nobody reads what is written here, so please do not wait for an answer."),
            say.say(
                "To reach your clinic, call {phone}. In an emergency, call {number}.",
                phone=clinic.phone,
                number=clinic.emergency_number,
            ),
        ),
        keyboard=((questions.alarm(say),),),
    )


def text_from_coordinator(say: Wording) -> Screen:
    """A coordinator wrote something that is no command."""
    return Screen(text=say.say("I only know commands and buttons. /help shows them."))


def text_while_joining(say: Wording) -> Screen:
    """A newcomer wrote where a tap is expected."""
    return Screen(text=say.say("Please use the buttons above; /start shows them again."))


def unknown_command(say: Wording, *, meant: str = "") -> Screen:
    """A command that does not exist for this person, and the one that looks like it."""
    if meant:
        text = say.say("I do not know this command. Did you mean /{command}?", command=meant)
        return Screen(text=text)
    return Screen(text=say.say("I do not know this command. /help shows what there is."))


def not_for(say: Wording, speaker: Speaker, *, said: str = "") -> Screen:
    """A command that is for others, or a mistyped one."""
    match speaker:
        case Stranger():
            return stranger(say)
        case Patient(state=PatientState.JOINING):
            return text_while_joining(say)
        case Patient():
            return unknown_command(say, meant=_meant(said, patient_commands(say)))
        case Coordinator(is_lead=is_lead):
            menu = coordinator_commands(say, is_lead=is_lead)
            return unknown_command(say, meant=_meant(said, menu))
        case _:
            return unknown_command(say)


def _meant(said: str, menu: tuple[tuple[str, str], ...]) -> str:
    """The command of a menu that looks most like what was typed, if any does."""
    typed = said.removeprefix("/").partition(" ")[0].partition("@")[0].lower()
    names = [name for name, _text in menu if name != typed]
    return next(iter(get_close_matches(typed, names, n=1, cutoff=_LIKENESS)), "")


def nothing_today(say: Wording) -> Screen:
    """The check-ins are stopped."""
    return Screen(text=say.say("Check-ins are stopped. /start begins them again."))


def refused(say: Wording, clinic: Clinic, refusal: Exception) -> str:
    """A refusal in one sentence, with a way out."""
    sentences: dict[type[Exception], str] = {
        errors.UnknownInvite: say.say(
            "This link opens nothing any more. Please ask your clinic for a new one: {phone}.",
            phone=clinic.phone,
        ),
        errors.TooManyTries: say.say(
            "Too many links that open nothing were tried here. Please wait an hour, or call your "
            "clinic: {phone}.",
            phone=clinic.phone,
        ),
        errors.AlreadyJoined: say.say("You have joined already. /help shows what you can do."),
        errors.InvalidCode: say.say(
            "A patient code has 1 to 12 letters, digits and hyphens, as in K-17."
        ),
        errors.CodeTaken: say.say(
            "This code belongs to a patient who has joined. Please choose another."
        ),
        errors.NotYours: say.say("This button is not for you. /help shows what you can do."),
        errors.DayLocked: say.say("This day is closed."),
        errors.WordsRefused: say.say("These words cannot be kept."),
        errors.NameEmpty: say.say("A name needs at least one letter or digit."),
        errors.NameTooLong: say.say("A name has at most {n} characters.", n=MAX_LABEL),
        errors.NameTaken: say.say("This name is on the list already."),
        errors.WordsTooLong: say.say("These are more than {n} characters.", n=MAX_USUAL),
        errors.AnswerTooLong: say.say("This is too long for one message. Please send it in two."),
        errors.ListFull: say.say("This list is full. Take one off it to make room."),
        errors.InThePast: say.say("This time is already over. Please choose a later one."),
        errors.LastLead: say.say("The team keeps at least one lead."),
        errors.NotScheduled: say.say(
            "This session was cancelled. /infusions shows what is ahead."
        ),
    }
    otherwise = say.say("This button no longer does anything. /help shows what you can do.")
    return sentences.get(type(refusal), otherwise)


def trouble(say: Wording) -> str:
    """Something went wrong on our side."""
    return say.say("Something went wrong on our side. Please tap again in a moment.")


def group(say: Wording) -> Screen:
    """In a group that is not ours."""
    return Screen(text=say.say("This bot only speaks in private chats, so it leaves this group."))
