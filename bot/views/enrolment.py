"""What a newcomer reads, agrees to and chooses."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot import payloads
from bot.views.screen import Screen, Style, button, lines, rows
from bot.views.settings import place
from bot.views.wording.catalogue import LANGUAGES, Wording
from care.people import Patient, PatientState

if TYPE_CHECKING:
    from care.clinic import Clinic

PAGES = 3
"""What it is; what it is not; consent."""


def read(say: Wording, clinic: Clinic, page: int) -> Screen:
    """One of the three pages before anything is asked."""
    texts = (_what_it_is, _what_it_is_not, _consent)
    page = min(max(page, 0), PAGES - 1)
    step = say.say("{page} of {pages}", page=page + 1, pages=PAGES)
    text = lines(texts[page](say, clinic), "", f"<i>{step}</i>")
    back = button(say.say("‹ Back"), payloads.Read(page - 1))
    if page == PAGES - 1:
        return Screen(
            text=text,
            keyboard=(
                (button(say.say("I agree"), payloads.Consent(agrees=True), Style.SUCCESS),),
                (button(say.say("No, thank you"), payloads.Consent(agrees=False)),),
                (back,),
            ),
        )
    onward = button(say.say("Next ›"), payloads.Read(page + 1), Style.PRIMARY)
    return Screen(text=text, keyboard=((back, onward),) if page else ((onward,),))


def _what_it_is(say: Wording, clinic: Clinic) -> str:
    return lines(
        say.say("<b>Welcome to {clinic}.</b>", clinic=html.escape(clinic.name)),
        "",
        *_points(
            say.say("Once a day you are asked how the day was. A few taps, no typing."),
            say.say("Once a week you get your answers back as a picture."),
            say.say("Before each infusion you get reminders."),
            say.say("Your care team sees your answers. If one needs a person, somebody is told."),
        ),
    )


def _what_it_is_not(say: Wording, clinic: Clinic) -> str:
    return lines(
        say.say("<b>What this is not</b>"),
        "",
        *_points(
            say.say(
                "It is no emergency service. In an emergency call {number}.",
                number=clinic.emergency_number,
            ),
            say.say(
                "Nobody reads your answers around the clock. Your clinic: {phone}.",
                phone=clinic.phone,
            ),
            say.say(
                "It does not say what illness somebody has, and it gives no advice on treatment."
            ),
        ),
    )


def _consent(say: Wording, clinic: Clinic) -> str:
    return lines(
        say.say("<b>Your agreement</b>"),
        "",
        *_points(
            say.say(
                "Your answers are stored by {clinic} under a code, without your name.",
                clinic=html.escape(clinic.name),
            ),
            say.say(
                "This chat is in Telegram's hands too: "
                "chats with bots are not end-to-end encrypted."
            ),
            say.say("You can stop at any time with /stop."),
        ),
    )


def _points(*texts: str) -> list[str]:
    """One idea a line, each with its mark."""
    return [f"• {text}" for text in texts]


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


def done(say: Wording, patient: Patient) -> Screen:
    """Everything is chosen."""
    at = say.clock(patient.checkin_time)
    if patient.state is PatientState.STOPPED:
        return Screen(text=say.say("Kept. Check-ins are stopped; /start begins them again."))
    return Screen(
        text=lines(
            say.say("<b>You have joined.</b>"),
            say.say("From now on the check-in comes every day at {time}.", time=at),
            say.say("Your own medicines, times and more: /settings. Help: /help."),
        )
    )


def stop(say: Wording) -> Screen:
    """Sure?"""
    return Screen(
        text=lines(
            say.say("<b>End the check-ins and summaries?</b>"),
            say.say("What you have answered stays with your clinic. Infusion dates still come."),
        ),
        keyboard=(
            (button(say.say("Yes, end them"), payloads.Stop(is_sure=True), Style.DANGER),),
            (button(say.say("No, go on"), payloads.Stop(is_sure=False)),),
        ),
    )


def stopped(say: Wording, *, has_stopped: bool) -> Screen:
    """What came of it."""
    if not has_stopped:
        return Screen(text=say.say("All right. The check-ins go on."))
    return Screen(
        text=say.say("The check-ins have ended. You can come back at any time."),
        keyboard=((button(say.say("Begin again"), payloads.Resume(), Style.PRIMARY),),),
    )


def resumed(say: Wording, patient: Patient) -> Screen:
    """Welcome back."""
    return Screen(
        text=say.say(
            "Welcome back. The next check-in comes at {time}.",
            time=say.clock(patient.checkin_time),
        )
    )


def welcome(say: Wording, clinic: Clinic, *, is_lead: bool = False) -> Screen:
    """A coordinator is in, perhaps as a lead."""
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
            say.say("You are a lead: /staff invites and removes colleagues.") if is_lead else "",
        )
    )


def invite(say: Wording, code: str) -> Screen:
    """In which language shall the patient be greeted?"""
    buttons = [
        button(name, payloads.Invite(language, code)) for language, name in LANGUAGES.items()
    ]
    return Screen(
        text=lines(
            say.say("<b>New patient {code}</b>", code=html.escape(code)),
            say.say("Which language does the patient read?"),
            say.say("Another code: write /invite and the code, as in /invite K-17."),
        ),
        keyboard=rows(buttons, width=3),
    )


def invited(say: Wording, patient: Patient, link: str, *, qr: bytes, hours: int) -> Screen:
    """A link to pass on, with a square to point a camera at."""
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
            say.say("Give it to the patient in person or on paper: the first to open it joins."),
        ),
        photo=qr,
        is_protected=False,
    )


def colleague_invited(say: Wording, link: str, *, qr: bytes, hours: int) -> Screen:
    """A coordinator's link to pass on, with a square to point a camera at."""
    return Screen(
        text=lines(
            say.say("<b>Invite for a coordinator</b>"),
            "",
            html.escape(link),
            "",
            say.count(
                "Valid for {n} hour, for one person.",
                "Valid for {n} hours, for one person.",
                hours,
            ),
            say.say("The first to open it sees all patients: give it to nobody else."),
        ),
        photo=qr,
        is_protected=False,
    )


def blocked(say: Wording, patient: Patient) -> Screen:
    """For the coordinators: a patient cannot be reached any more (F44)."""
    return Screen(
        text=say.say(
            "{code} cannot be reached: the bot is blocked, or the account is gone. Days without a "
            "check-in count as not delivered until this patient returns.",
            code=html.escape(patient.code),
        )
    )


def joined(say: Wording, patient: Patient) -> Screen:
    """For the coordinators: a patient is in."""
    return Screen(
        text=say.say(
            "{code} has joined. Check-in daily at {time}, {zone}.",
            code=html.escape(patient.code),
            time=say.clock(patient.checkin_time),
            zone=place(patient.zone),
        )
    )
