from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot import web
from bot.settings import SettingsError
from care.errors import StorageUnavailable
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

SECRET = "a-secret_of-the_clinic"  # noqa: S105 - made up
UPDATE = b'{"update_id": 7, "message": {"text": "private words"}}'


class Receiver:
    """An inbox of one's own, whose database may be gone."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.stored: list[dict[str, Any]] = []
        self.is_gone = False

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        if self.is_gone:
            raise StorageUnavailable
        self.stored.extend(updates)

    async def gets(
        self,
        body: bytes,
        *,
        secret: str | None = SECRET,
        path: str = web.PATH,
        method: str = "POST",
    ) -> int:
        headers = {} if secret is None else {web.SECRET_HEADER: secret}
        async with aiohttp.request(
            method, f"http://127.0.0.1:{self.port}{path}", data=BytesIO(body), headers=headers
        ) as answer:
            assert await answer.read() == b"" or answer.status >= 400
            return answer.status


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver(free_port())
    site = web.Site(
        web.webhook(secret=SECRET, receive=found.receive), address="127.0.0.1", port=found.port
    )
    await site.start()
    yield found
    await site.stop()


async def test_an_update_is_acknowledged_when_it_is_stored(receiver: Receiver) -> None:
    assert await receiver.gets(UPDATE) == 200
    assert receiver.stored == [{"update_id": 7, "message": {"text": "private words"}}]


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET[:-1], f"{SECRET}x", SECRET.upper(), "ümläut-16-letters"]
)
async def test_only_who_knows_the_secret_is_heard(
    secret: str | None, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        given = (
            None if secret is None else secret.encode("utf-8", "surrogateescape").decode("latin-1")
        )
        assert await receiver.gets(UPDATE, secret=given) == 401
    assert receiver.stored == []
    ours = [record for record in caplog.records if record.name == "respite"]
    assert [record.getMessage() for record in ours] == ["webhook_refused"]
    assert [getattr(record, "facts", None) for record in ours] == [{}]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"[]",
        b"null",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 7.5}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 7',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(
    body: bytes, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    assert await receiver.gets(body) == 400
    assert receiver.stored == []
    assert [record.getMessage() for record in caplog.records] == ["webhook_not_understood"]


async def test_more_than_any_update_has_is_not_even_read(receiver: Receiver) -> None:
    largest = b'{"update_id": 7, "x": "' + b"x" * (web.LARGEST_BODY - 25) + b'"}'
    assert len(largest) == web.LARGEST_BODY
    assert await receiver.gets(largest) == 200
    assert await receiver.gets(largest + b" ") == 413
    assert len(receiver.stored) == 1


async def test_without_its_database_it_acknowledges_nothing(receiver: Receiver) -> None:
    receiver.is_gone = True
    assert await receiver.gets(UPDATE) == 503
    receiver.is_gone = False
    assert await receiver.gets(UPDATE) == 200
    assert len(receiver.stored) == 1


async def test_there_is_nothing_else_to_ask_for(receiver: Receiver) -> None:
    assert await receiver.gets(UPDATE, path="/") == 404
    assert await receiver.gets(UPDATE, path=f"{web.PATH}/x") == 404
    assert await receiver.gets(b"", method="GET") == 405
    assert receiver.stored == []


async def test_a_port_that_is_taken_is_said_in_one_sentence(receiver: Receiver) -> None:
    site = web.Site(
        web.webhook(secret=SECRET, receive=receiver.receive),
        address="127.0.0.1",
        port=receiver.port,
    )
    with pytest.raises(SettingsError, match=f"Nothing can listen on port {receiver.port} of 127"):
        await site.start()
