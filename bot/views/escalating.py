"""Escalations on a coordinator's screen: who, what, how bad, since when, who has it (F41)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views.screen import Row, Screen, Style, button, lines, rows
from care import triage
from care.escalation import Closing, Escalation, EscalationState
from care.triage import Tier

if TYPE_CHECKING:
    from datetime import datetime

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.people import Coordinator, Patient

_LISTED = 20


def page(
    say: Wording,
    escalation: Escalation,
    patient: Patient,
    *,
    clinic: Clinic,
    owner: Coordinator | None,
    number: int = 1,
) -> Screen:
    """The message that rings, and the same message once it is taken or closed."""
    return Screen(
        text=lines(
            _headline(say, escalation, patient, number=number),
            _what(say, escalation),
            _since(say, escalation, patient, clinic),
            _mistake(say, escalation),
            "",
            _told(say, escalation),
            _state(say, escalation, owner, clinic),
        ),
        keyboard=_keyboard(say, escalation),
    )


def _headline(say: Wording, escalation: Escalation, patient: Patient, *, number: int) -> str:
    marks = {
        EscalationState.OPEN: "🔴" if escalation.tier is Tier.EMERGENCY else "🟠",
        EscalationState.TAKEN: "🔵",
        EscalationState.CLOSED: "✅",
    }
    tier = tier_label(say, escalation.tier)
    again = say.say("repeat {n}", n=number) if number > 1 else ""
    parts = [tier, html.escape(patient.code), f"E-{escalation.id}", again]
    return f"{marks[escalation.state]} <b>{' · '.join(part for part in parts if part)}</b>"


def tier_label(say: Wording, tier: Tier) -> str:
    """The tier, in capitals."""
    labels = {
        Tier.EMERGENCY: say.say("EMERGENCY"),
        Tier.URGENT: say.say("URGENT"),
        Tier.ROUTINE: say.say("ROUTINE"),
        Tier.INFO: say.say("INFO"),
    }
    return labels[tier]


def _what(say: Wording, escalation: Escalation) -> str:
    if escalation.rule == triage.PAIN_LIMIT:
        text = say.say(
            "Worst pain {pain} of 10; the clinic's limit is {limit}.",
            pain=escalation.reason["pain"],
            limit=escalation.reason["limit"],
        )
    elif escalation.rule == triage.SILENT:
        text = say.count(
            "No answer for {n} day; the messages arrive.",
            "No answer for {n} days in a row; the messages arrive.",
            int(escalation.reason["days"]),
        )
    else:
        text = say.say("The patient tapped “Something is alarming”.")
    if escalation.count > 1:
        text += " " + say.count("Reported {n} time.", "Reported {n} times.", escalation.count)
    return text


def _since(say: Wording, escalation: Escalation, patient: Patient, clinic: Clinic) -> str:
    here = say.instant(escalation.opened_at, ZoneInfo(clinic.zone))
    if patient.zone == clinic.zone:
        return say.say("Since {at}", at=here)
    there = say.instant(escalation.opened_at, ZoneInfo(patient.zone))
    return say.say("Since {at} (for the patient {there})", at=here, there=there)


def _mistake(say: Wording, escalation: Escalation) -> str:
    return say.say("The patient says it was a mistake.") if escalation.is_mistake else ""


def _told(say: Wording, escalation: Escalation) -> str:
    """What the patient read; an alarm that was lowered since began with the emergency number."""
    if not triage.tells_patient(escalation.rule):
        return say.say("The patient was told nothing of this.")
    if escalation.tier is Tier.EMERGENCY or escalation.rule == triage.ALARM:
        return say.say("We told the patient: call the emergency number now; the team is told too.")
    return say.say("We told the patient: the team knows; call if it gets worse.")


def _state(say: Wording, escalation: Escalation, owner: Coordinator | None, clinic: Clinic) -> str:
    name = html.escape(owner.name) if owner else say.say("a coordinator")

    def at(moment: datetime | None) -> str:
        return say.instant(moment, ZoneInfo(clinic.zone)) if moment else ""

    match escalation.state:
        case EscalationState.OPEN:
            return say.say("<b>Nobody has taken it yet.</b>")
        case EscalationState.TAKEN:
            return say.say(
                "<b>Taken by {name}</b>, {at}. Still to be closed.",
                name=name,
                at=at(escalation.taken_at),
            )
        case EscalationState.CLOSED:
            ending = closing_label(say, escalation.closing) if escalation.closing else ""
            return say.say(
                "<b>Closed</b> by {name}, {at}: {ending}",
                name=name,
                at=at(escalation.closed_at),
                ending=ending,
            )


def _keyboard(say: Wording, escalation: Escalation) -> tuple[Row, ...]:
    match escalation.state:
        case EscalationState.OPEN:
            return ((button(say.say("Take"), payloads.Take(escalation.id), Style.SUCCESS),),)
        case EscalationState.TAKEN:
            return ((button(say.say("Close …"), payloads.Close(escalation.id), Style.PRIMARY),),)
        case EscalationState.CLOSED:
            return ()


def closing_label(say: Wording, closing: Closing) -> str:
    """How an escalation ended."""
    labels = {
        Closing.SPOKEN: say.say("spoke with the patient"),
        Closing.ADVISED: say.say("passed on to a clinician"),
        Closing.EMERGENCY_CARE: say.say("emergency care"),
        Closing.NOT_REACHED: say.say("not reached"),
        Closing.FALSE_ALARM: say.say("false alarm"),
    }
    return labels[closing]


def ask_closing(before: Screen, say: Wording, escalation: Escalation) -> Screen:
    """The same message, with the outcomes as buttons."""
    outcomes = [
        button(_capital(closing_label(say, one)), payloads.Closed(escalation.id, one))
        for one in Closing
    ]
    back: Row = (button(say.say("‹ Back"), payloads.Look(escalation.id)),)
    return Screen(
        text=lines(before.text, "", say.say("<b>How did it end?</b>")),
        keyboard=(*rows(outcomes, width=1), back),
    )


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


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
        f"{_headline(say, one, patient, number=1)}\n"
        f"{say.instant(one.opened_at, zone)} · "
        + (html.escape(owner.name) if owner else say.say("nobody yet"))
        for one, patient, owner in found[:_LISTED]
    ]
    buttons = [
        button(f"E-{one.id} · {patient.code}", payloads.Look(one.id))
        for one, patient, _owner in found[:_LISTED]
    ]
    more = len(found) - len(entries)
    rest = say.count("and {n} more", "and {n} more", more) if more else ""
    return Screen(text=lines(*entries, rest), keyboard=rows(buttons, width=2))
