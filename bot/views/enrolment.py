"""What a newcomer reads, agrees to and chooses."""

from __future__ import annotations

import html
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from bot import callbacks
from bot.views.screen import Button, Row, Screen, Style, button, lines, rows
from bot.views.wording.catalogue import LANGUAGES, Wording
from care.people import Patient, PatientState

if TYPE_CHECKING:
    from care.clinic import Clinic

PAGES = 3
"""What it is; what it is not; consent."""

CITIES_A_PAGE = 12

_REGIONS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian")
_HOURS = tuple(time(hour, minute) for hour in range(7, 22) for minute in (0, 30))


def read(say: Wording, clinic: Clinic, page: int) -> Screen:
    """One of the three pages before anything is asked."""
    texts = (_what_it_is, _what_it_is_not, _consent)
    page = min(max(page, 0), PAGES - 1)
    step = say.say("{page} of {pages}", page=page + 1, pages=PAGES)
    text = lines(texts[page](say, clinic), "", f"<i>{step}</i>")
    back = button(say.say("‹ Back"), callbacks.Read(page - 1))
    if page == PAGES - 1:
        return Screen(
            text=text,
            keyboard=(
                (button(say.say("I agree"), callbacks.Consent(agrees=True), Style.SUCCESS),),
                (button(say.say("No, thank you"), callbacks.Consent(agrees=False)),),
                (back,),
            ),
        )
    onward = button(say.say("Next ›"), callbacks.Read(page + 1), Style.PRIMARY)
    return Screen(text=text, keyboard=((back, onward),) if page else ((onward,),))


def _what_it_is(say: Wording, clinic: Clinic) -> str:
    return lines(
        say.say("<b>Welcome to {clinic}.</b>", clinic=html.escape(clinic.name)),
        "",
        say.say("Once a day you are asked how the day was. A few taps, no typing."),
        say.say("Once a week you get your answers back as a picture."),
        say.say("Before each infusion you get reminders."),
        say.say("Your care team sees your answers. If one needs a person, somebody is told."),
    )


def _what_it_is_not(say: Wording, clinic: Clinic) -> str:
    return lines(
        say.say("<b>What this is not</b>"),
        "",
        say.say(
            "It is no emergency service. In an emergency call {number}.",
            number=clinic.emergency_number,
        ),
        say.say(
            "Nobody reads your answers around the clock. Your clinic: {phone}.", phone=clinic.phone
        ),
        say.say("It does not say what illness somebody has, and it gives no advice on treatment."),
    )


def _consent(say: Wording, clinic: Clinic) -> str:
    return lines(
        say.say("<b>Your agreement</b>"),
        "",
        say.say(
            "Your answers are stored by {clinic} under a code, without your name.",
            clinic=html.escape(clinic.name),
        ),
        say.say(
            "This chat is in Telegram's hands too: chats with bots are not end-to-end encrypted."
        ),
        say.say("You can stop at any time with /stop."),
    )


def declined(say: Wording, clinic: Clinic) -> Screen:
    """The newcomer does not agree."""
    return Screen(
        text=lines(
            say.say("All right. Nothing about you was stored."),
            say.say(
                "If you think again, ask your clinic for a new link: {phone}.", phone=clinic.phone
            ),
        )
    )


def zone(say: Wording, patient: Patient, *, now: datetime) -> Screen:
    """Is it this late where you are?"""
    local = now.astimezone(ZoneInfo(patient.zone))
    text = lines(
        say.say("<b>Is it {time} where you are?</b>", time=say.clock(local.time())),
        say.say("Time zone: {zone}", zone=_city(patient.zone)),
    )
    return Screen(
        text=text,
        keyboard=(
            (button(say.say("Yes"), callbacks.Zone(patient.zone), Style.SUCCESS),),
            (button(say.say("No, choose another"), callbacks.Regions()),),
        ),
    )


def regions(say: Wording) -> Screen:
    """The parts of the world."""
    buttons = [button(name, callbacks.Region(name, 0)) for name in _REGIONS]
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
    cities = [button(_city(key), callbacks.Zone(key)) for key in shown]
    turn: list[Button] = []
    if page:
        turn.append(button("‹ " + _span(found, page - 1), callbacks.Region(name, page - 1)))
    if page < last:
        turn.append(button(_span(found, page + 1) + " ›", callbacks.Region(name, page + 1)))
    back: Row = (button(say.say("‹ Back"), callbacks.Regions()),)
    return Screen(
        text=lines(
            say.say("<b>Which place shares your time?</b>"),
            f"{html.escape(name)}: {_span(found, page)}",
        ),
        keyboard=(*rows(cities, width=2), *((tuple(turn),) if turn else ()), back),
    )


def _cities(name: str) -> list[str]:
    if name not in _REGIONS:
        return []
    names = (key for key in available_timezones() if key.startswith(f"{name}/"))
    return sorted(key for key in names if len(key.encode()) < callbacks.LIMIT_BYTES - 2)


