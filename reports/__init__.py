"""Values in, bytes out."""

from __future__ import annotations
