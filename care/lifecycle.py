"""A check-in: due, open, completed, missed or undelivered; what each tap does to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NewType
from zoneinfo import ZoneInfo

from care import entries, question_sets as daily
from care.errors import DayLocked
from care.questions import NONE, Answers, Item, one, toggled

if TYPE_CHECKING:
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
class Choose:
    """The one answer to a question."""

    item: Item
    value: str


@dataclass(frozen=True, kw_only=True)
class Toggle:
    """One option of many, chosen or let go."""

    item: Item
    value: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Finish:
    """No more options: on to the next question; with none chosen the answer is "none"."""

    item: Item


@dataclass(frozen=True, kw_only=True)
class GoTo:
    """Back to a question, to look or to change."""

    item: Item


Tap = Choose | Toggle | Finish | GoTo


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The check-in and its answers after a tap."""

    checkin: CheckIn
    answers: Answers


def record(checkin: CheckIn, answers: Answers, tap: Tap, *, now: datetime) -> Recorded:
    """What a tap makes of a check-in; the same tap a second time changes nothing.

    Raises DayLocked from `locks_at` on, InvalidAnswer for a value that the item does not have.
    """
    if now >= checkin.locks_at:
        raise DayLocked
    is_late = checkin.is_late(now=now)
    after = _kept(_answered(answers, tap, is_late=is_late))
    moved = _moved(checkin, after, tap, is_late=is_late)
    if after == answers and moved.asking == checkin.asking and moved.state == checkin.state:
        return Recorded(checkin=checkin, answers=answers)
    done = moved.asking is None and moved.completed_at is None
    moved = replace(moved, completed_at=now if done else moved.completed_at)
    return Recorded(checkin=replace(moved, revision=checkin.revision + 1), answers=after)


def _answered(answers: Answers, tap: Tap, *, is_late: bool) -> Answers:
    """The answers after a tap; on an item that is not asked, or no longer, it changes nothing.

    So exposures are never noted late (R-FILL-1), and an old keyboard does no harm.
    """
    given = _given(answers, tap)
    return given if daily.applies(tap.item, answers, is_late=is_late) else answers


def _given(answers: Answers, tap: Tap) -> Answers:
    match tap:
        case Choose(item=Item.PAIN, value=daily.PAIN_FREE):
            return {**answers, Item.HEADACHE: (daily.NO,)}
        case Choose():
            return {**answers, tap.item: one(daily.question(tap.item), tap.value)}
        case Toggle():
            before = answers.get(tap.item, ())
            question = daily.question(tap.item)
            chosen = toggled(question, before, tap.value, chosen=tap.chosen)
            return {**answers, tap.item: chosen}
        case Finish():
            none = one(daily.question(tap.item), NONE)
            return {**answers, tap.item: answers.get(tap.item) or none}
        case GoTo():
            return answers


def _kept(answers: Answers) -> Answers:
    """What still makes sense: no pain without a headache, no minutes without an aura."""
    return {
        item: values
        for item, values in answers.items()
        if values and daily.applies(item, answers, is_late=False)
    }


def _moved(checkin: CheckIn, answers: Answers, tap: Tap, *, is_late: bool) -> CheckIn:
    asking = _asking(checkin, answers, tap, is_late=is_late)
    if asking is None or checkin.completed_at is not None:
        state = CheckInState.COMPLETED
    else:
        state = CheckInState.OPEN
    return replace(checkin, asking=asking, state=state)


def _asking(checkin: CheckIn, answers: Answers, tap: Tap, *, is_late: bool) -> Item | None:
    """What to ask now; a question that no longer applies gives way to the first that is open."""
    wanted = _wanted(checkin, answers, tap, is_late=is_late)
    if wanted is None or daily.applies(wanted, answers, is_late=is_late):
        return wanted
    return _first_missing(answers, is_late=is_late)


def _wanted(checkin: CheckIn, answers: Answers, tap: Tap, *, is_late: bool) -> Item | None:
    if isinstance(tap, GoTo):
        return tap.item if daily.applies(tap.item, answers, is_late=is_late) else checkin.asking
    if isinstance(tap, Toggle):
        return checkin.asking
    missing = _first_missing(answers, is_late=is_late)
    if tap.item is not checkin.asking:
        return _earlier(checkin.asking, missing)
    if checkin.completed_at is not None:
        return missing
    return _earlier(daily.next_item(tap.item, answers, is_late=is_late), missing)


def _first_missing(answers: Answers, *, is_late: bool) -> Item | None:
    return next(
        (
            question.item
            for question in daily.DAILY
            if question.item not in answers
            and daily.applies(question.item, answers, is_late=is_late)
        ),
        None,
    )


def _earlier(left: Item | None, right: Item | None) -> Item | None:
    order: list[Item | None] = [*(question.item for question in daily.DAILY), None]
    return min(left, right, key=order.index)


def shown(checkin: CheckIn, message_id: int | None, *, now: datetime) -> CheckIn:
    """The check-in once a message in the patient's chat shows it."""
    is_waiting = checkin.state in {CheckInState.DUE, CheckInState.UNDELIVERED}
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


def outcome(checkin: CheckIn, answers: Answers) -> Outcome:
    """What became of it so far (R-OUT-1): answered means all of the core that applies."""
    if Item.HEADACHE in answers:
        is_whole = all(
            item in answers for item in daily.CORE if daily.applies(item, answers, is_late=False)
        )
        return Outcome.ANSWERED if is_whole else Outcome.PARTIAL
    if checkin.state in {CheckInState.DUE, CheckInState.UNDELIVERED}:
        return Outcome.NOT_DELIVERED
    return Outcome.DELIVERED_UNANSWERED
