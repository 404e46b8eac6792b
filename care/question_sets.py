"""The questions, as data: the daily check-in (clinical rules, section 2; R-ITEM-1, R-ITEM-2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from care.errors import InvalidAnswer
from care.profiles import OwnKind, Profile
from care.questions import NONE, Answers, Item, Question, said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NO, YES, STILL, TOO_ILL = "no", "yes", "still", "too_ill"
"""Headache today? No; yes; still from yesterday; too ill to answer."""

PAIN_FREE = "0"
"""The foot of the 0-10 scale: tapped after "yes" it means that there was no headache after all."""

DURATION_UNDER_30_MIN, DURATION_30_MIN_TO_4_H = "lt30", "30to240"
DURATION_4_TO_12_H, DURATION_OVER_12_H = "4to12h", "gt12h"

RELIEF_NONE, RELIEF_SOME, RELIEF_FREE, RELIEF_EARLY = "no", "some", "free", "early"
"""Two hours after the medicine: none, some, pain-free; or not two hours ago yet."""

MINUTES_UNDER_5, MINUTES_5_TO_60, MINUTES_OVER_60 = "lt5", "5to60", "gt60"

NORMAL, REDUCED, COULD_NOT = "normal", "reduced", "could_not"
"""What the day allowed: normal; reduced by half or more; nothing."""

UNLISTED = "unlisted"
"""A medicine that does not stand in the patient's own list; counted in the class "other"."""

TOOK_MEDICINE = "medicine"
"""A medicine on a day without headache: the question about medicines follows (section 2)."""

HEADACHE = Question(item=Item.HEADACHE, options=(NO, YES, STILL, TOO_ILL))
PAIN = Question(item=Item.PAIN, options=tuple(str(level) for level in range(11)))
DURATION = Question(
    item=Item.DURATION,
    options=(
        DURATION_UNDER_30_MIN,
        DURATION_30_MIN_TO_4_H,
        DURATION_4_TO_12_H,
        DURATION_OVER_12_H,
    ),
)
MEDICINES = Question(item=Item.MEDICINES, options=(UNLISTED,), takes_many=True)
RELIEF = Question(item=Item.RELIEF, options=(RELIEF_NONE, RELIEF_SOME, RELIEF_FREE, RELIEF_EARLY))
FEATURES = Question(
    item=Item.FEATURES,
    options=("one_side", "pulsating", "movement", "nausea", "vomiting", "light", "sound"),
    takes_many=True,
)
AURA = Question(
    item=Item.AURA, options=("visual", "sensory", "speech", "weakness", "other"), takes_many=True
)
AURA_MINUTES = Question(
    item=Item.AURA_MINUTES, options=(MINUTES_UNDER_5, MINUTES_5_TO_60, MINUTES_OVER_60)
)
FUNCTION = Question(item=Item.FUNCTION, options=(NORMAL, REDUCED, COULD_NOT))
EXPOSURES = Question(
    item=Item.EXPOSURES,
    options=(
        "sleep_short",
        "stress_high",
        "meal_skipped",
        "alcohol",
        "caffeine_more",
        "caffeine_less",
        "bleeding",
    ),
    takes_many=True,
)
PRACTICE = Question(
    item=Item.PRACTICE, options=("sleep", "movement", "relaxation", "meals", "cbt", NONE)
)

DAILY = (
    HEADACHE,
    PAIN,
    DURATION,
    MEDICINES,
    RELIEF,
    FEATURES,
    AURA,
    AURA_MINUTES,
    FUNCTION,
    EXPOSURES,
    PRACTICE,
)

CORE = (Item.HEADACHE, Item.PAIN, Item.DURATION, Item.MEDICINES, Item.RELIEF)
"""With these a check-in counts as answered, as far as they apply (R-OUT-1)."""

_BY_ITEM = {question.item: question for question in DAILY}


def item(code: str) -> Item:
    """The item with this code; raises InvalidAnswer."""
    try:
        return Item(code)
    except ValueError:
        raise InvalidAnswer from None


def check(item: Item, value: str) -> None:
    """Raise InvalidAnswer for a value that an item with fixed options does not have."""
    if value not in _BY_ITEM[item].options:
        raise InvalidAnswer


def takes_many(item: Item) -> bool:
    """Whether several options may be chosen."""
    return _BY_ITEM[item].takes_many


def question(item: Item, profile: Profile, answers: Answers) -> Question:
    """The question as this patient is asked it, with the options of their own.

    What an earlier answer names stays an option, even if it left the list since.
    """
    asked = _BY_ITEM[item]
    match item:
        case Item.MEDICINES:
            return replace(asked, options=(*_own(OwnKind.MEDICINE, profile, answers), UNLISTED))
        case Item.EXPOSURES:
            own = _own(OwnKind.EXPOSURE, profile, answers)
            took = () if has_headache(answers) else (TOOK_MEDICINE,)
            return replace(asked, options=(*asked.options, *own, *took))
        case Item.PRACTICE:
            kept = {NONE, profile.practice, *answers.get(item, ())}
            return replace(asked, options=tuple(code for code in asked.options if code in kept))
        case _:
            return asked


