"""An attack as it runs: begun by a tap, asked about, ended by a tap (F11)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NewType
from zoneinfo import ZoneInfo

from care import question_sets as daily, timetable
from care.questions import Item, toggled

if TYPE_CHECKING:
    from care.people import PatientId
    from care.profiles import Profile

AttackId = NewType("AttackId", int)

ASKS_AFTER = timedelta(hours=2)
"""How it is, two hours after the beginning; or what the medicine did, two hours after it."""

LONG_AFTER = timedelta(hours=72)
"""An attack that runs longer belongs to the status gate (R-SM-1)."""

LAPSES_AFTER = timedelta(days=7)
"""After so long without a word nobody knows when it ended."""


class AttackState(StrEnum):
    """Running, ended by a tap, taken back, or left open until it lapsed."""

    RUNNING = "running"
    ENDED = "ended"
    MISTAKE = "mistake"
    LAPSED = "lapsed"


class Asking(StrEnum):
    """What the attack's message asks for."""

    HOW = "how"
    MEDICINE = "medicine"
    RELIEF = "relief"


@dataclass(frozen=True, kw_only=True)
class NewAttack:
    """An attack that begins now, in the zone where the patient is."""

    patient_id: PatientId
    zone: str
    started_at: datetime


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One attack; instants in UTC, `zone` where it began.

    `medicines` are the codes of what was taken, `taken_at` when the last was; `relief` is the
    answer two hours after it (clinical rules, section 2, `rel`). `message_id` shows it.
    """

    id: AttackId
    patient_id: PatientId
    zone: str
    started_at: datetime
    state: AttackState
    asking: Asking | None = None
    medicines: tuple[str, ...] = ()
    taken_at: datetime | None = None
    relief: str | None = None
    was_asked: bool = False
    ended_at: datetime | None = None
    message_id: int | None = None

    @property
    def is_running(self) -> bool:
        """Neither ended, taken back nor lapsed."""
        return self.state is AttackState.RUNNING

    @property
    def next_question(self) -> tuple[Asking, datetime] | None:
        """What to ask by itself, and when (UTC); each is asked once."""
        if not self.is_running:
            return None
        if self.taken_at is not None and self.relief is None:
            return Asking.RELIEF, self.taken_at + ASKS_AFTER
        return None if self.was_asked else (Asking.HOW, self.started_at + ASKS_AFTER)

    def is_long(self, *, now: datetime) -> bool:
        """Whether it has run for more than 72 hours (R-SM-1)."""
        return (self.ended_at or now) - self.started_at > LONG_AFTER

    def day_of(self, at: datetime) -> date:
        """The local date of an instant of it, where it began."""
        return timetable.local_date_at(at, ZoneInfo(self.zone))


def asked_medicine(attack: Attack) -> Attack:
    """Which medicine was it?"""
    return replace(attack, asking=Asking.MEDICINE) if attack.is_running else attack


def took(attack: Attack, profile: Profile, code: str, *, chosen: bool) -> Attack:
    """One medicine chosen or let go. Raises InvalidAnswer for one of somebody else's list."""
    if not attack.is_running:
        return attack
    known = daily.question(Item.MEDICINES, profile, {Item.MEDICINES: attack.medicines})
    return replace(attack, medicines=toggled(known, attack.medicines, code, chosen=chosen))


def taken(attack: Attack, *, now: datetime) -> Attack:
    """That was all of it: what it did is asked two hours later."""
    if attack.asking is not Asking.MEDICINE:
        return attack
    if not attack.medicines:
        return replace(attack, asking=None)
    return replace(attack, asking=None, taken_at=now, relief=None)


def relieved(attack: Attack, relief: str) -> Attack:
    """What the medicine did; the attack goes on until it is said to be over."""
    if attack.taken_at is None:
        return attack
    return replace(attack, relief=relief, was_asked=True, asking=None)


def still(attack: Attack) -> Attack:
    """It goes on."""
    return replace(attack, was_asked=True, asking=None) if attack.is_running else attack


def asked(attack: Attack, asking: Asking) -> Attack:
    """A question has come due; one that waits for an answer stays."""
    return replace(attack, asking=asking, was_asked=True) if attack.is_running else attack


def over(attack: Attack, *, now: datetime) -> Attack:
    """It is over; the first end stays."""
    if not attack.is_running:
        return attack
    return replace(attack, state=AttackState.ENDED, ended_at=now, asking=None)


def taken_back(attack: Attack) -> Attack:
    """There was no attack; only as long as it runs."""
    if not attack.is_running:
        return attack
    return replace(attack, state=AttackState.MISTAKE, asking=None)


def lapsed(attack: Attack) -> Attack:
    """Nobody said when it ended."""
    return replace(attack, state=AttackState.LAPSED, asking=None)
