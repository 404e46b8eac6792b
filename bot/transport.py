"""PTB's request seam on aiohttp; a failure says whether the request may have had an effect.

`NotSent`: Telegram cannot have seen the request. `OutcomeUnknown`: it may have. What Telegram
itself refuses (400, 401, 403, 404, 409, 429 with its own JSON) stays PTB's own error. Failures are
raised without a cause and name only types and codes: aiohttp's texts hold the URL, and the URL
holds the token.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue  # how BaseRequest marks "not given"
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # what RequestData is made of
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from telegram._utils.types import JSONDict, ODVInput

JSON = "application/json"
IDLE_SECONDS = 15.0  # shorter than Telegram keeps an idle connection, so none is found closed

_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)


class NotSent(NetworkError):  # noqa: N818 - says what happened, as PTB's TimedOut does
    """Telegram cannot have seen the request: sending it again is safe."""


class NotSentTimeout(NotSent, TimedOut):
    """No connection, or no free place for one, in time: sending again is safe."""


class OutcomeUnknown(NetworkError):  # noqa: N818 - likewise
    """The request may or may not have had its effect."""


class ServerFailed(OutcomeUnknown):
    """Telegram answered that something broke on its side (5xx)."""


class OutcomeUnknownTimeout(OutcomeUnknown, TimedOut):
    """No answer in time: the request may or may not have had its effect."""


def data(parameters: Mapping[str, object]) -> RequestData:
    """Parameters that are as Telegram wants them already, without files; None is left out."""
    return RequestData([RequestParameter(name, value, None) for name, value in parameters.items()])


class AiohttpRequest(BaseRequest):
    """One pool of connections to Telegram; polling and sending each have their own.

    Timeouts are in seconds, None for no limit. Reading and writing together, with the wait for a
    connection, also bound the whole call, however slowly the bytes trickle.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        connect_timeout: float | None = 5.0,
        read_timeout: float | None = 30.0,
        write_timeout: float | None = 30.0,
        pool_timeout: float | None = 5.0,
    ) -> None:
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._pool_timeout = pool_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float | None:
        """How long an answer may take where a call does not say."""
        return self._read_timeout

    @override
    async def initialize(self) -> None:
        """Open the pool; connections are made when needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=IDLE_SECONDS
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    @override
    async def shutdown(self) -> None:
        """Close every connection; `initialize` opens the pool again."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of what Telegram answered.

        Raises NotSent or OutcomeUnknown, also where the answer is not Telegram's own.
        """
        limits = _client_timeout(
            connect=_or(connect_timeout, self._connect_timeout),
            read=_or(read_timeout, self._read_timeout),
            write=_or(write_timeout, self._write_timeout),
            pool=_or(pool_timeout, self._pool_timeout),
        )
        try:
            status, payload = await self._exchange(method, url, request_data, limits)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _named(error) from None
        if status >= 500:
            raise ServerFailed(f"HTTP {status}")
        if status >= 300:
            self.parse_json_payload(payload)
        return status, payload

    async def _exchange(
        self, method: str, url: str, data: RequestData | None, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        """Do the one HTTP exchange; its errors are aiohttp's."""
        if self._session is None:
            raise NotSent("The transport is closed.")
        body, headers = _body(data)
        async with self._session.request(
            method, url, data=body, headers=headers, timeout=limits, allow_redirects=False
        ) as response:
            return response.status, await response.read()

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Return Telegram's answer; any other body leaves the outcome unknown."""
        answer = _parsed(payload)
        if isinstance(answer, dict) and ("result" in answer or answer.get("ok") is False):
            return answer
        raise OutcomeUnknown("The answer is not Telegram's.")


def _or(given: ODVInput[float], default: float | None) -> float | None:
    """Return the timeout of this call, or the default where the call gives none."""
    return default if isinstance(given, DefaultValue) else given


@lru_cache(maxsize=64)
def _client_timeout(
    *, connect: float | None, read: float | None, write: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Translate PTB's four timeouts; aiohttp counts the wait for a place into connecting."""
    return aiohttp.ClientTimeout(
        sock_connect=connect,
        connect=_sum((pool, connect)),
        sock_read=read,
        total=_sum((pool, connect, write, read)),
    )


def _sum(timeouts: Iterable[float | None]) -> float | None:
    """Add timeouts up; one without a limit makes the sum unlimited."""
    total = 0.0
    for timeout in timeouts:
        if timeout is None:
            return None
        total += timeout
    return total


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """Encode the parameters: as JSON, or as multipart where there are files."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return orjson.dumps(data.parameters), {"Content-Type": JSON}
    form = aiohttp.FormData(quote_fields=False)  # file names are UTF-8, as a browser sends them
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in data.multipart_data.items():
        stream = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=content_type)
    return form, {}


def _named(error: Exception) -> NetworkError:
    """Translate a failed exchange into what it means for the request."""
    name = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NotSentTimeout(name)
    if isinstance(error, _NEVER_SENT):
        return NotSent(name)
    if isinstance(error, TimeoutError):
        return OutcomeUnknownTimeout(name)
    return OutcomeUnknown(name)


def _parsed(payload: bytes) -> object:
    """Parse JSON, fast; what orjson is too strict for, the standard library may still read."""
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        with suppress(ValueError, RecursionError):
            return json.loads(payload.decode(errors="replace"))
    return None
