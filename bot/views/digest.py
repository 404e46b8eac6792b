"""The Monday digest: a clinic's week on one screen of a phone (F51)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views.escalating import tier_label
from bot.views.roster import INFUSION, REPORT, SILENT, UNREACHABLE, WORSE
from bot.views.screen import Screen, Style, button, lines
from care.digests import BUDGET

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.views.wording.catalogue import Wording
    from care.digests import Digest
    from care.roster import Entry

NAMED = 5


def digest(say: Wording, of: Digest) -> Screen:
    """What stands out, in the order of its weight; the first line says nothing private."""
    found = [line for line in _lines(say, of) if line]
    return Screen(
        text=lines(
            say.say("Your overview of the week."),
            "",
            _patients(say, of),
            *(found or [say.say("Nothing stands out.")]),
            "",
            _rate(say, of),
        ),
        keyboard=((button(say.say("All patients"), payloads.RosterOpen(), Style.PRIMARY),),),
    )


def _patients(say: Wording, of: Digest) -> str:
    patients = say.count("{n} patient.", "{n} patients.", of.patients)
    answered = say.count(
        "{a} of {n} check-in answered last week.",
        "{a} of {n} check-ins answered last week.",
        of.due,
        a=of.answered,
    )
    return f"{patients} {answered}"


def _lines(say: Wording, of: Digest) -> tuple[str, ...]:
    worse, silent, away, infused = of.worse, of.silent, of.unreachable, of.infused
    return (
        _open(say, of),
        _named(say, say.say("{sign} Worse ({n}):", sign=WORSE, n=len(worse)), worse),
        _named(say, say.say("{sign} Silent ({n}):", sign=SILENT, n=len(silent)), silent),
        _named(say, say.say("{sign} Out of reach ({n}):", sign=UNREACHABLE, n=len(away)), away),
        _named(
            say,
            say.say("{sign} Infusion ({n}):", sign=INFUSION, n=len(infused)),
            infused,
            lambda one: _infused(say, one),
        ),
    )


def _open(say: Wording, of: Digest) -> str:
    if not of.tiers:
        return ""
    tiers = ", ".join(f"{count} {tier_label(say, tier)}" for tier, count in of.tiers.items())
    return say.say("{sign} Open reports: {tiers}", sign=REPORT, tiers=tiers)


def _code(one: Entry) -> str:
    return html.escape(one.patient.code)


def _infused(say: Wording, one: Entry) -> str:
    if one.session is None:
        return _code(one)
    on = one.session.starts_at.astimezone(ZoneInfo(one.session.zone)).date()
    return f"{_code(one)} {say.weekday(on)}"


def _named(
    say: Wording, head: str, found: tuple[Entry, ...], name: Callable[[Entry], str] = _code
) -> str:
    """The first five, and how many more; nothing where there is nobody."""
    if not found:
        return ""
    names = [name(one) for one in found[:NAMED]]
    more = len(found) - len(names)
    if more:
        names.append(say.count("and {n} more", "and {n} more", more))
    return f"{head} {', '.join(names)}"


def _rate(say: Wording, of: Digest) -> str:
    """Beside the budget of a care plan that worked (R-TRI-10)."""
    if of.rate is None:
        return ""
    told = say.count("{n} report in 4 weeks:", "{n} reports in 4 weeks:", of.opened)
    rate = say.say(
        "{rate} a month for each patient, {budget} is the measure.",
        rate=say.decimal(of.rate),
        budget=say.decimal(BUDGET),
    )
    return f"{told} {rate}"
