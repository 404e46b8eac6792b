"""Callback queries: what was tapped and how the bot answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from simulator.errors import QUERY_TOO_OLD, bad_request

if TYPE_CHECKING:
    from datetime import datetime

ANSWERED_WITHIN = timedelta(seconds=15)


@dataclass(slots=True, kw_only=True)
class Query:
    """One tap, waiting for its answer."""

    query_id: str
    user_id: int
    chat_id: int
    at: datetime
    data: str


class Queries:
    """The taps that can still be answered, and the answers of those that were."""

    def __init__(self) -> None:
        self._open: dict[str, Query] = {}
        self._count = 0

    def open(self, user_id: int, chat_id: int, at: datetime, *, data: str) -> Query:
        """Remember a tap."""
        self._count += 1
        query_id = str((user_id << 32) + self._count)
        query = Query(query_id=query_id, user_id=user_id, chat_id=chat_id, at=at, data=data)
        self._open[query_id] = query
        return query

    def close(self, query_id: object, now: datetime) -> Query:
        """Give the tap that is being answered; each once and in time."""
        query = self._open.pop(query_id, None) if isinstance(query_id, str) else None
        if query is None or now - query.at > ANSWERED_WITHIN:
            raise bad_request(QUERY_TOO_OLD)
        return query


def shown(answer: dict[str, Any], query: Query) -> dict[str, Any]:
    """Give the event the page shows as a toast or an alert."""
    return {
        "type": "answer",
        "user_id": query.user_id,
        "chat_id": query.chat_id,
        "data": query.data,
        "text": answer.get("text", ""),
        "show_alert": bool(answer.get("show_alert")),
    }
