"""One run: a bot on an empty database, a simulator, the cohort, and what is said of it."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench.cohort.life import Cohort
from bench.cohort.people import made_up
from bench.cohort.planting import planted
from bench.cohort.verdict import Verdict, verdict
from bench.lived import date_of, starting
from bench.replay import Troubles, settings
from bot.app import Respite
from bot.clinic_file import ClinicFile, clinic_of
from bot.demo.passage import Passage
from care.triage import Tier
from simulator.clock import FrozenSource, VirtualClock
from simulator.server import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bench.lived import Progress

SHOWN = 20
LOUD = (Tier.EMERGENCY, Tier.URGENT)
BUDGET = 0.9
"""Urgent reports for each patient and 30 days, at most (docs/noise.md)."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many patients, how many days, and the seed."""

    patients: int = 200
    days: int = 90
    seed: int = 14


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one run came to."""

    size: Size
    verdict: Verdict
    taps: int
    faults: int
    troubles: list[str]
    seconds: float

    def line(self) -> dict[str, int | float]:
        """The last line of the output."""
        found, loud = self.verdict, self.verdict.of(*LOUD)
        rung = [one.first_ring_s for one in loud]
        taken = [one.taken_s for one in loud]
        return {
            "patients": self.size.patients,
            "days": self.size.days,
            "planted": len(found.planted),
            "reached": len(found.reached),
            "first_ring_p95_s": _p95(rung),
            "taken_p50_s": _p50(taken),
            "taken_p95_s": _p95(taken),
            "urgent_per_patient_month": round(found.per_month(loud), 3),
            "routine_per_patient_month": round(found.per_month(found.of(Tier.ROUTINE)), 3),
            "messages_per_coordinator_day": round(found.messages / found.coordinator_days, 1),
            "false_rings": len(found.false_rings),
            "seed": self.size.seed,
        }


async def run(size: Size, *, database_url: str, tell: Callable[[Progress], None]) -> Outcome:
    """Live the cohort through a bot on an empty, migrated database."""
    begun = time.perf_counter()
    members = made_up(patients=size.patients, days=size.days, seed=size.seed)
    key = planted(members, days=size.days, seed=size.seed)
    troubles = Troubles()
    logging.getLogger("respite").addHandler(troubles)
    simulator = Simulator(clock=VirtualClock(FrozenSource(starting(date_of(0)))), floods=True)
    wanted = settings(simulator, await simulator.start(), database_url)
    respite = Respite(wanted, clinic_of(ClinicFile(), wanted), clock=simulator.clock)
    simulator.passenger = Passage(simulator, respite)
    try:
        await respite.start()
        cohort = Cohort(simulator, respite, members, key, seed=size.seed)
        await cohort.live_for(size.days, tell=tell)
        found = await verdict(respite.core, cohort, key, days=size.days)
    finally:
        await respite.stop()
        await simulator.stop()
        logging.getLogger("respite").removeHandler(troubles)
    return Outcome(
        size=size,
        verdict=found,
        taps=cohort.taps + cohort.desk.taps,
        faults=cohort.mishaps.count,
        troubles=[*troubles.found, *simulator.defects],
        seconds=time.perf_counter() - begun,
    )


def _known(values: Iterable[float | None]) -> list[float]:
    return [one for one in values if one is not None]


def _p50(values: Iterable[float | None]) -> float:
    found = _known(values)
    return round(median(found), 1) if found else 0.0


def _p95(values: Iterable[float | None]) -> float:
    found = _known(values)
    return round(
        quantiles(found, n=20, method="inclusive")[-1] if found[1:] else max(found, default=0), 1
    )


def report(outcome: Outcome) -> None:
    """Say in words what happened."""
    found, size = outcome.verdict, outcome.size
    print(f"\n{size.patients} made-up patients, {size.days} days, seed {size.seed}; ")
    print(f"three coordinators; {outcome.faults} failures of Telegram on the way.")
    print(f"Planted {len(found.planted)}: reached a person {len(found.reached)}.")
    for one in found.planted:
        if one not in found.reached:
            print(f"  NOT REACHED: D-{one.member + 1}, day {one.day} {one.at:%H:%M}, {one.rule}")
    print("Counted from the tap for an emergency; from the opening for what is urgent out of")
    print("hours; from the next opening for what can wait.")
    for tier in (*LOUD, Tier.ROUTINE):
        _tier(found, tier)
    _rules(found)
    print(f"Messages to coordinators by themselves: {dict(found.kinds)}.")
    print(f"False rings: {len(found.false_rings)}.")
    for words in found.false_rings[:SHOWN]:
        print(f"  FALSE: {words}")
    print(f"Logged on the way: {len(outcome.troubles)}.")
    for words in outcome.troubles[:SHOWN]:
        print(f"  {words}")
    rate = outcome.taps / outcome.seconds
    print(f"{outcome.taps} taps, {rate:.1f} a second; {outcome.seconds:.0f} s in all.")


def _tier(found: Verdict, tier: Tier) -> None:
    cases = found.of(tier)
    rung, taken = [one.first_ring_s for one in cases], [one.taken_s for one in cases]
    unrung, untaken = rung.count(None), taken.count(None)
    print(f"{tier.upper()}: {len(cases)}, {found.per_month(cases):.3f} a patient and 30 days.")
    print(f"  first ring {_times(rung)}; never rung {unrung}")
    print(f"  taken {_times(taken)}; never taken {untaken}")
    repeats = sum(max(0, one.pages - 1) for one in cases)
    print(f"  pages after the first, on all phones: {repeats}")


def _times(values: list[float | None]) -> str:
    known = _known(values)
    return f"median {_p50(known)} s, 95 % {_p95(known)} s, longest {max(known, default=0):.0f} s"


def _rules(found: Verdict) -> None:
    """How often each rule fired that nobody planted; and whether that is within the budget."""
    cases = found.of(*LOUD, Tier.ROUTINE)
    rules = Counter((one.found.tier, one.found.rule) for one in cases if not one.is_planted)
    months = found.patients * found.days / 30
    for (tier, rule), count in rules.most_common():
        print(f"  {rule} as {tier}: {count}, {count / months:.3f} a patient and 30 days")
    loud = found.per_month(found.of(*LOUD))
    words = "within" if loud <= BUDGET else "OVER"
    print(f"Urgent and above, not planted: {loud:.3f}, {words} the {BUDGET} aimed at.")
