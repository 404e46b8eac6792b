from __future__ import annotations

import asyncio
import socket
import traceback
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.transport import (
    AiohttpRequest,
    NotSent,
    NotSentTimeout,
    OutcomeUnknown,
    OutcomeUnknownTimeout,
)
from tests.unit.loopback import (
    PAGE,
    SENT,
    TOKEN,
    answering,
    deaf,
    hanging_up,
    serving,
    silent,
    telegram,
    url_of,
)

if TYPE_CHECKING:
    from tests.unit.loopback import Conversation


async def failure_of(url: str, request: AiohttpRequest) -> TelegramError:
    """Send something, expect an error, and see that nowhere in it stands the token."""
    async with request:
        with pytest.raises(TelegramError) as caught:
            await request.post(url)
    printed = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in printed + str(caught.value) + repr(caught.value)
    return caught.value


async def test_a_closed_port_means_not_sent(unused_port: int) -> None:
    error = await failure_of(url_of(unused_port), AiohttpRequest())

    assert isinstance(error, NotSent)
    assert not isinstance(error, TimedOut)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("url", ["", "nonsense", "http://", f"ftp://127.0.0.1/bot{TOKEN}/x"])
async def test_an_address_that_is_none_means_not_sent(url: str) -> None:
    assert isinstance(await failure_of(url, AiohttpRequest()), NotSent)


async def test_a_connection_that_does_not_come_up_in_time_means_not_sent() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)  # and nobody accepts: once the queue is full, connecting hangs
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(listener.getsockname())

        error = await failure_of(
            url_of(listener.getsockname()[1]), AiohttpRequest(connect_timeout=0.05)
        )

        for caller in callers:
            caller.close()
    assert isinstance(error, NotSentTimeout)
    assert isinstance(error, NotSent)
    assert isinstance(error, TimedOut)


async def test_no_free_connection_in_time_means_not_sent() -> None:
    heard = asyncio.Event()
    seen = 0

    async def busy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal seen
        await reader.readuntil(b"\r\n\r\n")
        seen += 1
        heard.set()
        await asyncio.Event().wait()

    async with serving(busy) as url, AiohttpRequest(connections=1) as request:
        first = asyncio.create_task(request.post(url))
        await heard.wait()
        with pytest.raises(NotSentTimeout):
            await request.post(url, pool_timeout=0.02, connect_timeout=0.02)
        first.cancel()
    assert seen == 1


async def test_a_closed_transport_means_not_sent() -> None:
    with pytest.raises(NotSent):
        await AiohttpRequest().post(url_of(1))


async def test_no_answer_in_time_leaves_the_outcome_unknown() -> None:
    async with serving(silent) as url:
        error = await failure_of(url, AiohttpRequest(read_timeout=0.05))

    assert isinstance(error, OutcomeUnknownTimeout)
    assert isinstance(error, OutcomeUnknown)
    assert isinstance(error, TimedOut)


async def test_an_upload_that_stalls_leaves_the_outcome_unknown() -> None:
    limits = AiohttpRequest(
        read_timeout=0.05, write_timeout=0.05, connect_timeout=0.05, pool_timeout=0.05
    )
    async with serving(deaf) as url, limits:
        with pytest.raises(OutcomeUnknownTimeout):
            await _bot(url, limits).send_document(1, bytes(20_000_000), write_timeout=0.05)


def _bot(url: str, request: AiohttpRequest) -> Bot:
    return Bot(
        TOKEN,
        base_url=url.partition(TOKEN)[0],
        request=request,
        get_updates_request=AiohttpRequest(connections=4),
    )


LOST = {
    "hangs up without an answer": hanging_up,
    "hangs up within the answer": answering(200, SENT[:9], cut=10),
    "502 with a page": answering(502, PAGE),
    "500 with JSON": answering(500, b'{"ok":false,"error_code":500,"description":"restart"}'),
    "504 with nothing": answering(504, b""),
    "200 with a page": answering(200, PAGE),
    "200 with other JSON": answering(200, b'{"status":"fine"}'),
    "200 with a list": answering(200, b"[1]"),
    "403 with a page": answering(403, PAGE),
    "404 with other JSON": answering(404, b'{"detail":"no route"}'),
    "302 to elsewhere": answering(302, b""),
    "no HTTP": answering(9, b""),
}


