"""What an operator reads: technical trouble, and nothing of patients."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import Screen, button, lines, rows
from care.promises import Kind, PromiseState
from care.usecases.audit import Trouble, Undelivered

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording

_LISTED = 12
_CHECKINS = (Kind.CHECKIN, Kind.CHECKIN_REMINDER, Kind.CHECKIN_BACKFILL)
_SESSIONS = (
    Kind.INFUSION_BOOKED,
    Kind.INFUSION_MOVED,
    Kind.INFUSION_CANCELLED,
    Kind.INFUSION_REMINDER,
)


def welcome(say: Wording) -> Screen:
    """An operator is in, or asks for help."""
    return Screen(
        text=lines(
            say.say("<b>You are an operator of this bot.</b>"),
            say.say("Technical trouble is reported here. You see nothing of patients."),
        )
    )


def trouble(say: Wording, kind: str, about: str, count: int) -> Screen:
    """One trouble, and what to do about it."""
    texts = {
        Trouble.PROMISES_OVERDUE: say.count(
            "{n} message has been waiting for over ten minutes.",
            "{n} messages have been waiting for over ten minutes.",
            count,
        ),
        Trouble.ESCALATION_UNSENT: say.say(
            "Escalation E-{about} is open and no coordinator has been reached.", about=about
        ),
        Trouble.NOBODY_TO_PAGE: say.say(
            "No coordinator can be reached: all have blocked the bot."
        ),
        Trouble.NOBODY_IN_TEAM: say.say(
            "There is no coordinator, but patients are asked: nobody would be paged. "
            "The command “invite coordinator” makes a link."
        ),
        Trouble.UPDATE_PARKED: say.say(
            "Update {about} could not be handled and was set aside. The log names the error.",
            about=about,
        ),
        Trouble.NOT_DELIVERED: say.say(
            "A page for a coordinator could not be delivered (promise {about}).", about=about
        ),
        Trouble.GROUP_LOST: say.say(
            "The care team's group cannot be written to since {about} UTC. Pages still go to each "
            "coordinator. Add the bot to the group again, or change CARE_TEAM_CHAT_ID.",
            about=about,
        ),
        Trouble.COORDINATOR_LOST: say.say(
            "{name} cannot be reached: the bot is blocked, or the account is gone. Until they "
            "write to it again, what {name} would be told goes to the others.",
            name=html.escape(about),
        ),
    }
    return Screen(text=lines(f"⚠ {texts[Trouble(kind)]}"))


def undelivered(say: Wording, found: tuple[Undelivered, ...]) -> Screen:
    """For a coordinator: what did not surely arrive, each with a way to send it again."""
    if not found:
        return Screen(text=say.say("Everything of the last seven days was delivered."))
    shown = found[:_LISTED]
    entries = [_line(say, number, one) for number, one in enumerate(shown, start=1)]
    buttons = [
        button(say.say("Send {n} again", n=number), payloads.SendAgain(one.letter.id))
        for number, one in enumerate(shown, start=1)
    ]
    more = len(found) - len(shown)
    rest = say.count("and {n} more", "and {n} more", more) if more else ""
    return Screen(
        text=lines(say.say("<b>Not, or perhaps not, delivered</b>"), *entries, rest),
        keyboard=rows(buttons, width=2),
    )


def _line(say: Wording, number: int, one: Undelivered) -> str:
    is_dead = one.letter.state is PromiseState.DEAD
    state = say.say("not delivered") if is_dead else say.say("perhaps delivered")
    who = html.escape(one.recipient) or say.say("somebody who has left")
    return f"{number}. {who}: {_kind(say, one.letter.promise.kind)} · {state}"


def _kind(say: Wording, kind: Kind) -> str:
    names = {
        **dict.fromkeys(_CHECKINS, say.say("check-in")),
        **dict.fromkeys(_SESSIONS, say.say("infusion date")),
        Kind.SUMMARY: say.say("weekly summary"),
        Kind.RELAY_TO_TEAM: say.say("message of a patient"),
        Kind.RELAY_TO_PATIENT: say.say("answer to a patient"),
        Kind.ESCALATION_PAGE: say.say("escalation"),
    }
    return names.get(kind, say.say("word about a report"))
