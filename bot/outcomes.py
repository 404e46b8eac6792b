"""What Telegram's errors mean, by their cause (telegram facts, 4)."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot import transport
from care.people import Address
from care.ports.messenger import (
    Flooded,
    Gone,
    Moved,
    NotSent,
    Rejected,
    Result,
    Unauthorized,
    Unknown,
)

_NO_CHAT = "chat not found"


def outcome_of(error: TelegramError) -> Result:
    """What an error of Telegram's means for a promise, by its cause."""
    name = type(error).__name__
    match error:
        case RetryAfter():
            wait = error.retry_after
            wait = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            result: Result = Flooded(retry_after=wait)
        case ChatMigrated():
            result = Moved(address=Address(error.new_chat_id))
        case Forbidden():
            result = Gone(error=error.message)
        case BadRequest() if error.message.lower().startswith(_NO_CHAT):
            result = Gone(error=error.message)
        case InvalidToken():
            result = Unauthorized(error=name)
        case transport.NotSent() | Conflict():
            result = NotSent(error=name)
        case transport.OutcomeUnknown():
            result = Unknown(error=name)
        case _:
            result = Rejected(error=error.message)
    return result
