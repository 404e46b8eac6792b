"""What the core needs from the world, as protocols; one per repository, same name."""

from __future__ import annotations
