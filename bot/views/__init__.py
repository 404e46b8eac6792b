"""Data in, Screen out: pure functions that know every sentence and every keyboard."""

from __future__ import annotations
