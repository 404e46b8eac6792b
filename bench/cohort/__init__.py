"""`make cohort`: made-up patients lived through the running bot for weeks, and its noise."""

from __future__ import annotations
