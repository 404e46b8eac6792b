"""One module per conversation: read the update, call one use case, show one view."""

from __future__ import annotations
