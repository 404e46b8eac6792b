"""The daily check-in on the patient's screen: receipts above, one question below."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.views import labels, notes, questions, receipts, safety
from bot.views.screen import Row, Screen, lines
from bot.views.wording.catalogue import msg
from care import question_sets as daily
from care.questions import Item
from care.steps.silence import ASKS_WHAT_SUITS_FROM, SOFTER_FROM

if TYPE_CHECKING:
    from datetime import datetime

    from bot.views.questions import Sheet
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.escalation import Escalation


def screen(
    sheet: Sheet, *, clinic: Clinic, now: datetime, raised: tuple[Escalation, ...] = ()
) -> Screen:
    """The check-in as it stands: what is saved, and the next question or the end.

    Words of safety come before anything else (R-EMG-1, R-REP-1).
    """
    say, checkin = sheet.say, sheet.checkin
    is_closed = now >= checkin.locks_at
    text = lines(
        *(safety.raised(say, clinic, one) for one in raised),
        "",
        f"<b>{labels.title(say.day(checkin.local_date))}</b>",
        *receipts.known(say, sheet.answers, sheet.profile, asking=checkin.asking),
        *notes.receipts(sheet.notes),
        say.say("Filled in later.") if sheet.was_late else "",
        _running(sheet),
        "",
        _closed(sheet) if is_closed else _asked(sheet),
    )
    return Screen(text=text, keyboard=() if is_closed else _keyboard(sheet))


def review(sheet: Sheet) -> Screen:
    """What can be changed, or added, on this day."""
    say = sheet.say
    text = lines(
        f"<b>{labels.title(say.day(sheet.checkin.local_date))}</b>",
        *receipts.whole(say, sheet.answers, sheet.profile),
        "",
        f"<b>{say.say('What would you like to change?')}</b>",
    )
    return Screen(text=text, keyboard=questions.review(sheet))


def refreshed(say: Wording, shown: Screen) -> Screen:
    """The same screen after the bot was away: taps may have been lost meanwhile."""
    away = say.say("I was away for a while. If you tapped meanwhile, please tap again.")
    return replace(shown, text=lines(away, "", shown.text))


class Prompt(Enum):
    """Why a check-in arrives by itself."""

    FIRST = auto()
    SECOND = auto()
    NEXT_MORNING = auto()
    AFTER_BREAK = auto()


_OPENINGS = {
    Prompt.SECOND: msg("Your check-in is still open. One tap is enough."),
    Prompt.NEXT_MORNING: msg("Yesterday is still open, if you like. One tap is enough."),
    Prompt.AFTER_BREAK: msg("Time for your check-in. Your break is over; welcome back."),
}


def prompt(sheet: Sheet, why: Prompt, *, silent_days: int = 0) -> Screen:
    """The message that arrives by itself: its first line says nothing private."""
    say, checkin = sheet.say, sheet.checkin
    opening = _opening(sheet, why, silent_days=silent_days)
    head = (opening, "", f"<b>{labels.title(say.day(checkin.local_date))}</b>")
    if Item.HEADACHE not in sheet.answers:
        suits = silent_days >= ASKS_WHAT_SUITS_FROM
        keyboard = questions.what_suits(sheet) if suits else questions.headache(sheet)
        return Screen(text=lines(*head), keyboard=keyboard)
    begun = say.say("You have begun it; the rest is quick.")
    return Screen(text=lines(*head, begun), keyboard=questions.go_on(sheet))


def _opening(sheet: Sheet, why: Prompt, *, silent_days: int) -> str:
    say = sheet.say
    if why in _OPENINGS:
        return say.say(_OPENINGS[why])
    if sheet.checkin.is_delayed:
        return say.say("Time for your check-in. It comes late today; the delay was ours.")
    if silent_days >= ASKS_WHAT_SUITS_FROM:
        return say.say("It has been quiet for some days, and that is all right. What would suit?")
    if silent_days >= SOFTER_FROM:
        return say.say("Time for your check-in, only if it suits. Any day counts.")
    return say.say("Time for your check-in.")


def _running(sheet: Sheet) -> str:
    if sheet.attack is None or sheet.checkin.asking is not None:
        return ""
    began = sheet.say.instant(sheet.attack.started_at, ZoneInfo(sheet.attack.zone))
    return sheet.say.say("An attack runs since {began}.", began=began)


def _closed(sheet: Sheet) -> str:
    if sheet.answers:
        return sheet.say.say("This day is closed. Your answers are kept.")
    return sheet.say.say("This day is closed. There was no answer, and that is all right.")


def _asked(sheet: Sheet) -> str:
    item = sheet.checkin.asking
    if item is None:
        return _end(sheet)
    hint = labels.hint(sheet.say, item)
    return lines(f"<b>{labels.question(sheet.say, item)}</b>", hint)


def _end(sheet: Sheet) -> str:
    say = sheet.say
    if not sheet.answers:
        return say.say("Nothing is asked today.")
    if daily.is_too_ill(sheet.answers):
        return say.say("Saved. Rest now; nothing more is needed today.")
    if sheet.is_late:
        return say.say("Saved for that day. Thank you.")
    return say.say("Saved. That is all for today.")


def _keyboard(sheet: Sheet) -> tuple[Row, ...]:
    item = sheet.checkin.asking
    rows = questions.end(sheet) if item is None else questions.keyboard(sheet, item)
    is_way_out = sheet.is_late and item in {None, Item.HEADACHE}
    diary = (questions.to_diary(sheet.say),) if is_way_out else ()
    return (*rows, *notes.way(sheet.say, sheet.checkin.local_date, sheet.notes), *diary)
