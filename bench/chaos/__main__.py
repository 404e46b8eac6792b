"""`make chaos`: kill the bot many times on each database, and say what was lost.

The plan of a run follows from its seed alone; how the processes interleave does not.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.chaos.ledger import ONCE
from bench.chaos.plan import Cast, rounds
from bench.chaos.run import Chaos
from tests.databases import postgresql, template_sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.chaos.verdict import Verdict

KILLS = {"sqlite": 200, "postgresql": 100}


def main(words: Sequence[str] | None = None) -> int:
    """Run; 0 when nothing was lost or doubled."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.chaos", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--seed", type=int, help="replay the plan of this seed")
    parser.add_argument("--kills", type=int, help="how many, instead of 200 and 100")
    parser.add_argument("--database", choices=(*KILLS, "both"), default="both")
    chosen = parser.parse_args(words)
    seed = secrets.randbelow(1_000_000) if chosen.seed is None else chosen.seed
    databases = tuple(KILLS) if chosen.database == "both" else (chosen.database,)
    are_good = [_on(database, seed, chosen.kills or KILLS[database]) for database in databases]
    return int(not all(are_good))


def _on(database: str, seed: int, kills: int) -> bool:
    """One run, told and summed up in one line of JSON; whether all was well."""
    print(f"{database}: {kills} kills, seed {seed}")
    if database == "sqlite":
        folder = Path(tempfile.mkdtemp(prefix="chaos-"))
        return _once(database, template_sqlite(folder / "chaos.db"), folder, seed, kills)
    with postgresql() as server:
        folder = Path(tempfile.mkdtemp(prefix="chaos-"))
        return _once(database, asyncio.run(server.migrated()), folder, seed, kills)


def _once(database: str, url: str, folder: Path, seed: int, kills: int) -> bool:
    cast = Cast(replicas=1 if database == "sqlite" else 2)
    chaos = Chaos(folder, database_url=url, cast=cast)
    verdict = asyncio.run(chaos.run(rounds(seed, kills, cast), tell=_tell))
    _explain(chaos, verdict)
    if verdict.is_good:
        shutil.rmtree(folder)
    else:
        (folder / "taps.txt").write_text("\n".join(map(str, chaos.ledger.taps)), "utf-8")
        print(f"  what the bots said, and what was tapped, is kept in {folder}")
    report = {
        "database": database,
        "replicas": cast.replicas,
        "kills": chaos.kills,
        "faults": chaos.faults,
        "taps_acknowledged": verdict.taps_acknowledged,
        "answers_stored": verdict.answers_stored,
        "answers_lost": verdict.answers_lost,
        "escalations_due": verdict.escalations_due,
        "escalations_lost": verdict.escalations_lost,
        "repeats_allowed": verdict.repeats_allowed,
        "repeats_forbidden": verdict.repeats_forbidden,
        "seed": seed,
    }
    print(json.dumps(report), flush=True)
    return verdict.is_good


def _tell(words: str) -> None:
    print(f"  {words}", flush=True)


def _explain(chaos: Chaos, verdict: Verdict) -> None:
    repeats = chaos.ledger.repeats()
    for kind, times in chaos.ledger.kinds().most_common():
        rule = "never twice" if kind in ONCE else "may come twice"
        print(f"  {kind}: {times} seen, {repeats[kind]} of them again ({rule})")
    print(f"  {verdict.screens_untrue} screens at the end that do not show what is stored")
    for complaint in verdict.complaints:
        print(f"  {complaint}")


if __name__ == "__main__":
    sys.exit(main())
