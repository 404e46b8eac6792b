"""The end of a run: what was acknowledged against what the repositories give back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.chaos.ledger import ONCE
from bench.chaos.receipts import Claim
from care.errors import NotFound
from care.escalation import EscalationId
from care.happenings import CAUSES
from care.lifecycle import CheckInId
from care.people import Address
from care.questions import SKIPPED, Item
from care.triage import ALARM, PAIN_LIMIT, TABLE, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.chaos.ledger import Ledger, Tap
    from care.escalation import Escalation
    from care.lifecycle import CheckIn
    from care.people import Patient, PatientId
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.questions import Answers


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Something acknowledged because of which a coordinator must be paged."""

    chat: int
    rule: str
    at: datetime
    acknowledged_at: datetime


@dataclass(kw_only=True)
class Verdict:
    """The counts, and a line for each thing that went wrong."""

    taps_acknowledged: int = 0
    answers_stored: int = 0
    answers_lost: int = 0
    escalations_due: int = 0
    escalations_lost: int = 0
    repeats_allowed: int = 0
    repeats_forbidden: int = 0
    screens_untrue: int = 0
    complaints: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost or doubled, and every screen tells the truth."""
        return not self.complaints


_0 = timedelta()


async def judge(core: Core, ledger: Ledger, *, pain_limit: int) -> Verdict:
    """Compare; the database is only read."""
    verdict = Verdict()
    async with core.new_uow(is_reading=True) as uow:
        await _answers(uow, ledger, verdict)
        await _escalations(uow, ledger, verdict, pain_limit=pain_limit)
        await _screens(uow, ledger, verdict)
    for kind, times in ledger.repeats().items():
        if kind in ONCE:
            verdict.repeats_forbidden += times
            verdict.complaints.append(f"seen twice: {kind}, {times} times")
        else:
            verdict.repeats_allowed += times
    return verdict


async def _answers(uow: UnitOfWork, ledger: Ledger, verdict: Verdict) -> None:
    entries: dict[int, tuple[Answers, list[Answers]]] = {}
    for number, tap in enumerate(ledger.taps):
        if tap.acknowledged_at is None:
            continue
        verdict.taps_acknowledged += 1
        checkin = tap.claim.checkin
        if checkin not in entries:
            entries[checkin] = await _entry(uow, checkin)
        standing, history = entries[checkin]
        was_stored = any(tap.claim.stands_in(change) for change in history)
        if was_stored and _may_stand(standing, tap, ledger.taps[number + 1 :]):
            verdict.answers_stored += 1
        else:
            verdict.answers_lost += 1
            told = "; ".join(_told(one) for one in ledger.taps if one.claim.checkin == checkin)
            verdict.complaints.append(f"lost: {_told(tap)}; history {history}; all taps: {told}")


def _told(tap: Tap) -> str:
    """One tap in a line, with the times of the simulator's clock."""
    given = f"{tap.claim.item}={tap.claim.value}{'' if tap.claim.is_chosen else ' let go'}"
    seen = f"{tap.acknowledged_at:%d %H:%M:%S.%f}" if tap.acknowledged_at else "never"
    return f"{given} on {tap.message_id} at {tap.at:%d %H:%M:%S.%f}, shown {seen}"


async def _entry(uow: UnitOfWork, checkin_id: int) -> tuple[Answers, list[Answers]]:
    """What stands in the entry of a check-in's date, and each change ever made to it."""
    checkin = await uow.checkins.get(CheckInId(checkin_id))
    standing = await uow.checkins.answers(checkin.patient_id, checkin.local_date)
    changes = await uow.checkins.history(checkin.patient_id, checkin.local_date)
    return standing, [{change.item: change.after or ()} for change in changes]


def _may_stand(standing: Answers, tap: Tap, later: Sequence[Tap]) -> bool:
    """Whether the entry is what this tap or a later one made of it; the last receipt wins."""
    claim = tap.claim
    if any(one.claim.unsettles(claim) for one in later):
        return True
    replacing = [one for one in later if one.claim.place == claim.place]
    if any(one.acknowledged_at is not None for one in replacing):
        return True
    return any(one.claim.stands_in(standing) for one in (tap, *replacing))


async def _escalations(
    uow: UnitOfWork, ledger: Ledger, verdict: Verdict, *, pain_limit: int
) -> None:
    known = await _known(uow, ledger)
    causes = [*_pains(ledger, pain_limit), *_alarms(ledger)]
    verdict.escalations_due = len(causes)
    for cause in causes:
        patient = await uow.people.patient_at(Address(cause.chat))
        found = [] if patient is None else _answering(known, cause, patient.id)
        if not any(_is_told(one, ledger) for one in found):
            verdict.escalations_lost += 1
            verdict.complaints.append(f"escalation lost: {cause}; there are: {found}")
    await _counts(uow, ledger, verdict, known)


async def _known(uow: UnitOfWork, ledger: Ledger) -> list[Escalation]:
    """Every escalation that was paged for or is not closed."""
    found = {one.id: one for one in await uow.escalations.unclosed()}
    for number in ledger.pages:
        try:
            found[EscalationId(number)] = await uow.escalations.get(EscalationId(number))
        except NotFound:
            continue
    return list(found.values())


