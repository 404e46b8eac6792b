"""The load: a Bot API of a few methods, and people who tap again as soon as they see the edit.

Run as a process of its own: prints its address, and after the measurement one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import deque
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from typing import TYPE_CHECKING, Any

import orjson

from bench.speed import samples
from bench.speed.http import Connection, Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH = 100
TRUE = b'{"ok":true,"result":true}'
NOTHING = b'{"ok":true,"result":[]}'


@dataclass(kw_only=True)
class Person:
    """One chat: the taps to come, and what the one under way still waits for."""

    chat_id: int
    taps: Iterator[str]
    pieces: tuple[bytes, bytes, bytes]
    waits_for: int = 0
    tapped_at: float = 0.0


class Load:
    """Who taps, what waits to be fetched, and when each call came."""

    def __init__(self, *, chats: int, sends: int) -> None:
        """So many people, each with a check-in numbered like them; so many messages to await."""
        first = samples.FIRST_CHAT
        self._people = {
            first + number: Person(
                chat_id=first + number,
                taps=cycle([one.format(checkin=number + 1) for one in samples.DAY]),
                pieces=samples.tap_of(first + number),
            )
            for number in range(chats)
        }
        self._waiting: deque[bytes] = deque()
        self._poll: Connection | None = None
        self._poll_ends: asyncio.TimerHandle | None = None
        self._fetched: deque[int] = deque()
        self._next_id = 1
        self.is_tapping = True
        self.polled = asyncio.Event()
        self.all_sent = asyncio.Event()
        self._sends = sends
        self.tap_times: list[tuple[float, float]] = []
        self.sent_at: list[float] = []
        self.polls = 0

    def handle(self, method: str, parameters: Parameters, connection: Connection) -> None:
        """Answer one request."""
        match method.lower():
            case "getupdates":
                self._poll_begins(parameters, connection)
            case "editmessagetext":
                self._edited(parameters, connection)
            case "answercallbackquery":
                connection.answer(TRUE)
                self._done(int(parameters["callback_query_id"]))
            case "sendmessage":
                connection.answer(_message(parameters, samples.MESSAGE_ID))
                self._sent()
            case "getme":
                connection.answer(_result(samples.BOT))
            case "getwebhookinfo":
                connection.answer(_result(samples.NO_WEBHOOK))
            case _:
                connection.answer(TRUE)

    def begin(self) -> None:
        """Everybody taps for the first time."""
        for person in self._people.values():
            self._tap(person)

    def _tap(self, person: Person) -> None:
        head, middle, tail = person.pieces
        data = next(person.taps).encode()
        number = self._next_id
        self._next_id += 1
        person.waits_for = 2
        person.tapped_at = time.perf_counter()
        self._waiting.append(
            b'{"update_id":%d,"callback_query":%s"%d"%s"%s"%s}'
            % (number, head, person.chat_id, middle, data, tail)
        )
        if self._poll is not None and len(self._waiting) == 1:
            asyncio.get_running_loop().call_soon(self._serve)

    def _poll_begins(self, parameters: Parameters, connection: Connection) -> None:
        self.polls += 1
        self.polled.set()
        if self._poll_ends is not None:
            self._poll_ends.cancel()
        self._poll = connection
        seconds = float(parameters.get("timeout", "0"))
        self._poll_ends = asyncio.get_running_loop().call_later(seconds, self._serve)
        if self._waiting:
            self._serve()

    def _serve(self) -> None:
        connection, self._poll = self._poll, None
        if connection is None:
            return
        batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        connection.answer(b'{"ok":true,"result":[%s]}' % b",".join(batch) if batch else NOTHING)

    def _edited(self, parameters: Parameters, connection: Connection) -> None:
        chat_id = int(parameters["chat_id"])
        connection.answer(_message(parameters, samples.MESSAGE_ID))
        self._done(chat_id)

    def _done(self, chat_id: int) -> None:
        """Half of a tap's answer has come; with both, the person taps again."""
        person = self._people.get(chat_id)
        if person is None:
            return
        person.waits_for -= 1
        if person.waits_for == 0:
            now = time.perf_counter()
            self.tap_times.append((now, now - person.tapped_at))
            if self.is_tapping:
                self._tap(person)

    def _sent(self) -> None:
        self.sent_at.append(time.perf_counter())
        if len(self.sent_at) == self._sends:
            self.all_sent.set()


