"""What a tap claims, and whether a screen acknowledges it: the edit is the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import callbacks, payloads
from bot.views import labels
from bot.views.screen import TICK
from bot.views.wording.catalogue import wording
from care import question_sets as daily
from care.questions import NONE, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from care.questions import Answers

_SAY = wording("en")

_FOLLOWS = {(Item.AURA, Item.AURA_MINUTES), (Item.MEDICINES, Item.RELIEF)}
"""Without the first there is no answer to the second."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One answer that somebody gave; of a question of many, one option chosen or let go."""

    checkin: int
    item: Item
    value: str
    is_chosen: bool = True

    @property
    def place(self) -> tuple[int, Item, str]:
        """What a later claim must share to replace this one."""
        is_many = daily.takes_many(self.item)
        return (self.checkin, self.item, self.value if is_many else "")

    def stands_in(self, answers: Answers) -> bool:
        """Whether these answers hold it."""
        return (self.value in answers.get(self.item, ())) is self.is_chosen

    def is_shown_by(self, text: str) -> bool:
        """Whether a screen acknowledges it."""
        lines = [line[2:] for line in text.splitlines() if line.startswith(f"{TICK} ")]
        if self.item is Item.AURA_MINUTES:
            label = labels.answer(_SAY, self.item, self.value)
            return any(_options(line)[-1:] == [label] for line in lines)
        if daily.takes_many(self.item):
            return self._is_listed(lines)
        return self._receipt(self.value) in lines

    def _is_listed(self, lines: Sequence[str]) -> bool:
        opening = self._receipt("").rstrip()
        found = [line for line in lines if line.startswith(opening)]
        label = labels.answer(_SAY, self.item, self.value)
        return (bool(found) and label in _options(found[0])) is self.is_chosen

    def _receipt(self, value: str) -> str:
        return labels.receipt(_SAY, self.item, (value,), labels.NOBODY)

    def unsettles(self, other: Claim) -> bool:
        """Whether giving this answer may take another one out of the entry."""
        if self.checkin != other.checkin or self.place == other.place:
            return False
        if self.item is Item.HEADACHE:
            return True
        if (self.item, other.item) in _FOLLOWS:
            return True
        return self.item is other.item and NONE in {self.value, other.value}


def _options(line: str) -> list[str]:
    return line.partition(": ")[2].split(", ")


def claim_of(data: str, label: str) -> Claim | None:
    """What a tap on a button claims, None where it answers nothing."""
    match callbacks.decode(data):
        case payloads.Answer(checkin, Item.PAIN, daily.PAIN_FREE):
            return Claim(checkin=checkin, item=Item.HEADACHE, value=daily.NO)
        case payloads.Answer(checkin, item, value):
            return Claim(checkin=checkin, item=Item(item), value=value)
        case payloads.Option(checkin, item, value, chosen):
            return Claim(checkin=checkin, item=Item(item), value=value, is_chosen=chosen)
        case payloads.Finish(checkin, item) if label == "None of these":
            return Claim(checkin=checkin, item=Item(item), value=NONE)
        case _:
            return None
