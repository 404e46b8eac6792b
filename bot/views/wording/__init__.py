"""Every sentence, per language."""

from __future__ import annotations
