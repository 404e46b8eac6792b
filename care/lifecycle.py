"""A check-in: due, open, completed, missed or undelivered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NewType
from zoneinfo import ZoneInfo

from care import entries, question_sets as daily
from care.profiles import Profile
from care.questions import Answers, Item, said

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date, datetime

    from care.people import PatientId

CheckInId = NewType("CheckInId", int)


class CheckInState(StrEnum):
    """How far a check-in has come; "no pain" is an answer, not a state (R-OUT-1)."""

    DUE = "due"
    OPEN = "open"
    COMPLETED = "completed"
    MISSED = "missed"
    UNDELIVERED = "undelivered"


class Outcome(StrEnum):
    """What became of a due check-in; never merged (R-OUT-1)."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    DELIVERED_UNANSWERED = "delivered_unanswered"
    NOT_DELIVERED = "not_delivered"


@dataclass(frozen=True, kw_only=True)
class NewCheckIn:
    """A check-in that has come due; `is_delayed` when it is sent after its time."""

    patient_id: PatientId
    local_date: date
    zone: str
    state: CheckInState
    due_at: datetime
    locks_at: datetime
    is_delayed: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """One round of questions for one local date.

    `asking` is the item on the screen, None at the end. `revision` counts what the screen
    should show, `drawn_revision` what it last showed. `is_delayed` marks one that was sent
    after its time.
    """

    id: CheckInId
    patient_id: PatientId
    local_date: date
    zone: str
    state: CheckInState
    asking: Item | None
    revision: int
    drawn_revision: int
    due_at: datetime
    locks_at: datetime
    is_delayed: bool = False
    message_id: int | None = None
    delivered_at: datetime | None = None
    completed_at: datetime | None = None

    def is_late(self, *, now: datetime) -> bool:
        """Whether its local day is over."""
        return entries.is_late(self.local_date, ZoneInfo(self.zone), now=now)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """As much of a check-in as it takes to see whether a date was asked."""

    local_date: date
    state: CheckInState


def shown(checkin: CheckIn, message_id: int | None, *, now: datetime) -> CheckIn:
    """The check-in once a message in the patient's chat shows it.

    One that did not reach the patient on its day stays so, until it is answered (R-OUT-1).
    """
    is_undelivered = checkin.state is CheckInState.UNDELIVERED and not checkin.is_late(now=now)
    is_waiting = checkin.state is CheckInState.DUE or is_undelivered
    return replace(
        checkin,
        message_id=message_id,
        delivered_at=checkin.delivered_at or now,
        state=CheckInState.OPEN if is_waiting else checkin.state,
    )


def locked(checkin: CheckIn, answers: Answers) -> CheckIn:
    """The check-in once its day takes no more answers (R-OUT-1, R-FILL-1)."""
    state = checkin.state
    if Item.HEADACHE in answers:
        state = CheckInState.COMPLETED
    elif state is CheckInState.OPEN:
        state = CheckInState.MISSED
    elif state is CheckInState.DUE:
        state = CheckInState.UNDELIVERED
    return replace(checkin, state=state, revision=checkin.revision + 1)


def silent_days(
    before: date, checkins: Iterable[CheckIn | Asked], answered: Container[date]
) -> int:
    """How many check-ins in a row, ending with the last before a date, had no answer (R-REM-2).

    `answered` are the dates with any answer. What was not delivered is the system's silence, not
    the patient's: it neither counts nor ends the row.
    """
    count = 0
    for checkin in sorted(checkins, key=lambda one: one.local_date, reverse=True):
        if checkin.local_date >= before:
            continue
        if checkin.local_date in answered:
            break
        count += checkin.state not in {CheckInState.DUE, CheckInState.UNDELIVERED}
    return count


def outcome(checkin: CheckIn, answers: Answers) -> Outcome:
    """What became of it so far (R-OUT-1): answered means all of the core that applies.

    Too ill is a whole answer in itself (R-ITEM-1).
    """
    if Item.HEADACHE in answers:
        missing = [item for item in daily.CORE if not said(answers, item)]
        is_whole = not any(daily.asks(i, answers, Profile(), is_late=False) for i in missing)
        return Outcome.ANSWERED if is_whole else Outcome.PARTIAL
    if checkin.state in {CheckInState.DUE, CheckInState.UNDELIVERED}:
        return Outcome.NOT_DELIVERED
    return Outcome.DELIVERED_UNANSWERED
