"""A Telegram on your laptop; knows only the published Bot API."""

from __future__ import annotations
