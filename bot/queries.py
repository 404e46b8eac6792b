"""Taps as Telegram tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.constants import ChatType

from bot.views.wording.catalogue import DEFAULT
from care.people import Address

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Query:
    """A tap as it came; `message_id` is None unless it was in a private chat."""

    id: str
    by: Address
    language: str
    data: str
    message_id: int | None


def query(raw: Mapping[str, Any]) -> Query:
    """Read Telegram's CallbackQuery; what else is in it we do not need."""
    person = raw["from"]
    message = raw.get("message") or {}
    is_private = message.get("chat", {}).get("type") == ChatType.PRIVATE
    return Query(
        id=raw["id"],
        by=Address(person["id"]),
        language=person.get("language_code") or DEFAULT,
        data=raw.get("data", ""),
        message_id=message["message_id"] if is_private else None,
    )
