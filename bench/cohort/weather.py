"""What goes wrong on the way: failures of Telegram, and coordinators who block the bot."""

from __future__ import annotations

from random import Random

from bench.chaos.plan import Wish

KINDS = ("flood", "bad_gateway", "server_error", "disconnect", "commit_then_hang")
BAD_DAYS = 0.5
BLOCKS = 0.03
"""P(a coordinator blocks the bot on a day, until the next)."""

HANGS_S = 0.05


def wishes(day: int, *, seed: int) -> list[Wish]:
    """The failures of a day: on half of the days one or two kinds."""
    random = Random(f"{seed}:weather:{day}")  # noqa: S311 - a story
    if random.random() >= BAD_DAYS:
        return []
    return [_wish(random) for _ in range(random.choice((1, 1, 2)))]


def _wish(random: Random) -> Wish:
    kind = random.choice(KINDS)
    times = 1 if kind == "commit_then_hang" else random.choice((1, 2, 4))
    return Wish(kind=kind, method=None, times=times, seconds=HANGS_S, retry_after=3)
