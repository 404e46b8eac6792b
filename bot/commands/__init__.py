"""What the operator types."""

from __future__ import annotations
