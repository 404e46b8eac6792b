"""The record of every Bot API call; bounded, so that a long run does not fill the memory."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from simulator.errors import ApiError

KEPT_CALLS = 10_000
KEPT_DEFECTS = 1_000


@dataclass(slots=True)
class Call:
    """One call: what was asked and what was answered; `result` is `None` when it failed."""

    at: datetime
    method: str
    params: dict[str, Any]
    ok: bool | None = None
    result: Any = None
    error_code: int | None = None
    description: str | None = None
    fault: str | None = None

    def succeeded(self, result: object) -> None:
        """Keep the result."""
        self.ok = True
        self.result = result

    def failed(self, error: ApiError) -> None:
        """Keep Telegram's refusal."""
        self.ok = False
        self.error_code = error.code
        self.description = error.description

    def describe(self) -> dict[str, Any]:
        """Give the call as JSON."""
        described = {"at": self.at, "method": self.method, "params": self.params, "ok": self.ok}
        if self.ok:
            described["result"] = self.result
        elif self.ok is False:
            described |= {"error_code": self.error_code, "description": self.description}
        if self.fault is not None:
            described["fault"] = self.fault
        return described


class Calls:
    """The latest calls and what was wrong with any; listeners hear of each before its effect."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Call], None]] = []
        self.latest: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.defects: list[str] = []

    def begin(self, at: datetime, method: str, params: dict[str, Any]) -> Call:
        """Note a call that has come."""
        call = Call(at, method, params)
        self.latest.append(call)
        for listener in self.listeners:
            listener(call)
        return call

    def note(self, defects: list[str]) -> None:
        """Keep what the published description forbids."""
        room = KEPT_DEFECTS - len(self.defects)
        self.defects.extend(defects[: max(room, 0)])
