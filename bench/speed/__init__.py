"""How many taps and messages a second, and where the time goes; asserts nothing."""

from __future__ import annotations
