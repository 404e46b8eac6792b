"""The team's list: whom to look at first, and why (F51)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from care import lifecycle, question_sets as daily
from care.classification import is_headache_day
from care.escalation import EscalationState
from care.lifecycle import CheckInState
from care.people import PatientState
from care.questions import Item, said
from care.triage import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from care.escalation import Escalation
    from care.infusions import Session
    from care.lifecycle import Asked
    from care.people import Patient
    from care.questions import Answers

WEEK = 7

SILENT_FROM = 2
"""Check-ins in a row without an answer from which a patient counts as silent (R-REM-2)."""

ENOUGH = 5
"""Days of a week that must be known before two weeks are compared."""

MORE_DAYS = 2
"""Headache days more than in the week before that count as worse."""

MORE_PAIN = 2
"""Points of mean worst pain more than in the week before that count as worse (R-RSP-4)."""

LOOKS_BACK = timedelta(days=21)
"""As far as the list reads."""

ITEMS = (Item.HEADACHE, Item.PAIN, Item.DURATION, Item.MEDICINES)
"""What it reads of an entry."""


class Part(StrEnum):
    """What the list can be narrowed down to."""

    ALL = "all"
    DUE = "due"
    SILENT = "silent"
    WORSE = "worse"
    INFUSION = "infusion"
    REPORTS = "reports"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Seven dates in a row; `pains` are the known worst ones, 0 on a day without headache."""

    completed: int
    headache_days: int
    pains: tuple[int, ...]

    @property
    def mean_pain(self) -> Fraction:
        """Of the days whose pain is known."""
        return Fraction(sum(self.pains), len(self.pains))


