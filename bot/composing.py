"""What a letter looks like on its reader's phone, in the reader's language."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from bot.views import (
    attacking,
    checkin as checkins,
    crisis,
    digest,
    enrolment,
    escalating,
    group,
    infusing,
    operating,
    relaying,
    reported,
    safety,
    status,
    summary,
)
from bot.views.checkin import Prompt
from bot.views.questions import Sheet
from bot.views.wording.catalogue import DEFAULT, wording
from care.escalation import EscalationState
from care.ports.messenger import (
    AttackLetter,
    BlockedLetter,
    CareLetter,
    CheckInLetter,
    DailyListLetter,
    DigestLetter,
    EscalationLetter,
    GroupLetter,
    JoinedLetter,
    Letter,
    MedicineLetter,
    SessionLetter,
    StatusLetter,
    SummaryLetter,
    TroubleLetter,
)
from care.ports.relay_letters import AnswerLetter, RelayLetter, RelayStateLetter
from care.promises import Kind, Reminds

if TYPE_CHECKING:
    from bot.views.screen import Screen
    from care.clinic import Clinic


_PROMPTS = {
    Kind.CHECKIN: Prompt.FIRST,
    Kind.CHECKIN_REMINDER: Prompt.SECOND,
    Kind.CHECKIN_BACKFILL: Prompt.NEXT_MORNING,
}


@singledispatch
def screen_of(letter: Letter, clinic: Clinic) -> Screen:
    """The screen of a letter; every kind has one below, which a test holds."""
    raise TypeError(f"{type(letter).__name__} has no screen at {clinic.name}")


@screen_of.register(CheckInLetter)
def _checkin(letter: CheckInLetter, clinic: Clinic) -> Screen:
    say = wording(letter.patient.language)
    sheet = Sheet(
        say=say,
        checkin=letter.checkin,
        answers=letter.answers,
        profile=letter.profile,
        is_late=letter.checkin.is_late(now=letter.now),
        was_late=letter.was_late,
        notes=letter.notes,
        attack=letter.attack,
    )
    if letter.kind in _PROMPTS and letter.checkin.asking is not None:
        why = _PROMPTS[letter.kind]
        if why is Prompt.FIRST and letter.checkin.local_date == letter.patient.paused_until:
            why = Prompt.AFTER_BREAK
        return checkins.prompt(sheet, why, silent_days=letter.silent_days)
    shown = checkins.screen(sheet, clinic=clinic, now=letter.now)
    return checkins.refreshed(say, shown) if letter.kind is Kind.CHECKIN_REFRESH else shown


@screen_of.register(AttackLetter)
def _attack(letter: AttackLetter, _clinic: Clinic) -> Screen:
    return attacking.question(wording(letter.patient.language), letter.attack, letter.profile)


@screen_of.register(SummaryLetter)
def _summary(letter: SummaryLetter, _clinic: Clinic) -> Screen:
    say = wording(letter.patient.language)
    return summary.summary(say, letter.week, letter.before, profile=letter.profile)


@screen_of.register(SessionLetter)
def _session(letter: SessionLetter, clinic: Clinic) -> Screen:
    return infusing.notice(
        wording(letter.patient.language),
        letter.kind,
        letter.session,
        letter.patient,
        clinic=clinic,
        ahead=letter.ahead,
    )


@screen_of.register(EscalationLetter)
def _escalation(letter: EscalationLetter, clinic: Clinic) -> Screen:
    say = wording(letter.coordinator.language)
    case = escalating.Case(
        escalation=letter.escalation,
        patient=letter.patient,
        owner=letter.owner,
        said=letter.said,
    )
    is_taken = letter.escalation.state is EscalationState.TAKEN
    if letter.reminds and is_taken and letter.edits is None:
        return escalating.reminder(
            say, case, is_news=letter.reminds is Reminds.NEWS, clinic=clinic
        )
    number = 1 if letter.reminds else letter.page
    return escalating.page(say, case, clinic=clinic, number=number)


@screen_of.register(DailyListLetter)
def _daily(letter: DailyListLetter, _clinic: Clinic) -> Screen:
    return reported.daily(wording(letter.coordinator.language), letter.found)


@screen_of.register(StatusLetter)
def _status(letter: StatusLetter, _clinic: Clinic) -> Screen:
    return status.away(wording(letter.patient.language), letter.on)


@screen_of.register(MedicineLetter)
def _medicine(letter: MedicineLetter, _clinic: Clinic) -> Screen:
    say = wording(letter.patient.language)
    is_at_least = letter.is_at_least
    return status.medicine_days(say, letter.drug_class, letter.days, is_at_least=is_at_least)


@screen_of.register(CareLetter)
def _care(letter: CareLetter, clinic: Clinic) -> Screen:
    say = wording(letter.patient.language)
    if letter.kind is Kind.CRISIS_CARD:
        return crisis.card(say, clinic, letter.escalation)
    return safety.told(say, clinic, letter.kind, letter.patient, letter.escalation)


@screen_of.register(RelayLetter)
def _relay(letter: RelayLetter, clinic: Clinic) -> Screen:
    return relaying.page(wording(letter.coordinator.language), clinic, letter)


@screen_of.register(RelayStateLetter)
def _relay_state(letter: RelayStateLetter, clinic: Clinic) -> Screen:
    say = wording(letter.patient.language)
    return relaying.stage(say, clinic, letter.patient, letter.message)


@screen_of.register(AnswerLetter)
def _answer(letter: AnswerLetter, _clinic: Clinic) -> Screen:
    return relaying.answer(wording(letter.patient.language), letter.answer, number=letter.number)


@screen_of.register(TroubleLetter)
def _trouble(letter: TroubleLetter, _clinic: Clinic) -> Screen:
    say = wording(letter.reader.language)
    return operating.trouble(say, letter.trouble, letter.about, letter.count)


@screen_of.register(DigestLetter)
def _digest(letter: DigestLetter, _clinic: Clinic) -> Screen:
    return digest.digest(wording(letter.coordinator.language), letter.digest)


@screen_of.register(JoinedLetter)
def _joined(letter: JoinedLetter, _clinic: Clinic) -> Screen:
    return enrolment.joined(wording(letter.coordinator.language), letter.patient)


@screen_of.register(BlockedLetter)
def _blocked(letter: BlockedLetter, _clinic: Clinic) -> Screen:
    return enrolment.blocked(wording(letter.coordinator.language), letter.patient)


@screen_of.register(GroupLetter)
def _group(letter: GroupLetter, clinic: Clinic) -> Screen:
    say = wording(letter.language or DEFAULT)
    return group.page(say, letter.escalation, letter.code, clinic=clinic)
