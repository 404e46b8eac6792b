"""Servers on loopback: some behave badly in one way each, one takes what Telegram takes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

TOKEN = "123456789:AAF-a_token_that_must_never_be_seen"  # noqa: S105 - made up
SENT = b'{"ok":true,"result":true}'
PAGE = b"<html><h1>502 Bad Gateway</h1></html>"


@asynccontextmanager
async def serving(conversation: Conversation) -> AsyncIterator[str]:
    """Listen on loopback; each connection is one conversation, cut off at the end."""
    tasks = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(task := asyncio.current_task())
        try:
            await conversation(reader, writer)
        except (asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield url_of(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in tasks:
            if task is not None:
                task.cancel()
        await server.wait_closed()


def url_of(port: int) -> str:
    return f"http://127.0.0.1:{port}/bot{TOKEN}/sendMessage"


def answering(status: int, body: bytes, *, cut: int = 0) -> Conversation:
    """Read requests and answer each alike, or lose the connection `cut` bytes early."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body) + cut}\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
            if cut:
                return

    return converse


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.Event().wait()


async def hanging_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reader._transport.pause_reading()  # type: ignore[attr-defined]
    await asyncio.Event().wait()


@asynccontextmanager
async def telegram(received: list[dict[str, object]]) -> AsyncIterator[int]:
    """Take messages and files as Telegram does, and remember what came."""

    async def take(request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        form = await request.json() if is_json else await request.post()
        received.append(
            {
                name: (value.filename, value.content_type, value.file.read())
                if isinstance(value, web.FileField)
                else value
                for name, value in form.items()
            }
        )
        message = {"message_id": 7, "date": 1790000000, "chat": {"id": 1, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    async def download(request: web.Request) -> web.Response:
        return web.Response(body=PAGE)

    app = web.Application(client_max_size=2**23)
    app.router.add_post("/bot{token}/{method}", take)
    app.router.add_get("/file", download)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port: int = runner.addresses[0][1]
        yield port
    finally:
        await runner.cleanup()
