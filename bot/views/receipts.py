"""Saved answers, repeated: one line each; a tap is saved once its line shows (F03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import labels
from bot.views.screen import TICK
from care import question_sets as daily
from care.questions import SKIPPED, Item

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.profiles import Profile
    from care.questions import Answers


def whole(say: Wording, answers: Answers, profile: Profile) -> list[str]:
    """Everything, with what was left out."""
    return [_line(say, answers, profile, item) for item in daily.ORDER if item in answers]


def known(
    say: Wording, answers: Answers, profile: Profile, *, asking: Item | None = None
) -> list[str]:
    """Not what was left out, and not the answer of one that is being asked again."""
    shown = (item for item in daily.ORDER if _is_shown(answers, item, asking))
    return [_line(say, answers, profile, item) for item in shown]


def _is_shown(answers: Answers, item: Item, asking: Item | None) -> bool:
    if item is Item.AURA_MINUTES or answers.get(item, (SKIPPED,)) == (SKIPPED,):
        return False
    return item is not asking or daily.takes_many(item)


def _line(say: Wording, answers: Answers, profile: Profile, item: Item) -> str:
    text = labels.receipt(say, item, answers[item], profile)
    minutes = answers.get(Item.AURA_MINUTES)
    if item is Item.AURA and minutes and minutes != (SKIPPED,):
        text = f"{text}, {labels.answer(say, Item.AURA_MINUTES, minutes[0])}"
    return f"{TICK} {text}"
