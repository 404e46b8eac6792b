"""An escalation in the care team's group: code and tier, nothing of what a patient said."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.views.escalating import tier_label
from bot.views.screen import Button, Screen, lines
from care.escalation import Escalation, EscalationState
from care.triage import Tier

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic


def page(say: Wording, escalation: Escalation, code: str, *, clinic: Clinic) -> Screen:
    """The one message about an escalation; it is edited as the escalation goes on."""
    since = say.instant(escalation.opened_at, ZoneInfo(clinic.zone))
    return Screen(
        text=lines(
            _headline(say, escalation, code),
            say.say("Since {at}", at=since),
            _state(say, escalation),
        ),
        keyboard=((Button(text=say.say("Details, in private"), start=f"e{escalation.id}"),),),
    )


def _headline(say: Wording, escalation: Escalation, code: str) -> str:
    marks = {
        EscalationState.OPEN: "🔴" if escalation.tier is Tier.EMERGENCY else "🟠",
        EscalationState.TAKEN: "🔵",
        EscalationState.CLOSED: "✅",
    }
    parts = [tier_label(say, escalation.tier), html.escape(code), f"E-{escalation.id}"]
    return f"{marks[escalation.state]} <b>{' · '.join(parts)}</b>"


def _state(say: Wording, escalation: Escalation) -> str:
    match escalation.state:
        case EscalationState.OPEN:
            rung = say.count("Paged {n} time.", "Paged {n} times.", escalation.step)
            heard = rung if escalation.told_at else ""  # before that nobody surely has a page
            return f"<b>{say.say('Nobody has taken it yet.')}</b> {heard}".rstrip()
        case EscalationState.TAKEN:
            return say.say("Somebody has taken it; still to be closed.")
        case EscalationState.CLOSED:
            return say.say("Closed.")
