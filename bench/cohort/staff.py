"""Three coordinators, who see what rings sooner or later, take it, and close it some time after.

Everything they do is a tap or a command on their own phones, drawn from one seeded distribution.
"""

from __future__ import annotations

import heapq
import math
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from bench.phones import Team
from bot.demo.phone import labels_of
from bot.views import escalating
from bot.views.wording.catalogue import wording
from care.escalation import Closing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from simulator.control import Control

NAMES = ("Carol", "Dave", "Erin")
SEES = 0.85
"""P(a page is seen and answered at all); otherwise the ladder has to climb."""

TAKES_IN_HOURS, TAKES_OUT_OF_HOURS = timedelta(minutes=4), timedelta(minutes=12)
CLOSES_AFTER, DOES_LIST_AFTER = timedelta(minutes=40), timedelta(minutes=25)
REMINDED = timedelta(minutes=10)
FORGETS = 0.07
"""P(what was taken is not closed before its owner is reminded)."""

SIGMA = 0.8
"""Of every log-normal delay; the times above are their medians."""

QUICK, TYPES = timedelta(seconds=15), timedelta(seconds=5)
AGAIN = timedelta(minutes=30)
TRIES = 8

OPEN_COMMAND = "/open"
_HEADLINE = re.compile(r"(EMERGENCY|URGENT|ROUTINE) · (D-\d+) · E-(\d+)")
_WAITING = re.compile(r"🟡 ROUTINE · D-\d+ · E-(\d+)")
_LIST = re.compile(r"^\d+ reports? can wait")
_OUTCOMES = tuple(
    label[:1].upper() + label[1:]
    for label in (escalating.closing_label(wording("en"), one) for one in Closing)
)


@dataclass(frozen=True, kw_only=True)
class Ring:
    """One message to a coordinator: `refs` are the codes and numbers of what it speaks of."""

    at: datetime
    to: str
    kind: str
    refs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What somebody will do next: with one message, or (`message` 0) with the open reports."""

    who: Coordinator
    message: int = 0
    is_mine: bool = False
    is_list: bool = False
    tries: int = TRIES


class Coordinator(Team):
    """One of three."""

    def __init__(self, control: Control, name: str, *, seed: int) -> None:
        """A stranger with a phone."""
        super().__init__(control, name)
        self.random = Random(f"{seed}:{name}")  # noqa: S311 - a story
        self.is_blocked = False
        self.seen = 0
        self.worked = 0

    def news(self) -> list[dict[str, Any]]:
        """What has come since, oldest first."""
        found = list(self.messages(after=self.seen))[::-1]
        if found:
            self.seen = found[-1]["message_id"]
        return found

    def message(self, number: int) -> dict[str, Any]:
        """One message as it stands now; empty if it is no more."""
        for one in self.messages(after=number - 1):
            if one["message_id"] == number:
                return one
        return {"text": "", "keyboard": []}

    def later(self, median: timedelta) -> timedelta:
        """A delay around a median."""
        return median * math.exp(self.random.gauss(0, SIGMA))


@dataclass(kw_only=True)
class Desk:
    """What all of them have seen and what they are about to do."""

    team: Sequence[Coordinator]
    is_open: Callable[[datetime], bool]
    rings: list[Ring] = field(default_factory=list)
    taps: int = 0
    _steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def next_at(self) -> datetime | None:
        """When somebody next does something."""
        return self._steps[0][0] if self._steps else None

    def looks_round(self) -> None:
        """Note what has come, and when whom it will move."""
        for who in self.team:
            for message in who.news():
                self._heard(who, message)

    def acts(self, now: datetime) -> bool:
        """Do everything that is due by now; say whether there was anything."""
        has_acted = False
        while self._steps and self._steps[0][0] <= now:
            step = heapq.heappop(self._steps)[2]
            if step.who.is_blocked:
                self._plan(now + AGAIN, step)
            else:
                has_acted = True
                self._does(step, now)
        return has_acted

    def _plan(self, at: datetime, step: Step) -> None:
        heapq.heappush(self._steps, (at, next(self._numbers), step))

    def _heard(self, who: Coordinator, message: dict[str, Any]) -> None:
        at = datetime.fromisoformat(message["date"])
        kind = _kind(message)
        refs = tuple(_refs(message["text"]))
        self.rings.append(Ring(at=at, to=who.name, kind=kind, refs=refs))
        step = Step(who=who, message=message["message_id"])
        if kind == "page" and who.random.random() < SEES:
            median = TAKES_IN_HOURS if self.is_open(at) else TAKES_OUT_OF_HOURS
            self._plan(at + who.later(median), step)
        elif kind == "reminder":
            self._plan(at + who.later(REMINDED), replace(step, is_mine=True))
        elif kind == "list" and who.random.random() < SEES:
            self._plan(at + who.later(DOES_LIST_AFTER), Step(who=who))
        elif kind == "open":
            who.worked = message["message_id"]

    def _does(self, step: Step, now: datetime) -> None:
        """One tap, or one command, and a plan for the next."""
        if step.tries == 0:
            return
        if step.message == 0:
            step.who.write(OPEN_COMMAND)
            self._plan(now + TYPES, Step(who=step.who, message=-1, tries=step.tries))
        elif step.message == -1:
            self._picks(step, now)
        else:
            self._handles(step, now)

    def _picks(self, step: Step, now: datetime) -> None:
        """The first report that waits and nobody has."""
        who = step.who
        message = who.message(who.worked)
        waiting = next(iter(_WAITING.findall(message["text"])), None)
        label = _starting(labels_of(message), f"E-{waiting} · ")
        if label is None:
            return
        self._tap(who, message, label)
        self._plan(now + QUICK, Step(who=who, message=who.worked, is_list=True))

    def _handles(self, step: Step, now: datetime) -> None:
        """Take, then close with an outcome; what a colleague has is left alone."""
        who, message = step.who, step.who.message(step.message)
        labels = labels_of(message)
        after = replace(step, is_mine=True, tries=step.tries - 1)
        if "Take" in labels:
            self._tap(who, message, "Take")
            self._closes_later(after, now)
        elif step.is_mine and "Close …" in labels:
            self._tap(who, message, "Close …")
            self._plan(now + QUICK, after)
        elif step.is_mine and _OUTCOMES[0] in labels:
            self._tap(who, message, who.random.choice(_OUTCOMES))
            self._plan(now + QUICK, after)
        elif step.is_list:
            self._plan(now + QUICK, Step(who=who))

    def _closes_later(self, after: Step, now: datetime) -> None:
        if after.is_list:
            self._plan(now + QUICK, after)
        elif after.who.random.random() >= FORGETS:
            self._plan(now + after.who.later(CLOSES_AFTER), after)

    def _tap(self, who: Coordinator, message: dict[str, Any], label: str) -> None:
        who.tap(message, label)
        self.taps += 1


def _kind(message: dict[str, Any]) -> str:
    """What a message is: a page, a reminder of what is taken, the daily list, something else."""
    text, labels = message["text"], labels_of(message)
    if _LIST.match(text):
        return "list"
    if "Still with" in text:
        return "reminder"
    if _starting(labels, "E-") is not None or text.startswith("Nothing is open"):
        return "open"
    return "page" if "Take" in labels or "History" in labels else "other"


def _starting(labels: Iterable[str], words: str) -> str | None:
    return next((label for label in labels if label.startswith(words)), None)


def _refs(text: str) -> Iterator[tuple[str, int]]:
    for _tier, code, number in _HEADLINE.findall(text):
        yield code, int(number)
