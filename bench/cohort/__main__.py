"""Made-up patients for weeks, through the running bot: `make cohort`.

The last line is one JSON object; docs/noise.md says what stands in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cohort.run import Outcome, Size, report, run
from bench.replay import tell
from bot import logs
from bot.app import migrate_database

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Live a cohort; 1 if something planted reached nobody or something rang without a cause."""
    parser = argparse.ArgumentParser(prog="python -m bench.cohort", description=__doc__)
    parser.add_argument("--patients", type=int, default=Size.patients)
    parser.add_argument("--days", type=int, default=Size.days)
    parser.add_argument("--seed", type=int, default=Size.seed)
    size = Size(**vars(parser.parse_args(words)))
    logs.set_up(level="ERROR", style="text")
    outcome = asyncio.run(_run_apart(size))
    report(outcome)
    line = outcome.line()
    print(json.dumps(line), flush=True)
    return 1 if line["false_rings"] or line["reached"] != line["planted"] else 0


async def _run_apart(size: Size) -> Outcome:
    """Run on a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory(prefix="respite-cohort-") as folder:
        database_url = f"sqlite+aiosqlite:///{Path(folder) / 'cohort.db'}"
        await migrate_database(database_url)
        return await run(size, database_url=database_url, tell=tell)


if __name__ == "__main__":
    sys.exit(main())
