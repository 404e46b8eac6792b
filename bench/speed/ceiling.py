"""The quickest client there can be: what the load itself can bear.

Asks for updates and answers each with two requests written beforehand, pipelined, without a
look at what comes back.
"""

from __future__ import annotations

import asyncio
import re
import sys
from urllib.parse import quote, urlencode, urlsplit

import orjson

from bench.speed import samples

_CHAT = re.compile(rb'"callback_query":\{"id":"(\d+)"')
_LENGTH = re.compile(rb"Content-Length: (\d+)")
_PATH = f"/bot{samples.TOKEN}"


def _request(method: str, **parameters: object) -> bytes:
    body = urlencode({name: str(value) for name, value in parameters.items()}, quote_via=quote)
    head = f"POST {_PATH}/{method} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


def _answers(chat_id: int) -> bytes:
    """An edit as large as ours, and the answer."""
    sample = samples.message(chat_id, samples.MESSAGE_ID)
    edit = _request(
        "editMessageText",
        chat_id=chat_id,
        message_id=samples.MESSAGE_ID,
        text=sample["text"],
        reply_markup=orjson.dumps(sample["reply_markup"]).decode(),
    )
    return _request("answerCallbackQuery", callback_query_id=chat_id) + edit


async def _body(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    found = _LENGTH.search(head)
    return await reader.readexactly(int(found[1]) if found else 0)


async def main(api: str) -> None:
    where = urlsplit(api)
    polling, poller = await asyncio.open_connection(where.hostname, where.port, limit=1 << 22)
    answers, answerer = await asyncio.open_connection(where.hostname, where.port, limit=1 << 22)
    written: dict[bytes, bytes] = {}

    async def forget() -> None:
        while await answers.read(1 << 20):
            pass

    forgetting = asyncio.create_task(forget())
    while not forgetting.done():
        poller.write(_request("getUpdates", timeout=30))
        for chat in _CHAT.findall(await _body(polling)):
            if chat not in written:
                written[chat] = _answers(int(chat))
            answerer.write(written[chat])
        await answerer.drain()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
