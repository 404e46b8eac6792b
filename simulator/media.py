"""Files: what was uploaded, by whom, and what Telegram refuses of it."""

from __future__ import annotations

import mimetypes
import struct
from dataclasses import dataclass
from typing import Any

from simulator.errors import ApiError, NotThereError, bad_request

LARGEST_PHOTO = 10_485_760
LARGEST_UPLOAD = 52_428_800
LARGEST_DOWNLOAD = 20_971_520
LONGEST_SIDES = 10_000
WIDEST_RATIO = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came over the wire."""

    content: bytes
    file_name: str
    mime_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file Telegram has."""

    file_id: str
    kind: str
    path: str
    file_name: str
    mime_type: str
    content: bytes
    width: int = 0
    height: int = 0

    def describe(self) -> dict[str, Any]:
        """Give what every file object of the Bot API has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": f"AQAD{self.file_id[-12:]}",
            "file_size": len(self.content),
        }

    def as_photo(self) -> dict[str, Any]:
        """Give the message fields of a photo."""
        return {"photo": [{**self.describe(), "width": self.width, "height": self.height}]}

    def as_document(self) -> dict[str, Any]:
        """Give the message fields of a document."""
        named = {"file_name": self.file_name, "mime_type": self.mime_type}
        return {"document": {**self.describe(), **named}}


class Files:
    """Every file uploaded so far, by its id and its path."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, StoredFile] = {}

    def need(self, file_id: str) -> StoredFile:
        """Give a file; refuse when there is none."""
        if file_id not in self._files:
            raise NotThereError(f"there is no file {file_id}")
        return self._files[file_id]

    def get(self, file_id: object) -> StoredFile:
        """Give the file the bot names; refuse in Telegram's words."""
        if not isinstance(file_id, str) or not file_id:
            raise bad_request("file_id not specified")
        found = self._files.get(file_id)
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return found

    def at_path(self, path: str) -> StoredFile | None:
        """Give the file behind a download address."""
        return self._paths.get(path)

    def keep_photo(self, upload: Upload) -> StoredFile:
        """Store a photo after checking size and shape."""
        _check_size(upload)
        size = len(upload.content)
        if size > LARGEST_PHOTO:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; "
                f"the maximum size is {LARGEST_PHOTO} bytes"
            )
        width, height = image_size(upload.content)
        long, short = max(width, height), min(width, height)
        if width + height > LONGEST_SIDES or long > WIDEST_RATIO * short:
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._keep("photo", upload, width=width, height=height)

    def keep_document(self, upload: Upload) -> StoredFile:
        """Store a file of any kind."""
        _check_size(upload)
        return self._keep("document", upload)

    def keep_other(self, kind: str, upload: Upload) -> StoredFile:
        """Store what a person sent: a sticker, a voice message."""
        return self._keep(kind, upload)

    def _keep(self, kind: str, upload: Upload, *, width: int = 0, height: int = 0) -> StoredFile:
        """Give the file an id and a path."""
        number = len(self._files) + 1
        guessed = mimetypes.guess_type(upload.file_name)[0]
        suffix = mimetypes.guess_extension(guessed or "") or ""
        stored = StoredFile(
            file_id=f"{_PREFIX.get(kind, 'BQAC')}AgIAAxk{number:012d}",
            kind=kind,
            path=f"{kind}s/file_{number}{suffix}",
            file_name=upload.file_name,
            mime_type=guessed or upload.mime_type or "application/octet-stream",
            content=upload.content,
            width=width,
            height=height,
        )
        self._files[stored.file_id] = stored
        self._paths[stored.path] = stored
        return stored


_PREFIX = {"photo": "AgAC", "document": "BQAC", "sticker": "CAAC", "voice": "AwAC"}


def _check_size(upload: Upload) -> None:
    """Refuse an empty file and one above the limit."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > LARGEST_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")


def image_size(content: bytes) -> tuple[int, int]:
    """Read width and height of a PNG, JPEG or GIF; refuse what is no image."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    raise bad_request("IMAGE_PROCESS_FAILED")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Walk the segments of a JPEG to the one that holds its size."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    raise bad_request("IMAGE_PROCESS_FAILED")
