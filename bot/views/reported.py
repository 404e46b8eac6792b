"""Lists of escalations, and the history of one, for the care team (F45, F51)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views import escalating, reasons
from bot.views.escalating import headline
from bot.views.screen import Row, Screen, button, lines, rows
from care import triage
from care.escalation import Closing
from care.happenings import Happening

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.happenings import EscalationEvent
    from care.people import Coordinator, CoordinatorId, Patient

_LISTED = 15
_LATEST = 25
"""Lines of a history that are shown; the newest."""

_ROOM = 3600
"""Characters for those lines; the names of a large team take many (telegram facts, 1)."""


def nothing_open(say: Wording) -> Screen:
    """No escalation is open or taken."""
    return Screen(text=say.say("Nothing is open. Every report has been closed."))


def unclosed(
    say: Wording,
    found: tuple[tuple[Escalation, Patient, Coordinator | None], ...],
    clinic: Clinic,
) -> Screen:
    """All that is open or taken, each with a way to it."""
    zone = ZoneInfo(clinic.zone)
    entries = [
        f"{headline(say, one, patient, number=1)}\n{reasons.what(say, one)}\n"
        f"{say.instant(one.opened_at, zone)} · {_holder(say, one, owner, clinic)}"
        for one, patient, owner in found[:_LISTED]
    ]
    title = say.count(
        "<b>{n} report is not closed</b>", "<b>{n} reports are not closed</b>", len(found)
    )
    return _list(say, title, entries, [(one, patient) for one, patient, _owner in found])


def _holder(
    say: Wording, escalation: Escalation, owner: Coordinator | None, clinic: Clinic
) -> str:
    """Who has it, or until when somebody should."""
    if owner is not None:
        return html.escape(owner.name)
    if escalation.take_by is None or triage.is_at_once(escalation.rule):
        return say.say("nobody yet")
    at = say.instant(escalation.take_by, ZoneInfo(clinic.zone))
    return say.say("nobody yet, please by {at}", at=at)


def _list(
    say: Wording, title: str, entries: Sequence[str], found: Sequence[tuple[Escalation, Patient]]
) -> Screen:
    """The first of a list, each with a way to it, and how many more there are."""
    buttons = [
        button(f"E-{one.id} · {patient.code}", payloads.Look(one.id))
        for one, patient in found[:_LISTED]
    ]
    more = len(found) - len(entries)
    rest = say.count("and {n} more", "and {n} more", more) if more else ""
    return Screen(
        text=lines(title, "", "\n\n".join(entries), "", rest), keyboard=rows(buttons, width=2)
    )


def noted(say: Wording, escalation: Escalation) -> Screen:
    """A reply was kept as its note."""
    return Screen(text=say.say("Kept as the note of {reference}.", reference=f"E-{escalation.id}"))


def daily(say: Wording, found: tuple[tuple[Escalation, Patient], ...]) -> Screen:
    """What can wait, on each working day (R-TRI-1); looked at again, what is left of it."""
    if not found:
        return Screen(
            text=say.say(
                "Every report of this list has been taken. /open shows what is not closed."
            )
        )
    entries = [
        f"{headline(say, one, patient, number=1)}\n{reasons.what(say, one)}"
        for one, patient in found[:_LISTED]
    ]
    title = say.count("<b>{n} report can wait</b>", "<b>{n} reports can wait</b>", len(found))
    return _list(say, title, entries, [(one, patient) for one, patient in found])


def history(
    say: Wording,
    escalation: Escalation,
    patient: Patient,
    events: Iterable[EscalationEvent],
    team: Iterable[Coordinator],
    clinic: Clinic,
) -> Screen:
    """What happened to it, line by line, on the clinic's clock."""
    names = {one.id: html.escape(one.name) for one in team}
    zone = ZoneInfo(clinic.zone)
    told = [f"{say.instant(one.at, zone)} · {_event(say, one, names)}" for one in events]
    told = told[-_LATEST:]
    while sum(map(len, told)) > _ROOM:
        told = told[1:]
    back: Row = (button(say.say("‹ Back"), payloads.Look(escalation.id)),)
    return Screen(
        text=lines(headline(say, escalation, patient, number=1), "", *told),
        keyboard=(back,),
    )


def _event(say: Wording, event: EscalationEvent, names: Mapping[CoordinatorId, str]) -> str:
    who = _who(say, event.actor, names)
    plain = {
        Happening.RAISED: say.say("raised"),
        Happening.AGAIN: say.say("reported again"),
        Happening.NOBODY: say.say("nobody could be reached"),
        Happening.TAKEN: say.say("taken by {name}", name=who),
        Happening.REOPENED: say.say("open again: its owner has left the team"),
        Happening.CALLING: say.say("{name} calls the patient", name=who),
        Happening.REMINDED: say.say("not closed yet: its owner was reminded"),
        Happening.NOTED: say.say("{name} wrote a note", name=who),
        Happening.MISTAKE: say.say("the patient says it was a mistake"),
        Happening.CALLED: say.say("the patient has called the emergency number"),
        Happening.ACCOMPANIED: say.say("the patient is not alone"),
        Happening.SAFE: (
            say.say("the patient did not answer the question in time")
            if event.detail.get("safe") == "silent"
            else say.say("the patient answered the question")
        ),
    }
    if event.happening in plain:
        return plain[event.happening]
    return _with_detail(say, event, who, names)


def _with_detail(
    say: Wording, event: EscalationEvent, who: str, names: Mapping[CoordinatorId, str]
) -> str:
    match event.happening:
        case Happening.PAGED:
            ids = str(event.detail.get("to", "")).split(",")
            told = ", ".join(_named(say, one, names) for one in ids)
            return say.say("page {n} to {names}", n=event.detail.get("n", 1), names=told)
        case Happening.HANDED_OVER:
            to = _named(say, str(event.detail.get("to", "")), names)
            return say.say("{name} handed it over to {to}", name=who, to=to)
        case Happening.CLOSED:
            ending = escalating.closing_label(say, Closing(str(event.detail["as"])))
            return say.say("closed by {name}: {ending}", name=who, ending=ending)
        case _:
            is_today = event.detail.get("urgency") == "today"
            today, wait = say.say("needs someone today"), say.say("can wait")
            return say.say("the patient says: {words}", words=today if is_today else wait)


def _who(say: Wording, actor: str, names: Mapping[CoordinatorId, str]) -> str:
    return _named(say, actor.removeprefix("coordinator:"), names)


def _named(say: Wording, number: str, names: Mapping[CoordinatorId, str]) -> str:
    known = {str(one): name for one, name in names.items()}
    return known.get(number, say.say("somebody who has left"))
