"""A patient closely: 28 days as a picture, and what stands behind them in few lines (F51)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views import limits, lists, scores, summary
from bot.views.escalating import tier_label
from bot.views.screen import Row, Screen, Style, button, lines, rows
from bot.views.wording.catalogue import LANGUAGES, msg
from care import medication_days, question_sets as daily
from care.clinic import Definition
from care.days import HALF
from care.lifecycle import Outcome
from care.people import PatientState
from care.questions import Item, said
from care.triage import Tier
from reports.months import MonthPicture, month_chart
from reports.signs import DayMark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.days import Count
    from care.profiles import DrugClass
    from care.summaries import WeekDay
    from care.usecases.desk import Card

NEWEST = 7
MOST_CLASSES = 4
MOST_REPORTS = 8

_FUNCTIONS = {
    daily.NORMAL: msg("all done"),
    daily.REDUCED: msg("half done"),
    daily.COULD_NOT: msg("nothing done"),
}
_DEFINITIONS = {
    Definition.LEIDEN: msg("Migraine days"),
    Definition.IHS: msg("Migraine days (IHS)"),
}


def card(say: Wording, of: Card, *, clinic: Clinic, is_alone: bool = False) -> Screen:
    """The picture, which ends today, with its lines; `is_alone` when no list stands above it."""
    return Screen(
        text=text(say, of, clinic),
        photo=month_chart(picture(say, of)),
        keyboard=_keyboard(say, of, is_alone=is_alone),
    )


def unknown(say: Wording, code: str) -> Screen:
    """Nobody who has joined has this code."""
    return Screen(
        text=say.say("Nobody who has joined has the code {code}.", code=html.escape(code[:12])),
        keyboard=((button(say.say("All patients"), payloads.RosterOpen()),),),
    )


def text(say: Wording, of: Card, clinic: Clinic) -> str:
    """What is known, the newest first; completeness before everything that is counted."""
    return lines(
        _who(say, of),
        _state(say, of),
        "",
        *_entries(say, of),
        "",
        say.say("<b>28 days to {day}</b>", day=say.short_day(of.block.last)),
        _completeness(say, of),
        _counted(say, say.say("Headache days"), of.block.headache),
        _migraine(say, of),
        _medicines(say, of),
        limits.line(say, of.patient, clinic),
        *scores.line(say, of.results, of.days[-1].local_date),
        _infusion(say, of, clinic),
    )


def _who(say: Wording, of: Card) -> str:
    local = of.now.astimezone(ZoneInfo(of.patient.zone))
    language = LANGUAGES.get(of.patient.language, of.patient.language)
    there = say.say("{time} there now", time=say.clock(local.time()))
    return f"<b>{html.escape(of.patient.code)}</b> · {language} · {there}"


def _state(say: Wording, of: Card) -> str:
    today = of.days[-1].local_date
    if of.patient.state is PatientState.STOPPED:
        return say.say("■ Has ended the check-ins.")
    if not of.patient.is_reachable:
        return say.say("⊘ Cannot be reached: has blocked the bot.")
    if of.patient.is_paused(today):
        return say.say("‖ On a break. Can be reached.")
    return say.say("Can be reached.")


def _entries(say: Wording, of: Card) -> Iterator[str]:
    """The newest days with an answer, one line each."""
    answered = [day for day in reversed(of.days) if day.is_answered]
    if not answered:
        yield say.say("No answer in 28 days.")
    for day in answered[:NEWEST]:
        on = day.local_date
        yield f"{say.weekday(on)} {on.day}: {_entry(say, day)}"


def _entry(say: Wording, day: WeekDay) -> str:
    if daily.is_too_ill(day.answers):
        return say.say("too ill to answer")
    parts = [_pain(say, day)]
    took = said(day.answers, Item.MEDICINES)
    if took:
        has_taken = daily.has_drug(day.answers)
        parts.append(say.say("medicine") if has_taken else say.say("no medicine"))
    if day.has_aura:
        parts.append(say.say("aura"))
    parts += [say.say(_FUNCTIONS[code]) for code in said(day.answers, Item.FUNCTION)]
    return ", ".join(parts)


def _pain(say: Wording, day: WeekDay) -> str:
    if not day.has_headache:
        return say.say("no headache")
    return say.say("pain {n}", n=day.pain) if day.pain else say.say("headache, pain not known")


def _completeness(say: Wording, of: Card) -> str:
    due = [day for day in of.days[:-1] if day.outcome is not None]
    found = say.count(
        "{a} of {n} day answered",
        "{a} of {n} days answered",
        len(due),
        a=sum(day.is_answered for day in due),
    )
    undelivered = sum(day.outcome is Outcome.NOT_DELIVERED for day in due)
    if not undelivered:
        return f"{found}."
    return f"{found}, {say.say('{n} not delivered', n=undelivered)}."


def _counted(say: Wording, what: str, count: Count) -> str:
    """As is, scaled and marked so, or not at all (R-BLK-2)."""
    if count.in_block is None:
        return say.say(
            "{what}: not counted with {n} known days of 28; it takes {least}.",
            what=what,
            n=count.known,
            least=HALF,
        )
    if not count.is_scaled:
        return say.say("{what}: {n} of 28.", what=what, n=count.days)
    return say.say(
        "{what}: {a} of {n} known, scaled to {scaled} of 28.",
        what=what,
        a=count.days,
        n=count.known,
        scaled=say.decimal(count.in_block),
    )


def _migraine(say: Wording, of: Card) -> str:
    told = _counted(say, say.say(_DEFINITIONS[of.block.definition]), of.block.migraine)
    if not of.block.unknown:
        return told
    unclear = say.count("Unclear: {n} day.", "Unclear: {n} days.", of.block.unknown)
    return f"{told} {unclear}"


def _medicines(say: Wording, of: Card) -> str:
    """Days by class beside the limits, those from 80 % of one on in bold (R-MOH-1, R-MOH-6)."""
    found = sorted(of.medication.by_class.items(), key=lambda pair: -pair[1])
    if not found:
        return say.say("Acute medicine, 30 days: none noted.")
    classes = [_class(say, *pair) for pair in found[:MOST_CLASSES]]
    more = len(found) - len(classes)
    if more:
        classes.append(say.count("and {n} more", "and {n} more", more))
    told = ", ".join(classes)
    if of.medication.is_at_least:
        return say.say("Acute medicine, 30 days, at least: {classes}.", classes=told)
    return say.say("Acute medicine, 30 days: {classes}.", classes=told)


def _class(say: Wording, drug_class: DrugClass, days: int) -> str:
    name, limit = say.say(lists.CLASSES[drug_class]), medication_days.LIMITS.get(drug_class)
    if limit is None:
        return f"{name} {days}"
    told = say.say("{name} {n} (limit {limit})", name=name, n=days, limit=limit)
    warns_from = medication_days.warns_from(drug_class)
    return f"<b>{told}</b>" if warns_from is not None and days >= warns_from else told


def _infusion(say: Wording, of: Card, clinic: Clinic) -> str:
    if of.next_session is None:
        return say.say("No infusion is scheduled.")
    at = say.instant(of.next_session.starts_at, ZoneInfo(clinic.zone))
    return say.say("Next infusion: {at}.", at=at)


def _keyboard(say: Wording, of: Card, *, is_alone: bool) -> tuple[Row, ...]:
    reports = [
        button(
            f"{tier_label(say, one.tier)} · E-{one.id}",
            payloads.Look(one.id),
            Style.DANGER if one.tier is Tier.EMERGENCY else None,
        )
        for one in of.escalations[:MOST_REPORTS]
    ]
    back = say.say("All patients") if is_alone else say.say("‹ Back")
    return (
        *rows(reports, width=2),
        (
            button(say.say("Infusions"), payloads.Sessions()),
            button(say.say("Limits"), payloads.Limits(of.patient.id, is_alone)),
            button(say.say("Scores"), payloads.Scores(of.patient.id, is_alone)),
        ),
        (button(back, payloads.CardClose(is_alone)),),
    )


def picture(say: Wording, of: Card) -> MonthPicture:
    """The 28 days as values for the chart."""
    shown = of.days[1:]
    first, last = shown[0].local_date, shown[-1].local_date
    return MonthPicture(
        title=f"{of.patient.code} · {say.short_day(first)} – {say.short_day(last)}",
        days=tuple(_mark(say, of, day) for day in shown),
        legend={**summary.legend(say), "infusion": say.say("infusion")},
        scale_label=say.say("Worst pain, 0 to 10"),
    )


def _mark(say: Wording, of: Card, day: WeekDay) -> DayMark:
    on = day.local_date
    return DayMark(
        label=say.narrow_weekday(on),
        sublabel=str(on.day),
        kind=summary.kind(day),
        pain=day.pain if day.has_headache else None,
        aura=day.has_aura,
        infusion=on in of.infused_on,
    )
