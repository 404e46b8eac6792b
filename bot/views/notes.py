"""What a patient wrote by themselves: what is it for, and the notes of a day (F16)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views import labels, questions
from bot.views.screen import Button, Row, Screen, Style, button, lines, rows
from care.notes import NoteState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.notes import Note

PEN = "✎"
MOST = 20
"""Notes of one day that are listed; the newest."""

_BRIEF, _WHOLE = 60, 3_000
"""UTF-16 units: of a line in a day, and of all notes in a list (telegram facts, 1)."""


def offer(say: Wording, clinic: Clinic, note: Note, dates: tuple[date, ...]) -> Screen:
    """It is kept; where does it belong? Nobody reads it, and that is said (R-SAY-1)."""
    own, *before = dates
    adds: list[Row] = [
        (button(say.say("Add to today's note"), payloads.KeepNote(note.id, own), Style.PRIMARY),)
    ]
    send = button(say.say("Send to my team"), payloads.AskSend(note.id))
    away = [button(say.say("Discard"), payloads.DropNote(note.id))]
    if before:
        yesterday = payloads.KeepNote(note.id, before[0])
        away.insert(0, button(say.say("For yesterday"), yesterday))
    return Screen(
        text=lines(
            f"{PEN} {brief(note.text)}",
            "",
            say.say("Shall this go into your diary?"),
            say.say("Nobody reads what is written here unless you send it to your team."),
            say.say(
                "To reach your clinic, call {phone}. In an emergency, call {number}.",
                phone=clinic.phone,
                number=clinic.emergency_number,
            ),
        ),
        keyboard=(*adds, tuple(away), (send,), (questions.alarm(say),)),
    )


def settled(say: Wording, note: Note) -> Screen:
    """It is part of a day now, or gone."""
    if note.state is not NoteState.KEPT:
        return Screen(text=say.say("Discarded. It is not kept here."))
    day = say.day(note.local_date)
    text = lines(f"{PEN} {brief(note.text)}", say.say("Added to the note of {day}.", day=day))
    return Screen(text=text, keyboard=((_all(say, note.local_date, 1),),))


def _all(say: Wording, on: date, count: int) -> Button:
    return button(say.count("Note", "Notes ({n})", count), payloads.Notes(on))


def way(say: Wording, on: date, found: tuple[Note, ...]) -> tuple[Row, ...]:
    """The way to the notes of a day, where there are any."""
    return ((_all(say, on, len(found)),),) if found else ()


def receipts(found: tuple[Note, ...]) -> list[str]:
    """One line for each note of a day."""
    return [f"{PEN} {brief(one.text)}" for one in found[-MOST:] if one.state is NoteState.KEPT]


def day(say: Wording, on: date, found: tuple[Note, ...]) -> Screen:
    """The notes of a day, to read and to erase; with what was written and not yet added."""
    listed = found[-MOST:]
    most = _WHOLE // max(len(listed), 1)
    texts = (_line(say, number, one, most) for number, one in enumerate(listed, 1))
    erase = [
        button(say.say("Erase {n}", n=number), payloads.EraseNote(one.id, is_sure=False))
        for number, one in enumerate(listed, 1)
    ]
    adds = [_add(say, number, one) for number, one in enumerate(listed, 1) if _waits(one)]
    back: Row = (button(say.say("‹ Back"), payloads.DiaryDay(on)),)
    nothing = say.say("No note on this day. Write one here as a message.")
    return Screen(
        text=lines(
            f"<b>{labels.title(say.day(on))}</b>", "", *(_spaced(texts) if listed else [nothing])
        ),
        keyboard=(*rows(adds, width=2), *rows(erase, width=4), back),
    )


def _waits(note: Note) -> bool:
    return note.state is NoteState.DRAFT


def _add(say: Wording, number: int, note: Note) -> Button:
    label = say.say("Add {n}", n=number)
    return button(label, payloads.KeepNote(note.id, note.local_date), Style.PRIMARY)


def _spaced(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield text
        yield ""


def _line(say: Wording, number: int, note: Note, most: int) -> str:
    words = html.escape(cut(clean(note.text), most))
    waits = say.say("not added yet") if _waits(note) else ""
    late = say.say("written later") if note.is_late else ""
    said = ", ".join(word for word in (waits, late) if word)
    return f"{number}. {words} <i>({said})</i>" if said else f"{number}. {words}"


def ask_erase(say: Wording, note: Note) -> Screen:
    """Sure?"""
    yes = payloads.EraseNote(note.id, is_sure=True)
    return Screen(
        text=lines(
            say.say("<b>Erase this note?</b>"),
            f"{PEN} {brief(note.text)}",
            say.say("Its words are gone for good then."),
        ),
        keyboard=(
            (button(say.say("Yes, erase it"), yes, Style.DANGER),),
            (button(say.say("No, keep it"), payloads.Notes(note.local_date)),),
        ),
    )


def brief(text: str) -> str:
    """The first words on one line, as HTML."""
    return html.escape(cut(" ".join(clean(text).split()), _BRIEF))


def clean(text: str) -> str:
    """Without signs that steer a terminal or turn the writing round."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\u200d")


def cut(text: str, units: int) -> str:
    """At most so many UTF-16 units, with a sign that there is more."""
    if len(text.encode("utf-16-le")) // 2 <= units:
        return text
    found = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", errors="ignore")
    return f"{found.rstrip()}…"
