"""How many, how fast: measurements that assert nothing."""

from __future__ import annotations
