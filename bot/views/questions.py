"""The buttons of each question; the last row is the same everywhere: back, skip, too ill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import payloads
from bot.views import labels
from bot.views.screen import TICK, Button, Row, Style, button, rows
from care import question_sets as daily
from care.classification import SEVERE_FROM
from care.profiles import MAX_MEDICINES, OwnKind
from care.questions import NONE, SKIPPED, Answers, Item, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.views.wording.catalogue import Wording
    from care.attacks import Attack
    from care.lifecycle import CheckIn
    from care.notes import Note
    from care.profiles import Profile


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a keyboard is made from: a check-in, what stands in it, and whose it is."""

    say: Wording
    checkin: CheckIn
    answers: Answers
    profile: Profile
    is_late: bool = False
    was_late: bool = False
    notes: tuple[Note, ...] = ()
    attack: Attack | None = None


def keyboard(sheet: Sheet, item: Item) -> tuple[Row, ...]:
    """The buttons of a question."""
    match item:
        case Item.HEADACHE:
            return headache(sheet)
        case Item.PAIN:
            choices = _pain(sheet)
        case Item.RELIEF:
            choices = _relief(sheet)
        case Item.PRACTICE:
            choices = _choices(sheet, item, width=2, style=Style.SUCCESS)
        case Item.DURATION | Item.FUNCTION | Item.AURA_MINUTES:
            choices = _choices(sheet, item, width=1)
        case _:
            choices = _many(sheet, item)
    return (*choices, *_alarm_if_severe(sheet), _ways(sheet, item))


def _alarm_if_severe(sheet: Sheet) -> tuple[Row, ...]:
    """With severe pain the way to the team stands beside every question (section 2, `flag`)."""
    pain = said(sheet.answers, Item.PAIN)
    return ((alarm(sheet.say),),) if pain and int(pain[0]) >= SEVERE_FROM else ()


def _ways(sheet: Sheet, item: Item) -> Row:
    """Back, skip, and on a headache day the way out of all questions."""
    say, checkin = sheet.say, sheet.checkin
    before = daily.previous_item(item, sheet.answers, sheet.profile, is_late=sheet.is_late)
    ways = [
        button(say.say("‹ Back"), payloads.Back(checkin.id, before or Item.HEADACHE)),
        button(say.say("Skip"), payloads.Skip(checkin.id, item)),
    ]
    if daily.has_headache(sheet.answers):
        ways.append(button(say.say("Too ill"), payloads.Enough(checkin.id, item)))
    return tuple(ways)


def alarm(say: Wording) -> Button:
    """The way to the team that is always there."""
    return button(say.say("⚠ Something is alarming"), payloads.Alarm())


def _choice(
    sheet: Sheet, item: Item, value: str, label: str, style: Style | None = None
) -> Button:
    """One answer of one; the one that stands is marked."""
    stands = sheet.answers.get(item) == (value,)
    text = f"{TICK} {label}" if stands else label
    return button(text, payloads.Answer(sheet.checkin.id, item, value), style)


def headache(sheet: Sheet) -> tuple[Row, ...]:
    """The first question, with the alarm."""
    buttons = [
        _choice(sheet, Item.HEADACHE, value, label, style)
        for value, label, style in headache_choices(sheet.say, is_late=sheet.is_late)
    ]
    return (*rows(buttons, width=1), (alarm(sheet.say),))


def headache_choices(
    say: Wording, *, is_late: bool = True
) -> tuple[tuple[str, str, Style | None], ...]:
    """The answers to the first question: value, words, colour."""
    return (
        (
            daily.NO,
            say.say("No headache") if is_late else say.say("No headache today"),
            Style.SUCCESS,
        ),
        (daily.YES, say.say("Yes, a headache"), Style.PRIMARY),
        (
            daily.STILL,
            say.say("Yes, still from the day before")
            if is_late
            else say.say("Yes, still from yesterday"),
            Style.PRIMARY,
        ),
        (daily.TOO_ILL, say.say("Too ill to answer"), None),
    )


def to_diary(say: Wording) -> Row:
    """The way to the calendar, which comes as a message of its own."""
    return (button(say.say("‹ Diary"), payloads.DiaryOpen()),)


def what_suits(sheet: Sheet) -> tuple[Row, ...]:
    """After days of silence: what is easy first, then the whole question (R-REM-2)."""
    say, checkin = sheet.say, sheet.checkin
    none = say.say("No headache today")
    free = _choice(sheet, Item.HEADACHE, daily.NO, none, Style.SUCCESS)
    ill = _choice(sheet, Item.HEADACHE, daily.TOO_ILL, say.say("Too ill to answer"))
    usual = button(say.say("Answer as usual"), payloads.Back(checkin.id, Item.HEADACHE))
    rest = button(say.say("A break"), payloads.Breaks(is_apart=True))
    end = button(say.say("End them"), payloads.AskStop())
    return ((free,), (ill,), (usual,), (rest, end), (alarm(say),))


