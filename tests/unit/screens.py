"""Every screen of every view, with awkward values: what the tests of views look at.

A name is `module.function`, then what is special about it. Escalations, what coordinators
schedule and technical trouble are for the team; everything else can be read by a patient.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING

from bot import payloads
from bot.views import (
    attacking,
    checkin as checkins,
    diary as calendars,
    enrolment,
    escalating,
    flags,
    general,
    group,
    habits,
    infusing,
    languages,
    lists,
    notes,
    operating,
    reported,
    rhythm,
    safety,
    settings,
    status,
    summary,
)
from bot.views.questions import Sheet
from bot.views.screen import Screen
from care import errors, question_sets as daily
from care.attacks import Asking, AttackState
from care.diary import DiaryDay, Mark, dates_of
from care.escalation import Closing, EscalationState, Urgency
from care.happenings import EscalationEvent, Happening
from care.infusions import Ahead, SessionState
from care.notes import NoteState
from care.people import UNTIL_I_RETURN, Address, CoordinatorId, Pace, PatientState, Stranger
from care.profiles import MAX_LABEL, MAX_USUAL, Awaited, Awaits, DrugClass, OwnKind
from care.promises import Kind, PromiseState
from care.questions import NONE, SKIPPED, Item
from care.steps.profiles import Told
from care.summaries import DAYS
from care.triage import ALARM, PAIN_LIMIT, SILENT, TABLE, Tier
from care.usecases.audit import Trouble, Undelivered
from care.usecases.diary import ShownDay, ShownMonth
from tests import builders
from tests.unit.crisis_screens import crisis_screens
from tests.unit.desk_screens import desk_screens
from tests.unit.relay_screens import patients_relay, teams_relay
from tests.unit.staff_screens import staff_screens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.wording.catalogue import Wording
    from care.questions import Answers
    from care.triage import Reason

Named = tuple[str, Screen]

LARGE = 2**53
LATE = builders.NOW + timedelta(days=1)
CLINIC = builders.clinic(name="Dr. <b>Müller</b> & Sons")
PATIENT = builders.patient(id=LARGE, code="K-17-ABCDEFG", zone="Asia/Kathmandu")
CAROL = builders.coordinator(name="<i>Carol</i> & " + "n" * 114)
CHECKIN = builders.checkin(id=LARGE)
SESSION = builders.session(id=LARGE, patient_id=LARGE)
URGENT = builders.escalation(id=LARGE, patient_id=LARGE, count=3)
EMERGENCY = replace(URGENT, rule=ALARM, tier=Tier.EMERGENCY, reason={})

_WIDEST = "W" * MAX_LABEL
_OWN = (
    *(builders.medicine(id=LARGE - n, label=f"<{n}>{_WIDEST[3:]}") for n in range(8)),
    *(builders.exposure(id=LARGE - n, label=f"&{n} {_WIDEST[3:]}") for n in range(5)),
)
PROFILE = builders.profile(practice="cbt", own=_OWN)

KNOWN: tuple[Answers, ...] = (
    {},
    builders.answers(hd="no", med=("unlisted",), exp=("medicine",), care="cbt"),
    builders.answers(hd="yes", pk="8", dur="gt12h", med=tuple(own.code for own in _OWN[:8])),
    builders.answers(hd="yes", pk=SKIPPED, med=("m1", "unlisted"), rel="early", fn="reduced"),
    builders.answers(hd="still", feat=daily.FEATURES.options, exp=("x1", "alcohol")),
    builders.answers(hd="no"),
    builders.answers(hd="no", exp=NONE),
    builders.answers(hd="yes"),
    builders.answers(hd="too_ill"),
    builders.answers(hd="still", pk="10", aura=NONE, exp=daily.EXPOSURES.options),
    *(
        builders.answers(hd="yes", pk="5", aura=daily.AURA.options, aura_min=minutes)
        for minutes in daily.AURA_MINUTES.options
    ),
)


def patient_screens(say: Wording) -> Iterator[Named]:
    """All that a patient, or somebody who is not one yet, can read."""
    yield from _checkins(say)
    yield from _attacks(say)
    yield from _diary(say)
    yield from _notes(say)
    yield from patients_relay(say, CLINIC, PATIENT)
    yield from crisis_screens(say, CLINIC)
    yield from _enrolment(say)
    yield from _settings(say)
    yield from _habits(say)
    yield from _lists(say)
    yield from _languages(say)
    yield from _summaries(say)
    yield from _safety(say)
    yield from _sessions_of_patient(say)
    yield from _general(say)


def team_screens(say: Wording) -> Iterator[Named]:
    """All that only coordinators and operators read."""
    yield from _inviting(say)
    yield from _escalations(say)
    yield from _scheduling(say)
    yield from _operating(say)
    yield from staff_screens(say, CAROL)
    yield from desk_screens(say, CLINIC)
    yield from teams_relay(say, CLINIC, PATIENT, CAROL)
    yield "general.coordinator_help", general.coordinator_help(say, CLINIC)
    yield "general.text_from_coordinator", general.text_from_coordinator(say)


def arriving(say: Wording) -> Iterator[Named]:
    """What arrives by itself at a patient's, and shows on a lock screen."""
    for name, screen in patient_screens(say):
        if name.startswith(
            ("checkin.prompt", "attacking.question", "summary.", "infusing.notice")
        ):
            yield name, screen


