from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from care.escalation import EscalationState
from care.lifecycle import Asked, CheckInState
from care.people import PatientState
from care.roster import Entry, Known, Part, counts, entry, roster, worse
from care.triage import Tier
from tests.builders import TODAY, answers, escalation, patient, session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from care.questions import Answers

YESTERDAY = TODAY - timedelta(days=1)
FREE = answers(hd="no")
UNANSWERED = CheckInState.OPEN


def bad(pain: int = 6) -> Answers:
    return answers(hd="yes", pk=str(pain), dur="4to12h")


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def asked(**states: CheckInState) -> tuple[Asked, ...]:
    """By days back: `asked(d1=CheckInState.OPEN)`."""
    return tuple(
        Asked(local_date=back(int(name[1:])), state=state) for name, state in states.items()
    )


def known(given: Mapping[int, Answers] | None = None, **other: Any) -> Known:
    """Answers by days back."""
    values: dict[str, Any] = {"patient": patient(), "today": TODAY, **other}
    return Known(answers={back(on): said for on, said in (given or {}).items()}, **values)


def weeks(before: list[Answers], now: list[Answers]) -> dict[date, Answers]:
    """Two weeks that end yesterday, oldest first; an empty one is a missing day."""
    dates = [back(on) for on in range(14, 0, -1)]
    return dict(zip(dates, [*before, *now], strict=True))


@pytest.mark.parametrize(
    ("checkins", "said", "is_due"),
    [
        ((), {}, False),
        (asked(d0=UNANSWERED), {}, True),
        (asked(d0=CheckInState.DUE), {}, True),
        (asked(d0=UNANSWERED), {0: FREE}, False),
        (asked(d0=CheckInState.UNDELIVERED), {}, False),
        (asked(d1=UNANSWERED), {}, True),
        (asked(d1=UNANSWERED), {1: FREE}, False),
        (asked(d1=UNANSWERED), {0: FREE}, False),
        (asked(d1=UNANSWERED, d0=UNANSWERED), {1: FREE}, True),
        (asked(d1=UNANSWERED, d0=UNANSWERED), {0: FREE}, False),
        (asked(d2=UNANSWERED), {}, False),
    ],
)
def test_due_is_who_has_not_answered_the_newest_open_check_in(
    checkins: tuple[Asked, ...], said: dict[int, Answers], is_due: bool
) -> None:
    assert entry(known(said, asked=checkins)).is_due is is_due


def test_silent_is_two_check_ins_in_a_row_without_an_answer() -> None:  # R-REM-2
    row = asked(d3=CheckInState.MISSED, d2=CheckInState.MISSED, d1=UNANSWERED)

    silent = entry(known({4: FREE}, asked=row))
    once = entry(known({2: FREE}, asked=row))

    assert (silent.silent_days, silent.is_silent) == (3, True)
    assert (once.silent_days, once.is_silent) == (1, False)


def test_an_answer_today_ends_the_silence() -> None:
    row = asked(d2=CheckInState.MISSED, d1=CheckInState.MISSED, d0=CheckInState.OPEN)

    assert entry(known({0: FREE}, asked=row)).silent_days == 0


def test_what_was_not_delivered_is_nobodys_silence() -> None:  # R-OUT-1
    row = asked(d2=CheckInState.UNDELIVERED, d1=CheckInState.UNDELIVERED)

    found = entry(known(asked=row))

    assert (found.silent_days, found.is_due) == (0, False)


@pytest.mark.parametrize(
    "who", [patient(paused_until=TODAY + timedelta(days=3)), patient(state=PatientState.STOPPED)]
)
def test_on_a_break_or_stopped_nobody_is_due_or_silent(who: Any) -> None:
    row = asked(d2=CheckInState.MISSED, d1=UNANSWERED)

    found = entry(known(patient=who, asked=row))

    assert (found.is_due, found.silent_days) == (False, 0)


def test_two_headache_days_more_than_the_week_before_are_worse() -> None:
    two, four = [bad()] * 2 + [FREE] * 5, [bad()] * 4 + [FREE] * 3

    found = worse(weeks(two, four), last=YESTERDAY)

    assert found is not None
    assert found.is_by_days
    assert (found.now.headache_days, found.now.completed) == (4, 7)
    assert (found.before.headache_days, found.before.completed) == (2, 7)


def test_one_headache_day_more_is_no_worse() -> None:
    two, three = [bad()] * 2 + [FREE] * 5, [bad()] * 3 + [FREE] * 4

    assert worse(weeks(two, three), last=YESTERDAY) is None


@pytest.mark.parametrize(("missing", "is_told"), [(2, True), (3, False)])
def test_each_week_needs_five_known_days(missing: int, is_told: bool) -> None:
    gaps: list[Answers] = [{}] * missing
    now = [bad()] * (7 - missing) + gaps

    assert (worse(weeks([FREE] * 7, now), last=YESTERDAY) is not None) is is_told
    assert (worse(weeks([FREE] * (7 - missing) + gaps, [bad()] * 7), last=YESTERDAY)
            is not None) is is_told  # fmt: skip


