"""What several use cases do alike inside one unit of work."""

from __future__ import annotations
