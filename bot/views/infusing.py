"""Infusion sessions: scheduling by buttons, and what the patient reads of them (F30, F31)."""

from __future__ import annotations

import html
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import payloads
from bot.views import calendars
from bot.views.screen import Button, Row, Screen, Style, button, lines, rows
from care.infusions import Ahead, Session, SessionState
from care.promises import Kind

if TYPE_CHECKING:
    from bot.views.wording.catalogue import Wording
    from care.clinic import Clinic
    from care.people import Patient

PATIENTS_A_PAGE = 16
MONTHS_AHEAD = 12

_STARTS = tuple(time(hour, minute) for hour in range(7, 19) for minute in (0, 30))


def sessions(say: Wording, booked: tuple[tuple[Session, Patient], ...], clinic: Clinic) -> Screen:
    """The coordinator's list of sessions ahead, and the way to a new one."""
    zone = ZoneInfo(clinic.zone)
    ahead = [
        button(
            f"{patient.code} · {say.instant(session.starts_at, zone)}",
            payloads.Session(session.id),
        )
        for session, patient in booked[:20]
    ]
    head = say.say("<b>Infusions ahead</b>") if ahead else say.say("No infusion is scheduled.")
    new = button(say.say("+ New session"), payloads.Patients(0), Style.PRIMARY)
    hint = say.say("Tap one to move or cancel it.") if ahead else ""
    return Screen(text=lines(head, hint), keyboard=(*rows(ahead, width=1), (new,)))


def patients(say: Wording, everybody: tuple[Patient, ...], page: int) -> Screen:
    """For whom?"""
    if not everybody:
        return Screen(text=say.say("No patient has joined yet. /invite makes a link."))
    last = (len(everybody) - 1) // PATIENTS_A_PAGE
    page = min(max(page, 0), last)
    shown = everybody[page * PATIENTS_A_PAGE : (page + 1) * PATIENTS_A_PAGE]
    codes = [button(one.code, payloads.Month(one.id, 0, date.min)) for one in shown]
    turn: list[Button] = []
    if page:
        turn.append(button("‹", payloads.Patients(page - 1)))
    if page < last:
        turn.append(button("›", payloads.Patients(page + 1)))
    back: Row = (button(say.say("‹ Back"), payloads.Sessions()),)
    return Screen(
        text=say.say("<b>New session: which patient?</b>"),
        keyboard=(*rows(codes, width=4), *((tuple(turn),) if turn else ()), back),
    )


def month(say: Wording, patient: Patient, session: int, first: date, *, today: date) -> Screen:
    """An inline calendar, Monday first; past weeks are left out, past days cannot be tapped."""
    first = _within(first, today)
    weeks = [week for week in calendars.weeks(first) if week[-1] >= today]
    days = tuple(
        tuple(_day(day, patient, session, first, today=today) for day in week) for week in weeks
    )
    return Screen(
        text=lines(
            say.say("<b>{code}: which day?</b>", code=html.escape(patient.code)),
            say.say("Today is {day}.", day=say.day(today)),
        ),
        keyboard=(
            _turn(say, patient, session, first, today=today),
            calendars.head(say, weeks[0]),
            *days,
            (_away(say, session),),
        ),
    )


def _within(first: date, today: date) -> date:
    """A month that can be shown: not before this one, not beyond the last that can be chosen."""
    years, month = divmod(today.month - 1 + MONTHS_AHEAD, 12)
    last = date(today.year + years, month + 1, 1)
    return min(max(first.replace(day=1), today.replace(day=1)), last)


def _day(day: date, patient: Patient, session: int, first: date, *, today: date) -> Button:
    if day.month != first.month or day < today:
        return calendars.blank()
    style = Style.PRIMARY if day == today else None
    return button(str(day.day), payloads.Day(patient.id, session, day), style)


def _turn(say: Wording, patient: Patient, session: int, first: date, *, today: date) -> Row:
    later = calendars.later(first)
    has_earlier = first > today.replace(day=1)
    has_later = (later.year - today.year) * 12 + later.month - today.month <= MONTHS_AHEAD
    back = payloads.Month(patient.id, session, calendars.earlier(first))
    on = payloads.Month(patient.id, session, later)
    return calendars.turn(
        say, first, back=back if has_earlier else None, on=on if has_later else None
    )


def _away(say: Wording, session: int) -> Button:
    to = payloads.Session(session) if session else payloads.Patients(0)
    return button(say.say("‹ Back"), to)