def _message(parameters: Parameters, message_id: int) -> bytes:
    """The message as it stands now, as Telegram gives it back."""
    chat_id = int(parameters["chat_id"])
    result: dict[str, Any] = {
        "message_id": message_id,
        "from": samples.BOT,
        "chat": samples.chat(chat_id),
        "date": samples.DATE,
        "text": parameters["text"],
    }
    if "reply_markup" in parameters:
        result["reply_markup"] = orjson.loads(parameters["reply_markup"])
    return _result(result)


def _result(value: object) -> bytes:
    return orjson.dumps({"ok": True, "result": value})


async def taps(load: Load, *, warm_up: float, seconds: float) -> dict[str, float]:
    """Let people tap; what came through after the warm-up."""
    await load.polled.wait()
    load.begin()
    await asyncio.sleep(warm_up)
    print("begun", flush=True)
    first, busy, polls = len(load.tap_times), time.process_time(), load.polls
    begun_at = time.perf_counter()
    await asyncio.sleep(seconds)
    took = time.perf_counter() - begun_at
    done = load.tap_times[first:]
    waits = sorted(wait for _, wait in done) or [0.0]
    busy = time.process_time() - busy
    load.is_tapping = False
    return {
        "per_second": len(done) / took,
        "done": len(done),
        "total": len(load.tap_times),
        "median_ms": waits[len(waits) // 2] * 1000,
        "p99_ms": waits[len(waits) * 99 // 100] * 1000,
        "load_busy": busy / took,
        "a_poll": len(done) / max(1, load.polls - polls),
    }


async def sends(load: Load, *, pace: float) -> dict[str, float]:
    """Receive all messages; how fast they came, and how late beside a steady pace a second."""
    await load.polled.wait()
    print("begun", flush=True)
    busy = time.process_time()
    await load.all_sent.wait()
    took = load.sent_at[-1] - load.sent_at[0]
    return {
        "per_second": (len(load.sent_at) - 1) / took,
        "done": len(load.sent_at),
        "load_busy": (time.process_time() - busy) / took,
        **(_lags(load.sent_at, pace) if pace else {}),
    }


def _lags(sent_at: Sequence[float], pace: float) -> dict[str, float]:
    """How long after its turn each message left, the first one having left in time."""
    first = sent_at[0]
    lags = [at - first - number / pace for number, at in enumerate(sent_at)]
    return {
        "lag_median_ms": max(0.0, median(lags)) * 1000,
        "lag_last_ms": max(0.0, lags[-1]) * 1000,
        "lag_most_ms": max(0.0, *lags) * 1000,
    }


async def serve(load: Load) -> asyncio.Server:
    """Listen on a free port of this machine; prints the address."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(load.handle), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    return server


async def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--chats", type=int, default=0, help="how many people tap")
    words.add_argument("--warm-up", type=float, default=2.0, help="seconds")
    words.add_argument("--seconds", type=float, default=5.0, help="how long to measure taps")
    words.add_argument("--sends", type=int, default=0, help="how many messages to await instead")
    words.add_argument("--pace", type=float, default=0.0, help="a second, to tell how late")
    given = words.parse_args()
    load = Load(chats=given.chats, sends=given.sends)
    server = await serve(load)
    if given.sends:
        found = await sends(load, pace=given.pace)
    else:
        found = await taps(load, warm_up=given.warm_up, seconds=given.seconds)
    print(orjson.dumps(found).decode(), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
