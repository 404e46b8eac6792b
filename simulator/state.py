"""All that this Telegram remembers, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.calls import Calls
from simulator.chats import Chats
from simulator.commands import Commands
from simulator.events import Events
from simulator.faults import Faults
from simulator.floods import FloodWindows
from simulator.media import Files
from simulator.people import People
from simulator.queries import Queries
from simulator.updates import Updates

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.clock import VirtualClock
    from simulator.webhooks import Webhook


class State:
    """The bot, the people, the chats, and everything between them."""

    def __init__(
        self, *, clock: VirtualClock, token: str, username: str, first_name: str, floods: bool
    ) -> None:
        self.clock = clock
        self.token = token
        self.bot: dict[str, Any] = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
        }
        self.people = People()
        self.chats = Chats()
        self.updates = Updates(clock)
        self.queries = Queries()
        self.files = Files()
        self.commands = Commands()
        self.texts: dict[tuple[str, str], str] = {}
        self.menu_button: dict[str, Any] = {"type": "commands"}
        self.faults = Faults()
        self.floods = FloodWindows(enabled=floods)
        self.calls = Calls()
        self.events = Events()
        self.webhook: Webhook | None = None
        self.travelling = False
        self.sent_by_bot = 0

    def bot_member(self, status: str) -> dict[str, Any]:
        """Give the Bot API's `ChatMember` of the bot."""
        member: dict[str, Any] = {"user": self.bot, "status": status}
        if status == "kicked":
            member["until_date"] = 0
        return member

    def tell_membership(self, chat: Chat, by: int, *, old: str, new: str) -> None:
        """Tell the bot that it may write, or no longer."""
        self.updates.add(
            "my_chat_member",
            {
                "chat": chat.describe(),
                "from": self.people.need(by).describe(),
                "date": int(self.clock.now().timestamp()),
                "old_chat_member": self.bot_member(old),
                "new_chat_member": self.bot_member(new),
            },
            queue=f"chat{chat.chat_id}",
        )

    def place_of(self, user_id: int) -> list[int]:
        """Give the chats a person is in."""
        return [
            chat.chat_id
            for chat in self.chats
            if user_id in chat.members and chat.migrated_to is None
        ]