@pytest.mark.parametrize("conversation", LOST.values(), ids=LOST.keys())
async def test_what_is_no_answer_of_telegrams_leaves_the_outcome_unknown(
    conversation: Conversation,
) -> None:
    async with serving(conversation) as url:
        error = await failure_of(url, AiohttpRequest())

    assert isinstance(error, OutcomeUnknown)
    assert not isinstance(error, TimedOut)


REFUSALS = [
    (400, b'"Bad Request: chat not found"', BadRequest),
    (401, b'"Unauthorized"', InvalidToken),
    (403, b'"Forbidden: bot was blocked by the user"', Forbidden),
    (404, b'"Not Found"', InvalidToken),
    (409, b'"Conflict: terminated by other getUpdates request"', Conflict),
    (429, b'"Too Many Requests: retry after 7","parameters":{"retry_after":7}', RetryAfter),
    (400, b'"Bad Request: upgraded","parameters":{"migrate_to_chat_id":-1001}', ChatMigrated),
    (413, b'"Request Entity Too Large"', NetworkError),
]


@pytest.mark.parametrize(("status", "description", "expected"), REFUSALS)
async def test_what_telegram_refuses_stays_ptbs_error(
    status: int, description: bytes, expected: type[TelegramError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or every flood is a warning first
    async with serving(
        answering(status, b'{"ok":false,"description":' + description + b"}")
    ) as url:
        error = await failure_of(url, AiohttpRequest())

    assert type(error) is expected
    if isinstance(error, RetryAfter):
        assert error._retry_after == timedelta(seconds=7)


async def test_answers_are_read_even_where_they_are_not_quite_utf_8() -> None:
    async with (
        serving(answering(200, b'{"ok":true,"result":"\xff \\ud83d"}')) as url,
        AiohttpRequest() as request,
    ):
        result: object = await request.post(url)
    assert result == "\ufffd \ud83d"


async def test_one_connection_serves_call_after_call_and_a_new_one_after_a_restart() -> None:
    connections = 0

    async def counting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await answering(200, SENT)(reader, writer)

    async with serving(counting) as url:
        request = AiohttpRequest()
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            for _ in range(3):
                assert await request.post(url) is True
            await request.shutdown()
            await request.shutdown()
    assert connections == 2


async def test_a_call_may_set_its_own_timeouts_or_none() -> None:
    release = asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await release.wait()
        writer.write(b"HTTP/1.1 200 X\r\nContent-Length: 25\r\n\r\n" + SENT)
        await writer.drain()

    hasty = AiohttpRequest(read_timeout=0.02)
    async with serving(slow) as url, hasty:
        with pytest.raises(OutcomeUnknownTimeout):
            await hasty.post(url)
        patient = asyncio.create_task(hasty.post(url, read_timeout=None))
        with pytest.raises(OutcomeUnknownTimeout):
            await hasty.post(url, read_timeout=0.03)
        release.set()
        assert await patient is True


def test_the_default_read_timeout_is_told_to_ptb() -> None:
    assert AiohttpRequest(read_timeout=12).read_timeout == 12


async def test_a_bot_sends_texts_and_files_through_it() -> None:
    received: list[dict[str, object]] = []
    report = bytes(range(256)) * 8192  # 2 MiB
    async with telegram(received) as port, AiohttpRequest() as request:
        bot = _bot(url_of(port), request)
        await bot.send_message(1, "Grüße & 9 > 7 🌿\nzweite Zeile")
        sent = await bot.send_document(
            1, report, filename='Bericht "März" für Ann.pdf', caption="Für die Praxis"
        )

    assert sent.message_id == 7
    assert received[0]["text"] == "Grüße & 9 > 7 🌿\nzweite Zeile"
    assert received[1]["caption"] == "Für die Praxis"
    assert received[1]["document"] == (
        'Bericht "März" für Ann.pdf',
        "application/pdf",
        report,
    )


async def test_files_are_fetched_as_they_are() -> None:
    async with telegram([]) as port, AiohttpRequest() as request:
        assert await request.retrieve(f"http://127.0.0.1:{port}/file") == PAGE
