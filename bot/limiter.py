"""How fast we send: in all, to one person, to one group; and which lane goes first.

Decides only: the instant is an argument, nothing waits here and nothing reads a clock. Within any
second no more than the global limit goes out, within any minute no more than 20 into a group; in
both, routine lanes leave a share to lane 0, so that an escalation never queues behind check-ins.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from math import floor
from typing import Protocol

FIRST_LANE = 0

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

PERSON_BURST = 5
PERSON_INTERVAL = SECOND
GROUP_LIMIT = 20
LONGEST_QUEUE = 60  # places told apart; who waits longer asks again

FLOODED_CHATS = 3  # so many, within so long, mean that all of it is too fast
FLOOD_MEMORY = timedelta(seconds=10)
SLOW_FOR = MINUTE
SLOWDOWN = 2

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Limiter:
    """Admits messages one by one; a negative chat id is a group.

    A clock that is set back stands still here until it moves on: no burst, and no wait beyond
    what was left.
    """

    def __init__(self, *, per_second: float, reserved_share: float = 0.2) -> None:
        if per_second <= 0 or not 0 <= reserved_share < 1:
            raise ValueError(
                "Sending needs a rate above 0 and a reserved share from 0 to below 1."
            )
        self._reserved_share = reserved_share
        self._all = _SharedWindow(limit=per_second, per=SECOND, reserved=reserved_share)
        self._chats: dict[int, _Chat] = {}
        self._floods: deque[tuple[datetime, int]] = deque()
        self._paused_until = LONG_AGO
        self._slow_until = LONG_AGO
        self._time = _ForwardTime()

    def admit(self, *, chat_id: int, lane: int, now: datetime) -> datetime | None:
        """Take the right to send now and return None, or return when to ask again.

        Of many that wait for one chat each is told an instant of its own, so that they come back
        one by one; lane 0 is told the earliest.
        """
        at = self._time.reached(now)
        chat = self._chats.get(chat_id) or self._new_chat(chat_id)
        free_at = max(
            self._paused_until,
            chat.paused_until,
            chat.pace.free_at(lane=lane),
            self._all.free_at(lane=lane, slowdown=self._slowdown(at)),
        )
        if free_at > at:
            if lane != FIRST_LANE:
                free_at = chat.queued(free_at)
            return self._time.on_clock(free_at)
        self._all.take(at, lane=lane)
        chat.pace.take(at, lane=lane)
        self._chats[chat_id] = chat
        return None

    def room(self, *, lane: int, now: datetime) -> tuple[int, timedelta]:
        """How many may go to whomever now, and how long until there is room for one."""
        at = self._time.reached(now)
        slowdown = self._slowdown(at)
        free_at = max(self._paused_until, self._all.free_at(lane=lane, slowdown=slowdown))
        if free_at > at:
            return 0, free_at - at
        return self._all.room(at, lane=lane, slowdown=slowdown), timedelta(0)

    def flooded(self, *, chat_id: int | None, retry_after: timedelta, now: datetime) -> None:
        """Pause the chat that Telegram named, or all if it named none."""
        at = self._time.reached(now)
        if chat_id is None:
            self._paused_until = max(self._paused_until, at + retry_after)
            return
        chat = self._chats.setdefault(chat_id, self._new_chat(chat_id))
        chat.paused_until = max(chat.paused_until, at + retry_after)
        self._remember_flood(chat_id, at)

    def forget(self, before: datetime) -> None:
        """Drop every chat that was free of all limits at that time: memory stays bounded."""
        at = self._time.seen(before)
        self._chats = {
            chat_id: chat for chat_id, chat in self._chats.items() if chat.idle_at() > at
        }

    def _new_chat(self, chat_id: int) -> _Chat:
        """Return the unused allowance of a chat."""
        if chat_id < 0:
            pace = _SharedWindow(limit=GROUP_LIMIT, per=MINUTE, reserved=self._reserved_share)
            return _Chat(pace=pace, interval=MINUTE / GROUP_LIMIT)
        return _Chat(pace=_Bucket(burst=PERSON_BURST, interval=PERSON_INTERVAL))

    def _slowdown(self, at: datetime) -> int:
        """Say by how much the global rate is divided at the moment."""
        return SLOWDOWN if at < self._slow_until else 1

    def _remember_flood(self, chat_id: int, at: datetime) -> None:
        """Slow everything down once several chats flood in a short time."""
        self._floods.append((at, chat_id))
        while self._floods[0][0] < at - FLOOD_MEMORY:
            self._floods.popleft()
        if len({flooded for _, flooded in self._floods}) >= FLOODED_CHATS:
            self._slow_until = at + SLOW_FOR


class _Pace(Protocol):
    """What one chat may be sent."""

    def free_at(self, *, lane: int) -> datetime:
        """Return the earliest instant, possibly past, at which the lane may send."""

    def take(self, at: datetime, *, lane: int) -> None:
        """Count one message."""

    def idle_at(self) -> datetime:
        """Return when nothing sent so far counts any more."""


@dataclass(kw_only=True)
class _Chat:
    """One chat's allowance, and the pause Telegram asked for."""

    pace: _Pace
    interval: timedelta = PERSON_INTERVAL
    paused_until: datetime = LONG_AGO
    queue_ends_at: datetime = LONG_AGO

    def queued(self, free_at: datetime) -> datetime:
        """Return a place behind all that wait already."""
        place = min(max(free_at, self.queue_ends_at), free_at + LONGEST_QUEUE * self.interval)
        self.queue_ends_at = place + self.interval
        return place

    def idle_at(self) -> datetime:
        """Return when this chat is as good as new."""
        return max(self.paused_until, self.queue_ends_at, self.pace.idle_at())