def _answering(
    known: Iterable[Escalation], cause: Cause, patient_id: PatientId
) -> list[Escalation]:
    """The escalations of the rule that were open when the cause was given."""
    return [
        one
        for one in known
        if (one.patient_id, one.rule) == (patient_id, cause.rule)
        and one.opened_at <= cause.acknowledged_at
        and (one.closed_at is None or one.closed_at >= cause.at - _rests_for(one))
    ]


def _rests_for(one: Escalation) -> timedelta:
    """How long after its closing a rule may stay silent, in either of its degrees (R-TRI-4)."""
    return max(
        (row.rests_for for row in TABLE if row.id == one.rule and row.rests_for), default=_0
    )


def _is_told(one: Escalation, ledger: Ledger) -> bool:
    """Paged for, or waiting for the daily list: what is ROUTINE has no page (R-TRI-1)."""
    return one.id in ledger.pages or one.tier is Tier.ROUTINE


def _pains(ledger: Ledger, pain_limit: int) -> list[Cause]:
    """Pain at the limit, acknowledged; the same level given again is no new cause."""
    found = []
    level: dict[int, str] = {}
    for tap in ledger.taps:
        claim = tap.claim
        if claim.item is Item.HEADACHE:
            level.pop(claim.checkin, None)
        if claim.item is not Item.PAIN:
            continue
        is_new = level.get(claim.checkin) != claim.value
        level[claim.checkin] = claim.value
        if is_new and int(claim.value) >= pain_limit and tap.acknowledged_at is not None:
            found.append(
                Cause(
                    chat=tap.chat,
                    rule=PAIN_LIMIT,
                    at=tap.at,
                    acknowledged_at=tap.acknowledged_at,
                )
            )
    return found


def _alarms(ledger: Ledger) -> list[Cause]:
    return [
        Cause(chat=one.chat, rule=ALARM, at=one.at, acknowledged_at=one.acknowledged_at)
        for one in ledger.alarms
        if one.acknowledged_at is not None
    ]


async def _counts(
    uow: UnitOfWork, ledger: Ledger, verdict: Verdict, known: Iterable[Escalation]
) -> None:
    """Each alarm counts once: no fewer than were acknowledged, no more than were rung."""
    counted: Counter[int] = Counter()
    for one in known:
        if one.rule == ALARM:
            address = (await uow.people.patient(one.patient_id)).address
            counted[address or 0] += one.count
    rung = Counter(one.chat for one in ledger.alarms)
    heard = Counter(one.chat for one in ledger.alarms if one.acknowledged_at is not None)
    for chat in rung:
        missing, doubled = heard[chat] - counted[chat], counted[chat] - rung[chat]
        if missing > 0:
            verdict.escalations_lost += missing
            verdict.complaints.append(f"alarms of {chat}: {missing} not counted")
        if doubled > 0:
            verdict.repeats_forbidden += doubled
            verdict.complaints.append(f"alarms of {chat}: {doubled} counted twice")


async def _rested(uow: UnitOfWork, patient: Patient) -> set[date]:
    """The dates of emergencies, on which nothing is asked (R-EMG-2)."""
    raised = await uow.escalations.caused(
        patient.id,
        since=datetime(2000, 1, 1, tzinfo=UTC),
        until=datetime(2100, 1, 1, tzinfo=UTC),
    )
    zone = ZoneInfo(patient.zone)
    return {
        event.at.astimezone(zone).date()
        for one in raised
        for event in await uow.escalations.history(one.id)
        if event.happening in CAUSES
    }


async def _screens(uow: UnitOfWork, ledger: Ledger, verdict: Verdict) -> None:
    """Every check-in on a phone shows what is stored, and no date is left out."""
    for patient in await uow.people.patients():
        checkins = await uow.checkins.between(patient.id, date.min, date.max)
        rested = await _rested(uow, patient)
        for before, after in pairwise(checkins):
            first, days = before.local_date, (after.local_date - before.local_date).days
            between = {first + timedelta(days=ahead) for ahead in range(1, days)}
            if before.local_date >= after.local_date or between - rested:
                verdict.complaints.append(f"dates left out before {after}")
        for checkin in checkins:
            text = ledger.screens.get((patient.address or 0, checkin.message_id or 0))
            answers = await uow.checkins.answers(patient.id, checkin.local_date)
            if text is not None and not _is_true(text, checkin, answers):
                verdict.screens_untrue += 1
                verdict.complaints.append(f"untrue: {text!r} for {checkin} with {answers}")


def _is_true(text: str, checkin: CheckIn, answers: Answers) -> bool:
    """Whether a screen has a receipt for each answer.

    The question that is asked anew may lack one; what was skipped has none.
    """
    return all(
        Claim(checkin=checkin.id, item=item, value=value).is_shown_by(text)
        for item, values in answers.items()
        if item is not checkin.asking
        for value in values
        if value != SKIPPED
    )
