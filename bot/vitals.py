"""What one process knows of its own health: counts and instants, in Prometheus' form."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPE = CONTENT_TYPE_LATEST

_UNKNOWN = float("nan")


class Vitals:
    """Counts since this process began; gauges are set when somebody asks."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self._registry = CollectorRegistry()
        self._sends = Counter(
            "respite_sends", "Attempts to keep a promise", ["outcome"], registry=self._registry
        )
        self._updates = Counter(
            "respite_updates", "Updates handled", ["kind"], registry=self._registry
        )
        self._by_outcome: dict[str, Counter] = {}
        self._by_kind: dict[str, Counter] = {}
        self._ticks: dict[str, float] = {}
        self._gauges: dict[str, Gauge] = {}
        self.is_refused = False

    def sent(self, outcome: str) -> None:
        """An attempt to send has ended so."""
        _child(self._sends, self._by_outcome, outcome).inc()
        self.is_refused = outcome == "unauthorized"

    def handled(self, kind: str) -> None:
        """An update of this kind has been handled."""
        _child(self._updates, self._by_kind, kind).inc()

    def ticked(self, *names: str) -> None:
        """These ticks have run without an error, or are about to begin."""
        now = asyncio.get_running_loop().time()
        self._ticks.update(dict.fromkeys(names, now))

    def tick_ages(self) -> Mapping[str, timedelta]:
        """How long ago each tick last ran without an error; empty before they began."""
        now = asyncio.get_running_loop().time()
        return {name: timedelta(seconds=now - at) for name, at in self._ticks.items()}

    def show(self, name: str, what: str, value: float | None, **labels: str) -> None:
        """Set a gauge; None is not known at present."""
        gauge = self._gauges.get(name)
        if gauge is None:
            gauge = Gauge(f"respite_{name}", what, list(labels), registry=self._registry)
            self._gauges[name] = gauge
        chosen = gauge.labels(**labels) if labels else gauge
        chosen.set(_UNKNOWN if value is None else value)

    def page(self) -> bytes:
        """Everything, as text."""
        return generate_latest(self._registry)


def _child(of: Counter, known: dict[str, Counter], label: str) -> Counter:
    """The counter of one label; the library looks for it for longer than it counts."""
    child = known.get(label)
    if child is None:
        child = known[label] = of.labels(label)
    return child


def seconds(age: timedelta | None) -> float | None:
    """An age as a gauge shows it."""
    return None if age is None else age.total_seconds()