@dataclass(kw_only=True)
class _Bucket:
    """A token bucket, kept as the instant at which it is full again."""

    burst: int
    interval: timedelta
    full_at: datetime = LONG_AGO

    def free_at(self, *, lane: int) -> datetime:  # noqa: ARG002 - no lane is held back
        """Return when there is a token."""
        return self.full_at - (self.burst - 1) * self.interval

    def take(self, at: datetime, *, lane: int) -> None:  # noqa: ARG002 - likewise
        """Take a token."""
        self.full_at = max(self.full_at, at) + self.interval

    def idle_at(self) -> datetime:
        """Return when all tokens are back."""
        return self.full_at


class _Window:
    """At most so many in any stretch of time of a given length."""

    def __init__(self, *, limit: float, per: timedelta) -> None:
        self._limit = limit
        self._per = per
        self._taken: deque[datetime] = deque(maxlen=max(1, floor(limit)))

    def free_at(self, *, slowdown: int = 1) -> datetime:
        """Return when the oldest of those that fill the window leaves it."""
        limit = self._limit / slowdown
        count = max(1, floor(limit))
        if len(self._taken) < count:
            return LONG_AGO
        return self._taken[-count] + self._per * (count / limit)

    def room(self, at: datetime, *, slowdown: int = 1) -> int:
        """Return how many fit in at that time."""
        limit = self._limit / slowdown
        count = max(1, floor(limit))
        since = at - self._per * (count / limit)
        fill = takewhile(lambda taken: taken > since, islice(reversed(self._taken), count))
        return count - sum(1 for _ in fill)

    def take(self, at: datetime) -> None:
        """Count one."""
        self._taken.append(at)

    def idle_at(self) -> datetime:
        """Return when the last one leaves the window."""
        return self._taken[-1] + self._per if self._taken else LONG_AGO


class _SharedWindow:
    """A window of which routine lanes may fill only a part."""

    def __init__(self, *, limit: float, per: timedelta, reserved: float) -> None:
        self._all = _Window(limit=limit, per=per)
        self._routine = _Window(limit=limit * (1 - reserved), per=per)

    def free_at(self, *, lane: int, slowdown: int = 1) -> datetime:
        """Return when the lane may send."""
        free_at = self._all.free_at(slowdown=slowdown)
        if lane == FIRST_LANE:
            return free_at
        return max(free_at, self._routine.free_at(slowdown=slowdown))

    def room(self, at: datetime, *, lane: int, slowdown: int = 1) -> int:
        """Return how many of the lane fit in at that time."""
        room = self._all.room(at, slowdown=slowdown)
        if lane == FIRST_LANE:
            return room
        return min(room, self._routine.room(at, slowdown=slowdown))

    def take(self, at: datetime, *, lane: int) -> None:
        """Count one message of that lane."""
        self._all.take(at)
        if lane != FIRST_LANE:
            self._routine.take(at)

    def idle_at(self) -> datetime:
        """Return when nothing counts any more."""
        return self._all.idle_at()


class _ForwardTime:
    """Turns a clock that may be set back into a time that only goes forward."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)
        self._latest = LONG_AGO

    def reached(self, now: datetime) -> datetime:
        """Return the time when the clock shows `now`; where it went back, no time has passed."""
        self._ahead = max(self._ahead, self._latest - now)
        self._latest = now + self._ahead
        return self._latest

    def seen(self, earlier: datetime) -> datetime:
        """Return the time of an earlier instant by the clock, without moving on."""
        return min(earlier + self._ahead, self._latest)

    def on_clock(self, at: datetime) -> datetime:
        """Return what the clock will show at that time."""
        return at - self._ahead
