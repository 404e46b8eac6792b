"""The /sim calls as plain methods: people and groups, what they do, and what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator import groups, phones
from simulator.errors import NotThereError, RefusalError
from simulator.faults import Fault
from simulator.transcripts import show, show_group, show_person, transcript

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterator

    from simulator.calls import Call
    from simulator.state import State


class Control:
    """Everything a test, the replay or the chat page may ask of this Telegram."""

    def __init__(self, state: State) -> None:
        self._state = state

    def create_user(self, first_name: str, language_code: str = "en") -> int:
        """Let a person with a phone come; give their id, which is also their chat's."""
        if not first_name.strip():
            raise RefusalError("a person needs a first name")
        person = self._state.people.add(first_name, language_code)
        self._state.chats.open_private(person.user_id, first_name)
        self._state.events.publish({"type": "person", **show_person(self._state, person)})
        return person.user_id

    def create_group(self, title: str, members: list[int]) -> int:
        """Let the first member make a group with the bot in it; give its id."""
        return groups.create(self._state, title, members).chat_id

    def migrate_group(self, chat_id: int) -> int:
        """Upgrade a group to a supergroup; give the new id."""
        return groups.migrate(self._state, self._state.chats.need(chat_id)).chat_id

    def remove_bot(self, chat_id: int) -> None:
        """Let a group's owner remove the bot."""
        groups.remove_bot(self._state, self._state.chats.need(chat_id))

    def send(
        self,
        user_id: int,
        text: str = "",
        *,
        chat_id: int | None = None,
        reply_to: int | None = None,
        kind: str = "text",
    ) -> int:
        """Let a person write; give the message id. `kind`: text, sticker, photo, voice."""
        message = phones.write(
            self._state, user_id, text, chat_id=chat_id, reply_to=reply_to, kind=kind
        )
        return message.message_id

    def tap(
        self,
        user_id: int,
        message_id: int,
        *,
        label: str | None = None,
        data: str | None = None,
        chat_id: int | None = None,
    ) -> str:
        """Tap a button by its label, or forge a tap by its data; give the query id."""
        return phones.tap(
            self._state, user_id, message_id, chat_id=chat_id, label=label, data=data
        )

    def block(self, user_id: int, *, blocked: bool = True) -> None:
        """Let a person block or unblock the bot."""
        phones.block(self._state, user_id, blocked=blocked)

    def deactivate(self, user_id: int) -> None:
        """Let a person delete their account."""
        self._state.people.need(user_id).deactivated = True

    def transcript(self, chat_id: int, *, user_id: int | None = None) -> dict[str, Any]:
        """Give a chat as a person sees it; in a private chat as its owner does."""
        chat = self._state.chats.need(chat_id)
        seen_by = chat_id if user_id is None and not chat.is_group else user_id
        person = None if seen_by is None else self._state.people.need(seen_by)
        return transcript(self._state, chat, person)

    def newest(self, chat_id: int, *, after: int = 0) -> Iterator[dict[str, Any]]:
        """Give a chat's messages one by one, the newest first, down to one that is known."""
        for message in reversed(self._state.chats.need(chat_id).messages.values()):
            if message.message_id <= after:
                return
            yield show(message)

    def state(self) -> dict[str, Any]:
        """Give the time, the bot, the people and the groups."""
        bot = self._state.bot
        return {
            "now": self._state.clock.now().isoformat(),
            "bot": {name: bot[name] for name in ("id", "username", "first_name")},
            "people": [show_person(self._state, person) for person in self._state.people],
            "groups": [
                show_group(chat)
                for chat in self._state.chats
                if chat.is_group and chat.migrated_to is None
            ],
            "travelling": self._state.travelling,
        }

    def inject_fault(
        self,
        kind: str,
        *,
        times: int = 1,
        method: str | None = None,
        chat_id: int | None = None,
        retry_after: int = 5,
        seconds: float | None = None,
    ) -> None:
        """Let the next calls fail (see simulator.faults.Fault)."""
        self._state.faults.add(
            Fault(
                kind=kind,
                times=times,
                method=method,
                chat_id=chat_id,
                retry_after=retry_after,
                seconds=seconds,
            )
        )

    def inject_refusal(
        self,
        words: str,
        *,
        code: int = 400,
        times: int = 1,
        method: str | None = None,
        chat_id: int | None = None,
    ) -> None:
        """Let the next calls be refused in these words of Telegram's."""
        self._state.faults.add(
            Fault(
                kind="refusal",
                times=times,
                method=method,
                chat_id=chat_id,
                code=code,
                words=words,
            )
        )

    def clear_faults(self) -> None:
        """Forget every failure that has not happened."""
        self._state.faults.clear()

    @property
    def calls(self) -> deque[Call]:
        """Give the latest Bot API calls, oldest first."""
        return self._state.calls.latest

    @property
    def defects(self) -> list[str]:
        """Give what the published description forbids and a call did all the same."""
        return self._state.calls.defects

    def file(self, file_id: str) -> tuple[bytes, str, str]:
        """Give a file's bytes, its type and its name."""
        stored = self._state.files.need(file_id)
        return stored.content, stored.mime_type, stored.file_name

    def answer_to(self, query_id: str) -> dict[str, Any]:
        """Give how the bot answered a tap."""
        for call in reversed(self.calls):
            answers = call.method == "answerCallbackQuery" and call.ok
            if answers and call.params["callback_query_id"] == query_id:
                return call.params
        raise NotThereError(f"the tap {query_id} has not been answered")
