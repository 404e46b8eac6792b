"""Chats and the messages in them, as Telegram keeps and shows them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.errors import NotThereError

if TYPE_CHECKING:
    from datetime import datetime

    from simulator.keyboards import Keyboard

MOST_VERSIONS = 100
FIRST_GROUP = -4_000_000
FIRST_SUPERGROUP = -1_002_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a message said until it was edited."""

    at: datetime
    text: str
    keyboard: Keyboard | None


@dataclass(slots=True, kw_only=True)
class Message:
    """One message; `media` and `service` hold the fields of their own they add to its JSON."""

    message_id: int
    sender: dict[str, Any]
    date: datetime
    kind: str = "text"
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    media: dict[str, Any] | None = None
    service: dict[str, Any] | None = None
    keyboard: Keyboard | None = None
    reply_to: Message | None = None
    protected: bool = False
    edited_at: datetime | None = None
    deleted: bool = False
    versions: deque[Version] = field(default_factory=lambda: deque(maxlen=MOST_VERSIONS))

    @property
    def by_bot(self) -> bool:
        """Say whether the bot wrote it."""
        return bool(self.sender["is_bot"])

    def keep_version(self, now: datetime) -> None:
        """Remember what it says before it is edited."""
        at = self.edited_at or self.date
        self.versions.append(Version(at=at, text=self.text, keyboard=self.keyboard))
        self.edited_at = now


@dataclass(slots=True, kw_only=True)
class Chat:
    """A private chat (its id is the person's), a group or a supergroup."""

    chat_id: int
    kind: str
    title: str
    members: list[int]
    bot_status: str = "member"
    migrated_to: int | None = None
    migrated_from: int | None = None
    menu_button: dict[str, Any] | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_by_bot: bool = False

    @property
    def is_group(self) -> bool:
        """Say whether several people see it."""
        return self.kind != "private"

    def describe(self) -> dict[str, Any]:
        """Give the Bot API's `Chat`."""
        name = "title" if self.is_group else "first_name"
        return {"id": self.chat_id, "type": self.kind, name: self.title}

    def find(self, message_id: object) -> Message | None:
        """Give a message that has not been deleted."""
        message = self.messages.get(message_id) if isinstance(message_id, int) else None
        return None if message is None or message.deleted else message

    def add(self, message: Message) -> None:
        """Put a message at the end."""
        self.messages[message.message_id] = message
        self.last_by_bot = message.by_bot

    def show(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        """Give the Bot API's `Message`."""
        shown: dict[str, Any] = {
            "message_id": message.message_id,
            "from": message.sender,
            "chat": self.describe(),
            "date": int(message.date.timestamp()),
        }
        if message.edited_at is not None:
            shown["edit_date"] = int(message.edited_at.timestamp())
        if with_reply and message.reply_to is not None and not message.reply_to.deleted:
            shown["reply_to_message"] = self.show(message.reply_to, with_reply=False)
        if message.protected:
            shown["has_protected_content"] = True
        _add_content(message, shown)
        if message.keyboard:
            shown["reply_markup"] = {"inline_keyboard": message.keyboard}
        return shown


def _add_content(message: Message, shown: dict[str, Any]) -> None:
    """Add text or caption, media and service fields."""
    if message.media is not None:
        shown.update(message.media)
    if message.service is not None:
        shown.update(message.service)
    if message.text:
        caption = message.media is not None
        shown["caption" if caption else "text"] = message.text
        if message.entities:
            shown["caption_entities" if caption else "entities"] = message.entities


class Chats:
    """Every chat there is, and the counters Telegram draws ids from."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._last_message = 0
        self._groups = 0

    def __iter__(self) -> Any:
        """Go through the chats in the order they came to be."""
        return iter(self._chats.values())

    def get(self, chat_id: object) -> Chat | None:
        """Give a chat or nothing."""
        return self._chats.get(chat_id) if isinstance(chat_id, int) else None

    def need(self, chat_id: int) -> Chat:
        """Give a chat; refuse when there is none."""
        chat = self._chats.get(chat_id)
        if chat is None:
            raise NotThereError(f"there is no chat {chat_id}")
        return chat

    def open_private(self, user_id: int, first_name: str) -> Chat:
        """Open the chat of a person with the bot."""
        return self._keep(
            Chat(chat_id=user_id, kind="private", title=first_name, members=[user_id])
        )

    def open_group(self, title: str, members: list[int]) -> Chat:
        """Open a basic group with the bot in it."""
        self._groups += 1
        return self._keep(
            Chat(chat_id=FIRST_GROUP - self._groups, kind="group", title=title, members=members)
        )

    def upgrade(self, group: Chat) -> Chat:
        """Make a supergroup of a basic group; the old one points to it."""
        self._groups += 1
        chat = Chat(
            chat_id=FIRST_SUPERGROUP - self._groups,
            kind="supergroup",
            title=group.title,
            members=list(group.members),
            migrated_from=group.chat_id,
        )
        group.migrated_to = chat.chat_id
        return self._keep(chat)

    def next_message_id(self, chat: Chat) -> int:
        """Draw the next message id: a supergroup counts its own, the others share one count."""
        if chat.kind == "supergroup":
            return len(chat.messages) + 1
        self._last_message += 1
        return self._last_message

    def _keep(self, chat: Chat) -> Chat:
        """Remember a new chat."""
        self._chats[chat.chat_id] = chat
        return chat
