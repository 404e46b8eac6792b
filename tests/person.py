"""A person with a phone: what they do, and what they see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.world import World


WEEKLY = "Your overview of the week."
"""It comes to every coordinator on Monday; only test_digest.py is about it."""


class Person:
    """One phone: what its owner does, and what they see."""

    def __init__(self, world: World, name: str, *, language: str) -> None:
        self._world = world
        self.name = name
        self.code = ""
        self.id = world.control.create_user(name, language)
        self._seen: set[int] = set()
        self._known_edits: dict[int, int] = {}

    async def says(self, text: str = "", *, kind: str = "text", to: int | None = None) -> None:
        """Write a message, or send a sticker, a photo, a voice message; perhaps a reply to one."""
        self._remember_edits()
        self._world.control.send(self.id, text, kind=kind, reply_to=to)
        await self._world.settle()

    async def replies(self, text: str, *texts: str) -> None:
        """Reply to the newest message that has these words."""
        await self.says(text, to=self.message(*texts)["message_id"])

    async def taps(self, label: str, *, on: int | None = None, settle: bool = True) -> str:
        """Tap the newest button with these words (or that of one message); gives the query id."""
        self._remember_edits()
        message_id = on if on is not None else self._holder(label)["message_id"]
        query = self._world.control.tap(self.id, message_id, label=label)
        if settle:
            await self._world.settle()
        return query

    async def alarms(self, *, settle: bool = True) -> str:
        """Tap the alarm, then the emergency itself; gives the query id of the second tap."""
        await self.taps("Something is alarming")
        return await self.taps("It is an emergency", settle=settle)

    async def forges(self, data: str, *, on: int | None = None) -> str:
        """Send a tap with a payload of one's own making; gives the query id."""
        self._remember_edits()
        message_id = on if on is not None else self.messages()[-1]["message_id"]
        query = self._world.control.tap(self.id, message_id, data=data)
        await self._world.settle()
        return query

    async def chooses_zone(self, zone: str, *, by: str = "No, choose another") -> None:
        """Find a zone by region and page, as a person does, beginning with a button."""
        region, _, place = zone.partition("/")
        await self.taps(by)
        await self.taps(region)
        label = place.replace("_", " ").replace("/", ", ")
        while label not in self.labels():
            await self.taps(" ›")
        await self.taps(label)

    async def blocks(self, *, blocked: bool = True) -> None:
        """Block or unblock the bot."""
        self._world.control.block(self.id, blocked=blocked)
        await self._world.settle()
        for other in self._world.people:
            other.sees_if_any(f"{self.code} cannot be reached")

    def notice(self, query: str) -> str:
        """What popped up over the chat after a tap."""
        return str(self._world.control.answer_to(query).get("text") or "")

    def messages(self) -> list[dict[str, Any]]:
        """All that the bot has written and not taken back, oldest first."""
        found = self._world.control.transcript(self.id)["messages"]
        return [one for one in found if one["from"]["is_bot"] and not one["deleted"]]

    def labels(self) -> list[str]:
        """The words on the buttons of the newest message that has any."""
        holders = [one for one in self.messages() if one["keyboard"]]
        return _labels(holders[-1]) if holders else []

    def message(self, *texts: str) -> dict[str, Any]:
        """The newest message with these words, as it stands now."""
        found = [one for one in self.messages() if _has(one, texts)]
        assert found, f"{self.name} has no message with {texts}; {self._chat()}"
        return found[-1]

    def sees(self, *texts: str) -> str:
        """Consume a new message, or a changed one, that has these words; gives its text."""
        for message in self.messages():
            if message["message_id"] not in self._seen and _has(message, texts):
                self._seen.add(message["message_id"])
                self._known_edits[message["message_id"]] = len(message["versions"])
                return str(message["text"])
        for message in reversed(self.messages()):
            edits = len(message["versions"])
            if edits != self._known_edits.get(message["message_id"], 0) and _has(message, texts):
                return str(message["text"])
        raise AssertionError(f"{self.name} does not see {texts}; {self._chat()}")

    def sees_if_any(self, *texts: str) -> None:
        """Consume new messages with these words, if there are."""
        for message in self.messages():
            if _has(message, texts):
                self._seen.add(message["message_id"])

    def sees_nothing_more(self) -> None:
        """Fail on a message that was not consumed."""
        unseen = [one for one in self.messages() if one["message_id"] not in self._seen]
        texts = [one["text"] for one in unseen if not one["text"].startswith(WEEKLY)]
        assert not texts, f"{self.name} did not expect {texts}"

    def _remember_edits(self) -> None:
        for message in self.messages():
            self._known_edits[message["message_id"]] = len(message["versions"])

    def _holder(self, label: str) -> dict[str, Any]:
        message: dict[str, Any]
        for message in reversed(self.messages()):
            if any(label in text for text in _labels(message)):
                self._seen.add(message["message_id"])
                return message
        raise AssertionError(f"{self.name} sees no button {label!r}; {self._chat()}")

    def _chat(self) -> str:
        lines = [f"{one['text']!r} {_labels(one)}" for one in self.messages()[-6:]]
        return "the chat ends with:\n  " + "\n  ".join(lines)


def _labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["keyboard"] or [] for button in row]


def _has(message: dict[str, Any], texts: tuple[str, ...]) -> bool:
    return all(text in message["text"] for text in texts)
