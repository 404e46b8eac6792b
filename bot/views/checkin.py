"""The daily check-in on the patient's screen: receipts above, one question below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot import payloads
from bot.views import safety
from bot.views.screen import Button, Row, Screen, Style, button, lines, rows
from care import question_sets as daily
from care.questions import NONE, Answers, Item, Values

if TYPE_CHECKING:
    from datetime import datetime

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.lifecycle import CheckIn

TICK = "✓"


def screen(
    say: Wording,
    checkin: CheckIn,
    answers: Answers,
    *,
    clinic: Clinic,
    now: datetime,
    raised: tuple[Escalation, ...] = (),
) -> Screen:
    """The check-in as it stands: what is saved, and the next question or the end.

    Words of safety come before anything else (R-EMG-1, R-REP-1).
    """
    is_closed = now >= checkin.locks_at
    body = _closed(say, answers) if is_closed else _asked(say, checkin, answers, now=now)
    text = lines(
        *(safety.raised(say, clinic, one) for one in raised),
        "",
        f"<b>{say.day(checkin.local_date)}</b>",
        *_receipts(say, answers, checkin.asking),
        "",
        body,
    )
    keyboard = () if is_closed else _keyboard(say, checkin, answers, now=now)
    return Screen(text=text, keyboard=keyboard)


def refreshed(say: Wording, shown: Screen) -> Screen:
    """The same screen after the bot was away: taps may have been lost meanwhile."""
    away = say.say("I was away for a while. If you tapped meanwhile, please tap again.")
    return replace(shown, text=lines(away, "", shown.text))


def prompt(say: Wording, checkin: CheckIn, *, is_again: bool = False) -> Screen:
    """The message that arrives by itself: its first line says nothing private."""
    if is_again:
        opening = say.say("Your check-in is still open. One tap is enough.")
    elif checkin.is_delayed:
        opening = say.say("Time for your check-in. It comes late today; the delay was ours.")
    else:
        opening = say.say("Time for your check-in.")
    return Screen(
        text=lines(opening, "", f"<b>{say.day(checkin.local_date)}</b>"),
        keyboard=_headache(say, checkin, {}),
    )


def _closed(say: Wording, answers: Answers) -> str:
    if answers:
        return say.say("This day is closed. Your answers are kept.")
    return say.say("This day is closed. There was no answer, and that is all right.")


def _asked(say: Wording, checkin: CheckIn, answers: Answers, *, now: datetime) -> str:
    if checkin.asking is None:
        return _end(say, checkin, answers, now=now)
    return lines(f"<b>{_question(say, checkin.asking)}</b>", _hint(say, checkin.asking))


def _end(say: Wording, checkin: CheckIn, answers: Answers, *, now: datetime) -> str:
    if answers.get(Item.HEADACHE) == (daily.TOO_ILL,):
        return say.say("Saved. Rest now; nothing more is needed today.")
    if checkin.is_late(now=now):
        return say.say("Saved for that day. Thank you.")
    return say.say("Saved. That is all for today.")


def _question(say: Wording, item: Item) -> str:
    match item:
        case Item.HEADACHE:
            return say.say("Did you have a headache?")
        case Item.PAIN:
            return say.say("How bad was the pain at its worst?")
        case Item.AURA:
            return say.say("Any aura?")
        case Item.AURA_MINUTES:
            return say.say("How long did the aura last?")
        case Item.EXPOSURES:
            return say.say("And the day itself?")


def _hint(say: Wording, item: Item) -> str:
    hints = {
        Item.PAIN: say.say("1 is slight, 10 the worst there is."),
        Item.AURA: say.say("Tap all that you noticed."),
        Item.EXPOSURES: say.say("Tap all that happened."),
    }
    return hints.get(item, "")


def _receipts(say: Wording, answers: Answers, asking: Item | None) -> list[str]:
    """One line for each saved answer; a tap is saved once its line shows (F03)."""
    items = [item for item in answers if item is not Item.AURA_MINUTES]
    return [
        f"{TICK} {_receipt(say, item, answers)}"
        for item in sorted(items, key=list(Item).index)
        if item is not asking or item in {Item.AURA, Item.EXPOSURES}
    ]


def _receipt(say: Wording, item: Item, answers: Answers) -> str:
    values = answers[item]
    match item:
        case Item.HEADACHE:
            return _headache_label(say, values[0])
        case Item.PAIN:
            return say.say("Worst pain: {level} of 10", level=values[0])
        case Item.AURA:
            return say.say("Aura: {kinds}", kinds=_aura(say, values, answers))
        case Item.AURA_MINUTES:
            return minutes_label(say, values[0])
        case Item.EXPOSURES:
            return say.say("The day: {things}", things=_list(say, values))


def _aura(say: Wording, values: Values, answers: Answers) -> str:
    kinds = _list(say, values)
    minutes = answers.get(Item.AURA_MINUTES)
    return f"{kinds}, {minutes_label(say, minutes[0])}" if minutes else kinds


def _list(say: Wording, values: Values) -> str:
    return ", ".join(option_label(say, code) for code in values)


def _headache_label(say: Wording, value: str) -> str:
    labels = {
        daily.NO: say.say("No headache"),
        daily.YES: say.say("Headache"),
        daily.STILL: say.say("Headache, still from yesterday"),
        daily.TOO_ILL: say.say("Headache, too ill to answer"),
    }
    return labels[value]


def minutes_label(say: Wording, value: str) -> str:
    """How long an aura lasted."""
    labels = {
        daily.MINUTES_UNDER_5: say.say("under 5 minutes"),
        daily.MINUTES_5_TO_60: say.say("5 to 60 minutes"),
        daily.MINUTES_OVER_60: say.say("over 60 minutes"),
    }
    return labels[value]


def option_label(say: Wording, code: str) -> str:
    """One option of a question of many, by its stable code."""
    labels = {
        NONE: say.say("none"),
        "visual": say.say("seeing"),
        "sensory": say.say("tingling or numbness"),
        "speech": say.say("speech"),
        "weakness": say.say("weakness"),
        "other": say.say("something else"),
        "sleep_short": say.say("under 6 h of sleep"),
        "stress_high": say.say("much stress"),
        "meal_skipped": say.say("skipped a meal"),
        "alcohol": say.say("alcohol"),
        "caffeine_more": say.say("more caffeine"),
        "caffeine_less": say.say("less caffeine"),
        "bleeding": say.say("period"),
    }
    return labels[code]


def _keyboard(
    say: Wording, checkin: CheckIn, answers: Answers, *, now: datetime
) -> tuple[Row, ...]:
    match checkin.asking:
        case None:
            return _after(say, checkin, answers, now=now)
        case Item.HEADACHE:
            return _headache(say, checkin, answers)
        case Item.PAIN:
            return _pain(say, checkin, answers)
        case Item.AURA_MINUTES:
            return _minutes(say, checkin, answers)
        case Item.AURA | Item.EXPOSURES as item:
            return _many(say, checkin, answers, item)


def alarm(say: Wording) -> Button:
    """The way to the team that is always there."""
    return button(say.say("⚠ Something is alarming"), payloads.Alarm())


def _mark(label: str, answers: Answers, item: Item, value: str) -> str:
    return f"{TICK} {label}" if answers.get(item) == (value,) else label


def _headache(say: Wording, checkin: CheckIn, answers: Answers) -> tuple[Row, ...]:
    labels = {
        daily.NO: (say.say("No headache today"), Style.SUCCESS),
        daily.YES: (say.say("Yes, a headache"), Style.PRIMARY),
        daily.STILL: (say.say("Yes, still from yesterday"), Style.PRIMARY),
        daily.TOO_ILL: (say.say("Too ill to answer"), None),
    }
    choices = tuple(
        (
            button(
                _mark(label, answers, Item.HEADACHE, value),
                payloads.Answer(checkin.id, Item.HEADACHE, value),
                style,
            ),
        )
        for value, (label, style) in labels.items()
    )
    return (*choices, (alarm(say),))


def _band(level: int) -> Style | None:
    """The colour of a level: mild 1-3, moderate 4-6, severe 7-10 (R-DAY-7)."""
    if level >= 7:
        return Style.DANGER
    return Style.PRIMARY if level >= 4 else None


def _pain(say: Wording, checkin: CheckIn, answers: Answers) -> tuple[Row, ...]:
    levels = [
        button(
            _mark(str(level), answers, Item.PAIN, str(level)),
            payloads.Answer(checkin.id, Item.PAIN, str(level)),
            _band(level),
        )
        for level in range(1, 11)
    ]
    no_pain = button(
        say.say("0 · no pain after all"), payloads.Answer(checkin.id, Item.PAIN, daily.PAIN_FREE)
    )
    return (*rows(levels, width=5), (no_pain,), (_back(say, checkin, Item.HEADACHE),))


def _minutes(say: Wording, checkin: CheckIn, answers: Answers) -> tuple[Row, ...]:
    choices = [
        button(
            _mark(minutes_label(say, value).capitalize(), answers, Item.AURA_MINUTES, value),
            payloads.Answer(checkin.id, Item.AURA_MINUTES, value),
        )
        for value in daily.AURA_MINUTES.options
    ]
    return (*rows(choices, width=1), (_back(say, checkin, Item.AURA),))


def _many(say: Wording, checkin: CheckIn, answers: Answers, item: Item) -> tuple[Row, ...]:
    chosen = set(answers.get(item, ())) - {NONE}
    options = [
        button(
            f"{TICK} {_title(say, code)}" if code in chosen else _title(say, code),
            payloads.Option(checkin.id, item, code, code not in chosen),
            Style.PRIMARY if code in chosen else None,
        )
        for code in daily.question(item).options
    ]
    label = say.say("Done") if chosen else say.say("None of these")
    before = daily.previous_item(item, answers, is_late=False) or Item.HEADACHE
    finish = button(label, payloads.Finish(checkin.id, item), Style.SUCCESS)
    return (*rows(options, width=2), (finish,), (_back(say, checkin, before),))


def _title(say: Wording, code: str) -> str:
    label = option_label(say, code)
    return label[:1].upper() + label[1:]


def _back(say: Wording, checkin: CheckIn, item: Item) -> Button:
    return button(say.say("‹ Back"), payloads.Back(checkin.id, item))


def _after(say: Wording, checkin: CheckIn, answers: Answers, *, now: datetime) -> tuple[Row, ...]:
    """The end: back to the last question, and the alarm."""
    last = daily.previous_item(None, answers, is_late=checkin.is_late(now=now))
    change = button(
        say.say("‹ Change an answer"), payloads.Back(checkin.id, last or Item.HEADACHE)
    )
    return ((change,), (alarm(say),))
