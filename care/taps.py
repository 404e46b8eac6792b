"""What each tap does to a check-in: saved at once, in any order, any number of times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from care import question_sets as daily
from care.errors import DayLocked, InvalidAnswer
from care.lifecycle import CheckIn, CheckInState
from care.questions import NONE, SKIPPED, Answers, Item, Values, one, said, toggled

if TYPE_CHECKING:
    from datetime import datetime

    from care.profiles import Profile


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


@dataclass(frozen=True, kw_only=True)
class Skip:
    """Leave a question out; it is not asked again."""

    item: Item


@dataclass(frozen=True, kw_only=True)
class Enough:
    """No more questions today: what was not answered by now is skipped."""

    item: Item


Tap = Choose | Toggle | Finish | GoTo | Skip | Enough


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The check-in and its answers after a tap."""

    checkin: CheckIn
    answers: Answers


def record(
    checkin: CheckIn, answers: Answers, tap: Tap, *, profile: Profile, now: datetime
) -> Recorded:
    """What a tap makes of a check-in; the same tap a second time changes nothing.

    Raises DayLocked from `locks_at` on, InvalidAnswer for a value that the item does not have.
    """
    if now >= checkin.locks_at:
        raise DayLocked
    is_late = checkin.is_late(now=now)
    after = answered(answers, tap, profile, is_late=is_late)
    moved = _moved(checkin, after, tap, profile, is_late=is_late)
    if after == answers and moved.asking == checkin.asking and moved.state == checkin.state:
        return Recorded(checkin=checkin, answers=answers)
    done = moved.asking is None and moved.completed_at is None
    moved = replace(moved, completed_at=now if done else moved.completed_at)
    return Recorded(checkin=replace(moved, revision=checkin.revision + 1), answers=after)


def answered(answers: Answers, tap: Tap, profile: Profile, *, is_late: bool) -> Answers:
    """The answers after a tap; on an item that takes none, or no longer, it changes nothing.

    So exposures are never noted late (R-FILL-1), and an old keyboard does no harm. Raises
    InvalidAnswer for a value that the item does not have.
    """
    given = _given(answers, tap, profile, is_late=is_late)
    is_taken = daily.takes(tap.item, answers, profile, is_late=is_late)
    return _kept(given if is_taken else answers, profile)


def _given(answers: Answers, tap: Tap, profile: Profile, *, is_late: bool) -> Answers:
    match tap:
        case GoTo():
            return answers
        case Enough():
            return _all_skipped(answers, profile, is_late=is_late)
        case Choose():
            return _chosen(answers, tap, profile)
        case _:
            return {**answers, tap.item: _of_many(answers, tap, profile)}


def _chosen(answers: Answers, tap: Choose, profile: Profile) -> Answers:
    if (tap.item, tap.value) == (Item.PAIN, daily.PAIN_FREE):
        return {**answers, Item.HEADACHE: (daily.NO,)}
    if (tap.item, tap.value) == (Item.HEADACHE, daily.TOO_ILL):
        return _too_ill(answers)
    question = daily.question(tap.item, profile, answers)
    return {**answers, tap.item: one(question, tap.value)}


def _of_many(answers: Answers, tap: Toggle | Finish | Skip, profile: Profile) -> Values:
    question = daily.question(tap.item, profile, answers)
    match tap:
        case Toggle():
            before = answers.get(tap.item, ())
            return toggled(question, before, tap.value, chosen=tap.chosen)
        case Finish():
            none = one(question, NONE)
            return said(answers, tap.item) or none
        case Skip():
            return answers.get(tap.item) or _skip(tap.item)


def _too_ill(answers: Answers) -> Answers:
    """A headache that left nothing possible, in one tap (R-ITEM-1)."""
    known = said(answers, Item.FUNCTION)
    could_not = known or (daily.COULD_NOT,)
    return {**answers, Item.HEADACHE: (daily.TOO_ILL,), Item.FUNCTION: could_not}


def _skip(item: Item) -> Values:
    """A headache is said or not said; everything after it can be left out."""
    if item is Item.HEADACHE:
        raise InvalidAnswer
    return (SKIPPED,)


def _all_skipped(answers: Answers, profile: Profile, *, is_late: bool) -> Answers:
    if Item.HEADACHE not in answers:
        raise InvalidAnswer
    found = dict(answers)
    while (item := daily.first_missing(found, profile, is_late=is_late)) is not None:
        found[item] = (SKIPPED,)
    return found


def _kept(answers: Answers, profile: Profile) -> Answers:
    """What still makes sense: no pain without a headache, no minutes without an aura."""
    return {
        item: values
        for item, values in answers.items()
        if values and daily.takes(item, answers, profile, is_late=False)
    }


def _moved(
    checkin: CheckIn, answers: Answers, tap: Tap, profile: Profile, *, is_late: bool
) -> CheckIn:
    asking = _asking(checkin, answers, tap, profile, is_late=is_late)
    if asking is None or checkin.completed_at is not None:
        state = CheckInState.COMPLETED
    else:
        state = CheckInState.OPEN
    return replace(checkin, asking=asking, state=state)


def _asking(
    checkin: CheckIn, answers: Answers, tap: Tap, profile: Profile, *, is_late: bool
) -> Item | None:
    """What to ask now; a question that no longer applies gives way to the first that is open."""
    wanted = _wanted(checkin, answers, tap, profile, is_late=is_late)
    if wanted is None or daily.takes(wanted, answers, profile, is_late=is_late):
        return wanted
    return daily.first_missing(answers, profile, is_late=is_late)


def _wanted(
    checkin: CheckIn, answers: Answers, tap: Tap, profile: Profile, *, is_late: bool
) -> Item | None:
    if isinstance(tap, GoTo):
        can_go = daily.takes(tap.item, answers, profile, is_late=is_late)
        return tap.item if can_go else checkin.asking
    if isinstance(tap, Toggle):
        return checkin.asking
    missing = daily.first_missing(answers, profile, is_late=is_late)
    if tap.item is not checkin.asking:
        return _earlier(_still_asked(checkin.asking, answers, profile, is_late=is_late), missing)
    return missing


def _still_asked(
    item: Item | None, answers: Answers, profile: Profile, *, is_late: bool
) -> Item | None:
    is_asked = item is not None and daily.asks(item, answers, profile, is_late=is_late)
    return item if is_asked else None


def _earlier(left: Item | None, right: Item | None) -> Item | None:
    order: list[Item | None] = [*daily.ORDER, None]
    return min(left, right, key=order.index)
