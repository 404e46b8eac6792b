"""The screens of the coordinators' desk, with awkward values (see screens.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from bot.views import roster as rosters
from care.escalation import EscalationState
from care.people import PatientState
from care.roster import Entry, Part, Span, Worse, roster
from care.triage import Tier
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.screen import Screen
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic

Named = tuple[str, "Screen"]

LARGE = 2**53
PAINFUL = Span(completed=7, headache_days=7, pains=(9,) * 7)
MILDER = Span(completed=5, headache_days=5, pains=(6, 6, 6, 6, 7))
RAISED = tuple(
    builders.escalation(id=LARGE - number, tier=tier, state=EscalationState.OPEN)
    for number, tier in enumerate((*Tier, *Tier))
)
LINE = Entry(
    patient=builders.patient(id=LARGE, code="K-17-ABCDEFG"),
    today=builders.TODAY,
    last_on=builders.TODAY,
    last=builders.answers(hd="yes", pk="10"),
    is_due=True,
    silent_days=0,
    worse=Worse(now=PAINFUL, before=MILDER, is_by_days=True),
    session=builders.session(id=LARGE),
    escalations=RAISED,
    due=7,
    answered=5,
)


def entries(count: int) -> tuple[Entry, ...]:
    """So many patients in every state."""
    states: tuple[dict[str, Any], ...] = (
        {},
        {"escalations": tuple(replace(one, state=EscalationState.TAKEN) for one in RAISED[:1])},
        {"escalations": ()},
        {"escalations": (), "worse": replace(_worse(), is_by_days=False), "is_due": False},
        {"escalations": (), "worse": None, "silent_days": 21},
        {"escalations": (), "worse": None, "is_due": False, "last": builders.answers(hd="no")},
        {"escalations": (), "worse": None, "session": None, "last": builders.answers(hd="still")},
        {"escalations": (), "worse": None, "session": None, "last_on": None, "is_due": False},
    )
    people: tuple[dict[str, Any], ...] = (
        {},
        {"is_reachable": False},
        {"paused_until": builders.TODAY + timedelta(days=3)},
        {"state": PatientState.STOPPED},
    )
    made = []
    for number in range(count):
        given = {**states[number % len(states)]}
        of = {**people[number % len(people)], "code": f"K-{number:010}"}
        who = builders.patient(id=LARGE - number, **of)
        made.append(replace(LINE, **{"patient": who, **given}))
    return tuple(sorted(made, key=lambda one: one.place))


def _worse() -> Worse:
    return Worse(now=PAINFUL, before=MILDER, is_by_days=True)


def desk_screens(say: Wording, clinic: Clinic) -> Iterator[Named]:
    """All that the desk shows."""
    for count, part, page in product((0, 1, 8, 9, 64), Part, (0, 1, LARGE)):
        shown = rosters.roster(say, entries(count), part, page, clinic=clinic)
        yield f"roster.roster {count} {part} {page}", shown
    yield "roster.roster nobody", rosters.roster(say, roster(()), Part.ALL, 0, clinic=clinic)