def notices(say: Wording) -> Iterator[str]:
    """What pops up over a chat."""
    yield safety.alarm_notice(say, CLINIC)
    yield general.trouble(say)
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, Exception):
            yield general.refused(say, CLINIC, kind())


def _checkins(say: Wording) -> Iterator[Named]:
    for why, is_delayed, silent_days, known in product(
        checkins.Prompt, (False, True), (0, 2, 4), ({}, KNOWN[2])
    ):
        prompted = _sheet(say, known, asking=Item.HEADACHE)
        prompted = replace(prompted, checkin=replace(CHECKIN, is_delayed=is_delayed))
        shown = checkins.prompt(prompted, why, silent_days=silent_days)
        yield f"checkin.prompt {why} {silent_days}", shown
    for known, asking, now in product(
        KNOWN, (*Item, None), (builders.NOW, LATE, CHECKIN.locks_at)
    ):
        sheet = _sheet(say, known, asking=asking, is_late=now != builders.NOW)
        name = f"{asking} {dict(known)} {now:%d}"
        yield f"checkin.screen {name}", checkins.screen(sheet, clinic=CLINIC, now=now)
        yield f"checkin.review {name}", checkins.review(sheet)
    flagged = _sheet(say, KNOWN[-1], asking=Item.AURA)
    for raised in ((URGENT,), (EMERGENCY, URGENT)):
        shown = checkins.screen(flagged, clinic=CLINIC, now=builders.NOW, raised=raised)
        yield "checkin.screen raised", shown
        yield "checkin.refreshed", checkins.refreshed(say, shown)


def _sheet(say: Wording, known: Answers, *, asking: Item | None, is_late: bool = False) -> Sheet:
    at = replace(CHECKIN, asking=asking)
    attack = builders.attack(id=LARGE) if known else None
    return Sheet(
        say=say,
        checkin=at,
        answers=known,
        profile=PROFILE,
        is_late=is_late,
        was_late=is_late,
        notes=(builders.note(id=LARGE, text="<i>" * 2000),) * 21 if is_late else (),
        attack=attack,
    )


def _attacks(say: Wording) -> Iterator[Named]:
    own = tuple(one.code for one in _OWN[:8])
    ran = builders.attack(id=LARGE, medicines=own, taken_at=builders.NOW, relief="some")
    for state, asking in product(AttackState, (*Asking, None)):
        for one in (builders.attack(id=LARGE), ran, replace(ran, ended_at=LATE)):
            found = replace(one, state=state, asking=asking)
            yield f"attacking.screen {state}", attacking.screen(say, found, PROFILE)
            yield f"attacking.question {asking}", attacking.question(say, found, PROFILE)


def _diary(say: Wording) -> Iterator[Named]:
    marks = [*Mark, Mark.HEADACHE, Mark.HEADACHE]
    for first in (builders.TODAY.replace(day=1), date(2025, 2, 1), date(2026, 8, 1)):
        days = tuple(
            DiaryDay(
                local_date=on,
                mark=marks[on.day % len(marks)],
                pain=on.day % 11 or None,
                is_open=on.day % 2 == 0,
            )
            for on in dates_of(first)
        )
        shown = ShownMonth(
            patient=PATIENT,
            joined_on=date(2025, 2, 2),
            today=date(2026, 8, 31),
            first=first,
            days=days,
        )
        yield f"diary.month {first}", calendars.month(say, shown)
    for mark, is_open, known in product(Mark, (False, True), KNOWN):
        one = ShownDay(
            patient=PATIENT,
            profile=PROFILE,
            today=builders.TODAY,
            day=DiaryDay(local_date=builders.TODAY, mark=mark, is_open=is_open),
            checkin=None,
            answers=known,
            was_late=is_open,
        )
        yield f"diary.day {mark} {is_open}", calendars.day(say, one)
    yield "diary.closed", calendars.closed(say)


