"""Kill the bot again and again while people use it, and count what is lost: `make chaos`."""

from __future__ import annotations
