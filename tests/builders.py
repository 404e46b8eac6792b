"""Values of the core for tests: valid by default, every field can be given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from care import entries, summaries, timetable
from care.attacks import Attack, AttackId, AttackState
from care.clinic import Clinic
from care.escalation import Escalation, EscalationId, EscalationState
from care.infusions import Session, SessionId, SessionState
from care.lifecycle import CheckIn, CheckInId, CheckInState
from care.notes import Note, NoteId
from care.people import (
    Address,
    Coordinator,
    CoordinatorId,
    Invite,
    Patient,
    PatientId,
    PatientState,
    Role,
    token_hash,
)
from care.profiles import DrugClass, Own, OwnId, OwnKind, Profile
from care.promises import DeadLetter, Kind, Promise, PromiseState
from care.questions import Answers, Item
from care.relay import NewRelay, RelayId, RelayMessage
from care.triage import PAIN_LIMIT, Flag, Tier

if TYPE_CHECKING:
    from collections.abc import Mapping

BERLIN = timetable.zone("Europe/Berlin")
TODAY = date(2026, 3, 2)  # a Monday
NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)  # 19:30 in Berlin

_CLINIC = Clinic(
    name="Lindenhof Clinic",
    phone="030 5550 0123",
    zone=BERLIN.key,
    emergency_number="112",
)
_PATIENT = Patient(
    id=PatientId(7),
    code="P-007",
    state=PatientState.ACTIVE,
    address=Address(7_000_000_001),
    language="en",
    zone=BERLIN.key,
    checkin_time=time(19, 30),
    consented_at=NOW - timedelta(days=30),
)
_COORDINATOR = Coordinator(
    id=CoordinatorId(2),
    name="Carol",
    address=Address(7_000_000_002),
    language="en",
    position=1,
)
_INVITE = Invite(
    token_hash=token_hash("a token"),
    role=Role.PATIENT,
    language="en",
    created_at=NOW,
    expires_at=NOW + timedelta(hours=72),
    patient_id=_PATIENT.id,
)
_CHECKIN = CheckIn(
    id=CheckInId(11),
    patient_id=_PATIENT.id,
    local_date=TODAY,
    zone=BERLIN.key,
    state=CheckInState.OPEN,
    asking=Item.HEADACHE,
    revision=1,
    drawn_revision=1,
    due_at=NOW,
    locks_at=entries.locks_at(TODAY, BERLIN),
    message_id=101,
    delivered_at=NOW,
)
_FLAG = Flag(rule=PAIN_LIMIT, tier=Tier.URGENT, reason={"pain": 9, "limit": 9})
_ESCALATION = Escalation(
    id=EscalationId(21),
    patient_id=_PATIENT.id,
    rule=_FLAG.rule,
    tier=_FLAG.tier,
    state=EscalationState.OPEN,
    reason=_FLAG.reason,
    opened_at=NOW,
    next_step_at=NOW,
)
_SESSION = Session(
    id=SessionId(31),
    patient_id=_PATIENT.id,
    starts_at=datetime(2026, 5, 12, 11, 0, tzinfo=UTC),  # 13:00 in Berlin
    zone=BERLIN.key,
    state=SessionState.SCHEDULED,
    revision=1,
)
_PROMISE = Promise(
    kind=Kind.CHECKIN,
    recipient=Address(7_000_000_001),
    subject=_CHECKIN.id,
    key=f"checkin:{_CHECKIN.id}",
    due_at=NOW,
)


def clinic(**given: Any) -> Clinic:
    return replace(_CLINIC, **given)


def patient(**given: Any) -> Patient:
    return replace(_PATIENT, **given)


def coordinator(**given: Any) -> Coordinator:
    return replace(_COORDINATOR, **given)


def team(*names: str) -> tuple[Coordinator, ...]:
    """Coordinators in the order in which the ladder calls them."""
    return tuple(
        coordinator(id=place, name=name, address=7_000_000_100 + place, position=place)
        for place, name in enumerate(names, start=1)
    )


def invite(**given: Any) -> Invite:
    return replace(_INVITE, **given)


def checkin(local_date: date = TODAY, **given: Any) -> CheckIn:
    """Open on its own evening; another date moves its instants with it."""
    moved = replace(
        _CHECKIN,
        local_date=local_date,
        due_at=timetable.due_at(local_date, time(19, 30), BERLIN),
        locks_at=entries.locks_at(local_date, BERLIN),
    )
    return replace(moved, **given)


def answers(**codes: str | tuple[str, ...]) -> Answers:
    """Answers by item code: `answers(hd="yes", pk="7", aura=("visual",))`."""
    return {
        Item(item): (given,) if isinstance(given, str) else given for item, given in codes.items()
    }


def profile(**given: Any) -> Profile:
    return replace(Profile(), **given)


def medicine(**given: Any) -> Own:
    own = Own(
        id=OwnId(1),
        kind=OwnKind.MEDICINE,
        label="Sumatriptan",
        drug_class=DrugClass.TRIPTAN,
    )
    return replace(own, **given)


def exposure(**given: Any) -> Own:
    return replace(Own(id=OwnId(3), kind=OwnKind.EXPOSURE, label="Screen work"), **given)


def attack(**given: Any) -> Attack:
    running = Attack(
        id=AttackId(51),
        patient_id=_PATIENT.id,
        zone=BERLIN.key,
        started_at=NOW,
        state=AttackState.RUNNING,
    )
    return replace(running, **given)


def flag(**given: Any) -> Flag:
    return replace(_FLAG, **given)


def escalation(**given: Any) -> Escalation:
    return replace(_ESCALATION, **given)


def session(**given: Any) -> Session:
    return replace(_SESSION, **given)


def promise(**given: Any) -> Promise:
    return replace(_PROMISE, **given)


def dead_letter(**given: Any) -> DeadLetter:
    letter = DeadLetter(
        id=41,
        promise=_PROMISE,
        state=PromiseState.DEAD,
        error="Forbidden: bot was blocked by the user",
        settled_at=NOW,
    )
    return replace(letter, **given)


def note(**given: Any) -> Note:
    """A draft of this evening."""
    draft = Note(
        id=NoteId(41),
        patient_id=_PATIENT.id,
        local_date=TODAY,
        text="Slept badly.",
        written_at=NOW,
    )
    return replace(draft, **given)


def new_relay(**given: Any) -> NewRelay:
    """Words that a patient has just written to the team."""
    new = NewRelay(patient_id=_PATIENT.id, text="May I come later?", written_at=NOW)
    return replace(new, **given)


def relay_message(**given: Any) -> RelayMessage:
    """The same, stored."""
    stored = RelayMessage(**vars(new_relay()), id=RelayId(51))
    return replace(stored, **given)


def week(last: date = TODAY, *, days: Mapping[date, Answers] | None = None) -> summaries.Week:
    """The week that ends with `last`: a completed check-in on each date with answers."""
    found = days or {}
    checkins = [checkin(on, completed_at=NOW, asking=None) for on in found]
    return summaries.week(last, checkins=checkins, answers=found, now=NOW)
