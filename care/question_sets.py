"""The questions, as data: the daily check-in (clinical rules, section 2; R-ITEM-1, R-ITEM-2)."""

from __future__ import annotations

from care.errors import InvalidAnswer
from care.questions import NONE, Answers, Item, Question

NO, YES, STILL, TOO_ILL = "no", "yes", "still", "too_ill"
"""Headache today? No; yes; still from yesterday; too ill to answer."""

PAIN_FREE = "0"
"""The foot of the 0-10 scale: tapped after "yes" it means that there was no headache after all."""

MINUTES_UNDER_5, MINUTES_5_TO_60, MINUTES_OVER_60 = "lt5", "5to60", "gt60"

HEADACHE = Question(item=Item.HEADACHE, options=(NO, YES, STILL, TOO_ILL))
PAIN = Question(item=Item.PAIN, options=tuple(str(level) for level in range(11)))
AURA = Question(
    item=Item.AURA, options=("visual", "sensory", "speech", "weakness", "other"), takes_many=True
)
AURA_MINUTES = Question(
    item=Item.AURA_MINUTES, options=(MINUTES_UNDER_5, MINUTES_5_TO_60, MINUTES_OVER_60)
)
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

DAILY = (HEADACHE, PAIN, AURA, AURA_MINUTES, EXPOSURES)

CORE = (Item.HEADACHE, Item.PAIN)
"""With these a check-in counts as answered, as far as they apply (R-OUT-1)."""

_BY_ITEM = {question.item: question for question in DAILY}


def question(item: Item) -> Question:
    """The question of the daily set with this code."""
    return _BY_ITEM[item]


def item(code: str) -> Item:
    """The item with this code; raises InvalidAnswer."""
    try:
        return Item(code)
    except ValueError:
        raise InvalidAnswer from None


def applies(item: Item, answers: Answers, *, is_late: bool) -> bool:
    """Whether an item is asked, given what is known.

    Pain and aura belong to a headache; minutes to an aura; exposures to every day, but only on
    the day itself (R-FILL-1), and never to someone too ill to answer (R-ITEM-1).
    """
    hd = answers.get(Item.HEADACHE, ("",))[0]
    match item:
        case Item.HEADACHE:
            return True
        case Item.PAIN | Item.AURA:
            return hd in {YES, STILL}
        case Item.AURA_MINUTES:
            return hd in {YES, STILL} and has_aura(answers)
        case Item.EXPOSURES:
            return hd != TOO_ILL and not is_late


def has_aura(answers: Answers) -> bool:
    """Whether any kind of aura was chosen."""
    return bool(set(answers.get(Item.AURA, ())) - {NONE})


def next_item(after: Item | None, answers: Answers, *, is_late: bool) -> Item | None:
    """The next item to ask, or None when the check-in is complete."""
    order = [question.item for question in DAILY]
    start = 0 if after is None else order.index(after) + 1
    return next((i for i in order[start:] if applies(i, answers, is_late=is_late)), None)


def previous_item(before: Item | None, answers: Answers, *, is_late: bool) -> Item | None:
    """The item to which "Back" leads, or None at the first."""
    order = [question.item for question in DAILY]
    end = len(order) if before is None else order.index(before)
    earlier = reversed(order[:end])
    return next((i for i in earlier if applies(i, answers, is_late=is_late)), None)
