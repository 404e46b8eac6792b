"""Escalations on a coordinator's screen: who, what, how bad, since when, who has it (F41)."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views import reasons
from bot.views.screen import TICK, Row, Screen, Style, button, lines, rows
from care import triage
from care.escalation import Closing, Escalation, EscalationState, Urgency
from care.happenings import Happening
from care.triage import Tells, Tier

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import datetime

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.people import Coordinator, Patient

_NAME = 20
_OPEN = {Tier.EMERGENCY: "🔴", Tier.URGENT: "🟠", Tier.ROUTINE: "🟡", Tier.INFO: "⚪"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """An escalation with its people; `said` is what has happened to it so far."""

    escalation: Escalation
    patient: Patient
    owner: Coordinator | None
    said: Container[Happening] = ()


def page(
    say: Wording,
    case: Case,
    *,
    clinic: Clinic,
    number: int = 1,
    back: payloads.ListAgain | None = None,
) -> Screen:
    """The message that rings, and the same message once it is taken or closed.

    `back` leads to the list that it was opened from.
    """
    found, patient = case.escalation, case.patient
    before = (
        _since(say, found, patient, clinic),
        _by_patient(say, found, case.said),
        _told(say, found),
    )
    return Screen(
        text=lines(
            headline(say, found, patient, number=number),
            reasons.what(say, found),
            _state(say, found, case.owner, clinic),
            _calling(say, found, case),
            _note(say, found),
            "",
            *(line for line in before if line),
        ),
        keyboard=_keyboard(say, found, back, is_calling=Happening.CALLING in case.said),
    )


def reminder(say: Wording, case: Case, *, is_news: bool = False, clinic: Clinic) -> Screen:
    """Taken and not closed: short, for who has it (R-TRI-3); or what is new of it."""
    found, owner = case.escalation, case.owner
    since = say.instant(found.taken_at or found.opened_at, ZoneInfo(clinic.zone))
    name = _name(say, owner)
    if is_news:
        return Screen(
            text=lines(
                headline(say, found, case.patient, number=1),
                reasons.what(say, found),
                _by_patient(say, found, case.said),
                "",
                say.say(
                    "<b>New since {name} took it</b>, {at}. Please look again.",
                    name=name,
                    at=since,
                ),
            ),
            keyboard=_keyboard(say, found),
        )
    return Screen(
        text=lines(
            headline(say, found, case.patient, number=1),
            say.say("Still with {name}, since {at}. Is it done?", name=name, at=since),
        ),
        keyboard=_keyboard(say, found),
    )


def headline(say: Wording, escalation: Escalation, patient: Patient, *, number: int) -> str:
    """Mark, tier, patient code, reference."""
    marks = {EscalationState.TAKEN: "🔵", EscalationState.CLOSED: "✅"}
    mark = marks.get(escalation.state, _OPEN[escalation.tier])
    tier = tier_label(say, escalation.tier)
    again = say.say("repeat {n}", n=number) if number > 1 else ""
    parts = [tier, html.escape(patient.code), f"E-{escalation.id}", again]
    return f"{mark} <b>{' · '.join(part for part in parts if part)}</b>"


def tier_label(say: Wording, tier: Tier) -> str:
    """The tier, in capitals."""
    labels = {
        Tier.EMERGENCY: say.say("EMERGENCY"),
        Tier.URGENT: say.say("URGENT"),
        Tier.ROUTINE: say.say("ROUTINE"),
        Tier.INFO: say.say("INFO"),
    }
    return labels[tier]


def _since(say: Wording, escalation: Escalation, patient: Patient, clinic: Clinic) -> str:
    here = say.instant(escalation.opened_at, ZoneInfo(clinic.zone))
    if patient.zone == clinic.zone:
        return say.say("Since {at}", at=here)
    there = say.instant(escalation.opened_at, ZoneInfo(patient.zone))
    return say.say("Since {at} (for the patient {there})", at=here, there=there)


def _by_patient(say: Wording, escalation: Escalation, said: Container[Happening]) -> str:
    """What the patient said of it afterwards."""
    told = {
        say.say("it was a mistake"): escalation.is_mistake,
        say.say("has called the emergency number"): Happening.CALLED in said,
        say.say("is not alone"): Happening.ACCOMPANIED in said,
        say.say("needs someone today"): escalation.urgency is Urgency.TODAY,
        say.say("can wait"): escalation.urgency is Urgency.CAN_WAIT,
    }
    words = "; ".join(word for word, is_said in told.items() if is_said)
    return say.say("The patient says: {words}.", words=words) if words else ""


def _note(say: Wording, escalation: Escalation) -> str:
    if not escalation.note:
        is_closed = escalation.state is EscalationState.CLOSED
        hint = say.say("A reply to this message becomes its note.")
        return f"<i>{hint}</i>" if is_closed else ""
    return say.say("Note: {text}", text=html.escape(escalation.note))


def _told(say: Wording, escalation: Escalation) -> str:
    """What the patient read; an alarm that was lowered since began with the emergency number."""
    match triage.tells(escalation.rule):
        case Tells.NOTHING:
            return say.say("The patient was told nothing of this.")
        case Tells.EMERGENCY:
            return say.say(
                "We told the patient: call the emergency number now; the team is told too."
            )
        case Tells.CRISIS:
            return say.say(
                "We told the patient whom to call at once, and asked whether they are safe."
            )
        case Tells.REPORT if escalation.told_at is None and escalation.tier is Tier.ROUTINE:
            return say.say("We told the patient: noted; the team looks on working days.")
        case Tells.REPORT:
            return say.say("We told the patient: the team knows; call if it gets worse.")


def _state(say: Wording, escalation: Escalation, owner: Coordinator | None, clinic: Clinic) -> str:
    name = _name(say, owner)

    def at(moment: datetime | None) -> str:
        return say.instant(moment, ZoneInfo(clinic.zone)) if moment else ""

    match escalation.state:
        case EscalationState.OPEN:
            if triage.is_at_once(escalation.rule):
                return say.say("<b>Nobody has taken it yet.</b> Please take it now.")
            if escalation.take_by is None:
                return say.say("<b>Nobody has taken it yet.</b>")
            return say.say(
                "<b>Nobody has taken it yet.</b> Please take it by {at}.",
                at=at(escalation.take_by),
            )
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


def _calling(say: Wording, escalation: Escalation, case: Case) -> str:
    if escalation.state is not EscalationState.TAKEN or Happening.CALLING not in case.said:
        return ""
    return say.say("{name} calls the patient, who was told so.", name=_name(say, case.owner))


def _name(say: Wording, owner: Coordinator | None) -> str:
    return html.escape(owner.name) if owner else say.say("a coordinator")


def _keyboard(
    say: Wording,
    escalation: Escalation,
    back: payloads.ListAgain | None = None,
    *,
    is_calling: bool = False,
) -> tuple[Row, ...]:
    """One step on from where it stands, and the ways aside."""
    history = button(say.say("History"), payloads.History(escalation.id))
    aside: Row = (button(say.say("‹ List"), back), history) if back else (history,)
    match escalation.state:
        case EscalationState.OPEN:
            take = button(say.say("Take"), payloads.Take(escalation.id), Style.SUCCESS)
            return ((take,), aside)
        case EscalationState.TAKEN:
            close = button(say.say("Close …"), payloads.Close(escalation.id), Style.PRIMARY)
            calls = f"{TICK} " if is_calling else ""
            call = button(calls + say.say("I call back"), payloads.CallBack(escalation.id))
            hand = button(say.say("Hand over …"), payloads.Hand(escalation.id))
            tells = triage.tells_patient(escalation.rule)
            return ((close,), ((call, hand) if tells else (hand,)), aside)
        case EscalationState.CLOSED:
            return (aside,)


def ask_colleague(
    before: Screen, say: Wording, escalation: Escalation, colleagues: Iterable[Coordinator]
) -> Screen:
    """The same message, with the colleagues who can be reached as buttons."""
    buttons = [
        button(one.name[:_NAME], payloads.HandTo(escalation.id, one.id)) for one in colleagues
    ]
    back: Row = (button(say.say("‹ Back"), payloads.Look(escalation.id)),)
    ask = say.say("<b>Hand it over to whom?</b>")
    nobody = say.say("Nobody else of the team can be reached.")
    return Screen(
        text=lines(before.text, "", ask if buttons else nobody),
        keyboard=(*rows(buttons, width=2), back),
    )


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