def _notes(say: Wording) -> Iterator[Named]:
    texts = ("x", "<b>& " + "\U00010400" * 2000, "one\ntwo\x1b[31m\u202e")
    for text, state, is_late in product(texts, NoteState, (False, True)):
        one = builders.note(id=LARGE, text=text, state=state, is_late=is_late)
        for dates in ((one.local_date,), one.dates()):
            yield "notes.offer", notes.offer(say, CLINIC, one, dates)
        yield f"notes.settled {state}", notes.settled(say, one)
        yield "notes.ask_erase", notes.ask_erase(say, one)
        for count in (0, 1, 2, 40):
            yield f"notes.day {count}", notes.day(say, one.local_date, (one,) * count)


def _enrolment(say: Wording) -> Iterator[Named]:
    for page in (-1, 0, 1, 2, LARGE):
        yield f"enrolment.read {page}", enrolment.read(say, CLINIC, page)
    yield "enrolment.declined", enrolment.declined(say, CLINIC)
    for state in (PatientState.ACTIVE, PatientState.STOPPED):
        yield f"enrolment.done {state}", enrolment.done(say, replace(PATIENT, state=state))
    yield "enrolment.stop", enrolment.stop(say)
    for has_stopped in (True, False):
        yield "enrolment.stopped", enrolment.stopped(say, has_stopped=has_stopped)
    yield "enrolment.resumed", enrolment.resumed(say, PATIENT)


def _settings(say: Wording) -> Iterator[Named]:
    yield "settings.zone", settings.zone(say, PATIENT, now=builders.NOW)
    regions = settings.regions(say)
    yield "settings.regions", regions
    names = settings.REGIONS
    for name, page in product([*names, "Mars & <Venus>"], (0, 1, 5, LARGE)):
        yield f"settings.region {name} {page}", settings.region(say, name, page)
    yield "settings.times", settings.times(say, PATIENT, now=builders.NOW)
    joining = replace(PATIENT, state=PatientState.JOINING)
    yield "settings.times joining", settings.times(say, joining, now=builders.NOW)
    for patient in (*OF_HABITS, replace(PATIENT, state=PatientState.STOPPED)):
        told = Told(patient=patient, profile=PROFILE)
        yield "settings.settings", settings.settings(say, told, now=builders.NOW)


def _habits(say: Wording) -> Iterator[Named]:
    for patient in (*OF_HABITS, replace(PATIENT, state=PatientState.JOINING)):
        yield "habits.aura", habits.aura(say, patient)
        yield "habits.aura_length", habits.aura_length(say, patient)
        yield "habits.practices", habits.practices(say, patient)
        yield "rhythm.paces", rhythm.paces(say, patient)
        yield "rhythm.breaks", rhythm.breaks(say, patient, today=builders.TODAY)


def _languages(say: Wording) -> Iterator[Named]:
    for person in (PATIENT, CAROL):
        yield "languages.languages", languages.languages(say, person)


def _lists(say: Wording) -> Iterator[Named]:
    usual = "<i>" + "W" * (MAX_USUAL - 3)
    bare = replace(_OWN[0], drug_class=None)
    for kind, profile in product(OwnKind, (PROFILE, builders.profile())):
        yield f"lists.own {kind}", lists.own(say, profile, kind)
        yield f"lists.own {kind} away", lists.own(say, profile, kind, away=_OWN[0])
        yield f"lists.ask_name {kind}", lists.ask_name(say, kind)
    for one in (_OWN[0], bare, replace(bare, usual=usual), _OWN[-1]):
        yield "lists.card", lists.card(say, one)
        yield "lists.ask_name other", lists.ask_name(say, one.kind, one)
        yield "lists.ask_usual", lists.ask_usual(say, one)
        for is_new in (True, False):
            yield "lists.classes", lists.classes(say, one, is_new=is_new)
    for what, own_id in ((Awaits.EXPOSURE, None), (Awaits.USUAL, bare.id)):
        awaited = Awaited(what=what, until=LATE, own_id=own_id)
        yield "lists.refused", lists.refused(say, "Why not.", awaited)


