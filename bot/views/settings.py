"""Everything that can be set, and where and when: time zone and time of day."""

from __future__ import annotations

import html
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from bot import callbacks, payloads
from bot.views import habits, lists, rhythm
from bot.views.screen import Button, Screen, Style, button, lines, rows, ways
from bot.views.wording.catalogue import LANGUAGES, msg
from care.people import PatientState
from care.profiles import OwnKind

if TYPE_CHECKING:
    from bot.views.screen import Row
    from bot.views.wording.catalogue import Wording
    from care.people import Patient
    from care.steps.profiles import Told

CITIES_A_PAGE = 12

REGIONS = {
    "Europe": msg("Europe"),
    "America": msg("America"),
    "Asia": msg("Asia"),
    "Africa": msg("Africa"),
    "Australia": msg("Australia"),
    "Pacific": msg("Pacific"),
    "Atlantic": msg("Atlantic"),
    "Indian": msg("Indian"),
}
"""The parts of the world, as the names of time zones begin, and their words."""
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
    buttons = [button(say.say(words), payloads.Region(name, 0)) for name, words in REGIONS.items()]
    return Screen(
        text=say.say("<b>Where are you?</b>"),
        keyboard=(*rows(buttons, width=2), ways(say, payloads.Settings())),
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
    return Screen(
        text=lines(
            say.say("<b>Which place shares your time?</b>"),
            f"{say.say(REGIONS[name]) if name in REGIONS else html.escape(name)}: "
            f"{_span(found, page)}",
        ),
        keyboard=(
            *rows(cities, width=2),
            *((tuple(turn),) if turn else ()),
            ways(say, payloads.Regions()),
        ),
    )


def _cities(name: str) -> list[str]:
    if name not in REGIONS:
        return []
    old = get_global("zone_aliases")
    names = (key for key in available_timezones() if key.startswith(f"{name}/") and key not in old)
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
    is_joining = patient.state is PatientState.JOINING
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
            ways(say, payloads.Settings(), keep=None if is_joining else payloads.Settings()),
        ),
    )


def settings(say: Wording, known: Told, *, now: datetime) -> Screen:
    """Everything that a patient can set, with what stands."""
    patient = known.patient
    today = now.astimezone(ZoneInfo(patient.zone)).date()
    return Screen(
        text=lines(
            say.say("<b>Settings</b>"),
            rhythm.line(say, patient, today=today),
            say.say("Time zone: {zone}", zone=place(patient.zone)),
            lists.line(say, known.profile, OwnKind.MEDICINE),
            lists.line(say, known.profile, OwnKind.EXPOSURE),
            habits.aura_line(say, patient),
            habits.practice_line(say, patient),
        ),
        keyboard=_settings(say, patient),
    )


def _settings(say: Wording, patient: Patient) -> tuple[Row, ...]:
    is_asked = patient.state is not PatientState.STOPPED
    speak = button(LANGUAGES[say.language], payloads.Languages())
    rest = button(say.say("A break"), payloads.Breaks(is_apart=False))
    buttons = [
        button(say.say("Another time"), payloads.Times()),
        button(say.say("Another time zone"), payloads.Regions()),
        button(say.say("My medicines"), payloads.Lists(OwnKind.MEDICINE)),
        button(say.say("Add to the day"), payloads.Lists(OwnKind.EXPOSURE)),
        button(say.say("My usual aura"), payloads.Auras()),
        button(say.say("Self-care"), payloads.Practices()),
        button(say.say("How often"), payloads.Paces()),
        *((rest,) if is_asked else ()),
        *((speak,) if len(LANGUAGES) > 1 else ()),
    ]
    return rows(buttons, width=2)
