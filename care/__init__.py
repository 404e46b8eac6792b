"""The core: decisions as pure functions over frozen values; standard library only."""

from __future__ import annotations
