"""Groups: made, upgraded, left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import RefusalError
from simulator.posts import post, post_to_bot
from simulator.transcripts import show_group

if TYPE_CHECKING:
    from simulator.chats import Chat
    from simulator.state import State


def create(state: State, title: str, members: list[int]) -> Chat:
    """Let the first member create a group with the others and the bot."""
    if not title.strip() or not members:
        raise RefusalError("a group needs a title and at least one member")
    people = [state.people.need(user_id) for user_id in dict.fromkeys(members)]
    chat = state.chats.open_group(title, [person.user_id for person in people])
    state.tell_membership(chat, chat.members[0], old="left", new="member")
    post_to_bot(
        state,
        chat,
        people[0].describe(),
        kind="service",
        service={"group_chat_created": True},
    )
    _tell(state, chat)
    return chat


def migrate(state: State, chat: Chat) -> Chat:
    """Upgrade a group to a supergroup with another id; both chats say so."""
    if chat.kind != "group" or chat.migrated_to is not None:
        raise RefusalError(f"chat {chat.chat_id} is not a basic group")
    upgraded = state.chats.upgrade(chat)
    sender = state.people.need(chat.members[0]).describe()
    leaving = {"migrate_to_chat_id": upgraded.chat_id}
    coming = {"migrate_from_chat_id": chat.chat_id}
    post_to_bot(state, chat, sender, kind="service", service=leaving)
    post_to_bot(state, upgraded, sender, kind="service", service=coming)
    _tell(state, upgraded)
    return upgraded


def remove_bot(state: State, chat: Chat) -> None:
    """Let the group's owner remove the bot."""
    if not chat.is_group or chat.bot_status != "member":
        raise RefusalError(f"the bot is not in a group {chat.chat_id}")
    chat.bot_status = "kicked"
    owner = state.people.need(chat.members[0]).describe()
    post(state, chat, owner, kind="service", service={"left_chat_member": state.bot})
    state.tell_membership(chat, chat.members[0], old="member", new="kicked")


def leave(state: State, chat: Chat) -> None:
    """Let the bot leave by itself."""
    chat.bot_status = "left"
    post(state, chat, state.bot, kind="service", service={"left_chat_member": state.bot})


def _tell(state: State, chat: Chat) -> None:
    """Tell the page about a group."""
    state.events.publish({"type": "group", **show_group(chat)})
