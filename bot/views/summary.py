"""The weekly summary: one picture and a few lines, completeness first (F20)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot.views import labels
from bot.views.screen import Screen, lines
from care.lifecycle import Outcome
from care.questions import Item
from reports.charts import WeekPicture, weekly_chart
from reports.signs import DayMark, Kind, Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.views.wording.catalogue import Wording
    from care.profiles import Profile
    from care.summaries import Week, WeekDay

_MOST = 3


def summary(say: Wording, week: Week, before: Week, *, profile: Profile) -> Screen:
    """The week given back; silent on what is not known."""
    lines_below = text(say, week, before, profile)
    return Screen(text=lines_below, photo=weekly_chart(picture(say, week)))


def text(say: Wording, week: Week, before: Week, profile: Profile) -> str:
    """The lines below the picture; the first says nothing private."""
    known = (
        _completeness(say, week),
        _late(say, week),
        _headaches(say, week, before),
        _pain(say, week),
        _aura(say, week),
        _exposures(say, week, profile),
        _practice(say, week),
    )
    return lines(say.say("Your week in review."), "", *(line for line in known if line))


def _completeness(say: Wording, week: Week) -> str:
    """How many of the days there is an answer for, first of all (R-OUT-1, R-ADH-1)."""
    text = say.count(
        "You answered {a} of {n} day.", "You answered {a} of {n} days.", week.due, a=week.answered
    )
    if week.undelivered:
        text += " " + say.count(
            "On {n} day the question did not reach you.",
            "On {n} days the question did not reach you.",
            week.undelivered,
        )
    if week.still_open:
        text += " " + say.count(
            "{n} day is still open: /diary.", "{n} days are still open: /diary.", week.still_open
        )
    return text


def _late(say: Wording, week: Week) -> str:
    """Memory is not the day itself: what was filled in later is said (R-FILL-1)."""
    if not week.late:
        return ""
    return say.count(
        "{a} of {n} answered later.", "{a} of {n} answered later.", week.answered, a=week.late
    )


def _headaches(say: Wording, week: Week, before: Week) -> str:
    if not week.answered:
        return ""
    text = say.count(
        "Headache on {h} of {n} answered day",
        "Headache on {h} of {n} answered days",
        week.answered,
        h=week.headache_days,
    )
    if not before.answered:
        return f"{text}."
    last = say.say("the week before: {h} of {n}", h=before.headache_days, n=before.answered)
    return f"{text} ({last})."


def _pain(say: Wording, week: Week) -> str:
    pains = week.pains
    if not pains:
        return ""
    low, high = min(pains), max(pains)
    if low == high:
        return say.say("Pain at its worst: {high} of 10.", high=high)
    return say.say("Pain at its worst: {low} to {high} of 10.", low=low, high=high)


def _aura(say: Wording, week: Week) -> str:
    if not week.aura_days:
        return ""
    return say.count("Aura on {n} day.", "Aura on {n} days.", week.aura_days)


def _exposures(say: Wording, week: Week, profile: Profile) -> str:
    most = week.exposures[:_MOST]
    if not most:
        return ""
    noted = ", ".join(
        say.count(
            "{thing} ({n} day)",
            "{thing} ({n} days)",
            days,
            thing=html.escape(labels.answer(say, Item.EXPOSURES, code, profile)),
        )
        for code, days in most
    )
    return say.say("Noted most often: {noted}.", noted=noted)


def _practice(say: Wording, week: Week) -> str:
    """Self-care beside the rest, not as its reason (F16)."""
    kept, answered = week.practice_days
    if not answered:
        return ""
    return say.count("Self-care: {a} of {n} day.", "Self-care: {a} of {n} days.", answered, a=kept)


def picture(say: Wording, week: Week) -> WeekPicture:
    """The seven days as values for the chart."""
    first, last = week.days[0].local_date, week.days[-1].local_date
    return WeekPicture(
        title=f"{say.short_day(first)} – {say.short_day(last)}",
        days=tuple(_mark(say, day) for day in week.days),
        legend=legend(say),
        scale_label=say.say("Worst pain, 0 to 10"),
    )


def legend(say: Wording) -> Mapping[Sign, str]:
    """What the signs of a day mean."""
    return {
        "pain": say.say("worst pain"),
        "pain unknown": say.say("headache, pain not known"),
        "unanswered": say.say("not answered"),
        "open": say.say("still open"),
        "undelivered": say.say("not delivered"),
        "aura": say.say("aura"),
        "free": say.say("no headache"),
        "ahead": say.say("no check-in"),
    }


def _mark(say: Wording, day: WeekDay) -> DayMark:
    return DayMark(
        label=say.weekday(day.local_date),
        sublabel=str(day.local_date.day),
        kind=kind(day),
        pain=day.pain if day.has_headache else None,
        aura=day.has_aura,
    )


def kind(day: WeekDay) -> Kind:
    """What a day shows in a picture."""
    if day.is_answered:
        return "pain" if day.has_headache else "free"
    if day.is_open:
        return "open"
    match day.outcome:
        case None:
            return "ahead"
        case Outcome.NOT_DELIVERED:
            return "undelivered"
        case _:
            return "unanswered"