KINDS = daily.AURA.options
OF_HABITS = (
    PATIENT,
    replace(PATIENT, usual_aura=(), practice="cbt", pace=Pace.EVERY_OTHER_DAY),
    replace(PATIENT, usual_aura=KINDS, paused_until=builders.TODAY + timedelta(days=3)),
    replace(PATIENT, usual_aura=KINDS, is_usual_over_60=True, paused_until=UNTIL_I_RETURN),
)


def _summaries(say: Wording) -> Iterator[Named]:
    dates = [builders.TODAY - timedelta(days=back) for back in range(DAYS)]
    full = builders.week(days=dict(zip(dates, KNOWN[-DAYS:], strict=True)))
    aching = builders.week(days=dict.fromkeys(dates, builders.answers(hd="yes", pk="7")))
    one = builders.week(days={builders.TODAY: KNOWN[-1]})
    empty = builders.week()
    yield "summary.summary", summary.summary(say, full, aching, profile=PROFILE)
    for week, before in product((full, aching, one, empty), (full, empty)):
        text = summary.text(say, week, before, PROFILE)
        yield "summary.text", Screen(text=text, photo=b"a picture")


def _alarming(say: Wording) -> Iterator[Named]:
    yield "safety.at_once", safety.at_once(say, CLINIC)
    yield "safety.unstored", safety.unstored(say, CLINIC)
    for one in (status.away, status.worse):
        yield f"status.{one.__name__}", one(say, builders.TODAY)
    yield "status.noted", status.noted(say)
    yield "status.reported", status.reported(say)
    for drug_class, is_at_least in product(DrugClass, (False, True)):
        shown = status.medicine_days(say, drug_class, 15, is_at_least=is_at_least)
        yield "status.medicine_days", shown
    for is_more in (False, True):
        yield f"flags.menu {is_more}", flags.menu(say, CLINIC, is_more=is_more)
    yield "flags.closed", flags.closed(say)
    for number in (*flags.EMERGENCIES, *flags.OTHERS):
        yield f"flags.tapped {number}", flags.tapped(say, number)
    yield "flags.resting", flags.resting(say, CLINIC, 16)
    for said in ((), tuple(Happening)):
        yield "safety.alarm", safety.alarm(say, CLINIC, EMERGENCY, said)
    ringing = safety.report(say, CLINIC, PATIENT, URGENT, is_ringing=True)
    yield "safety.report ringing", ringing
    for tier, urgency in product(Tier, (None, *Urgency)):
        found = replace(URGENT, tier=tier, urgency=urgency)
        yield f"safety.report {tier} {urgency}", safety.report(say, CLINIC, PATIENT, found)


def _safety(say: Wording) -> Iterator[Named]:
    yield "safety.alarm_unheard", safety.alarm_unheard(say, CLINIC)
    yield from _alarming(say)
    for found in (URGENT, EMERGENCY):
        yield f"safety.mistake {found.tier}", safety.mistake(say, CLINIC, found)
        told = replace(found, told_at=builders.NOW, taken_at=builders.NOW, closed_at=builders.NOW)
        for kind, one in product(_CARE, (found, told)):
            yield f"safety.told {kind}", safety.told(say, CLINIC, kind, PATIENT, one)


_CARE = (
    Kind.EMERGENCY_TEXT,
    Kind.TEAM_TOLD,
    Kind.REPORT_NOTED,
    Kind.TEAM_TOOK,
    Kind.TEAM_CALLS,
    Kind.TEAM_UNREACHABLE,
    Kind.ESCALATION_CLOSED,
)
_SESSION = (Kind.INFUSION_BOOKED, Kind.INFUSION_MOVED, Kind.INFUSION_CANCELLED)


def _sessions_of_patient(say: Wording) -> Iterator[Named]:
    near = replace(PATIENT, zone=SESSION.zone)
    for kind, patient in product(_SESSION, (PATIENT, near)):
        shown = infusing.notice(say, kind, SESSION, patient, clinic=CLINIC, ahead=None)
        yield f"infusing.notice {kind}", shown
    for ahead in (*Ahead, None):
        reminder = infusing.notice(
            say, Kind.INFUSION_REMINDER, SESSION, PATIENT, clinic=CLINIC, ahead=ahead
        )
        yield f"infusing.notice {ahead}", reminder
    yield "infusing.mine none", infusing.mine(say, (), PATIENT)
    yield "infusing.mine", infusing.mine(say, (SESSION,) * 12, PATIENT)


