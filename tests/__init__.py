"""Tests, by seam: see the folders."""

from __future__ import annotations
