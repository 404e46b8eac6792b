"""Requests as they come over HTTP: query, form, multipart or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, web

from simulator.errors import ApiError, bad_request
from simulator.media import LARGEST_UPLOAD, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_BODY = LARGEST_UPLOAD + 1_048_576


async def read(request: web.Request) -> tuple[dict[str, object], dict[str, Upload]]:
    """Give the parameters and the files of a Bot API request."""
    raw: dict[str, object] = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    if not request.can_read_body:
        return raw, uploads
    if (request.content_length or 0) > LARGEST_BODY:
        raise ApiError(413, "Request Entity Too Large")
    kind = request.headers.get("Content-Type", "")
    if kind.startswith("application/json"):
        raw.update(_from_json(await request.read()))
    elif kind.startswith("multipart/form-data"):
        await _read_parts(request, raw, uploads)
    else:
        body = (await request.read()).decode("utf-8", "replace")
        raw.update(parse_qsl(body, keep_blank_values=True))
    return raw, uploads


def _from_json(body: bytes) -> Mapping[str, object]:
    """Read a JSON body."""
    if not body:
        return {}
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse request: invalid JSON") from None
    if not isinstance(parsed, dict):
        raise bad_request("can't parse request: expected an Object")
    return parsed


async def _read_parts(
    request: web.Request, raw: dict[str, object], uploads: dict[str, Upload]
) -> None:
    """Read fields and files; a file under a parameter's name stands for that parameter."""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            raw[part.name] = content.decode("utf-8", "replace")
            continue
        uploads[part.name] = Upload(
            content=content,
            file_name=part.filename,
            mime_type=part.headers.get("Content-Type"),
        )


def respond(
    body: Any, *, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """Answer with JSON."""
    return web.Response(
        body=orjson.dumps(body), status=status, headers=headers, content_type="application/json"
    )


def respond_error(error: ApiError) -> web.Response:
    """Answer with Telegram's refusal; a flood answer also says so in its header."""
    headers = None
    if error.parameters and "retry_after" in error.parameters:
        headers = {"Retry-After": str(error.parameters["retry_after"])}
    return respond(error.body(), status=error.code, headers=headers)
