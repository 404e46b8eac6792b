"""The stickers, photos and voice messages people send."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from simulator.errors import RefusalError
from simulator.media import Upload

if TYPE_CHECKING:
    from simulator.media import Files

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwAChwGA60e6kgAAAABJRU5E"
    "rkJggg=="
)
VOICE = b"OggS" + bytes(60)


def media(files: Files, kind: str) -> dict[str, Any] | None:
    """Give the message fields of what a person sends; `None` for text."""
    if kind == "text":
        return None
    if kind == "photo":
        return files.keep_photo(Upload(content=PIXEL, file_name="photo.png")).as_photo()
    if kind == "sticker":
        return {"sticker": _sticker(files)}
    if kind == "voice":
        stored = files.keep_other("voice", Upload(content=VOICE, file_name="voice.ogg"))
        return {"voice": {**stored.describe(), "duration": 3, "mime_type": "audio/ogg"}}
    raise RefusalError(f"a person cannot send {kind!r}; one of text, sticker, photo, voice")


def _sticker(files: Files) -> dict[str, Any]:
    """Give a sticker of no set."""
    stored = files.keep_other("sticker", Upload(content=PIXEL, file_name="sticker.webp"))
    return {
        **stored.describe(),
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    }
