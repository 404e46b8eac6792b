"""Where and when: the time zone and the time of day of the check-in."""

from __future__ import annotations

import html
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from bot import callbacks, payloads
from bot.views.screen import Button, Row, Screen, Style, button, lines, rows

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.people import Patient

CITIES_A_PAGE = 12

REGIONS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian")
_HOURS = tuple(time(hour, minute) for hour in range(7, 22) for minute in (0, 30))


def zone(say: Wording, patient: Patient, *, now: datetime) -> Screen:
    """Is it this late where you are?"""
    local = now.astimezone(ZoneInfo(patient.zone))
    text = lines(
        say.say("<b>Is it {time} where you are?</b>", time=say.clock(local.time())),
        say.say("Time zone: {zone}", zone=place(patient.zone)),
    )
    return Screen(
        text=text,
        keyboard=(
            (button(say.say("Yes"), payloads.Zone(patient.zone), Style.SUCCESS),),
            (button(say.say("No, choose another"), payloads.Regions()),),
        ),
    )


def regions(say: Wording) -> Screen:
    """The parts of the world."""
    buttons = [button(name, payloads.Region(name, 0)) for name in REGIONS]
    return Screen(
        text=say.say("<b>Where are you?</b>"),
        keyboard=rows(buttons, width=2),
    )


def region(say: Wording, name: str, page: int) -> Screen:
    """The cities of one part of the world, by first letter, a page at a time."""
    found = _cities(name)
    last = max(0, (len(found) - 1) // CITIES_A_PAGE)
    page = min(max(page, 0), last)
    shown = found[page * CITIES_A_PAGE : (page + 1) * CITIES_A_PAGE]
    cities = [button(place(key), payloads.Zone(key)) for key in shown]
    turn: list[Button] = []
    if page:
        turn.append(button("‹ " + _span(found, page - 1), payloads.Region(name, page - 1)))
    if page < last:
        turn.append(button(_span(found, page + 1) + " ›", payloads.Region(name, page + 1)))
    back: Row = (button(say.say("‹ Back"), payloads.Regions()),)
    return Screen(
        text=lines(
            say.say("<b>Which place shares your time?</b>"),
            f"{html.escape(name)}: {_span(found, page)}",
        ),
        keyboard=(*rows(cities, width=2), *((tuple(turn),) if turn else ()), back),
    )


def _cities(name: str) -> list[str]:
    if name not in REGIONS:
        return []
    names = (key for key in available_timezones() if key.startswith(f"{name}/"))
    return sorted(key for key in names if len(key.encode()) < callbacks.LIMIT_BYTES - 2)


def _span(found: list[str], page: int) -> str:
    shown = found[page * CITIES_A_PAGE : (page + 1) * CITIES_A_PAGE]
    if not shown:
        return ""
    first, last = (place(key)[:3] for key in (shown[0], shown[-1]))
    return f"{first} – {last}"


def place(key: str) -> str:
    """A zone as a person names it: "New York" for America/New_York."""
    return key.partition("/")[2].replace("_", " ").replace("/", ", ") or key


def times(say: Wording, patient: Patient, *, now: datetime) -> Screen:
    """At what time of day shall we ask? The clock there shows whether the zone is right."""
    buttons = [
        button(
            say.clock(at),
            payloads.At(at),
            Style.SUCCESS if at == patient.checkin_time else None,
        )
        for at in _HOURS
    ]
    chosen = say.clock(patient.checkin_time)
    there = say.clock(now.astimezone(ZoneInfo(patient.zone)).time())
    return Screen(
        text=lines(
            say.say("<b>At what time shall the check-in come?</b>"),
            say.say("Evenings suit most people. Chosen now: {time}.", time=chosen),
            "",
            f"{say.say('Time zone: {zone}', zone=place(patient.zone))} ({there})",
        ),
        keyboard=(
            *rows(buttons, width=5),
            (button(say.say("Another time zone"), payloads.Regions()),),
        ),
    )


def settings(say: Wording, patient: Patient) -> Screen:
    """What a patient can set."""
    return Screen(
        text=lines(
            say.say("<b>Settings</b>"),
            say.say("Check-in at {time}", time=say.clock(patient.checkin_time)),
            say.say("Time zone: {zone}", zone=place(patient.zone)),
        ),
        keyboard=(
            (button(say.say("Another time"), payloads.Times()),),
            (button(say.say("Another time zone"), payloads.Regions()),),
        ),
    )
