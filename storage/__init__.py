"""Everything SQL: rows never leave."""

from __future__ import annotations
