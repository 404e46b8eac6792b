"""People with a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.errors import NotThereError

FIRST_PERSON = 5_000_000


@dataclass(slots=True, kw_only=True)
class Person:
    """One person; `started` once the bot may write to them."""

    user_id: int
    first_name: str
    language_code: str
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def describe(self) -> dict[str, Any]:
        """Give the Bot API's `User`."""
        return {
            "id": self.user_id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }


class People:
    """Everybody there is."""

    def __init__(self) -> None:
        self._people: dict[int, Person] = {}

    def __iter__(self) -> Any:
        """Go through the people in the order they came."""
        return iter(self._people.values())

    def get(self, user_id: int) -> Person | None:
        """Give a person or nothing."""
        return self._people.get(user_id)

    def need(self, user_id: int) -> Person:
        """Give a person; refuse when there is none."""
        person = self._people.get(user_id)
        if person is None:
            raise NotThereError(f"there is no person {user_id}")
        return person

    def add(self, first_name: str, language_code: str) -> Person:
        """Let a person come."""
        user_id = FIRST_PERSON + len(self._people) + 1
        person = Person(user_id=user_id, first_name=first_name, language_code=language_code)
        self._people[user_id] = person
        return person
