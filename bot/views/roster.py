"""The roster: eight patients a page, whom to look at first, marks that need no colour (F51)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views.escalating import tier_label
from bot.views.screen import Button, Row, Screen, Style, button, lines, rows
from bot.views.wording.catalogue import msg
from care import roster as facts
from care.roster import Part, worst_pain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.questions import Answers
    from care.roster import Entry, Worse
    from care.triage import Tier

A_PAGE = 8
ACTIVE = "▸"

REPORT, WORSE, SILENT, UNREACHABLE, DUE, INFUSION = "⚑", "↑", "◌", "⊘", "–", "◆"
PAUSED, STOPPED = "‖", "■"
_LEGEND = {
    REPORT: msg("⚑ open report"),
    WORSE: msg("↑ worse than the week before"),
    SILENT: msg("◌ silent"),
    UNREACHABLE: msg("⊘ cannot be reached"),
    DUE: msg("– not answered yet"),
    INFUSION: msg("◆ infusion this week"),
    PAUSED: msg("‖ on a break"),
    STOPPED: msg("■ stopped"),
}
_PARTS = {
    Part.ALL: msg("All {n}"),
    Part.DUE: msg("Due {n}"),
    Part.SILENT: msg("Silent {n}"),
    Part.WORSE: msg("Worse {n}"),
    Part.INFUSION: msg("Infusion {n}"),
    Part.REPORTS: msg("Reports {n}"),
}
_EMPTY = {
    Part.ALL: msg("No patient has joined yet. /invite makes a link."),
    Part.DUE: msg("Nobody: every check-in that is open has an answer."),
    Part.SILENT: msg("Nobody is silent."),
    Part.WORSE: msg("Nobody's week was worse than the one before."),
    Part.INFUSION: msg("No infusion in the next seven days."),
    Part.REPORTS: msg("No report is open."),
}


def roster(
    say: Wording, entries: tuple[Entry, ...], part: Part, page: int, *, clinic: Clinic
) -> Screen:
    """A page of a part of the list."""
    shown = tuple(one for one in entries if one.belongs(part))
    last = max(0, (len(shown) - 1) // A_PAGE)
    page = min(page, last)
    first = page * A_PAGE
    here = shown[first : first + A_PAGE]
    return Screen(
        text=lines(
            _head(say, here, first, len(shown)),
            " · ".join(_legend(say, here)),
            "",
            *(line(say, one, part, clinic) for one in here),
            "" if here else say.say(_EMPTY[part]),
        ),
        keyboard=(
            *rows(
                [button(one.patient.code, payloads.Card(one.patient.id)) for one in here], width=4
            ),
            *_turn(part, page, last),
            *(_filters(say, entries, part) if entries else ()),
        ),
    )


def _head(say: Wording, here: tuple[Entry, ...], first: int, total: int) -> str:
    title = say.say("<b>Patients</b>")
    if total <= A_PAGE:
        return title
    return f"{title} · " + say.say(
        "{first} to {last} of {n}", first=first + 1, last=first + len(here), n=total
    )


def _filters(say: Wording, entries: tuple[Entry, ...], active: Part) -> tuple[Row, ...]:
    found = facts.counts(entries)
    buttons = [
        button(
            (ACTIVE if part is active else "") + say.say(_PARTS[part], n=found[part]),
            payloads.Roster(part, 0),
            Style.PRIMARY if part is active else None,
        )
        for part in Part
    ]
    return rows(buttons, width=3)


def _turn(part: Part, page: int, last: int) -> tuple[Row, ...]:
    if not last:
        return ()
    turn: list[Button] = []
    if page:
        turn.append(button("‹", payloads.Roster(part, page - 1)))
    turn.append(button(f"{page + 1}/{last + 1}", payloads.Nothing()))
    if page < last:
        turn.append(button("›", payloads.Roster(part, page + 1)))
    return (tuple(turn),)


def line(say: Wording, one: Entry, part: Part, clinic: Clinic) -> str:
    """One patient: marks, code, and the one fact that the list is asked for."""
    code = f"<b>{html.escape(one.patient.code)}</b>"
    return f"{''.join(marks(one))} {code} {fact(say, one, part, clinic)}".strip()


def marks(one: Entry) -> tuple[str, ...]:
    """Every state of a patient as a sign."""
    found = {
        REPORT: bool(one.escalations),
        WORSE: one.worse is not None,
        SILENT: one.is_silent,
        UNREACHABLE: one.is_unreachable,
        DUE: one.is_due and not one.is_silent,
        INFUSION: one.session is not None,
        PAUSED: one.is_paused,
        STOPPED: one.is_stopped,
    }
    return tuple(sign for sign, holds in found.items() if holds)


def _legend(say: Wording, here: tuple[Entry, ...]) -> Iterator[str]:
    """What the marks mean that stand on this page."""
    found = {sign for one in here for sign in marks(one)}
    return (say.say(words) for sign, words in _LEGEND.items() if sign in found)


def fact(say: Wording, one: Entry, part: Part, clinic: Clinic) -> str:
    """The fact of the part that is shown; else the one for which the patient stands so high."""
    if one.escalations and part in {Part.ALL, Part.REPORTS}:
        return reports(say, one)
    if one.worse is not None and part in {Part.ALL, Part.WORSE}:
        return worse(say, one.worse)
    if one.is_silent and part in {Part.ALL, Part.SILENT}:
        return silent(say, one.silent_days)
    if one.session is not None and part is Part.INFUSION:
        return infusion(say, one, clinic)
    return last_entry(say, one)


def reports(say: Wording, one: Entry) -> str:
    """What nobody has taken yet, then what somebody has, each by tier."""
    untaken, taken = (_tiers(say, found) for found in (one.untaken, one.taken))
    parts = (
        say.say("not taken: {tiers}", tiers=untaken) if untaken else "",
        say.say("taken: {tiers}", tiers=taken) if taken else "",
    )
    return " · ".join(part for part in parts if part)


def _tiers(say: Wording, found: Mapping[Tier, int]) -> str:
    return ", ".join(
        tier_label(say, tier) if count == 1 else f"{count} {tier_label(say, tier)}"
        for tier, count in found.items()
    )


def worse(say: Wording, found: Worse) -> str:
    """By what the week was worse, with what it is measured against."""
    now, before = found.now, found.before
    if found.is_by_days:
        return say.say(
            "worse: {a} headache days of {n}, {b} of {m} before",
            a=now.headache_days,
            n=now.completed,
            b=before.headache_days,
            m=before.completed,
        )
    return say.say(
        "worse: mean pain {a} of 10, {b} before",
        a=say.decimal(now.mean_pain),
        b=say.decimal(before.mean_pain),
    )


def silent(say: Wording, days: int) -> str:
    """How many check-ins in a row, as people say it."""
    return say.count("silent for {n} day", "silent for {n} days", days)


def infusion(say: Wording, one: Entry, clinic: Clinic) -> str:
    """When, on the clinic's clock."""
    if one.session is None:
        return ""
    return say.say("infusion {at}", at=say.instant(one.session.starts_at, ZoneInfo(clinic.zone)))


def last_entry(say: Wording, one: Entry) -> str:
    """The newest answers: when, and how bad."""
    if one.last_on is None:
        return say.say("no entry in the last three weeks")
    return f"{say.short_day(one.last_on)}: {day(say, one.last)}"


def day(say: Wording, entry: Answers) -> str:
    """A completed day in two words."""
    pain = worst_pain(entry)
    if pain is None:
        return say.say("headache, pain not known")
    return say.say("worst pain {n}", n=pain) if pain else say.say("no headache")
