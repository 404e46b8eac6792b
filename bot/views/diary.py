"""The diary as a calendar: marks that can be read without colour, and one day of it (F10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import payloads
from bot.views import calendars, labels, notes, questions, receipts
from bot.views.screen import Button, Row, Screen, Style, button, lines
from bot.views.wording.catalogue import msg
from care.diary import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.views.wording.catalogue import Wording
    from care.diary import DiaryDay
    from care.usecases.diary import ShownDay, ShownMonth

TODAY = "▸"
PAINS = "①②③④⑤⑥⑦⑧⑨⑩"
UNKNOWN_PAIN = "●"
_MARKS = {
    Mark.FREE: "✓",
    Mark.BEGUN: "…",
    Mark.UNANSWERED: "–",
    Mark.UNDELIVERED: "⊘",
}
_LEGEND = {
    "✓": msg("✓ no headache"),
    PAINS: msg("①–⑩ worst pain"),
    UNKNOWN_PAIN: msg("● pain not known"),
    "…": msg("… begun"),
    "–": msg("– not answered"),
    "⊘": msg("⊘ not delivered"),
}


def month(say: Wording, shown: ShownMonth) -> Screen:
    """A month: each day with its mark, and what the marks of this month mean."""
    text = lines(
        say.say("<b>Your diary</b>"),
        say.say("{mark} Today is {day}.", mark=TODAY, day=say.day(shown.today)),
        " · ".join(_legend(say, shown)),
        "",
        say.say("Tap a day to look at it. The last three can still be filled in."),
    )
    close = (button(say.say("Close"), payloads.DiaryClose()),)
    return Screen(text=text, keyboard=(*_month(say, shown), close))


def _month(say: Wording, shown: ShownMonth) -> Iterator[Row]:
    first, days = shown.first, {day.local_date: day for day in shown.days}
    has_earlier = first > shown.joined_on
    has_later = calendars.later(first) <= shown.today
    yield calendars.turn(
        say,
        first,
        back=payloads.DiaryMonth(calendars.earlier(first)) if has_earlier else None,
        on=payloads.DiaryMonth(calendars.later(first)) if has_later else None,
    )
    weeks = calendars.weeks(first)
    yield calendars.head(say, weeks[0])
    for week in weeks:
        yield tuple(_day(days.get(on), today=shown.today) for on in week)


def _day(day: DiaryDay | None, *, today: date) -> Button:
    if day is None:
        return calendars.blank()
    on = day.local_date
    label = f"{on.day}{mark(day)}"
    if day.mark is Mark.OUTSIDE:
        return button(label, payloads.Nothing())
    if on != today:
        return button(label, payloads.DiaryDay(on))
    here = label if mark(day) else f"{TODAY}{label}"  # three signs are all that a phone shows
    return button(here, payloads.DiaryDay(on), Style.PRIMARY)


def mark(day: DiaryDay) -> str:
    """One sign for a day: a headache shows its worst pain in a circle, if it is known."""
    if day.mark is Mark.HEADACHE:
        return PAINS[day.pain - 1] if day.pain else UNKNOWN_PAIN
    return _MARKS.get(day.mark, "")


def _legend(say: Wording, shown: ShownMonth) -> Iterator[str]:
    """What the marks mean that stand in this month."""
    found = {mark(day) for day in shown.days} - {""}
    for signs, words in _LEGEND.items():
        if any(sign in signs for sign in found):
            yield say.say(words)


def day(say: Wording, shown: ShownDay) -> Screen:
    """A day without a check-in that takes answers: its first question, or that it is closed."""
    on = shown.day.local_date
    back = (button(say.say("‹ Back"), payloads.DiaryMonth(on.replace(day=1))),)
    text = lines(
        f"<b>{labels.title(say.day(on))}</b>",
        *receipts.known(say, shown.answers, shown.profile),
        *notes.receipts(shown.notes),
        say.say("Filled in later.") if shown.was_late else "",
        "",
        _state(say, shown),
    )
    fill = _fill(say, on) if shown.day.is_open else ()
    return Screen(text=text, keyboard=(*fill, *notes.way(say, on, shown.notes), back))


def _state(say: Wording, shown: ShownDay) -> str:
    if shown.day.is_open:
        return say.say("No check-in came on this day. <b>Did you have a headache?</b>")
    if shown.answers:
        return say.say("This day is closed. Your answers are kept. Ask your team to correct them.")
    if shown.day.mark is Mark.UNDELIVERED:
        return say.say("This day is closed. The question did not reach you.")
    if shown.day.mark is Mark.UNANSWERED:
        return say.say("This day is closed. There was no answer, and that is all right.")
    return say.say("No check-in came on this day.")


def _fill(say: Wording, on: date) -> tuple[Row, ...]:
    """The first question of a day that no check-in stands for; an answer makes it one."""
    return tuple(
        (button(label, payloads.DiaryFill(on, value), style),)
        for value, label, style in questions.headache_choices(say)
    )


def closed(say: Wording) -> Screen:
    """The calendar is put away."""
    return Screen(text=say.say("/diary shows your diary again."))
