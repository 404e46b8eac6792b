"""The /sim calls over HTTP, for the chat page and for whoever drives from outside."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from simulator.errors import RefusalError
from simulator.wire import respond

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from simulator.control import Control
    from simulator.state import State
    from simulator.travel import Traveller

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PING_EVERY_S = 15.0
_REQUIRED = object()


class Panel:
    """Translates between HTTP and the control's methods; wrong input is one clear sentence."""

    def __init__(self, state: State, control: Control, traveller: Traveller) -> None:
        self._state = state
        self._control = control
        self._traveller = traveller

    def add_to(self, application: web.Application) -> None:
        """Register the addresses."""
        posts: dict[str, Handler] = {
            "/sim/users": self._users,
            "/sim/groups": self._groups,
            "/sim/groups/{chat_id}/migrate": self._migrate,
            "/sim/groups/{chat_id}/remove_bot": self._remove_bot,
            "/sim/send": self._send,
            "/sim/tap": self._tap,
            "/sim/block": self._block,
            "/sim/clock": self._clock,
            "/sim/faults": self._faults,
        }
        gets: dict[str, Handler] = {
            "/sim/state": self._show_state,
            "/sim/chats/{chat_id}": self._chat,
            "/sim/files/{file_id}": self._file,
            "/sim/calls": self._calls,
        }
        for path, handler in posts.items():
            application.router.add_post(path, _refusing(handler))
        for path, handler in gets.items():
            application.router.add_get(path, _refusing(handler))
        application.router.add_get("/sim/events", self._events)

    async def _users(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        language = _text(body, "language_code", "en")
        return respond({"user_id": self._control.create_user(_text(body, "first_name"), language)})

    async def _groups(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        members = body.get("members")
        if not isinstance(members, list) or not all(isinstance(one, int) for one in members):
            raise RefusalError("members is a list of user ids")
        return respond({"chat_id": self._control.create_group(_text(body, "title"), members)})

    async def _migrate(self, request: web.Request) -> web.StreamResponse:
        return respond({"chat_id": self._control.migrate_group(_number_in(request, "chat_id"))})

    async def _remove_bot(self, request: web.Request) -> web.StreamResponse:
        self._control.remove_bot(_number_in(request, "chat_id"))
        return respond({})

    async def _send(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        message_id = self._control.send(
            _number(body, "user_id"),
            _text(body, "text", ""),
            chat_id=_number_or_none(body, "chat_id"),
            reply_to=_number_or_none(body, "reply_to"),
            kind=_text(body, "kind", "text"),
        )
        return respond({"message_id": message_id})

    async def _tap(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        query_id = self._control.tap(
            _number(body, "user_id"),
            _number(body, "message_id"),
            label=_text_or_none(body, "label"),
            data=_text_or_none(body, "data"),
            chat_id=_number_or_none(body, "chat_id"),
        )
        return respond({"query_id": query_id})

    async def _block(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        self._control.block(_number(body, "user_id"), blocked=body.get("blocked", True) is True)
        return respond({})

    async def _faults(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        if body.get("kind") == "refusal":
            self._control.inject_refusal(
                _text(body, "words"),
                code=_number(body, "code", 400),
                times=_number(body, "times", 1),
                method=_text_or_none(body, "method"),
                chat_id=_number_or_none(body, "chat_id"),
            )
            return respond({})
        self._control.inject_fault(
            _text(body, "kind"),
            times=_number(body, "times", 1),
            method=_text_or_none(body, "method"),
            chat_id=_number_or_none(body, "chat_id"),
            retry_after=_number(body, "retry_after", 5),
            seconds=_seconds(body, "seconds"),
        )
        return respond({})

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        if body.get("to") == "next_message":
            now = await self._traveller.travel(next_message=True)
        else:
            now = await self._traveller.travel(until=self._destination(body))
        return respond({"now": now.isoformat()})

    def _destination(self, body: dict[str, Any]) -> datetime:
        """Read where the clock shall go."""
        now = self._state.clock.now()
        seconds = _seconds(body, "advance")
        if seconds is not None:
            until = now + timedelta(seconds=seconds)
        elif "at" in body:
            until = _instant(_text(body, "at"))
        else:
            raise RefusalError("say advance (seconds), at (ISO 8601) or to (next_message)")
        if until < now:
            raise RefusalError("the clock does not run backwards")
        return until

    async def _show_state(self, _: web.Request) -> web.StreamResponse:
        return respond(self._control.state())

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        user_id = request.query.get("user_id")
        if user_id is not None and not user_id.isdigit():
            raise RefusalError("user_id is a number")
        return respond(
            self._control.transcript(
                _number_in(request, "chat_id"), user_id=None if user_id is None else int(user_id)
            )
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        content, mime_type, name = self._control.file(request.match_info["file_id"])
        shown = mime_type.startswith("image/") and mime_type != "image/svg+xml"
        kind = mime_type if shown else "application/octet-stream"
        disposition = "inline" if shown else "attachment"
        letters = (letter for letter in name if letter.isalnum() or letter in "._- ")
        plain = "".join(letters).encode("ascii", "ignore").decode()
        headers = {
            "Content-Type": kind,
            "Content-Disposition": f'{disposition}; filename="{plain}"',
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=content, headers=headers)

    async def _calls(self, _: web.Request) -> web.StreamResponse:
        return respond([call.describe() for call in self._control.calls])

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens until either side goes."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        queue = self._state.events.listen()
        try:
            await response.prepare(request)
            await response.write(b": here\n\n")
            await _stream(response, queue)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._state.events.leave(queue)
        return response


async def _stream(
    response: web.StreamResponse, queue: asyncio.Queue[dict[str, Any] | None]
) -> None:
    """Write events as they come and a comment when none does."""
    while True:
        try:
            async with asyncio.timeout(PING_EVERY_S):
                event = await queue.get()
        except TimeoutError:
            await response.write(b": ping\n\n")
            continue
        if event is None:
            return
        await response.write(b"data: " + orjson.dumps(event) + b"\n\n")


def _refusing(handler: Handler) -> Handler:
    """Answer a refusal with 400 and its sentence."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except RefusalError as refusal:
            return respond({"error": str(refusal)}, status=400)

    return answer


async def _body(request: web.Request) -> dict[str, Any]:
    """Read a JSON object."""
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise RefusalError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise RefusalError("the body is not a JSON object")
    return body


def _text(body: dict[str, Any], name: str, default: object = _REQUIRED) -> str:
    """Read a text."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise RefusalError(f"{name} is a text" if name in body else f"{name} is missing")
    return value


def _text_or_none(body: dict[str, Any], name: str) -> str | None:
    """Read a text that may be left out."""
    return None if body.get(name) is None else _text(body, name)


def _number(body: dict[str, Any], name: str, default: object = _REQUIRED) -> int:
    """Read a number."""
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise RefusalError(f"{name} is a number" if name in body else f"{name} is missing")
    return value


def _number_or_none(body: dict[str, Any], name: str) -> int | None:
    """Read a number that may be left out."""
    return None if body.get(name) is None else _number(body, name)


def _seconds(body: dict[str, Any], name: str) -> float | None:
    """Read a duration that may be left out."""
    value = body.get(name)
    if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
        raise RefusalError(f"{name} is a number of seconds")
    return value


def _number_in(request: web.Request, name: str) -> int:
    """Read a number from the address."""
    try:
        return int(request.match_info[name])
    except ValueError:
        raise RefusalError(f"{name} is a number") from None


def _instant(text: str) -> datetime:
    """Read an instant with its zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise RefusalError("at is an instant in ISO 8601") from None
    if at.tzinfo is None:
        raise RefusalError("at needs a time zone")
    return at
