"""A link as a square to point a camera at."""

from __future__ import annotations

from io import BytesIO, StringIO

import segno


def qr_png(link: str) -> bytes:
    """A PNG of a link, large enough for a phone's camera at arm's length."""
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=10, border=4)
    return out.getvalue()


def qr_text(link: str) -> str:
    """A link in block characters, for a terminal."""
    out = StringIO()
    segno.make(link, error="l", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()