def go_on(sheet: Sheet) -> tuple[Row, ...]:
    """On with what was begun: what was said stands behind a tap, not on a lock screen."""
    label = sheet.say.say("Go on")
    stand = button(label, payloads.Stand(sheet.checkin.id), Style.PRIMARY)
    return ((stand,), (alarm(sheet.say),))


def _band(level: int) -> Style | None:
    """The colour of a level: mild 1-3, moderate 4-6, severe 7-10 (R-DAY-7)."""
    if level >= 7:
        return Style.DANGER
    return Style.PRIMARY if level >= 4 else None


def _pain(sheet: Sheet) -> Iterable[Row]:
    levels = [
        _choice(sheet, Item.PAIN, str(level), str(level), _band(level)) for level in range(1, 11)
    ]
    none = _choice(sheet, Item.PAIN, daily.PAIN_FREE, sheet.say.say("0 · no pain after all"))
    return (*rows(levels, width=5), (none,))


def _relief(sheet: Sheet) -> Iterable[Row]:
    *answers, early = (
        _choice(sheet, Item.RELIEF, value, _title(sheet, Item.RELIEF, value))
        for value in daily.RELIEF.options
    )
    return (*rows(answers, width=3), (early,))


def _choices(sheet: Sheet, item: Item, *, width: int, style: Style | None = None) -> Iterable[Row]:
    asked = daily.question(item, sheet.profile, sheet.answers)
    buttons = [
        _choice(sheet, item, value, _title(sheet, item, value), None if value == NONE else style)
        for value in asked.options
    ]
    return rows(buttons, width=width)


def _title(sheet: Sheet, item: Item, value: str) -> str:
    return labels.title(labels.answer(sheet.say, item, value, sheet.profile))


def _many(sheet: Sheet, item: Item) -> Iterable[Row]:
    say, checkin = sheet.say, sheet.checkin
    chosen = set(sheet.answers.get(item, ())) - {NONE, SKIPPED}
    options = [
        _toggle(sheet, item, code, is_chosen=code in chosen)
        for code in daily.question(item, sheet.profile, sheet.answers).options
    ]
    if item is Item.EXPOSURES and Item.AURA not in sheet.answers:
        options.append(button(say.say("+ Aura"), payloads.Back(checkin.id, Item.AURA)))
    if item is Item.MEDICINES and len(sheet.profile.active(OwnKind.MEDICINE)) < MAX_MEDICINES:
        options.append(button(say.say("+ Add a medicine"), payloads.AddMedicine()))
    label = say.say("Done") if chosen else say.say("None of these")
    finish = button(label, payloads.Finish(checkin.id, item), Style.SUCCESS)
    return (*rows(options, width=2), (finish,))


def _toggle(sheet: Sheet, item: Item, code: str, *, is_chosen: bool) -> Button:
    label = _title(sheet, item, code)
    return button(
        f"{TICK} {label}" if is_chosen else label,
        payloads.Option(sheet.checkin.id, item, code, not is_chosen),
        Style.PRIMARY if is_chosen else None,
    )


def end(sheet: Sheet) -> tuple[Row, ...]:
    """Nothing more is asked: what can be changed or added, and the alarm."""
    say = sheet.say
    is_short = daily.is_too_ill(sheet.answers) or (SKIPPED,) in sheet.answers.values()
    label = say.say("‹ Change or add") if is_short else say.say("‹ Change an answer")
    change = (button(label, payloads.Review(sheet.checkin.id)),)
    return (*_attack(sheet), change, (alarm(say),))


def _attack(sheet: Sheet) -> tuple[Row, ...]:
    if sheet.attack is None:
        return ()
    ends = payloads.AttackEnds(sheet.checkin.id, sheet.attack.id)
    return ((button(sheet.say.say("The attack is over"), ends, Style.SUCCESS),),)


def review(sheet: Sheet) -> tuple[Row, ...]:
    """Every item that takes an answer on this day."""
    say, checkin = sheet.say, sheet.checkin
    items = [
        button(_topic(sheet, item), payloads.Back(checkin.id, item))
        for item in daily.ORDER
        if daily.takes(item, sheet.answers, sheet.profile, is_late=sheet.is_late)
    ]
    back = button(say.say("‹ Back"), payloads.Stand(checkin.id))
    return (*rows(items, width=2), (back,))


def _topic(sheet: Sheet, item: Item) -> str:
    is_known = sheet.answers.get(item, (SKIPPED,)) != (SKIPPED,)
    label = labels.topic(sheet.say, item)
    return f"{TICK} {label}" if is_known else f"+ {label}"
