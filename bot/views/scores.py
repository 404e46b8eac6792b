"""What staff have entered of questionnaires, and the entering of it (R-INS-2)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import TICK, Button, Row, Screen, button, lines, rows
from bot.views.wording.catalogue import msg
from care import instruments
from care.instruments import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from bot.views.wording.catalogue import Wording
    from care.instruments import Instrument, Result
    from care.usecases.score import Asking, Board, Stored, TooLate

SCALES: Mapping[str, str] = {
    TOTAL: msg("total"),
    "role_restrictive": msg("role restrictive"),
    "role_preventive": msg("role preventive"),
    "emotional": msg("emotional function"),
    "item_9": msg("item 9"),
}
_ON_CARD = ("hit6", "phq9")
"""The questionnaires whose newest total stands on a patient's card."""


def scores(say: Wording, of: Board, *, is_alone: bool) -> Screen:
    """The newest of each questionnaire with the one before it, and a button for each."""
    return _page(say, of, (), is_alone=is_alone)


def stored(say: Wording, of: Stored, *, is_alone: bool) -> Screen:
    """The same, with what has just been entered above it."""
    return _page(say, of.board, tuple(_entered(say, of)), is_alone=is_alone)


def too_late(say: Wording, of: TooLate, *, is_alone: bool) -> Screen:
    """The same, with word that nothing was entered."""
    told = say.say("That took longer than 10 minutes, so nothing was stored. Please begin again.")
    return _page(say, of.board, (told,), is_alone=is_alone)


def _page(say: Wording, of: Board, first: Sequence[str], *, is_alone: bool) -> Screen:
    patient = of.patient
    return Screen(
        text=lines(
            *first,
            "",
            say.say("<b>Scores of {code}</b>", code=html.escape(patient.code)),
            say.say("Results of questionnaires that the team has done. The patient sees none."),
            "",
            *(line for one in instruments.TABLE for line in _known(say, one, of)),
        ),
        keyboard=(
            *rows(
                [
                    button(one.name, payloads.ScoreAsk(patient.id, one.code, is_alone))
                    for one in instruments.TABLE
                ],
                width=2,
            ),
            *_withdrawing(say, of, is_alone=is_alone),
            (button(say.say("Done"), payloads.LimitsDone(patient.id, is_alone)),),
        ),
    )


def _entered(say: Wording, of: Stored) -> Iterator[str]:
    values = _values(say, of.result)
    told = say.say("Stored: {name} {values}.", name=_name(of.result), values=values)
    yield f"{TICK} {told}"
    if of.is_replacing:
        yield say.say("It takes the place of the one that was entered today before it.")
    if not instruments.is_possible(of.result):
        yield say.say(
            "Please look again: the answer is a part of the total and cannot go with it."
        )
    if of.is_paged:
        yield say.say(
            "<b>The team is being paged now: please call this patient.</b> "
            "The patient is told nothing of this."
        )


def _known(say: Wording, instrument: Instrument, of: Board) -> Iterator[str]:
    found = [one for one in of.results if one.instrument == instrument.code]
    name = f"<b>{instrument.name}</b>"
    if not found:
        yield say.say("{name}: none yet", name=name)
        return
    newest, *before = found
    yield f"{name}: {_dated(say, newest, of.today)}"
    for one in before:
        yield say.say("before: {values}", values=_dated(say, one, of.today))


def _dated(say: Wording, result: Result, today: date) -> str:
    return f"{_values(say, result)} ({_on(say, result.local_date, today)})"


def _on(say: Wording, on: date, today: date) -> str:
    """A date, with its year unless it is this one."""
    day = say.short_day(on)
    return day if on.year == today.year else f"{day} {on.year}"


def _values(say: Wording, result: Result) -> str:
    """The total as it is, every other scale by its name."""
    found = instruments.instrument(result.instrument)
    codes = [one.code for one in found.scales] if found else list(result.scores)
    given = result.scores
    return ", ".join(_value(say, code, given[code]) for code in codes if code in given)


def _value(say: Wording, code: str, value: int) -> str:
    return str(value) if code == TOTAL else f"{say.say(SCALES[code])}: {value}"


def _name(result: Result) -> str:
    found = instruments.instrument(result.instrument)
    return found.name if found else html.escape(result.instrument)


def _withdrawing(say: Wording, of: Board, *, is_alone: bool) -> Iterator[Row]:
    """What the reader entered today can be taken back."""
    mine = (of.coordinator.id, of.today)
    for one in of.results:
        if (one.entered_by, one.local_date) == mine:
            label = say.say("Withdraw today's {name}", name=_name(one))
            yield (button(label, payloads.ScoreUndo(one.id, is_alone)),)


def ask(say: Wording, of: Asking) -> Screen:
    """The next number; what was no such number says so first."""
    entering, scale = of.entering, of.entering.asks
    found = instruments.instrument(entering.instrument)
    if scale is None or found is None:
        raise ValueError(entering)
    span = {"lowest": scale.lowest, "highest": scale.highest}
    refused = say.say(
        "That is no whole number from {lowest} to {highest}. Please type it again.", **span
    )
    known = [f"{say.say(SCALES[code])}: {value}" for code, value in entering.scores.items()]
    what = f"<b>{say.say(SCALES[scale.code])}</b>"
    asked = (
        say.say("Please tap the answer to {scale}.", scale=what)
        if scale.is_tapped
        else say.say(
            "Please type: {scale}, a whole number from {lowest} to {highest}.", scale=what, **span
        )
    )
    code = html.escape(of.patient.code)
    return Screen(
        text=lines(
            refused if of.is_refused else "",
            "",
            say.say("<b>{name} of {code}</b>", name=found.name, code=code),
            *known,
            asked,
        ),
        keyboard=(
            *((tuple(_few(of, value) for value in scale.values),) if scale.is_tapped else ()),
            (
                button(
                    say.say("Never mind"),
                    payloads.ScoresAgain(of.patient.id, entering.is_alone),
                ),
            ),
        ),
    )


def _few(of: Asking, value: int) -> Button:
    entering = of.entering
    payload = payloads.ScoreTap(of.patient.id, entering.instrument, value, entering.is_alone)
    return button(str(value), payload)


def line(say: Wording, results: Iterable[Result], today: date) -> Iterator[str]:
    """One line of the card: the newest totals, where there are any."""
    newest = {one.instrument: one for one in reversed(tuple(results))}
    told = ", ".join(
        f"{_name(one)} {one.scores[TOTAL]} ({_on(say, one.local_date, today)})"
        for code in _ON_CARD
        if (one := newest.get(code)) is not None
    )
    if told:
        yield say.say("Scores: {scores}.", scores=told)
