"""As little HTTP as a Bot API needs: requests in, JSON answers out, on bare asyncio.

The load must cost less than what it measures, so there is no framework here.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote_plus

import orjson
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

Parameters = dict[str, str]
"""Names and values of a request; what is not a text is JSON."""

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_JSON = b"application/json"
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"


class Connection(asyncio.Protocol):
    """One connection of a client; requests may be pipelined, answers keep their order."""

    def __init__(self, handle: Callable[[str, Parameters, Connection], None]) -> None:
        """`handle` gets the method, its parameters, and where to answer."""
        self._handle = handle
        self._unread = b""
        self._transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    @override
    def data_received(self, data: bytes) -> None:
        self._unread += data
        while self._take():
            pass

    def _take(self) -> bool:
        """Handle one request if it is there in full."""
        data = self._unread
        end = data.find(_HEAD_END)
        if end < 0:
            return False
        head = data[:end].lower()
        body_from = end + len(_HEAD_END)
        body_to = body_from + _length(head)
        if len(data) < body_to:
            return False
        self._unread = data[body_to:]
        target = data[: data.index(b" HTTP/")].partition(b" ")[2]
        path, _, query = target.partition(b"?")
        method = path.rpartition(b"/")[2].decode()
        self._handle(method, _parameters(head, query, data[body_from:body_to]), self)
        return True

    def answer(self, payload: bytes) -> None:
        """Answer with JSON."""
        self._transport.write(_ANSWER % (len(payload), payload))


def _length(head: bytes) -> int:
    at = head.find(_LENGTH)
    if at < 0:
        return 0
    end = head.find(b"\r\n", at)
    return int(head[at + len(_LENGTH) : end if end > 0 else len(head)])


def _parameters(head: bytes, query: bytes, body: bytes) -> Parameters:
    if _JSON in head:
        found = orjson.loads(body or b"{}")
        return {
            name: value if isinstance(value, str) else orjson.dumps(value).decode()
            for name, value in found.items()
        }
    given = query + b"&" + body if query else body
    pairs = (pair.partition("=") for pair in given.decode().split("&") if pair)
    return {name: unquote_plus(value) for name, _, value in pairs}