def starts(say: Wording, patient: Patient, session: int, on: date) -> Screen:
    """At what time, on the clinic's clock?"""
    buttons = [
        button(say.clock(at), payloads.Start(patient.id, session, datetime.combine(on, at)))
        for at in _STARTS
    ]
    back: Row = (
        button(say.say("‹ Back"), payloads.Month(patient.id, session, on.replace(day=1))),
    )
    return Screen(
        text=lines(
            say.say("<b>{code}: at what time?</b>", code=html.escape(patient.code)),
            say.day(on),
        ),
        keyboard=(*rows(buttons, width=4), back),
    )


def confirm(say: Wording, patient: Patient, session: int, at: datetime) -> Screen:
    """Right so?"""
    label = say.say("Move it here") if session else say.say("Schedule")
    back: Row = (button(say.say("‹ Back"), payloads.Day(patient.id, session, at.date())),)
    return Screen(
        text=lines(
            say.say("<b>Infusion for {code}</b>", code=html.escape(patient.code)),
            f"{say.day(at.date())}, {say.clock(at.time())}",
            say.say("The patient is told now and reminded 7 days, 72, 24 and 2 hours before."),
        ),
        keyboard=(
            (button(label, payloads.Book(patient.id, session, at), Style.SUCCESS),),
            back,
        ),
    )


def session(say: Wording, one: Session, patient: Patient, clinic: Clinic) -> Screen:
    """One session as the coordinator sees it, with what can be done."""
    is_scheduled = one.state is SessionState.SCHEDULED
    state = say.say("scheduled") if is_scheduled else say.say("cancelled")
    back: Row = (button(say.say("‹ Back"), payloads.Sessions()),)
    change: tuple[Row, ...] = (
        (
            button(say.say("Move"), payloads.Month(patient.id, one.id, date.min)),
            button(say.say("Cancel it"), payloads.Cancel(one.id, is_sure=False), Style.DANGER),
        ),
    )
    return Screen(
        text=lines(
            say.say("<b>Infusion for {code}</b>", code=html.escape(patient.code)),
            f"{say.instant(one.starts_at, ZoneInfo(clinic.zone))} · {state}",
        ),
        keyboard=(*(change if is_scheduled else ()), back),
    )


def ask_cancel(say: Wording, one: Session, patient: Patient, clinic: Clinic) -> Screen:
    """Sure?"""
    return Screen(
        text=lines(
            say.say("<b>Cancel this infusion?</b>"),
            f"{html.escape(patient.code)} · {say.instant(one.starts_at, ZoneInfo(clinic.zone))}",
            say.say("The patient is told at once."),
        ),
        keyboard=(
            (
                button(
                    say.say("Yes, cancel it"), payloads.Cancel(one.id, is_sure=True), Style.DANGER
                ),
            ),
            (button(say.say("No, keep it"), payloads.Session(one.id)),),
        ),
    )


def notice(
    say: Wording,
    kind: Kind,
    one: Session,
    patient: Patient,
    *,
    clinic: Clinic,
    ahead: Ahead | None,
) -> Screen:
    """What the patient reads: the first line says nothing private, times are the reader's."""
    when = _when(say, one, patient)
    contact = say.say("For questions or another time, call {phone}.", phone=clinic.phone)
    if kind is Kind.INFUSION_CANCELLED:
        return Screen(
            text=lines(say.say("An appointment was cancelled."), "", f"<s>{when}</s>", contact)
        )
    if kind is Kind.INFUSION_MOVED:
        head = say.say("Your appointment has a new time.")
    elif kind is Kind.INFUSION_BOOKED:
        head = say.say("You have a new appointment.")
    else:
        head = _ahead(say, ahead)
    return Screen(text=lines(head, "", say.say("Infusion: <b>{when}</b>", when=when), contact))


def _ahead(say: Wording, ahead: Ahead | None) -> str:
    labels = {
        Ahead.DAYS_7: say.say("A reminder: your appointment is in a week."),
        Ahead.HOURS_72: say.say("A reminder: your appointment is in three days."),
        Ahead.HOURS_24: say.say("A reminder: your appointment is tomorrow."),
        Ahead.HOURS_2: say.say("A reminder: your appointment is coming up."),
    }
    return labels[ahead] if ahead else say.say("A reminder of your appointment.")


def _when(say: Wording, one: Session, patient: Patient) -> str:
    """The instant in the reader's zone; where the clinic's clock differs, that as well."""
    here = say.instant(one.starts_at, ZoneInfo(patient.zone))
    there = say.instant(one.starts_at, ZoneInfo(one.zone))
    if here == there:
        return here
    return say.say("{here} your time ({there} at the clinic)", here=here, there=there)


def mine(say: Wording, booked: tuple[Session, ...], patient: Patient) -> Screen:
    """The patient's own sessions ahead."""
    if not booked:
        return Screen(text=say.say("No appointment is planned."))
    return Screen(
        text=lines(
            say.say("<b>Your appointments</b>"),
            *(f"• {_when(say, one, patient)}" for one in booked),
        )
    )
