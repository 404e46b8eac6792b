"""A made-up person's thumb: finds a button by its words and taps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.control import Control


class Thumb:
    """One person in the simulator; `id` is also the id of their private chat."""

    def __init__(self, control: Control, name: str, *, language: str = "en") -> None:
        """A new person with a phone."""
        self._control = control
        self.name = name
        self.id = control.create_user(name, language)

    def write(self, text: str) -> None:
        """Write a message to the bot."""
        self._control.send(self.id, text)

    def tap(self, message: dict[str, Any], label: str) -> None:
        """Tap a button of a message."""
        self._control.tap(self.id, message["message_id"], label=label)

    def messages(self, *, after: int = 0) -> Iterator[dict[str, Any]]:
        """What the bot has written into this chat and not taken back, newest first.

        `after` is the id of a message that is known with all before it.
        """
        for one in self._control.newest(self.id, after=after):
            if one["from"]["is_bot"] and not one["deleted"]:
                yield one

    def latest(self, *labels: str, after: int = 0) -> dict[str, Any] | None:
        """The newest message that has a button with each of these labels."""
        for message in self.messages(after=after):
            shown = labels_of(message)
            if all(any(label in text for text in shown) for label in labels):
                return message
        return None


def labels_of(message: dict[str, Any]) -> list[str]:
    """The words on a message's buttons."""
    return [button["text"] for row in message["keyboard"] or [] for button in row]
