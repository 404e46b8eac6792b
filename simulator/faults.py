"""What goes wrong on request: the next calls fail as asked."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.errors import RefusalError

KINDS = frozenset(
    {
        "flood",
        "blocked",
        "bad_gateway",
        "server_error",
        "disconnect",
        "commit_then_hang",
        "migrate",
        "unauthorized",
        "conflict",
        "refusal",
    }
)


@dataclass(slots=True, kw_only=True)
class Fault:
    """One wish for failure.

    Without a method it meets every call but `getUpdates`; `unauthorized` meets that one as
    well, `conflict` only that one. `seconds` is real time: how long a hanging call hangs.
    A `refusal` answers with `code` and `words`, as Telegram would.
    """

    kind: str
    times: int = 1
    method: str | None = None
    chat_id: int | None = None
    retry_after: int = 5
    seconds: float | None = None
    code: int = 400
    words: str = "Bad Request"

    def meets(self, method: str, chat_id: object) -> bool:
        """Say whether a call is one of those that shall fail."""
        if self.method is not None:
            right_method = self.method.lower() == method.lower()
        elif self.kind == "unauthorized":
            right_method = True
        else:
            right_method = (method == "getUpdates") is (self.kind == "conflict")
        return right_method and (self.chat_id is None or self.chat_id == chat_id)


class Faults:
    """The failures that are still to come, oldest wish first."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Ask for a failure."""
        if fault.kind not in KINDS:
            raise RefusalError(f"unknown kind of fault {fault.kind!r}; one of {sorted(KINDS)}")
        if fault.times < 1:
            raise RefusalError("a fault happens at least once")
        self._coming.append(fault)

    def clear(self) -> None:
        """Forget every failure that has not happened."""
        self._coming.clear()

    @property
    def coming(self) -> tuple[Fault, ...]:
        """Give what has not happened yet."""
        return tuple(self._coming)

    def take(self, method: str, chat_id: object) -> Fault | None:
        """Give the failure this call meets and count it as happened."""
        for fault in self._coming:
            if fault.meets(method, chat_id):
                fault.times -= 1
                if fault.times == 0:
                    self._coming.remove(fault)
                return fault
        return None
