"""One SQLModel class per table; constraints live here."""

from __future__ import annotations