def _span(found: list[str], page: int) -> str:
    shown = found[page * CITIES_A_PAGE : (page + 1) * CITIES_A_PAGE]
    if not shown:
        return ""
    first, last = (_city(key)[:3] for key in (shown[0], shown[-1]))
    return f"{first} – {last}"


def _city(key: str) -> str:
    return key.partition("/")[2].replace("_", " ").replace("/", ", ") or key


def times(say: Wording, patient: Patient) -> Screen:
    """At what time of day shall we ask?"""
    buttons = [
        button(
            say.clock(at),
            callbacks.At(at),
            Style.SUCCESS if at == patient.checkin_time else None,
        )
        for at in _HOURS
    ]
    suggested = say.clock(patient.checkin_time)
    return Screen(
        text=lines(
            say.say("<b>At what time shall the check-in come?</b>"),
            say.say("Evenings suit most days; {time} is the usual choice.", time=suggested),
        ),
        keyboard=rows(buttons, width=5),
    )


def done(say: Wording, patient: Patient) -> Screen:
    """Everything is chosen."""
    at = say.clock(patient.checkin_time)
    if patient.state is PatientState.STOPPED:
        return Screen(text=say.say("Kept. Check-ins are stopped; /start begins them again."))
    return Screen(
        text=lines(
            say.say("<b>You have joined.</b>"),
            say.say("From now on the check-in comes every day at {time}.", time=at),
            say.say("Time and zone: /settings. Everything else: /help."),
        )
    )


def settings(say: Wording, patient: Patient) -> Screen:
    """What a patient can set."""
    return Screen(
        text=lines(
            say.say("<b>Settings</b>"),
            say.say("Check-in at {time}", time=say.clock(patient.checkin_time)),
            say.say("Time zone: {zone}", zone=_city(patient.zone)),
        ),
        keyboard=(
            (button(say.say("Another time"), callbacks.Times()),),
            (button(say.say("Another time zone"), callbacks.Regions()),),
        ),
    )


def stop(say: Wording) -> Screen:
    """Sure?"""
    return Screen(
        text=lines(
            say.say("<b>End the check-ins and summaries?</b>"),
            say.say("What you have answered stays with your clinic. Infusion dates still come."),
        ),
        keyboard=(
            (button(say.say("Yes, end them"), callbacks.Stop(is_sure=True), Style.DANGER),),
            (button(say.say("No, go on"), callbacks.Stop(is_sure=False)),),
        ),
    )


def stopped(say: Wording, *, has_stopped: bool) -> Screen:
    """What came of it."""
    if not has_stopped:
        return Screen(text=say.say("All right. The check-ins go on."))
    return Screen(
        text=say.say("The check-ins have ended. You can come back at any time."),
        keyboard=((button(say.say("Begin again"), callbacks.Resume(), Style.PRIMARY),),),
    )


def resumed(say: Wording, patient: Patient) -> Screen:
    """Welcome back."""
    return Screen(
        text=say.say(
            "Welcome back. The next check-in comes at {time}.",
            time=say.clock(patient.checkin_time),
        )
    )


def welcome(say: Wording, clinic: Clinic) -> Screen:
    """A coordinator is in."""
    return Screen(
        text=lines(
            say.say(
                "<b>You are a coordinator of {clinic} now.</b>", clinic=html.escape(clinic.name)
            ),
            "",
            say.say("Reports that cannot wait come here, each with a button to take it."),
            say.say("/invite makes a patient's link."),
            say.say("/infusions schedules, moves and cancels sessions."),
            say.say("/open shows what nobody has closed yet."),
        )
    )


def invite(say: Wording, code: str, *, own: str) -> Screen:
    """In which language shall the patient be greeted?"""
    buttons = [
        button(name, callbacks.Invite(language, own)) for language, name in LANGUAGES.items()
    ]
    return Screen(
        text=lines(
            say.say("<b>New patient {code}</b>", code=html.escape(code)),
            say.say("Which language does the patient read?"),
            say.say("Another code: write /invite and the code, as in /invite K-17."),
        ),
        keyboard=rows(buttons, width=3),
    )


def invited(say: Wording, patient: Patient, link: str, *, hours: int) -> Screen:
    """A link to pass on."""
    return Screen(
        text=lines(
            say.say("<b>Invite for {code}</b>", code=html.escape(patient.code)),
            "",
            html.escape(link),
            "",
            say.count(
                "Valid for {n} hour, for one person.",
                "Valid for {n} hours, for one person.",
                hours,
            ),
            say.say("Give it to the patient in person or on paper; whoever opens it first is in."),
        )
    )


def joined(say: Wording, patient: Patient) -> Screen:
    """For the coordinators: a patient is in."""
    return Screen(
        text=say.say(
            "{code} has joined. Check-in daily at {time}, {zone}.",
            code=html.escape(patient.code),
            time=say.clock(patient.checkin_time),
            zone=_city(patient.zone),
        )
    )
