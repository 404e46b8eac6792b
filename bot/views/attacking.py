"""An attack on the patient's screen: since when, what was taken, one question (F11)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views import labels, questions
from bot.views.screen import TICK, Row, Screen, Style, button, lines, rows
from care import question_sets as daily
from care.attacks import Asking, AttackState
from care.profiles import OwnKind
from care.questions import Item

if TYPE_CHECKING:
    from datetime import datetime

    from bot.views.screen import Button
    from bot.views.wording.catalogue import Wording
    from care.attacks import Attack
    from care.profiles import Profile


def question(say: Wording, attack: Attack, profile: Profile) -> Screen:
    """The question that arrives by itself: its first line says nothing private."""
    shown = screen(say, attack, profile)
    text = lines(say.say("A short question, as agreed."), "", shown.text)
    return Screen(text=text, keyboard=shown.keyboard)


def screen(say: Wording, attack: Attack, profile: Profile) -> Screen:
    """The attack as it stands."""
    text = lines(
        f"<b>{_headline(say, attack)}</b>",
        *_receipts(say, attack, profile),
        "",
        _asked(say, attack),
    )
    return Screen(text=text, keyboard=_keyboard(say, attack, profile))


def _headline(say: Wording, attack: Attack) -> str:
    began = _clock(say, attack, attack.started_at)
    match attack.state:
        case AttackState.RUNNING:
            return say.say("Attack since {began}", began=began)
        case AttackState.MISTAKE:
            return say.say("Taken back")
        case _:
            ended = _later(say, attack, attack.ended_at)
            return say.say("Attack from {began} to {ended}", began=began, ended=ended)


def _clock(say: Wording, attack: Attack, at: datetime | None) -> str:
    return say.instant(at, ZoneInfo(attack.zone)) if at else say.say("an unknown time")


def _later(say: Wording, attack: Attack, at: datetime | None) -> str:
    """An instant after the beginning: on the same date the time says enough."""
    if at is None or attack.day_of(at) != attack.day_of(attack.started_at):
        return _clock(say, attack, at)
    return say.clock(at.astimezone(ZoneInfo(attack.zone)).time())


def _receipts(say: Wording, attack: Attack, profile: Profile) -> list[str]:
    found = []
    if attack.medicines and attack.asking is not Asking.MEDICINE:
        names = (labels.answer(say, Item.MEDICINES, code, profile) for code in attack.medicines)
        text = say.say("Medicine: {answer}", answer=", ".join(html.escape(n) for n in names))
        at = _later(say, attack, attack.taken_at)
        found.append(f"{TICK} {text} ({at})" if attack.taken_at else f"{TICK} {text}")
    if attack.relief is not None:
        relief = labels.answer(say, Item.RELIEF, attack.relief)
        found.append(f"{TICK} {say.say('Two hours later: {answer}', answer=relief)}")
    return found


def _asked(say: Wording, attack: Attack) -> str:
    match attack.state, attack.asking:
        case AttackState.MISTAKE, _:
            return say.say("Nothing more is asked about it. /today shows your day.")
        case AttackState.ENDED | AttackState.LAPSED, _:
            return say.say("Saved. The check-in asks for the rest of the day.")
        case _, Asking.HOW:
            return f"<b>{say.say('Two hours have passed. How is it now?')}</b>"
        case _, Asking.MEDICINE:
            return f"<b>{labels.question(say, Item.MEDICINES)}</b>"
        case _, Asking.RELIEF:
            return f"<b>{labels.question(say, Item.RELIEF)}</b>"
        case _:
            return _waiting(say, attack)


def _waiting(say: Wording, attack: Attack) -> str:
    if attack.next_question is None:
        return say.say("Saved. Tap when it is over.")
    at = attack.next_question[1].astimezone(ZoneInfo(attack.zone)).time()
    return say.say("Saved. At {time} I ask how it is. Tap when it is over.", time=say.clock(at))


def _keyboard(say: Wording, attack: Attack, profile: Profile) -> tuple[Row, ...]:
    if not attack.is_running:
        return ()
    match attack.asking:
        case Asking.MEDICINE:
            return _medicines(say, attack, profile)
        case Asking.RELIEF:
            choices = _reliefs(say, attack)
        case Asking.HOW:
            choices = (
                (button(say.say("Still in pain"), payloads.AttackStill(attack.id)),),
                (_took(say, attack),),
            )
        case _:
            choices = ((_took(say, attack),),)
    last = (button(say.say("It was no attack"), payloads.AttackMistake(attack.id)),)
    is_new = not attack.was_asked and attack.taken_at is None
    return (*choices, (_over(say, attack),), *((last,) if is_new else ()), _alarm(say))


def _took(say: Wording, attack: Attack) -> Button:
    label = say.say("I took a medicine")
    return button(label, payloads.AttackMedicine(attack.id), Style.PRIMARY)


def _over(say: Wording, attack: Attack) -> Button:
    return button(say.say("It is over"), payloads.AttackOver(attack.id), Style.SUCCESS)


def _alarm(say: Wording) -> Row:
    return (questions.alarm(say),)


def _reliefs(say: Wording, attack: Attack) -> tuple[Row, ...]:
    values = (daily.RELIEF_NONE, daily.RELIEF_SOME, daily.RELIEF_FREE)
    buttons = [
        button(
            labels.title(labels.answer(say, Item.RELIEF, value)),
            payloads.AttackRelief(attack.id, value),
        )
        for value in values
    ]
    return rows(buttons, width=3)


def _medicines(say: Wording, attack: Attack, profile: Profile) -> tuple[Row, ...]:
    own = [one.code for one in profile.active(OwnKind.MEDICINE)]
    let_go = [code for code in attack.medicines if code not in {*own, daily.UNLISTED}]
    options = [_medicine(say, attack, profile, code) for code in (*own, *let_go, daily.UNLISTED)]
    done = button(say.say("Done"), payloads.AttackTaken(attack.id), Style.SUCCESS)
    return (*rows(options, width=2), (done,))


def _medicine(say: Wording, attack: Attack, profile: Profile, code: str) -> Button:
    is_chosen = code in attack.medicines
    label = labels.title(labels.answer(say, Item.MEDICINES, code, profile))
    return button(
        f"{TICK} {label}" if is_chosen else label,
        payloads.AttackTook(attack.id, code, not is_chosen),
        Style.PRIMARY if is_chosen else None,
    )
