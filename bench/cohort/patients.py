"""What the patients of the cohort do with their phones beyond the questions."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from typing_extensions import override

from bench.phones import BUTTONS, Life
from bot.demo.phone import labels_of
from bot.views.flags import MORE
from care.questions import Item

if TYPE_CHECKING:
    from bench.cohort.people import Member
    from bench.cohort.planting import Planted
    from bench.phones import Tap
    from simulator.control import Control

MENU = "⚠ Something is alarming"
EMERGENCY = "It is an emergency"
TODAY, CAN_WAIT = "Needs someone today", "Can wait"

SAYS_TODAY, SAYS_CAN_WAIT = 0.10, 0.60
"""Of all reports so many are called urgent, and so many can wait; the rest is not answered."""

YES, NO = "Yes", "No"
WORSE = "longer or worse than your usual"
STATUS = {"gone away for more than 12 hours": 0.5, WORSE: 0.25}
"""What stands in the two questions of the status gate, and how many say yes."""


class Patient(Life):
    """One of the cohort."""

    def __init__(self, control: Control, member: Member, *, seed: int) -> None:
        """A stranger with a phone.

        `spoke` are the days on which an answer was tapped, `pressed` those on which it was called
        urgent, `worse` those on which a headache without a pause was.
        """
        super().__init__(control, member.diary, member.answers, own=member.own)
        self.member = member
        self._random = Random(f"{seed}:{self.code}:phone")  # noqa: S311 - a story
        self._asked: set[int] = set()
        self._told: set[tuple[int, str]] = set()
        self.spoke: set[int] = set()
        self.pressed: set[int] = set()
        self.worse: set[int] = set()

    @override
    def next_tap(self, time: int) -> Tap | None:
        tap = self.urgency() or self._status() or super().next_tap(time)
        label = "" if tap is None else tap[2]
        if label in BUTTONS[Item.HEADACHE].values():
            self.spoke.add(time)
        if label == TODAY:
            self.pressed.add(time)
        if tap is not None and label == YES and WORSE in tap[1]["text"]:
            self.worse.add(time)
        return tap

    def urgency(self) -> Tap | None:
        """What is said to "someone today, or can it wait?", once a report."""
        for message in self.messages(after=self.known):
            if CAN_WAIT in labels_of(message) and message["message_id"] not in self._asked:
                self._asked.add(message["message_id"])
                says = self._random.random()
                if says < SAYS_TODAY + SAYS_CAN_WAIT:
                    return self, message, TODAY if says < SAYS_TODAY else CAN_WAIT
        return None

    def _status(self) -> Tap | None:
        """What is said to the two questions after three days without a pause, each once."""
        for message in self.messages(after=self.known):
            for words, share in STATUS.items():
                key = (message["message_id"], words)
                if words in message["text"] and key not in self._told:
                    self._told.add(key)
                    return self, message, YES if self._random.random() < share else NO
        return None

    def opens_menu(self) -> Tap | None:
        """A tap on the way to the team that stands below every check-in."""
        message = self.latest(MENU)
        return None if message is None else (self, message, MENU)

    def alarm(self, one: Planted) -> Tap | None:
        """The next tap in the list that was opened; None where the list is not to be seen."""
        message = self.latest(EMERGENCY)
        if message is None:
            return None
        labels = labels_of(message)
        wanted = EMERGENCY if one.number is None else _numbered(labels, one.words)
        return self, message, wanted or MORE


def _numbered(labels: list[str], words: str) -> str | None:
    return next((label for label in labels if label.endswith(f"· {words}")), None)