def _own(kind: OwnKind, profile: Profile, answers: Answers) -> tuple[str, ...]:
    named = set(answers.get(_OWN_ITEM[kind], ()))
    return tuple(
        one.code
        for one in profile.own
        if one.kind is kind and (one.is_active or one.code in named)
    )


_OWN_ITEM = {OwnKind.MEDICINE: Item.MEDICINES, OwnKind.EXPOSURE: Item.EXPOSURES}


def has_headache(answers: Answers) -> bool:
    """Yes or still: the questions about a headache follow."""
    return said(answers, Item.HEADACHE) in {(YES,), (STILL,)}


def is_too_ill(answers: Answers) -> bool:
    """Too ill to answer: a headache of which nothing more is asked."""
    return said(answers, Item.HEADACHE) == (TOO_ILL,)


def has_aura(answers: Answers) -> bool:
    """Whether any kind of aura was chosen."""
    return bool(set(said(answers, Item.AURA)) - {NONE})


def has_drug(answers: Answers) -> bool:
    """Whether any acute medicine was taken."""
    return bool(set(said(answers, Item.MEDICINES)) - {NONE})


def takes(item: Item, answers: Answers, profile: Profile, *, is_late: bool) -> bool:
    """Whether an item may be answered, asked for or not, given what is known.

    Exposures and self-care belong to the day itself and are never noted late (R-FILL-1).
    """
    if item is Item.HEADACHE:
        return True
    if Item.HEADACHE not in answers:
        return False
    return _TAKES[item](answers, profile, is_late)


def _of_headache(answers: Answers, _profile: Profile, _is_late: bool) -> bool:  # noqa: FBT001
    return has_headache(answers) or is_too_ill(answers)


def _of_day(answers: Answers, _profile: Profile, is_late: bool) -> bool:  # noqa: FBT001
    return not is_late and not is_too_ill(answers)


_TAKES: Mapping[Item, Callable[[Answers, Profile, bool], bool]] = {
    Item.PAIN: _of_headache,
    Item.DURATION: _of_headache,
    Item.MEDICINES: lambda _answers, _profile, _is_late: True,
    Item.RELIEF: lambda answers, profile, is_late: (
        _of_headache(answers, profile, is_late) and has_drug(answers)
    ),
    Item.FEATURES: _of_headache,
    Item.AURA: lambda _answers, _profile, _is_late: True,
    Item.AURA_MINUTES: lambda answers, _profile, _is_late: has_aura(answers),
    Item.FUNCTION: _of_headache,
    Item.EXPOSURES: _of_day,
    Item.PRACTICE: lambda answers, profile, is_late: (
        _of_day(answers, profile, is_late)
        and (profile.practice is not None or Item.PRACTICE in answers)
    ),
}


def asks(item: Item, answers: Answers, profile: Profile, *, is_late: bool) -> bool:
    """Whether an item is asked by itself, given what is known (R-ITEM-1).

    A headache brings its questions, aura only where it is usual or not told yet; too ill ends
    them all. A headache-free day asks for exposures, and for medicines if one was taken.
    """
    if not takes(item, answers, profile, is_late=is_late):
        return False
    match item:
        case Item.PAIN | Item.DURATION | Item.FEATURES | Item.FUNCTION:
            return has_headache(answers)
        case Item.MEDICINES:
            took = {TOOK_MEDICINE} & {*answers.get(Item.EXPOSURES, ())}
            return has_headache(answers) or bool(took) or item in answers
        case Item.RELIEF:
            return has_headache(answers)
        case Item.AURA:
            return (has_headache(answers) and profile.has_usual_aura) or item in answers
        case _:
            return True


def previous_item(
    before: Item | None, answers: Answers, profile: Profile, *, is_late: bool
) -> Item | None:
    """The item to which "Back" leads, or None at the first."""
    end = len(ORDER) if before is None else ORDER.index(before)
    earlier = reversed(ORDER[:end])
    return next((i for i in earlier if asks(i, answers, profile, is_late=is_late)), None)


def first_missing(answers: Answers, profile: Profile, *, is_late: bool) -> Item | None:
    """The first item that is asked and has neither an answer nor a skip."""
    return next(
        (i for i in ORDER if i not in answers and asks(i, answers, profile, is_late=is_late)),
        None,
    )


ORDER = tuple(question.item for question in DAILY)
"""Core, features, aura, function, exposures, self-care (R-ITEM-2)."""