def test_two_points_more_of_mean_worst_pain_are_worse() -> None:  # R-RSP-4
    found = worse(weeks([bad(4)] * 7, [bad(6)] * 7), last=YESTERDAY)

    assert found is not None
    assert not found.is_by_days
    assert (found.before.mean_pain, found.now.mean_pain) == (Fraction(4), Fraction(6))
    assert worse(weeks([bad(4)] * 7, [bad(6)] * 6 + [bad(5)]), last=YESTERDAY) is None


def test_a_headache_free_day_is_a_pain_of_0_and_an_unknown_pain_is_none() -> None:
    ill = answers(hd="too_ill")

    found = worse(weeks([FREE, *[bad(2)] * 6], [ill, *[bad(5)] * 6]), last=YESTERDAY)

    assert found is not None
    assert found.before.mean_pain == Fraction(12, 7)
    assert found.now.pains == (5,) * 6


def test_too_few_known_pains_are_not_compared() -> None:
    ill = answers(hd="too_ill")

    assert worse(weeks([bad(2)] * 7, [ill] * 3 + [bad(9)] * 4), last=YESTERDAY) is None


def test_today_is_not_over_and_so_no_part_of_the_comparison() -> None:
    said = dict.fromkeys(range(1, 15), FREE) | {0: bad(), 1: bad()}

    assert entry(known(said)).worse is None


def test_the_newest_answers_stand_in_the_line() -> None:
    found = entry(known({3: bad(), 1: FREE, 0: {}}))

    assert (found.last_on, found.last) == (YESTERDAY, FREE)
    assert entry(known()).last_on is None


def test_the_week_counts_what_was_asked_and_what_of_it_was_answered() -> None:
    row = asked(**{f"d{on}": CheckInState.MISSED for on in range(10)})

    found = entry(known({1: FREE, 7: FREE, 8: FREE, 0: FREE}, asked=row))

    assert (found.due, found.answered) == (7, 2)


def report(tier: Tier = Tier.URGENT, *, is_taken: bool = False) -> Any:
    state = EscalationState.TAKEN if is_taken else EscalationState.OPEN
    return escalation(tier=tier, state=state)


def test_open_reports_are_counted_by_tier_the_most_urgent_first() -> None:
    found = entry(known(escalations=(report(Tier.ROUTINE), report(Tier.EMERGENCY, is_taken=True))))

    assert list(found.tiers.items()) == [(Tier.EMERGENCY, 1), (Tier.ROUTINE, 1)]
    assert (found.untaken, found.taken) == ({Tier.ROUTINE: 1}, {Tier.EMERGENCY: 1})


def of(code: str, **given: Any) -> Known:
    who = {name: given.pop(name) for name in ("state", "is_reachable", "paused_until")
           if name in given}  # fmt: skip
    return known(given.pop("said", None), patient=patient(code=code, **who), **given)


def listed() -> tuple[Entry, ...]:
    silent = asked(d3=CheckInState.MISSED, d2=CheckInState.MISSED)
    missing = {on: bad() if on < 8 else FREE for on in range(1, 15)}
    return roster(
        [
            of("Z-STOPPED", state=PatientState.STOPPED),
            of("Y-BREAK", paused_until=TODAY + timedelta(days=1)),
            of("X-WELL"),
            of("W-INFUSION", session=session()),
            of("V-DUE", asked=asked(d0=UNANSWERED)),
            of("U-AWAY", is_reachable=False),
            of("T-SILENT", asked=silent),
            of("S-SILENTER", asked=(*silent, *asked(d1=UNANSWERED))),
            of("R-WORSE", said=missing),
            of("Q-ROUTINE", escalations=(report(Tier.ROUTINE),)),
            of("P-TAKEN", escalations=(report(is_taken=True),)),
            of("O-URGENT", escalations=(report(),)),
            of("N-EMERGENCY", escalations=(report(Tier.EMERGENCY, is_taken=True),)),
            of("A-WELL"),
        ]
    )


def test_who_needs_a_look_comes_first() -> None:
    assert [one.patient.code for one in listed()] == [
        "N-EMERGENCY",
        "O-URGENT",
        "P-TAKEN",
        "Q-ROUTINE",
        "R-WORSE",
        "S-SILENTER",
        "T-SILENT",
        "U-AWAY",
        "V-DUE",
        "W-INFUSION",
        "A-WELL",
        "X-WELL",
        "Y-BREAK",
        "Z-STOPPED",
    ]


def test_every_part_counts_who_stands_in_it() -> None:
    assert counts(listed()) == {
        Part.ALL: 14,
        Part.DUE: 2,
        Part.SILENT: 2,
        Part.WORSE: 1,
        Part.INFUSION: 1,
        Part.REPORTS: 4,
    }


def test_a_stopped_patient_is_neither_on_a_break_nor_out_of_reach() -> None:
    gone = patient(
        state=PatientState.STOPPED, is_reachable=False, paused_until=TODAY + timedelta(days=1)
    )

    found = entry(known(patient=gone))

    assert (found.is_stopped, found.is_paused, found.is_unreachable) == (True, False, False)
