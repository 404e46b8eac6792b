"""The Bot API over HTTP: token, method, parameters in; answer out; failures as asked for."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator import groups, spec, wire
from simulator.errors import (
    ApiError,
    RefusalError,
    forbidden,
    migrated,
    no_such_method,
    other_poller,
    server_error,
    too_many,
    unauthorized,
)
from simulator.methods import METHODS
from simulator.methods.fetching import get_updates
from simulator.methods.requests import Request
from simulator.updates import PollClosedError

if TYPE_CHECKING:
    from simulator.calls import Call
    from simulator.faults import Fault
    from simulator.state import State
    from simulator.traffic import Traffic

_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)


class Gateway:
    """Answers `/bot{token}/{method}` and `/file/bot{token}/{path}`."""

    def __init__(self, state: State, traffic: Traffic) -> None:
        self._state = state
        self._traffic = traffic
        self._closing = asyncio.Event()

    def add_to(self, application: web.Application) -> None:
        """Register the addresses."""
        application.router.add_route("*", "/bot{token}/{method}", self.call)
        application.router.add_get("/file/bot{token}/{path:.+}", self.download)

    def close(self) -> None:
        """Let every waiting call end at once."""
        self._closing.set()
        self._state.updates.end_poll(PollClosedError())

    async def download(self, request: web.Request) -> web.Response:
        """Give the bytes of a file."""
        if request.match_info["token"] != self._state.token:
            return wire.respond_error(unauthorized())
        stored = self._state.files.at_path(request.match_info["path"])
        if stored is None:
            return wire.respond_error(ApiError(404, "Not Found"))
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        if request.match_info["token"] != self._state.token:
            return wire.respond_error(unauthorized())
        name = spec.name_of(request.match_info["method"])
        if name is None:
            self._state.calls.note([f"{request.match_info['method']}: no such method here"])
            return wire.respond_error(no_such_method())
        if name == "getUpdates":
            self._traffic.polled_by(request.transport)
            return await self._answer(request, name)
        self._traffic.begin()
        try:
            return await self._answer(request, name)
        finally:
            self._traffic.end()

    async def _answer(self, request: web.Request, name: str) -> web.StreamResponse:
        """Read, check, perform and record one call."""
        call = self._state.calls.begin(self._state.clock.now(), name, {})
        try:
            read = await self._read(request, name)
            call.params = read.params
            fault = self._state.faults.take(name, read.params.get("chat_id"))
            if fault is not None:
                return await self._fail(request, fault, call, read)
            result = await self._perform(name, read)
        except ApiError as error:
            call.failed(error)
            return wire.respond_error(error)
        except PollClosedError:
            return _abort(request)
        call.succeeded(result)
        return wire.respond({"ok": True, "result": result})

    async def _read(self, request: web.Request, name: str) -> Request:
        """Read parameters and files and hold them against the description."""
        raw, uploads = await wire.read(request)
        for field in uploads:
            if spec.takes_file(name, field):
                raw[field] = f"attach://{field}"
        defects: list[str] = []
        try:
            params = spec.read(name, raw, defects)
        finally:
            if defects:
                self._state.calls.note(defects)
        return Request(params, uploads)

    async def _perform(self, name: str, request: Request) -> Any:
        """Do what the method does."""
        if name == "getUpdates":
            return await get_updates(self._state, request)
        return METHODS[name](self._state, request)

    async def _fail(
        self, request: web.Request, fault: Fault, call: Call, read: Request
    ) -> web.StreamResponse:
        """Fail as asked."""
        call.fault = fault.kind
        if fault.kind == "disconnect":
            return _abort(request)
        if fault.kind == "bad_gateway":
            return web.Response(text=_BAD_GATEWAY, status=502, content_type="text/html")
        if fault.kind == "commit_then_hang":
            call.succeeded(await self._perform(call.method, read))
            await self._hang(fault.seconds)
            return _abort(request)
        raise self._error(fault, read.params.get("chat_id"))

    async def _hang(self, seconds: float | None) -> None:
        """Say nothing until the time is over, the client gives up, or all ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    def _error(self, fault: Fault, chat_id: object) -> ApiError:
        """Give the refusal a fault stands for."""
        if fault.kind == "flood":
            return too_many(fault.retry_after)
        if fault.kind == "migrate":
            return self._migrate(chat_id)
        if fault.kind == "refusal":
            return ApiError(fault.code, fault.words)
        refusals = {
            "blocked": lambda: forbidden("bot was blocked by the user"),
            "unauthorized": unauthorized,
            "conflict": other_poller,
            "server_error": server_error,
        }
        return refusals[fault.kind]()

    def _migrate(self, chat_id: object) -> ApiError:
        """Upgrade the group that was written to."""
        chat = self._state.chats.get(chat_id)
        if chat is None:
            return server_error()
        try:
            return migrated(groups.migrate(self._state, chat).chat_id)
        except RefusalError:
            return migrated(chat.migrated_to) if chat.migrated_to else server_error()


def _abort(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
