"""What is set for one patient (R-FLAG-16, PAIN-LIMIT)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import TICK, Button, Screen, button, lines, rows
from bot.views.wording.catalogue import msg
from care.people import Risk
from care.usecases.limits import LIMITS

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.people import Patient

_RISKS = {
    Risk.CANCER: msg("cancer"),
    Risk.IMMUNE: msg("immune disease"),
    Risk.AGE_50: msg("age 50 or over"),
}


def limits(say: Wording, patient: Patient, clinic: Clinic, *, is_alone: bool) -> Screen:
    """The pain limit, and what the clinic knows, each as a button."""
    return Screen(
        text=lines(
            say.say("<b>Limits of {code}</b>", code=html.escape(patient.code)),
            say.say(
                "From this pain on the team gets a report, and when the clinic knows one of "
                "these, a change of headache is URGENT."
            ),
            "",
            line(say, patient, clinic),
        ),
        keyboard=(
            (_pain(say, patient, 0, clinic, is_alone=is_alone),),
            *rows(
                [_pain(say, patient, one, clinic, is_alone=is_alone) for one in LIMITS], width=3
            ),
            *((_risk(say, patient, one, is_alone=is_alone),) for one in Risk),
            (button(say.say("Done"), payloads.LimitsDone(patient.id, is_alone)),),
        ),
    )


def line(say: Wording, patient: Patient, clinic: Clinic) -> str:
    """One line of the card: from which pain on, and what the clinic knows."""
    if patient.pain_limit is None:
        limit = say.say("Reports from pain {n} on, the clinic's limit.", n=clinic.pain_limit)
    else:
        limit = say.say("Reports from pain {n} on, set for this patient.", n=patient.pain_limit)
    if not patient.risks:
        return limit
    known = ", ".join(say.say(_RISKS[one]) for one in patient.risks)
    return f"{limit} " + say.say("Known: {risks}.", risks=known)


def _pain(say: Wording, patient: Patient, limit: int, clinic: Clinic, *, is_alone: bool) -> Button:
    own = say.say("The clinic's own: {n}", n=clinic.pain_limit)
    mark = f"{TICK} " if (patient.pain_limit or 0) == limit else ""
    label = str(limit) if limit else own
    return button(mark + label, payloads.PainLimit(patient.id, limit, is_alone))


def _risk(say: Wording, patient: Patient, risk: Risk, *, is_alone: bool) -> Button:
    is_known = risk in patient.risks
    label = say.say(_RISKS[risk])
    mark = f"{TICK} " if is_known else ""
    payload = payloads.Known(patient.id, risk, not is_known, is_alone)
    return button(mark + label[:1].upper() + label[1:], payload)
