"""Real headache diaries, lived through the running bot: `make replay`.

Nothing is written past the bot: people join by invite, tap on their phones in the simulator, and
stop; time moves on a virtual clock, and Telegram's flood limits hold.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from bench import diaries as data
from bench.lived import Clinic, Progress, lives_of, starts_at
from bench.tally import Line, Tally, tally
from bot import logs
from bot.app import Respite, migrate_database
from bot.clinic_file import ClinicFile, clinic_of
from bot.demo.passage import Passage
from bot.settings import Settings
from simulator.clock import FrozenSource, VirtualClock
from simulator.server import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHOWN_DIFFERENCES = 20


TROUBLES = frozenset({"update_failed", "update_parked", "tick_failed", "reply_failed"})
"""What must not happen on the way; that the database was busy for a while may."""


class Troubles(logging.Handler):
    """Collects what went wrong in the bot."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__(level=logging.WARNING)
        self.found: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or getattr(record, "event", "") in TROUBLES:
            self.found.append(f"logged: {record.getMessage()} {getattr(record, 'facts', '')}")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one replay came to."""

    rows: int
    oddities: Sequence[data.Oddity]
    tally: Tally
    taps: int
    seconds: float

    def line(self) -> Line:
        """The numbers, each once."""
        found = self.tally
        unexplained = sum(one.rows for one in self.oddities if not one.is_explained)
        return Line(
            diaries=found.diaries,
            rows=self.rows,
            days_due=found.days_due,
            answered=found.answered,
            unanswered=found.unanswered,
            stored=found.stored,
            explained=sum(one.rows for one in self.oddities if one.is_explained),
            unexplained=unexplained + len(found.differences),
            summaries=found.summaries,
            escalations=found.escalations,
            taken=found.taken,
            taps_per_second=round(self.taps / self.seconds, 1),
            seconds=round(self.seconds, 1),
        )


async def replay(
    rows: Sequence[data.Row], *, database_url: str, tell: Callable[[Progress], None]
) -> Outcome:
    """Live the diaries of these rows through a bot on an empty, migrated database."""
    started_at = time.perf_counter()
    people = data.diaries(rows)
    troubles = Troubles()
    logging.getLogger("respite").addHandler(troubles)
    simulator = Simulator(clock=VirtualClock(FrozenSource(starts_at(people))), floods=True)
    wanted = settings(simulator, await simulator.start(), database_url)
    respite = Respite(wanted, clinic_of(ClinicFile(), wanted), clock=simulator.clock)
    simulator.passenger = Passage(simulator, respite)
    try:
        await respite.start()
        clinic = Clinic(simulator, respite, lives_of(simulator.control, people))
        await clinic.live(tell=tell)
        found = await tally(respite.core, clinic.lives)
        found.differences += [*troubles.found, *simulator.defects]
    finally:
        await respite.stop()
        await simulator.stop()
        logging.getLogger("respite").removeHandler(troubles)
    return Outcome(
        rows=len(rows),
        oddities=data.oddities(rows),
        tally=found,
        taps=clinic.taps,
        seconds=time.perf_counter() - started_at,
    )


def settings(simulator: Simulator, url: str, database_url: str) -> Settings:
    """The settings of a made-up clinic whose Telegram is this simulator."""
    return Settings.model_validate(
        {
            "bot_token": simulator.token,
            "bot_api_url": url,
            "database_url": database_url,
            "clinic_name": "Lindenhof Clinic",
            "clinic_phone": "030 5550 0123",
            "clinic_time_zone": "Europe/Berlin",
            "emergency_number": "112",
        }
    )


def tell(progress: Progress) -> None:
    """Show how far it has come, on one line."""
    print(
        f"\rDay {progress.day} of {progress.days}, {progress.on:%d %b}: {progress.taps} taps ",
        end="",
        file=sys.stderr,
        flush=True,
    )


def report(outcome: Outcome) -> None:
    """Print what happened in words; the last line is JSON."""
    line, found = outcome.line(), outcome.tally
    print(f"\n{line.diaries} diaries with {line.rows} rows (KosteckiDillon, carData).")
    print("Real: the days that were recorded, headache or not, the kind of migraine.")
    print("Made up, seeded: how bad the pain was, the aura of a day, what else the day held.")
    print(f"Days due {line.days_due}: answered {line.answered}, not answered {line.unanswered}.")
    print(f"Stored entries {line.stored} for {line.rows} rows.")
    for oddity in outcome.oddities:
        kind = "Explained" if oddity.is_explained else "NOT EXPLAINED"
        print(f"  {kind}, {oddity.rows} rows: {oddity.words}")
    print(
        f"Differences between taps and entries, or anything else amiss: {len(found.differences)}"
    )
    for words in found.differences[:SHOWN_DIFFERENCES]:
        print(f"  NOT EXPLAINED: {words}")
    print(f"Summaries {line.summaries}. Escalations {line.escalations}, taken {line.taken}.")
    print(f"{outcome.taps} taps, {line.taps_per_second} a second; {line.seconds} s in all.")
    print(json.dumps(line.as_json()), flush=True)


def main() -> int:
    """Replay all diaries, or the first few; 1 if anything is unexplained, 2 without the data."""
    parser = argparse.ArgumentParser(prog="python -m bench.replay", description=__doc__)
    parser.add_argument("--diaries", type=int, default=None, help="only the first so many")
    wanted = parser.parse_args().diaries
    logs.set_up(level="WARNING", style="text")
    try:
        rows = data.load()
    except data.NoDataError as error:
        print(error, file=sys.stderr)
        return 2
    chosen = {diary.id for diary in data.diaries(rows)[:wanted]}
    outcome = asyncio.run(_replay_apart([row for row in rows if row.diary in chosen]))
    report(outcome)
    return 1 if outcome.line().unexplained else 0


async def _replay_apart(rows: Sequence[data.Row]) -> Outcome:
    """Replay on a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory(prefix="respite-replay-") as folder:
        database_url = f"sqlite+aiosqlite:///{Path(folder) / 'replay.db'}"
        await migrate_database(database_url)
        return await replay(rows, database_url=database_url, tell=tell)


if __name__ == "__main__":
    sys.exit(main())
