"""What each stable code is called: on a button, and in a line that repeats an answer."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot.views.wording.catalogue import msg
from care import question_sets as daily
from care.profiles import Profile
from care.questions import NONE, SKIPPED, Item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.views.wording.catalogue import Wording
    from care.questions import Values

NOBODY = Profile()
"""Who has named nothing of their own."""


_QUESTIONS = {
    Item.HEADACHE: msg("Did you have a headache?"),
    Item.PAIN: msg("How bad was the pain at its worst?"),
    Item.DURATION: msg("How long did it last?"),
    Item.MEDICINES: msg("Which medicine did you take?"),
    Item.RELIEF: msg("How was the pain two hours after the medicine?"),
    Item.FEATURES: msg("What was it like?"),
    Item.AURA: msg("Any aura?"),
    Item.AURA_MINUTES: msg("How long did the aura last?"),
    Item.FUNCTION: msg("What did the day allow?"),
    Item.EXPOSURES: msg("And the day itself?"),
    Item.PRACTICE: msg("And what you wanted to keep up?"),
}
_HINTS = {
    Item.PAIN: msg("1 is slight, 10 the worst there is."),
    Item.MEDICINES: msg("Tap all that you took."),
    Item.FEATURES: msg("Tap all that fits."),
    Item.AURA: msg("Tap all that you noticed."),
    Item.EXPOSURES: msg("Tap all that happened."),
}
_TOPICS = {
    Item.HEADACHE: msg("Headache"),
    Item.PAIN: msg("Worst pain"),
    Item.DURATION: msg("How long"),
    Item.MEDICINES: msg("Medicine"),
    Item.RELIEF: msg("Two hours later"),
    Item.FEATURES: msg("What it was like"),
    Item.AURA: msg("Aura"),
    Item.AURA_MINUTES: msg("Aura, how long"),
    Item.FUNCTION: msg("What the day allowed"),
    Item.EXPOSURES: msg("The day itself"),
    Item.PRACTICE: msg("Self-care"),
}
_RECEIPTS = {
    Item.HEADACHE: msg("{answer}"),
    Item.PAIN: msg("Worst pain: {answer} of 10"),
    Item.DURATION: msg("Lasted: {answer}"),
    Item.MEDICINES: msg("Medicine: {answer}"),
    Item.RELIEF: msg("Two hours later: {answer}"),
    Item.FEATURES: msg("It was: {answer}"),
    Item.AURA: msg("Aura: {answer}"),
    Item.AURA_MINUTES: msg("{answer}"),
    Item.FUNCTION: msg("The day allowed: {answer}"),
    Item.EXPOSURES: msg("The day: {answer}"),
    Item.PRACTICE: msg("Self-care: {answer}"),
}
_ANSWERS: Mapping[Item, Mapping[str, str]] = {
    Item.HEADACHE: {
        daily.NO: msg("No headache"),
        daily.YES: msg("Headache"),
        daily.STILL: msg("Headache, still from yesterday"),
        daily.TOO_ILL: msg("Headache, too ill to answer"),
    },
    Item.DURATION: {
        daily.DURATION_UNDER_30_MIN: msg("under 30 minutes"),
        daily.DURATION_30_MIN_TO_4_H: msg("30 min to 4 hours"),
        daily.DURATION_4_TO_12_H: msg("4 to 12 hours"),
        daily.DURATION_OVER_12_H: msg("over 12 h, all day"),
    },
    Item.RELIEF: {
        daily.RELIEF_NONE: msg("no relief"),
        daily.RELIEF_SOME: msg("some relief"),
        daily.RELIEF_FREE: msg("pain-free"),
        daily.RELIEF_EARLY: msg("not 2 hours yet"),
    },
    Item.FEATURES: {
        "one_side": msg("one side"),
        "pulsating": msg("pulsating"),
        "movement": msg("worse with movement"),
        "nausea": msg("nausea"),
        "vomiting": msg("vomiting"),
        "light": msg("light hurts"),
        "sound": msg("sound hurts"),
    },
    Item.AURA: {
        "visual": msg("seeing"),
        "sensory": msg("tingling or numbness"),
        "speech": msg("speech"),
        "weakness": msg("weakness"),
        "other": msg("something else"),
    },
    Item.AURA_MINUTES: {
        daily.MINUTES_UNDER_5: msg("under 5 minutes"),
        daily.MINUTES_5_TO_60: msg("5 to 60 minutes"),
        daily.MINUTES_OVER_60: msg("over 60 minutes"),
    },
    Item.MEDICINES: {daily.UNLISTED: msg("another medicine")},
    Item.FUNCTION: {
        daily.NORMAL: msg("as usual"),
        daily.REDUCED: msg("half or less"),
        daily.COULD_NOT: msg("nothing"),
    },
    Item.EXPOSURES: {
        "sleep_short": msg("under 6 h of sleep"),
        "stress_high": msg("much stress"),
        "meal_skipped": msg("skipped a meal"),
        "alcohol": msg("alcohol"),
        "caffeine_more": msg("more caffeine"),
        "caffeine_less": msg("less caffeine"),
        "bleeding": msg("period"),
        daily.TOOK_MEDICINE: msg("took a medicine"),
    },
    Item.PRACTICE: {
        "sleep": msg("regular sleep"),
        "movement": msg("movement"),
        "relaxation": msg("relaxation"),
        "meals": msg("regular meals"),
        "cbt": msg("CBT exercise"),
        NONE: msg("not today"),
    },
}
_NONE = msg("none")


def question(say: Wording, item: Item) -> str:
    """What is asked."""
    return say.say(_QUESTIONS[item])


def hint(say: Wording, item: Item) -> str:
    """How to answer, where it does not go without saying."""
    return say.say(_HINTS[item]) if item in _HINTS else ""


def topic(say: Wording, item: Item) -> str:
    """An item in a list of what can be changed."""
    return say.say(_TOPICS[item])


def answer(say: Wording, item: Item, code: str, profile: Profile = NOBODY) -> str:
    """One code; the patient's own by their own name, as they wrote it (not HTML)."""
    if (own := profile.named(code)) is not None:
        return own.label
    known = _ANSWERS.get(item, {})
    if code in known:
        return say.say(known[code])
    return say.say(_NONE) if code == NONE else code


def title(label: str) -> str:
    """A label as it stands on a button."""
    return label[:1].upper() + label[1:]


def receipt(say: Wording, item: Item, values: Values, profile: Profile) -> str:
    """One saved answer, repeated in a line of HTML."""
    if values == (SKIPPED,):
        return say.say("{topic}: left out", topic=topic(say, item))
    answers = (html.escape(answer(say, item, code, profile)) for code in values)
    return say.say(_RECEIPTS[item], answer=", ".join(answers))
