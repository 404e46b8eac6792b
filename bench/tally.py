"""What the bot has stored and sent, held against the diaries and the taps: value by value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bench.lived import date_of, summaries, sundays
from care.errors import NotFound
from care.escalation import EscalationId
from care.questions import Item
from care.steps.reporting import LIMIT_DAYS
from care.triage import PAIN_LIMIT, Tier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from datetime import date

    from bench.phones import Life
    from care.clinic import Clinic
    from care.escalation import Escalation
    from care.ports.core import Core
    from care.ports.unit_of_work import UnitOfWork
    from care.questions import Answers


@dataclass(kw_only=True)
class Tally:
    """What came of the diaries; each of `differences` is one that nothing explains."""

    diaries: int = 0
    days_due: int = 0
    answered: int = 0
    stored: int = 0
    summaries: int = 0
    escalations: int = 0
    taken: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        """Days that were asked and have no answer."""
        return self.days_due - self.answered


@dataclass(frozen=True, kw_only=True)
class Line:
    """The last line of the output, as JSON."""

    diaries: int
    rows: int
    days_due: int
    answered: int
    unanswered: int
    stored: int
    explained: int
    unexplained: int
    summaries: int
    escalations: int
    taken: int
    taps_per_second: float
    seconds: float

    def as_json(self) -> dict[str, int | float]:
        """The fields in their order."""
        return asdict(self)


async def tally(core: Core, lives: Sequence[Life]) -> Tally:
    """Read everything back through the repositories, and the summaries off the phones."""
    result = Tally(diaries=len(lives))
    for life in lives:
        async with core.new_uow(is_reading=True) as uow:
            await _count_days(uow, life, result)
        _count_summaries(life, result)
    async with core.new_uow(is_reading=True) as uow:
        await _count_escalations(uow, lives, core.clinic, result)
    return result


async def _count_days(uow: UnitOfWork, life: Life, result: Tally) -> None:
    patient = await uow.people.patient_with_code(life.code)
    if patient is None:
        result.differences.append(f"{life.code} is not stored")
        return
    first, last = date_of(life.diary.first), date_of(life.diary.last)
    checkins = await uow.checkins.between(patient.id, first.replace(day=1), _long_after(last))
    stored = await uow.checkins.answers_between(
        patient.id, first.replace(day=1), _long_after(last)
    )
    codes = {one.label: one.code for one in await uow.profiles.own(patient.id)}
    given = {date_of(time): _coded(answers, codes) for time, answers in life.answers.items()}
    due = {date_of(time) for time in range(life.diary.first, life.diary.last + 1)}
    asked = {checkin.local_date for checkin in checkins}
    result.days_due += len(asked)
    result.answered += sum(Item.HEADACHE in answers for answers in stored.values())
    result.stored += len(stored)
    for on in sorted(due ^ asked):
        words = "was not asked" if on in due else "was asked, and should not have been"
        result.differences.append(f"{life.code}, {on} {words}")
    result.differences += [f"{life.code}, {words}" for words in _compare(given, stored)]


def _coded(answers: Answers, codes: Mapping[str, str]) -> Answers:
    """What was tapped by a name, by the code that stands for it."""
    return {
        item: tuple(codes.get(value, value) for value in values)
        for item, values in answers.items()
    }


def _long_after(last: date) -> date:
    return last.replace(year=last.year + 1)


def _compare(given: Mapping[date, Answers], stored: Mapping[date, Answers]) -> Iterator[str]:
    """Every value that was tapped and is not stored so, or is stored and was not tapped."""
    for on in sorted(given.keys() | stored.keys()):
        tapped, kept = given.get(on, {}), stored.get(on, {})
        for item in Item:
            if tapped.get(item) != kept.get(item):
                yield f"{on} {item}: tapped {tapped.get(item)}, stored {kept.get(item)}"


def _count_summaries(life: Life, result: Tally) -> None:
    sent, wanted = summaries(life), set(sundays(life))
    result.summaries += sum(sent.values())
    for on in sorted(wanted | sent.keys()):
        count = sent.get(on, 0)
        if count != (on in wanted):
            result.differences.append(f"{life.code}, {on}: {count} summaries")


async def _count_escalations(
    uow: UnitOfWork, lives: Sequence[Life], clinic: Clinic, result: Tally
) -> None:
    """Pain at the clinic's limit that was not known of a person rings; what rang was closed.

    What is known of them counts up or rests (R-TRI-4), so that less may ring than there are days.
    """
    found = [one async for one in escalations(uow)]
    loud = [one for one in found if one.tier is not Tier.ROUTINE]
    result.escalations = len(loud)
    result.taken = sum(one.taken_at is not None for one in loud)
    at_limit = [_at_limit(life, clinic) for life in lives]
    due, new = sum(map(len, at_limit)), sum(map(_new, at_limit))
    rung = sum(one.count for one in found if one.rule == PAIN_LIMIT)
    if not new <= rung <= due:
        result.differences.append(f"{due} days at the pain limit, {new} new, {rung} rang")
    result.differences += [f"E-{one.id} is not closed" for one in loud if not one.closed_at]


def _at_limit(life: Life, clinic: Clinic) -> list[date]:
    """The dates on which the worst pain reached the clinic's limit, in order."""
    return sorted(
        date_of(day)
        for day, answers in life.answers.items()
        if Item.PAIN in answers and int(answers[Item.PAIN][0]) >= clinic.pain_limit
    )


def _new(dates: Sequence[date]) -> int:
    """Those before which the limit was not reached for 28 days."""
    long = timedelta(days=LIMIT_DAYS)
    return len(dates[:1]) + sum(on - last > long for last, on in pairwise(dates))


async def escalations(uow: UnitOfWork) -> AsyncIterator[Escalation]:
    """All there ever were: their ids begin at 1 and leave nothing out."""
    number = 1
    while True:
        try:
            yield await uow.escalations.get(EscalationId(number))
        except NotFound:
            return
        number += 1
