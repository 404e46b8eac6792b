"""Telegram in and out: intake, routes, handlers, views, delivery, ticks, the command line."""

from __future__ import annotations
