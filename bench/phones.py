"""What the people of the replay do with their phones: read the buttons, and tap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.demo.phone import Thumb, labels_of
from care import question_sets as daily
from care.questions import NONE, Answers, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.diaries import Diary
    from simulator.control import Control

Tap = tuple[Thumb, dict[str, Any], str]
"""Whose thumb, on which message, on which button."""

TICK = "✓ "

MEDICINE = "Sumatriptan"
"""What everybody has in their own list; a name stands for its code until all is read back."""

Buttons = Mapping[Item, Mapping[str, str]]

BUTTONS: Buttons = {
    Item.HEADACHE: {"no": "No headache today", "yes": "Yes, a headache"},
    Item.PAIN: {str(level): str(level) for level in range(1, 11)},
    Item.DURATION: {
        "lt30": "Under 30 minutes",
        "30to240": "30 min to 4 hours",
        "4to12h": "4 to 12 hours",
        "gt12h": "Over 12 h, all day",
    },
    Item.MEDICINES: {"unlisted": "Another medicine", MEDICINE: MEDICINE},
    Item.RELIEF: {"no": "No relief", "some": "Some relief", "free": "Pain-free"},
    Item.FEATURES: {
        "one_side": "One side",
        "pulsating": "Pulsating",
        "movement": "Worse with movement",
        "nausea": "Nausea",
        "vomiting": "Vomiting",
        "light": "Light hurts",
        "sound": "Sound hurts",
    },
    Item.FUNCTION: {"normal": "As usual", "reduced": "Half or less", "could_not": "Nothing"},
    Item.AURA: {
        "visual": "Seeing",
        "sensory": "Tingling or numbness",
        "speech": "Speech",
        "weakness": "Weakness",
    },
    Item.AURA_MINUTES: {
        "lt5": "Under 5 minutes",
        "5to60": "5 to 60 minutes",
        "gt60": "Over 60 minutes",
    },
    Item.EXPOSURES: {
        "sleep_short": "Under 6 h of sleep",
        "stress_high": "Much stress",
        "meal_skipped": "Skipped a meal",
        "alcohol": "Alcohol",
        "caffeine_more": "More caffeine",
        "caffeine_less": "Less caffeine",
    },
}
"""The words on the buttons by item and code, as a person reads them."""


ONWARD = ("Answer as usual", "Go on")
"""Buttons that only lead to the questions."""

_USUAL_AURA = ("Seeing", "Tingling or numbness", "Done", "Yes, sometimes")
JOINING = ("Next", "Next", "I agree", "Yes", "19:30", *_USUAL_AURA)
LISTING = ("My medicines", "+ Add a medicine")
KIND = "Triptan, like sumatriptan"
HANDLING = ("Take", "Close …", "Spoke with the patient")


def next_label(labels: Sequence[str], answers: Answers, buttons: Buttons = BUTTONS) -> str | None:
    """The button to tap next, so that the answers get in; None if no question is asked."""
    onward = next((label for label in labels if label in ONWARD), None)
    if onward is not None:
        return onward
    plain = {label.removeprefix(TICK) for label in labels}
    for item, words in buttons.items():
        if plain.issuperset(words.values()):
            return _answer(item, words, labels, answers)
    return None


def _answer(item: Item, words: Mapping[str, str], labels: Sequence[str], answers: Answers) -> str:
    values = answers[item]
    if not daily.takes_many(item):
        return words[values[0]]
    if values == (NONE,):
        return "None of these"
    return next((words[code] for code in values if words[code] in labels), "Done")


class Life(Thumb):
    """One patient: a diary, what they will answer by its `time`, and a phone."""

    def __init__(
        self,
        control: Control,
        diary: Diary,
        answers: Mapping[int, Answers],
        *,
        own: tuple[str, str] = (MEDICINE, KIND),
    ) -> None:
        """A stranger with a phone; `own` is their medicine and the button of its class."""
        super().__init__(control, f"Diary {diary.id}")
        self.medicine, self.kind = own
        listed = {**BUTTONS[Item.MEDICINES], MEDICINE: self.medicine}
        self._buttons: Buttons = {**BUTTONS, Item.MEDICINES: listed}
        self.diary = diary
        self.code = f"D-{diary.id}"
        self.answers = answers
        self.known = 0

    def begin_day(self) -> None:
        """What is in the chat so far is over."""
        newest = next(self.messages(), None)
        self.known = 0 if newest is None else newest["message_id"]

    def next_tap(self, time: int) -> Tap | None:
        """The next tap on today's check-in; yesterday's may still be offered above it."""
        for message in self.messages(after=self.known):
            labels = labels_of(message)
            if any(label.startswith("‹ Change") for label in labels):
                return None
            label = next_label(labels, self.answers[time], self._buttons)
            if label is not None:
                return self, message, label
        return None

    def summaries(self) -> Iterator[str]:
        """When weekly summaries came, ISO in UTC."""
        for message in self.messages():
            if message["kind"] == "photo" and message["text"].startswith("Your week in review."):
                yield message["date"]


class Team(Thumb):
    """A coordinator: makes invites, takes and closes what rings."""

    def __init__(self, control: Control, name: str = "Carol") -> None:
        """A stranger with a phone."""
        super().__init__(control, name)
        self.known = 0

    def link_token(self, code: str) -> str:
        """The token in the invite for this code."""
        for message in self.messages():
            if f"Invite for {code}\n" in message["text"]:
                found = re.search(r"start=([\w-]+)", message["text"])
                if found is not None:
                    return found[1]
        raise LookupError(f"there is no invite for {code}")

    def next_taps(self) -> list[Tap]:
        """The next tap on every escalation that is not closed."""
        found: list[Tap] = []
        for message in self.messages(after=self.known):
            labels = labels_of(message)
            label = next((one for one in reversed(HANDLING) if one in labels), None)
            if label is not None:
                found.append((self, message, label))
        if not found:
            self.known = next(self.messages())["message_id"]
        return found
