"""What people did and what their phones showed: written down while it happens."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bench.chaos.receipts import claim_of
from bot import callbacks, payloads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.chaos.receipts import Claim

_WEEK_SHIFT = timedelta(days=3)  # a summary comes from Sunday evening to Tuesday evening


class Seen(StrEnum):
    """Messages that came by themselves, by kind."""

    CHECKIN = "check-in"
    REMINDER = "reminder"
    SUMMARY = "summary"
    JOINED = "joined"
    PAGE = "page"
    PAGE_REPEAT = "page marked as repeat"
    TEAM_TOLD = "team told"
    TEAM_TOOK = "team took"
    TEAM_UNREACHABLE = "team unreachable"
    CLOSED = "closed"


_TO_THE_OWNER = ("Is it done?", "Please look again.")
"""What is taken comes back to whoever has it: as often as it must, and for each piece of news."""

ONCE = frozenset({Seen.CHECKIN, Seen.REMINDER, Seen.SUMMARY, Seen.JOINED, Seen.PAGE})
"""Kinds that nobody may see twice: those sent at most once, and a page without a mark."""

_OPENINGS = {
    "Time for your check-in": Seen.CHECKIN,
    "Your check-in is still open": Seen.REMINDER,
    "Your week in review": Seen.SUMMARY,
    "Your care team has been told": Seen.TEAM_TOLD,
    "A coordinator has seen your report": Seen.TEAM_TOOK,
    "We could not reach your care team": Seen.TEAM_UNREACHABLE,
    "Your care team has closed your report": Seen.CLOSED,
}


@dataclass(kw_only=True)
class Tap:
    """One tap that answers something; acknowledged once the screen shows it."""

    chat: int
    message_id: int
    claim: Claim
    at: datetime
    acknowledged_at: datetime | None = None


@dataclass(kw_only=True)
class Alarm:
    """One ring of the alarm; acknowledged by the words that pop up."""

    chat: int
    at: datetime
    acknowledged_at: datetime | None = None


@dataclass(kw_only=True)
class Ledger:
    """Everything that is compared with the database at the end."""

    now: Callable[[], datetime]
    taps: list[Tap] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    pages: dict[int, set[int]] = field(default_factory=dict)
    seen: Counter[tuple[Seen, int, str]] = field(default_factory=Counter)
    screens: dict[tuple[int, int], str] = field(default_factory=dict)

    def tapped(self, chat: int, message_id: int, data: str, label: str) -> None:
        """Somebody tapped a button."""
        if isinstance(callbacks.decode(data), payloads.AlarmNow):
            self.alarms.append(Alarm(chat=chat, at=self.now()))
            return
        claim = claim_of(data, label)
        if claim is not None:
            self.taps.append(Tap(chat=chat, message_id=message_id, claim=claim, at=self.now()))

    def happened(self, event: Mapping[str, Any]) -> None:
        """The simulator tells of a message, an edit, an answer to a tap."""
        if event["type"] in {"message", "edit"}:
            message = event["message"]
            self.screens[event["chat_id"], message["message_id"]] = message["text"]
        match event["type"]:
            case "message" if event["message"]["from"]["is_bot"]:
                self._came(event["chat_id"], event["message"])
            case "edit":
                self._changed(event["chat_id"], event["message"])
            case "answer":
                self._answered(event)
            case _:
                pass

    def _answered(self, event: Mapping[str, Any]) -> None:
        """A tap was answered; the words of an alarm's answer are its receipt."""
        is_alarm = isinstance(callbacks.decode(event["data"]), payloads.AlarmNow)
        if not is_alarm or not event["text"].startswith("This may be an emergency."):
            return
        for alarm in reversed(self.alarms):
            if alarm.chat == event["user_id"] and alarm.acknowledged_at is None:
                alarm.acknowledged_at = self.now()
                return

    def _changed(self, chat: int, message: Mapping[str, Any]) -> None:
        """An edit shows an answer: of the taps that gave it, the oldest has its receipt.

        The same answer tapped twice, with others in between, needs two receipts.
        """
        shown: set[Claim] = set()
        for tap in self.taps:
            is_here = (tap.chat, tap.message_id) == (chat, message["message_id"])
            if not is_here or tap.acknowledged_at is not None or tap.claim in shown:
                continue
            if tap.claim.is_shown_by(message["text"]):
                tap.acknowledged_at = self.now()
                shown.add(tap.claim)

    def _came(self, chat: int, message: Mapping[str, Any]) -> None:
        text = message["text"]
        for data in _buttons(message):
            payload = callbacks.decode(data)
            if isinstance(payload, payloads.Take | payloads.Close):
                self._paged(chat, payload.escalation, text)
                return
        kind = next((kind for words, kind in _OPENINGS.items() if text.startswith(words)), None)
        if kind is not None:
            self.seen[kind, chat, self._what(kind, text)] += 1
        elif "has joined" in text:
            self.seen[Seen.JOINED, chat, text] += 1

    def _paged(self, chat: int, escalation: int, text: str) -> None:
        self.pages.setdefault(escalation, set()).add(chat)
        if any(words in text for words in _TO_THE_OWNER):
            return
        repeat = re.search(r"repeat \d+", text)
        kind = Seen.PAGE if repeat is None else Seen.PAGE_REPEAT
        self.seen[kind, chat, f"E-{escalation} {repeat[0] if repeat else ''}"] += 1

    def _what(self, kind: Seen, text: str) -> str:
        """What makes two messages of a kind the same: their day, their week, their reference."""
        if kind is Seen.SUMMARY:
            return "{}-W{}".format(*(self.now() - _WEEK_SHIFT).isocalendar())
        if kind in {Seen.CHECKIN, Seen.REMINDER}:
            return str(text.splitlines()[2])
        found = re.search(r"E-\d+", text)
        return found[0] if found else ""

    def kinds(self) -> Counter[Seen]:
        """How many messages of each kind people saw."""
        found: Counter[Seen] = Counter()
        for (kind, _, _), times in self.seen.items():
            found[kind] += times
        return found

    def repeats(self) -> Counter[Seen]:
        """How many messages of each kind somebody saw more than once."""
        found: Counter[Seen] = Counter()
        for (kind, _, _), times in self.seen.items():
            found[kind] += times - 1
        return +found


def _buttons(message: Mapping[str, Any]) -> list[str]:
    rows = message["keyboard"] or []
    return [button["data"] for row in rows for button in row if button["data"]]
