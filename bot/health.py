"""Whether this process is well, and what a monitor may know of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.polling import STANDBY
from bot.vitals import seconds
from care.errors import StorageUnavailable
from care.usecases import watch
from care.usecases.audit import OVERDUE_AFTER
from care.usecases.recover import GAP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.hearing import Hearing
    from bot.vitals import Vitals
    from care.ports.core import Core
    from care.usecases.watch import Figures

TICK_GRACE = timedelta(seconds=60)
"""How much later than its interval a tick may be before it counts as stalled."""

_COUNTS = (
    ("escalations", "Escalations that are not closed", "open", "escalations_open"),
    ("escalations", "Escalations that are not closed", "taken", "escalations_taken"),
    ("inbox_updates", "Updates that are not handled", "waiting", "updates_waiting"),
    ("inbox_updates", "Updates that are not handled", "parked", "updates_parked"),
)


class Health:
    """Asks the database, the ticks and the way in how they are."""

    def __init__(
        self, core: Core, *, hearing: Hearing, vitals: Vitals, intervals: Mapping[str, timedelta]
    ) -> None:
        """`intervals` says how often each tick runs."""
        self._core = core
        self._hearing = hearing
        self._vitals = vitals
        self._intervals = intervals

    async def wrong(self) -> Sequence[str]:
        """What keeps this process from its work; nothing when it is ready."""
        found = [*self._hearing_wrong(), *self._ticks_wrong()]
        if self._vitals.is_refused:
            found.append("telegram refuses the token")
        if await self._figures() is None:
            found.append("the database is away")
        return list(dict.fromkeys(found))

    async def is_all_well(self) -> bool:
        """Whether it is ready and keeps its promises in time."""
        figures = await self._figures()
        is_late = figures is not None and (self._waiting_for(figures) > OVERDUE_AFTER)
        return not is_late and not await self.wrong()

    async def page(self) -> bytes:
        """Counts and gauges in Prometheus' text form."""
        show = self._vitals.show
        show("ready", "Whether nothing is wrong", float(not await self.wrong()))
        show(
            "heard_age_seconds",
            "Since updates surely came in: the last answered poll or delivery",
            seconds(self._hearing.silence),
        )
        for name, age in self._vitals.tick_ages().items():
            show("tick_age_seconds", "Since a tick ran well", seconds(age), tick=name)
        self._show(await self._figures())
        return self._vitals.page()

    def _show(self, figures: Figures | None) -> None:
        """What the database knows; not a number while it is away."""
        show, known = self._vitals.show, figures
        show("database_up", "Whether the database answers", float(known is not None))
        show(
            "oldest_promise_age_seconds",
            "How long the oldest promise that is due has waited",
            None if known is None else seconds(self._waiting_for(known)),
        )
        for name, what, state, field in _COUNTS:
            count = None if known is None else getattr(known, field)
            show(name, what, count, state=state)

    def _waiting_for(self, figures: Figures) -> timedelta:
        if figures.next_promise_at is None:
            return timedelta()
        return max(timedelta(), self._core.clock.now() - figures.next_promise_at)

    async def _figures(self) -> Figures | None:
        try:
            return await watch.figures(self._core)
        except StorageUnavailable:
            return None

    def _hearing_wrong(self) -> Sequence[str]:
        trouble, silence = self._hearing.trouble, self._hearing.silence
        if trouble == STANDBY:
            return []
        if trouble == "InvalidToken":
            return ["telegram refuses the token"]
        if trouble:
            return [f"updates do not come in: {trouble}"]
        if silence is None:
            return ["no updates have come in yet"]
        return ["updates have not come in for a while"] if silence > GAP else []

    def _ticks_wrong(self) -> Sequence[str]:
        ages = self._vitals.tick_ages()
        if not ages:
            return ["the ticks have not begun"]
        return [
            f"the tick {name} has stalled"
            for name, age in ages.items()
            if age > 2 * self._intervals[name] + TICK_GRACE
        ]
