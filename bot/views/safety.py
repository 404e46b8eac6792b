"""The words of safety: fixed, before anything else (R-EMG-1, R-REP-1, R-TRI-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views.screen import Screen, button, lines
from care.promises import Kind
from care.triage import Tier

if TYPE_CHECKING:
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


def raised(say: Wording, clinic: Clinic, escalation: Escalation) -> str:
    """What a patient reads at once when their answer goes to the team (R-REP-1)."""
    if escalation.tier is Tier.EMERGENCY:
        return emergency(say, clinic)
    told_now = say.say("<b>Your care team is being told.</b>")
    return f"{told_now} {_if_worse(say, clinic)}"


def alarm_notice(say: Wording, clinic: Clinic) -> str:
    """What pops up over the chat the moment the alarm is tapped."""
    return say.say(
        "If this may be an emergency, call {number} now. Your care team is being told.",
        number=clinic.emergency_number,
    )


def _alarm(say: Wording, clinic: Clinic, escalation: Escalation) -> Screen:
    """The answer to the alarm button: the number first, then what happens now."""
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
        keyboard=((button(say.say("It was a mistake"), payloads.Mistake(escalation.id)),),),
    )


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
    """The patient said it was a mistake: noted, nothing closed (R-EMG-3)."""
    return Screen(
        text=lines(
            say.say("Noted as a mistake. Your team sees that and may still get in touch."),
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
    """How far a report has come: sent, seen, closed, or nobody reached (R-TRI-6)."""
    if kind is Kind.EMERGENCY_TEXT:
        return _alarm(say, clinic, escalation)
    stages: dict[Kind, tuple[str, str, datetime | None]] = {
        Kind.TEAM_TOLD: (
            say.say("Your care team has been told."),
            _if_worse(say, clinic),
            escalation.told_at,
        ),
        Kind.TEAM_TOOK: (
            say.say("A coordinator has seen your report and is taking care of it."),
            "",
            escalation.taken_at,
        ),
        Kind.ESCALATION_CLOSED: (
            say.say("Your care team has closed your report."),
            say.say("If you still need them, call {phone}.", phone=clinic.phone),
            escalation.closed_at,
        ),
        Kind.TEAM_UNREACHABLE: (
            say.say("<b>We could not reach your care team. Please call.</b>"),
            _if_worse(say, clinic),
            None,
        ),
    }
    headline, advice, at = stages[kind]
    when = say.instant(at, ZoneInfo(patient.zone)) if at else ""
    foot = " · ".join(part for part in (when, _reference(say, escalation)) if part)
    return Screen(text=lines(headline, *([advice] if advice else []), "", f"<i>{foot}</i>"))


def _if_worse(say: Wording, clinic: Clinic) -> str:
    return say.say(
        "If this gets worse, or you are worried, call {phone} or {number}.",
        phone=clinic.phone,
        number=clinic.emergency_number,
    )


def _reference(say: Wording, escalation: Escalation) -> str:
    return say.say("Reference {reference}", reference=f"E-{escalation.id}")