def _general(say: Wording) -> Iterator[Named]:
    for state in (PatientState.ACTIVE, PatientState.STOPPED):
        of = replace(PATIENT, state=state)
        helped = general.patient_help(say, CLINIC, of, today=builders.TODAY)
        yield f"general.patient_help {state}", helped
    yield "general.stranger", general.stranger(say)
    yield "general.only_words", general.only_words(say, CLINIC)
    yield "general.text_while_joining", general.text_while_joining(say)
    yield "general.unknown_command", general.unknown_command(say)
    yield "general.unknown_command meant", general.unknown_command(say, meant="today")
    stranger = Stranger(address=Address(1), language="en")
    joining = replace(PATIENT, state=PatientState.JOINING)
    for speaker in (stranger, joining, PATIENT, CAROL):
        yield "general.not_for", general.not_for(say, speaker)
    yield "general.nothing_today", general.nothing_today(say)
    yield "general.group", general.group(say)
    for text in notices(say):
        yield "general.notice", Screen(text=text)
    for command, text in general.patient_commands(say):
        yield f"general.patient_commands {command}", Screen(text=text)


def _inviting(say: Wording) -> Iterator[Named]:
    link = "https://t.me/RespiteDemoBot?start=" + "a" * 32
    yield "enrolment.welcome", enrolment.welcome(say, CLINIC)
    yield "enrolment.invite", enrolment.invite(say, PATIENT.code)
    for hours in (1, 72):
        yield (
            "enrolment.invited",
            enrolment.invited(say, PATIENT, link, qr=b"a picture", hours=hours),
        )
    yield "enrolment.joined", enrolment.joined(say, PATIENT)
    yield "enrolment.blocked", enrolment.blocked(say, PATIENT)


def _escalations(say: Wording) -> Iterator[Named]:
    near = replace(PATIENT, zone=CLINIC.zone)
    for found, state, owner, patient in product(
        (URGENT, EMERGENCY), EscalationState, (CAROL, None), (PATIENT, near)
    ):
        one = replace(
            found,
            state=state,
            taken_at=builders.NOW,
            closed_at=builders.NOW,
            closing=Closing.SPOKEN if owner else None,
            is_mistake=owner is None,
        )
        case = escalating.Case(escalation=one, patient=patient, owner=owner, said=tuple(Happening))
        listed = escalating.page(say, case, clinic=CLINIC, back=payloads.ListAgain(is_daily=True))
        yield f"escalating.page listed {state}", listed
        page = escalating.page(say, case, clinic=CLINIC, number=LARGE)
        yield f"escalating.page {state}", page
        for is_news in (False, True):
            reminder = escalating.reminder(say, case, is_news=is_news, clinic=CLINIC)
            yield f"escalating.reminder {state}", reminder
        yield "escalating.ask_closing", escalating.ask_closing(page, say, one)
        for team in ((), (replace(CAROL, name="Carol"), replace(CAROL, name="W" * 60))):
            yield "escalating.ask_colleague", escalating.ask_colleague(page, say, one, team)
    for tier, row in product(Tier, TABLE):
        first = replace(URGENT, tier=tier, count=1, rule=row.id, reason=REASONS.get(row.id, {}))
        case = escalating.Case(escalation=first, patient=PATIENT, owner=None)
        page = escalating.page(say, case, clinic=CLINIC)
        yield f"escalating.page {tier} {row.id}", page
    gone = replace(URGENT, rule="NO-MORE", reason={})
    case = escalating.Case(escalation=gone, patient=PATIENT, owner=None)
    yield "escalating.page gone", escalating.page(say, case, clinic=CLINIC)
    yield from _histories(say)
    for state, one in product(EscalationState, (URGENT, EMERGENCY)):
        told = group.page(say, replace(one, state=state), PATIENT.code, clinic=CLINIC)
        yield f"group.page {state}", told
    yield "reported.noted", reported.noted(say, URGENT)
    yield "reported.nothing_open", reported.nothing_open(say)
    yield "reported.daily 0", reported.daily(say, ())
    for count in (1, 60):
        listed = reported.unclosed(say, ((EMERGENCY, PATIENT, CAROL),) * count, CLINIC)
        yield f"reported.unclosed {count}", listed
        yield f"reported.daily {count}", reported.daily(say, ((URGENT, PATIENT),) * count)
    yield "reported.unclosed", reported.unclosed(say, ((URGENT, PATIENT, None),), CLINIC)


