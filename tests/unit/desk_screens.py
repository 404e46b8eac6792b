"""The screens of the coordinators' desk, with awkward values (see screens.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from bot.views import card as cards, digest as digests, limits, roster as rosters, scores
from bot.views.screen import Screen
from care import days, medication_days, summaries
from care.clinic import Definition
from care.digests import Digest
from care.escalation import EscalationState
from care.instruments import TABLE, Entering, Result, ResultId
from care.people import CoordinatorId, PatientState, Risk
from care.profiles import DrugClass
from care.roster import Entry, Part, Span, Worse, roster
from care.triage import Tier
from care.usecases.desk import Card
from care.usecases.score import Asking, Board, Stored, TooLate
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.questions import Answers

Named = tuple[str, Screen]

LARGE = 2**53
PAINFUL = Span(completed=7, headache_days=7, pains=(9,) * 7)
MILDER = Span(completed=5, headache_days=5, pains=(6, 6, 6, 6, 7))
RAISED = tuple(
    builders.escalation(id=9000 + number, tier=tier, state=EscalationState.OPEN)
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


def card(given: Mapping[date, Answers], **other: Any) -> Card:
    """A card of somebody with these answers, in every class of medicine."""
    own = tuple(
        builders.medicine(id=number, drug_class=one) for number, one in enumerate(DrugClass, 1)
    )
    profile = builders.profile(own=own)
    last = builders.TODAY - timedelta(days=1)
    checkins = [builders.checkin(on) for on in given]
    definition = other.pop("definition", Definition.LEIDEN)
    values: dict[str, Any] = {
        "patient": LINE.patient,
        "profile": profile,
        "now": builders.NOW,
        "days": summaries.span(
            builders.TODAY, days.BLOCK + 1, checkins=checkins, answers=given, now=builders.NOW
        ),
        "infused_on": frozenset({last}),
        "block": days.block(given, profile, definition, last=last),
        "medication": medication_days.medication_days(given, profile, last=last),
        "next_session": builders.session(),
        "escalations": (),
        "results": results(1),
    }
    return Card(**{**values, **other})


def results(by: int) -> tuple[Result, ...]:
    """Two of each questionnaire, today's and last year's, all as high as they can be."""
    return tuple(
        Result(
            id=ResultId(LARGE),
            patient_id=LINE.patient.id,
            instrument=one.code,
            local_date=builders.TODAY - timedelta(days=back),
            scores={scale.code: scale.highest for scale in one.scales},
            entered_by=CoordinatorId(by),
            entered_at=builders.NOW,
        )
        for back in (0, 300)
        for one in TABLE
    )


def _scores(say: Wording) -> Iterator[Named]:
    me = builders.coordinator(id=LARGE)
    for found in ((), results(LARGE), results(1)):
        board = Board(coordinator=me, patient=LINE.patient, results=found, today=builders.TODAY)
        yield "scores.scores", scores.scores(say, board, is_alone=True)
        yield "scores.too_late", scores.too_late(say, TooLate(board=board), is_alone=True)
        for result, of in product(found, (False, True)):
            told = Stored(board=board, result=result, is_replacing=of, is_paged=of)
            yield "scores.stored", scores.stored(say, told, is_alone=of)
    for one, given, refused in product(TABLE, range(3), (False, True)):
        known = {scale.code: scale.highest for scale in one.scales[:given]}
        entering = Entering(
            patient_id=LINE.patient.id, instrument=one.code, until=builders.NOW, scores=known
        )
        if entering.asks is not None:
            asking = Asking(
                coordinator=me, patient=LINE.patient, entering=entering, is_refused=refused
            )
            yield "scores.ask", scores.ask(say, asking)


def of_days(count: int, entry: Answers) -> Mapping[date, Answers]:
    return {builders.TODAY - timedelta(days=back): entry for back in range(count)}


WORST = builders.answers(
    hd="yes",
    pk="10",
    dur="gt12h",
    med=tuple(f"m{number}" for number in range(1, len(DrugClass) + 1)),
    feat=("one_side", "pulsating", "nausea"),
    aura=("visual",),
    aura_min="5to60",
    fn="could_not",
)
ILL = builders.answers(hd="too_ill")
VAGUE = builders.answers(hd="yes")


def _cards(say: Wording, clinic: Clinic) -> Iterator[Named]:
    away = {"paused_until": builders.TODAY + timedelta(days=3)}
    people: tuple[dict[str, Any], ...] = (
        {},
        {"is_reachable": False},
        away,
        {"state": PatientState.STOPPED},
    )
    shown = cards.card(say, card(of_days(20, WORST), escalations=RAISED * 2), clinic=clinic)
    yield "card.card", replace(shown, keyboard=shown.keyboard[-2:])
    first = card(of_days(28, WORST), escalations=RAISED, definition=Definition.IHS)
    yield "card.card alone", cards.card(say, first, clinic=clinic, is_alone=True)
    for of, count, entry in product(people, (0, 5, 20, 29), (WORST, ILL, VAGUE)):
        who = replace(LINE.patient, **of)
        found = card(of_days(count, entry), patient=who, next_session=None)
        told = cards.text(say, found, clinic)
        yield f"card.text {count} {dict(entry)}", Screen(text=told, photo=b"a picture")
    for limit, risks in ((None, ()), (5, ()), (10, tuple(Risk))):
        who = replace(LINE.patient, pain_limit=limit, risks=risks)
        yield "limits.limits", limits.limits(say, who, clinic, is_alone=True)
    yield "card.unknown", cards.unknown(say, "<b>" * 500)


def desk_screens(say: Wording, clinic: Clinic) -> Iterator[Named]:
    """All that the desk shows."""
    for count, part, page in product((1, 9, 64), Part, (0, LARGE)):
        shown = rosters.roster(say, entries(count), part, page, clinic=clinic)
        yield f"roster.roster {count} {part} {page}", shown
    yield from _cards(say, clinic)
    yield from _scores(say)
    for count, opened in ((0, 0), (1, 1), (8, 3), (64, 100)):
        made = Digest(entries=entries(count), opened=opened)
        yield f"digest.digest {count}", digests.digest(say, made)
    calm = replace(entries(6)[-1], session=None)
    yield "digest.digest calm", digests.digest(say, Digest(entries=(calm,), opened=0))
    yield "roster.roster nobody", rosters.roster(say, roster(()), Part.ALL, 0, clinic=clinic)
