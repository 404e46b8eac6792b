"""A patient's own medicines and exposures, in the patient's own words (F14)."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views import questions
from bot.views.screen import TICK, Button, Row, Screen, Style, button, lines, rows, ways
from bot.views.wording.catalogue import msg
from care.profiles import MAX_LABEL, MAX_USUAL, ROOM, DrugClass, OwnKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.views.wording.catalogue import Wording
    from care.profiles import Awaited, Own, Profile

CLASSES: Mapping[DrugClass, str] = {
    DrugClass.TRIPTAN: msg("triptan"),
    DrugClass.NSAID: msg("anti-inflammatory"),
    DrugClass.PARACETAMOL: msg("paracetamol"),
    DrugClass.COMBINATION: msg("with caffeine or codeine"),
    DrugClass.OPIOID: msg("opioid"),
    DrugClass.GEPANT: msg("gepant"),
    DrugClass.ERGOT: msg("ergot"),
    DrugClass.DITAN: msg("ditan"),
    DrugClass.NONOPIOID_OTHER: msg("another painkiller"),
    DrugClass.OTHER: msg("another kind"),
}
_EXAMPLES: Mapping[DrugClass, str] = {
    DrugClass.TRIPTAN: msg("Triptan, like sumatriptan"),
    DrugClass.NSAID: msg("Ibuprofen, aspirin, naproxen"),
    DrugClass.PARACETAMOL: msg("Paracetamol alone"),
    DrugClass.COMBINATION: msg("With caffeine or codeine in it"),
    DrugClass.OPIOID: msg("Opioid, like tramadol"),
    DrugClass.GEPANT: msg("Gepant, like rimegepant"),
    DrugClass.ERGOT: msg("Ergot, like ergotamine"),
    DrugClass.OTHER: msg("Another kind, or I do not know"),
}
"""What is offered, with plain examples."""


def own(say: Wording, profile: Profile, kind: OwnKind, *, away: Own | None = None) -> Screen:
    """What is on a list; `away` has just been taken off it."""
    listed = profile.active(kind)
    is_full = len(listed) >= ROOM[kind]
    return Screen(
        text=lines(
            *_put_away(say, away),
            *_head(say, kind),
            "",
            *(f"• {_line(say, one)}" for one in listed),
            say.say("The list is full: {n} of {n}.", n=ROOM[kind]) if is_full else "",
        ),
        keyboard=(
            *rows([button(one.label, payloads.Own(one.id)) for one in listed], width=2),
            *_ways_on(say, kind, is_full=is_full, away=away),
            ways(say, payloads.Settings()),
        ),
    )


def _head(say: Wording, kind: OwnKind) -> tuple[str, str]:
    if kind is OwnKind.MEDICINE:
        return (
            say.say("<b>My medicines</b>"),
            say.say("The check-in offers these names after a headache."),
        )
    return (
        say.say("<b>What I add to the day</b>"),
        say.say("The check-in asks about these as well: travel, a storm, a long film."),
    )


def _put_away(say: Wording, away: Own | None) -> tuple[str, ...]:
    if away is None:
        return ()
    text = say.say("{name} is off the list. Earlier answers keep it.", name=_name(away))
    return (f"{TICK} {text}", "")


def _ways_on(say: Wording, kind: OwnKind, *, is_full: bool, away: Own | None) -> tuple[Row, ...]:
    label = say.say("+ Add a medicine") if kind is OwnKind.MEDICINE else say.say("+ Add one")
    add = (button(label, payloads.AddOwn(kind), Style.PRIMARY),)
    undo = () if away is None else ((button(say.say("Put it back"), payloads.PutBack(away.id)),),)
    return (*undo, *(() if is_full else (add,)))


def _name(one: Own) -> str:
    return html.escape(one.label)


def _line(say: Wording, one: Own) -> str:
    """One of a list, with all that is known about it."""
    known = [_name(one)]
    if one.drug_class is not None:
        known.append(say.say(CLASSES[one.drug_class]))
    text = ", ".join(known)
    return f"{text}: {html.escape(one.usual)}" if one.usual else text


def card(say: Wording, one: Own) -> Screen:
    """One of a list, and what can be done with it."""
    buttons = [button(say.say("Another name"), payloads.Rename(one.id))]
    if one.kind is OwnKind.MEDICINE:
        buttons += [
            button(say.say("Another kind"), payloads.Classes(one.id)),
            button(say.say("How I take it"), payloads.Usual(one.id)),
        ]
    buttons.append(button(say.say("Remove"), payloads.PutAway(one.id)))
    return Screen(
        text=lines(f"<b>{_name(one)}</b>", *_facts(say, one)),
        keyboard=(*rows(buttons, width=2), ways(say, payloads.Lists(one.kind))),
    )


def _facts(say: Wording, one: Own) -> tuple[str, ...]:
    if one.kind is OwnKind.EXPOSURE:
        return ()
    kind = say.say("not told") if one.drug_class is None else say.say(CLASSES[one.drug_class])
    usual = html.escape(one.usual) or say.say("not told")
    return (say.say("Kind: {kind}", kind=kind), say.say("How I take it: {words}", words=usual))


def classes(say: Wording, one: Own, *, is_new: bool = False) -> Screen:
    """Which kind of medicine is it? Asked by examples, one tap."""
    added = say.say("{name} is on the list.", name=_name(one))
    card_of = payloads.Own(one.id)
    return Screen(
        text=lines(
            f"{TICK} {added}" if is_new else f"<b>{_name(one)}</b>",
            "",
            say.say("<b>Which kind is it?</b>"),
            say.say("Days with a medicine are counted by its kind. The pack names it."),
        ),
        keyboard=(
            *((_class(say, one, kind),) for kind in _EXAMPLES),
            ways(say, card_of, keep=None if one.drug_class is None else card_of),
        ),
    )


def _class(say: Wording, one: Own, kind: DrugClass) -> Button:
    label = say.say(_EXAMPLES[kind])
    stands = one.drug_class is kind
    return button(f"{TICK} {label}" if stands else label, payloads.Class(one.id, kind))


def ask_name(say: Wording, kind: OwnKind, one: Own | None = None) -> Screen:
    """The next words are a name: of a new one, or another for one of the list."""
    if one is not None:
        head = say.say("<b>Write another name for {name}</b>", name=_name(one))
    elif kind is OwnKind.MEDICINE:
        head = say.say("<b>Write the name of the medicine</b>")
    else:
        head = say.say("<b>Write what you would like to add</b>")
    room = say.say("As you call it, up to {n} characters.", n=MAX_LABEL)
    return Screen(text=lines(head, room), keyboard=(_never_mind(say, kind, one),))


def ask_usual(say: Wording, one: Own) -> Screen:
    """The next words say how a medicine is usually taken; they are only kept and shown."""
    empty = button(say.say("Leave it empty"), payloads.NoUsual(one.id))
    return Screen(
        text=lines(
            say.say("<b>Write how you usually take {name}</b>", name=_name(one)),
            say.say("Your words, up to {n} characters. You and your team see them.", n=MAX_USUAL),
        ),
        keyboard=((empty,), _never_mind(say, one.kind, one)),
    )


def _never_mind(say: Wording, kind: OwnKind, one: Own | None) -> Row:
    back = payloads.Lists(kind) if one is None else payloads.Own(one.id)
    return (button(say.say("Never mind"), back),)


def refused(say: Wording, why: str, awaited: Awaited) -> Screen:
    """Words that cannot be kept: why, and the ways out; nobody reads them."""
    if awaited.own_id is None:
        back: payloads.Payload = payloads.Lists(awaited.what)
    else:
        back = payloads.Own(awaited.own_id)
    return Screen(
        text=lines(why, say.say("Write it again, or tap [Never mind]. Nobody reads this chat.")),
        keyboard=((button(say.say("Never mind"), back),), (questions.alarm(say),)),
    )


def line(say: Wording, profile: Profile, kind: OwnKind) -> str:
    """A list in one line."""
    names = ", ".join(_name(one) for one in profile.active(kind)) or say.say("none")
    if kind is OwnKind.MEDICINE:
        return say.say("My medicines: {names}", names=names)
    return say.say("Added to the day: {names}", names=names)