@dataclass(frozen=True, kw_only=True)
class Worse:
    """A week that was worse than the one before; by headache days, else by pain."""

    now: Span
    before: Span
    is_by_days: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """What there is to know of a patient; `today` is theirs, `session` the next of this week.

    `asked` and `answers` reach back LOOKS_BACK, `escalations` are those that nobody has closed.
    """

    patient: Patient
    today: date
    asked: tuple[Asked, ...] = ()
    answers: Mapping[date, Answers]
    session: Session | None = None
    escalations: tuple[Escalation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the list.

    `last_on` is the newest date with an answer and `last` what stands there. `due` and `answered`
    are the check-ins of the seven days before today, and those of them with an answer.
    """

    patient: Patient
    today: date
    last_on: date | None
    last: Answers
    is_due: bool
    silent_days: int
    worse: Worse | None
    session: Session | None
    escalations: tuple[Escalation, ...]
    due: int
    answered: int

    @property
    def is_stopped(self) -> bool:
        """No check-ins any more."""
        return self.patient.state is PatientState.STOPPED

    @property
    def is_paused(self) -> bool:
        """On a break."""
        return not self.is_stopped and self.patient.is_paused(self.today)

    @property
    def is_unreachable(self) -> bool:
        """Has blocked the bot."""
        return not self.is_stopped and not self.patient.is_reachable

    @property
    def is_silent(self) -> bool:
        """Several check-ins in a row without an answer."""
        return self.silent_days >= SILENT_FROM

    @property
    def untaken(self) -> Mapping[Tier, int]:
        """How many open reports of each tier nobody has taken yet, the most urgent first."""
        return _by_tier(one for one in self.escalations if one.state is EscalationState.OPEN)

    @property
    def taken(self) -> Mapping[Tier, int]:
        """How many of each tier somebody has taken and not closed, the most urgent first."""
        return _by_tier(one for one in self.escalations if one.state is EscalationState.TAKEN)

    @property
    def tiers(self) -> Mapping[Tier, int]:
        """How many reports are open of each tier, the most urgent first."""
        return _by_tier(self.escalations)

    def belongs(self, part: Part) -> bool:
        """Whether it stands in a part of the list."""
        return {
            Part.ALL: True,
            Part.DUE: self.is_due,
            Part.SILENT: self.is_silent,
            Part.WORSE: self.worse is not None,
            Part.INFUSION: self.session is not None,
            Part.REPORTS: bool(self.escalations),
        }[part]

    @property
    def place(self) -> tuple[int, int, int, str]:
        """Where it stands: what most needs a look first, then by code."""
        tier = next(iter(self.tiers), None)
        if tier is not None:
            return (0, tuple(Tier).index(tier), tier not in self.untaken, self.patient.code)
        reasons = (self.worse, self.is_silent, self.is_unreachable, self.is_due, self.session)
        first = next((at for at, found in enumerate(reasons, 1) if found), len(reasons) + 1)
        if not any(reasons):
            first += self.is_paused + 2 * self.is_stopped
        return (first, -self.silent_days, 0, self.patient.code)


def roster(known: Iterable[Known]) -> tuple[Entry, ...]:
    """Everybody, those first who need a look: open reports, worse, silent, out of reach, due."""
    return tuple(sorted(map(entry, known), key=lambda one: one.place))


def _by_tier(escalations: Iterable[Escalation]) -> Mapping[Tier, int]:
    counts = Counter(one.tier for one in escalations)
    return {tier: counts[tier] for tier in Tier if counts[tier]}


def counts(entries: Iterable[Entry]) -> Mapping[Part, int]:
    """How many stand in each part."""
    everybody = tuple(entries)
    return {part: sum(one.belongs(part) for one in everybody) for part in Part}


def entry(known: Known) -> Entry:
    """What the list says of one patient."""
    patient, today = known.patient, known.today
    answered = {on for on, entry in known.answers.items() if Item.HEADACHE in entry}
    is_asked = patient.is_active and not patient.is_paused(today)
    silent = lifecycle.silent_days(today, known.asked, answered)
    week = {one.local_date for one in known.asked} & set(_dates(today - timedelta(days=1)))
    return Entry(
        patient=patient,
        today=today,
        last_on=max(answered, default=None),
        last=known.answers[max(answered)] if answered else {},
        is_due=is_asked and _is_due(today, known.asked, answered),
        silent_days=silent if is_asked and today not in answered else 0,
        worse=worse(known.answers, last=today - timedelta(days=1)),
        session=known.session,
        escalations=known.escalations,
        due=len(week),
        answered=len(week & answered),
    )


def _is_due(today: date, asked: Iterable[Asked], answered: set[date]) -> bool:
    """Today's check-in is open without an answer; yesterday's, until today's has come."""
    newest = max(asked, key=lambda one: one.local_date, default=None)
    if newest is None or newest.local_date < today - timedelta(days=1):
        return False
    is_open = newest.state in {CheckInState.DUE, CheckInState.OPEN}
    return is_open and newest.local_date not in answered and today not in answered


def worse(answers: Mapping[date, Answers], *, last: date) -> Worse | None:
    """Whether the seven days up to `last` were worse than the seven before, None if not.

    Worse is at least 2 headache days (R-DAY-3) more, or a mean worst pain at least 2 points
    higher, headache-free days as 0. Only what is known counts, nothing is scaled, and of each
    week at least 5 days must be known.
    """
    now = _span(answers, last)
    before = _span(answers, last - timedelta(days=WEEK))
    if min(now.completed, before.completed) < ENOUGH:
        return None
    if now.headache_days - before.headache_days >= MORE_DAYS:
        return Worse(now=now, before=before, is_by_days=True)
    if min(len(now.pains), len(before.pains)) < ENOUGH:
        return None
    if now.mean_pain - before.mean_pain >= MORE_PAIN:
        return Worse(now=now, before=before, is_by_days=False)
    return None


def _span(answers: Mapping[date, Answers], last: date) -> Span:
    entries = [answers.get(on, {}) for on in _dates(last)]
    completed = [one for one in entries if Item.HEADACHE in one]
    pains = (worst_pain(one) for one in completed)
    return Span(
        completed=len(completed),
        headache_days=sum(map(is_headache_day, completed)),
        pains=tuple(pain for pain in pains if pain is not None),
    )


def _dates(last: date) -> Iterator[date]:
    return (last - timedelta(days=back) for back in range(WEEK))


def worst_pain(entry: Answers) -> int | None:
    """The worst pain of a completed day, 0 without headache; None when it is not known."""
    if said(entry, Item.HEADACHE) == (daily.NO,):
        return 0
    values = said(entry, Item.PAIN)
    return int(values[0]) if values else None
