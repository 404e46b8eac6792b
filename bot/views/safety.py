"""The words of safety: fixed, before anything else (R-EMG-1, R-REP-1, R-TRI-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views.screen import TICK, Button, Row, Screen, Style, button, lines
from care.escalation import EscalationState, Urgency
from care.happenings import Happening
from care.promises import Kind
from care.triage import Tier, asks_urgency

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.people import Patient


def emergency(say: Wording, clinic: Clinic) -> str:
    """The fixed emergency text (R-EMG-1)."""
    return say.say(
        "<b>This may be an emergency. Call {number} now.</b> Do not drive. "
        "This bot and your clinic do not watch messages 24/7.",
        number=clinic.emergency_number,
    )


def call_now(say: Wording, clinic: Clinic) -> str:
    """The least of it, where the whole text comes over the chat and as a message beside it."""
    return say.say("<b>Call {number} now.</b> Do not drive.", number=clinic.emergency_number)


def raised(say: Wording, clinic: Clinic, escalation: Escalation) -> str:
    """What stands above a check-in once an answer goes to the team; more comes as a message."""
    if escalation.tier is Tier.EMERGENCY:
        return call_now(say, clinic)
    return say.say("<b>Your answer goes to your care team.</b>")


def alarm_notice(say: Wording, clinic: Clinic) -> str:
    """What pops up over the chat the moment an emergency is tapped (R-EMG-1)."""
    return say.say(
        "This may be an emergency. Call {number} now. Do not drive. This bot and your clinic do "
        "not watch messages 24/7.",
        number=clinic.emergency_number,
    )


def alarm(
    say: Wording, clinic: Clinic, escalation: Escalation, said: Container[Happening] = ()
) -> Screen:
    """The answer to an emergency: the number first, then what happens now."""
    called = _word(say, escalation, Happening.CALLED, said)
    accompanied = _word(say, escalation, Happening.ACCOMPANIED, said)
    mistaken = button(say.say("It was a mistake"), payloads.Mistake(escalation.id))
    return Screen(
        text=lines(
            emergency(say, clinic),
            "",
            say.say(
                "Your care team is being told now. You can also call {phone}.",
                phone=clinic.phone,
            ),
            "",
            f"<i>{_reference(say, escalation)}</i>",
        ),
        keyboard=((called, accompanied), (mistaken,)),
    )


def _word(
    say: Wording, escalation: Escalation, happening: Happening, said: Container[Happening]
) -> Button:
    labels = {
        Happening.CALLED: say.say("I have called"),
        Happening.ACCOMPANIED: say.say("I am not alone"),
    }
    label = f"{TICK} {labels[happening]}" if happening in said else labels[happening]
    return button(label, payloads.Word(escalation.id, happening))


def at_once(say: Wording, clinic: Clinic) -> Screen:
    """In place of the list, the moment an emergency is tapped."""
    return Screen(text=call_now(say, clinic))


def unstored(say: Wording, clinic: Clinic) -> Screen:
    """When nothing can be stored: nobody of the team may have heard of it (R-EMG-1, R-TRI-6)."""
    reach = say.say(
        "Your care team may not be told at once. Please call {phone} too.", phone=clinic.phone
    )
    return Screen(text=lines(emergency(say, clinic), "", reach))


def alarm_unheard(say: Wording, clinic: Clinic) -> Screen:
    """For an alarm by somebody who has not joined: nobody is told, so the numbers come first."""
    return Screen(
        text=lines(
            say.say("<b>In an emergency call {number} now.</b>", number=clinic.emergency_number),
            say.say(
                "You have not joined here, so nobody is told of this. Your clinic: {phone}.",
                phone=clinic.phone,
            ),
        )
    )


def mistake(say: Wording, clinic: Clinic, escalation: Escalation) -> Screen:
    """The patient said it was a mistake: noted, nothing closed (R-EMG-3), unless it was before."""
    is_over = escalation.state is EscalationState.CLOSED and not escalation.is_mistake
    noted = say.say("Noted as a mistake. Your team sees that and may still get in touch.")
    return Screen(
        text=lines(
            say.say("Your care team has closed your report.") if is_over else noted,
            say.say(
                "If something is alarming after all, call {number} or {phone}.",
                number=clinic.emergency_number,
                phone=clinic.phone,
            ),
            "",
            f"<i>{_reference(say, escalation)}</i>",
        ),
        keyboard=((button(say.say("⚠ Something is alarming"), payloads.Alarm()),),),
    )


def told(
    say: Wording, clinic: Clinic, kind: Kind, patient: Patient, escalation: Escalation
) -> Screen:
    """How far a report has come: noted, sent, seen, closed, or nobody reached (R-TRI-6)."""
    if kind is Kind.EMERGENCY_TEXT:
        return alarm(say, clinic, escalation)
    if kind in {Kind.REPORT_NOTED, Kind.TEAM_TOLD}:
        return report(say, clinic, patient, escalation)
    stages: dict[Kind, tuple[str, str, datetime | None]] = {
        Kind.TEAM_TOOK: (
            say.say("A coordinator has seen your report and is taking care of it."),
            "",
            escalation.taken_at,
        ),
        Kind.TEAM_CALLS: (
            say.say("A coordinator will call you. Please keep your phone near you."),
            say.say("If it cannot wait, call {phone}.", phone=clinic.phone),
            None,
        ),
        Kind.ESCALATION_CLOSED: (
            say.say("Your care team has closed your report."),
            say.say("If you still need them, call {phone}.", phone=clinic.phone),
            escalation.closed_at,
        ),
        Kind.TEAM_UNREACHABLE: (
            say.say("<b>We could not reach your care team. Please call.</b>"),
            _advice(say, clinic, escalation),
            None,
        ),
    }
    headline, advice, at = stages[kind]
    return Screen(text=lines(headline, advice, "", _foot(say, patient, escalation, at)))


def report(
    say: Wording,
    clinic: Clinic,
    patient: Patient,
    escalation: Escalation,
    *,
    is_ringing: bool = False,
) -> Screen:
    """Who has heard of it, or when they will; and is it urgent, or can it wait? (R-REP-1, F48)."""
    being_told = say.say("Your care team is being told now.")
    return Screen(
        text=lines(
            being_told if is_ringing else _heard(say, clinic, patient, escalation),
            _advice(say, clinic, escalation),
            "",
            _pressed(say, escalation),
            "",
            _foot(say, patient, escalation, escalation.told_at),
        ),
        keyboard=_urgencies(say, escalation),
    )


def _heard(say: Wording, clinic: Clinic, patient: Patient, escalation: Escalation) -> str:
    if escalation.told_at is not None or escalation.tier is Tier.EMERGENCY:
        return say.say("Your care team has been told.")
    if escalation.tier is Tier.ROUTINE:
        return say.say("Noted for your care team, who look on working days.")
    opens_at = clinic.hours.reopens_at(escalation.climbs_from)
    opens = say.instant(opens_at, ZoneInfo(patient.zone))
    return say.say("The clinic is closed now. Your care team is told at {at}.", at=opens)


def _pressed(say: Wording, escalation: Escalation) -> str:
    """The question, or what was answered to it (R-TRI-5)."""
    if not asks_urgency(escalation.rule, escalation.tier):
        return ""
    answers = {
        Urgency.TODAY: say.say("You said: it needs someone today."),
        Urgency.CAN_WAIT: say.say("You said: it can wait."),
    }
    if escalation.urgency is not None:
        return answers[escalation.urgency]
    return say.say("<b>Does it need someone today, or can it wait?</b>")


def _urgencies(say: Wording, escalation: Escalation) -> tuple[Row, ...]:
    is_asked = asks_urgency(escalation.rule, escalation.tier) and escalation.urgency is None
    if not is_asked or escalation.state is EscalationState.CLOSED:
        return ()
    today = payloads.Press(escalation.id, Urgency.TODAY)
    wait = payloads.Press(escalation.id, Urgency.CAN_WAIT)
    return (
        (button(say.say("Needs someone today"), today, Style.PRIMARY),),
        (button(say.say("Can wait"), wait),),
    )


def _foot(say: Wording, patient: Patient, escalation: Escalation, at: datetime | None) -> str:
    when = say.instant(at, ZoneInfo(patient.zone)) if at else ""
    foot = " · ".join(part for part in (when, _reference(say, escalation)) if part)
    return f"<i>{foot}</i>"


def _advice(say: Wording, clinic: Clinic, escalation: Escalation) -> str:
    """Whom to call; an emergency is not to get worse first."""
    if escalation.tier is Tier.EMERGENCY:
        return say.say(
            "If you have not called {number} yet, please call now. The clinic: {phone}.",
            phone=clinic.phone,
            number=clinic.emergency_number,
        )
    return say.say(
        "If this gets worse, or you are worried, call {phone} or {number}.",
        phone=clinic.phone,
        number=clinic.emergency_number,
    )


def _reference(say: Wording, escalation: Escalation) -> str:
    return say.say("Reference {reference}", reference=f"E-{escalation.id}")
