"""How often the check-in comes, and for how long not at all (F13, F60)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import TICK, Button, Screen, Style, button, lines, ways
from care.people import BREAKS, NO_END, UNTIL_I_RETURN, Pace, PatientState

if TYPE_CHECKING:
    from datetime import date

    from bot.views.wording.catalogue import Wording
    from care.people import Patient


def line(say: Wording, patient: Patient, *, today: date) -> str:
    """When the check-in comes, in one sentence."""
    at = say.clock(patient.checkin_time)
    if patient.state is PatientState.STOPPED:
        return say.say("Check-ins are stopped. /start begins them again.")
    if patient.is_paused(today):
        return break_line(say, patient)
    if patient.pace is Pace.EVERY_OTHER_DAY:
        return say.say("The check-in comes every other day at {time}.", time=at)
    return say.say("The check-in comes daily at {time}.", time=at)


def break_line(say: Wording, patient: Patient) -> str:
    """How long a break lasts."""
    until, at = patient.paused_until, say.clock(patient.checkin_time)
    if until is None or until >= UNTIL_I_RETURN:
        return say.say("You are on a break until you end it.")
    return say.say(
        "You are on a break. The next check-in comes on {day} at {time}.",
        day=say.day(until),
        time=at,
    )


def paces(say: Wording, patient: Patient) -> Screen:
    """Every day, or every other?"""
    return Screen(
        text=lines(
            say.say("<b>How often shall the check-in come?</b>"),
            say.say("Every other day asks again on the day after a headache."),
        ),
        keyboard=(
            (_pace(say.say("Every day"), Pace.DAILY, patient),),
            (_pace(say.say("Every other day"), Pace.EVERY_OTHER_DAY, patient),),
            ways(say, payloads.Settings(), keep=payloads.Settings()),
        ),
    )


def _pace(label: str, pace: Pace, patient: Patient) -> Button:
    stands = patient.pace is pace
    return button(f"{TICK} {label}" if stands else label, payloads.Pace(pace))


def breaks(say: Wording, patient: Patient, *, today: date) -> Screen:
    """A break: begin one, or end the one that runs."""
    infusions = say.say("Messages about infusions still come. /today asks whenever you like.")
    if patient.is_paused(today):
        over = button(say.say("End the break"), payloads.BreakOver(), Style.PRIMARY)
        return Screen(
            text=lines(f"<b>{break_line(say, patient)}</b>", infusions),
            keyboard=((over,), ways(say, payloads.Settings(), keep=payloads.Settings())),
        )
    return Screen(
        text=lines(
            say.say("<b>How long shall the break be?</b>"),
            say.say("No check-ins, no reminders; these days are not counted."),
            infusions,
        ),
        keyboard=(
            *((_break(say, days),) for days in BREAKS),
            ways(say, payloads.Settings()),
        ),
    )


def _break(say: Wording, days: int) -> Button:
    if days == NO_END:
        return button(say.say("Until I return"), payloads.Break(days))
    weeks, rest = divmod(days, 7)
    if rest:
        label = say.count("{n} day", "{n} days", days)
    else:
        label = say.count("{n} week", "{n} weeks", weeks)
    return button(label, payloads.Break(days))