REASONS: dict[str, Reason] = {
    PAIN_LIMIT: {"pain": 10, "limit": 9, "days": 12},
    SILENT: {"days": 14},
    "R-FLAG-8": {"kinds": "speech,weakness", "minutes": "gt60"},
    "R-FLAG-16": {"kinds": "visual"},
    "R-FLAG-17": {"kinds": "visual,other", "minutes": "gt60"},
    "R-MOH-3": {"class": "nonopioid_other", "days": 16, "completed": 19},
    "R-MOH-4": {"days": 11, "classes": 3, "completed": 30},
}


def _histories(say: Wording) -> Iterator[Named]:
    details: dict[Happening, Reason] = {
        Happening.PAGED: {"n": 3, "to": f"{CAROL.id},99"},
        Happening.HANDED_OVER: {"to": 99},
        Happening.CLOSED: {"as": "advised"},
        Happening.URGENCY: {"urgency": "can_wait"},
    }
    events = [
        EscalationEvent(
            escalation_id=URGENT.id,
            at=builders.NOW,
            happening=one,
            actor=actor,
            detail=details.get(one, {}),
        )
        for one, actor in product(Happening, ("patient", "ladder", f"coordinator:{CAROL.id}"))
    ]
    shown = reported.history(say, URGENT, PATIENT, events, (CAROL,), CLINIC)
    yield "reported.history", shown
    team = tuple(replace(CAROL, id=CoordinatorId(one), name="W" * 64) for one in range(1, 13))
    told: Reason = {"n": 9, "to": ",".join(str(one.id) for one in team)}
    paged = [replace(events[0], happening=Happening.PAGED, actor="ladder", detail=told)] * 40
    yield "reported.history", reported.history(say, URGENT, PATIENT, paged, team, CLINIC)


def _scheduling(say: Wording) -> Iterator[Named]:
    for booked in ((), ((SESSION, PATIENT),) * 40):
        yield f"infusing.sessions {len(booked)}", infusing.sessions(say, booked, CLINIC)
    for count, page in product((0, 1, 16, 17, 400), (0, 1, LARGE)):
        yield (
            f"infusing.patients {count} {page}",
            infusing.patients(say, (PATIENT,) * count, page),
        )
    today = date(2027, 2, 17)
    for first in (date.min, date(2027, 2, 1), date(2027, 8, 31), date(2028, 2, 1), date.max):
        for session in (0, LARGE):
            shown = infusing.month(say, PATIENT, session, first, today=today)
            yield f"infusing.month {first} {session}", shown
    at = datetime.combine(today, time(9, 30), UTC).replace(tzinfo=None)
    for session in (0, LARGE):
        yield f"infusing.starts {session}", infusing.starts(say, PATIENT, session, today)
        yield f"infusing.confirm {session}", infusing.confirm(say, PATIENT, session, at)
    for state in SessionState:
        one = replace(SESSION, state=state)
        yield f"infusing.session {state}", infusing.session(say, one, PATIENT, CLINIC)
    yield "infusing.ask_cancel", infusing.ask_cancel(say, SESSION, PATIENT, CLINIC)


def _operating(say: Wording) -> Iterator[Named]:
    yield "operating.welcome", operating.welcome(say)
    for trouble, count in product(Trouble, (1, LARGE)):
        yield f"operating.trouble {trouble}", operating.trouble(say, trouble, str(LARGE), count)
    yield "operating.undelivered none", operating.undelivered(say, ())
    found = tuple(
        Undelivered(
            letter=builders.dead_letter(
                id=LARGE, state=state, promise=builders.promise(kind=kind)
            ),
            recipient=name,
        )
        for kind in Kind
        for state in (PromiseState.DEAD, PromiseState.UNCERTAIN)
        for name in (CAROL.name, "")
    )
    for start in range(len(found)):
        shown = operating.undelivered(say, found[start:])
        yield "operating.undelivered", shown
