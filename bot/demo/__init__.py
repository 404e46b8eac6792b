"""`demo` and `simulate`: the one place that starts the simulator."""

from __future__ import annotations
