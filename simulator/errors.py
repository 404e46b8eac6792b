"""Telegram's words for what it refuses, and ours for what a person cannot do."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A Bot API answer with `ok: false`."""

    def __init__(
        self, code: int, description: str, *, parameters: dict[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Give the JSON body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class RefusalError(Exception):
    """What a person at the phone, or the control surface, cannot do; one clear sentence."""


class NotThereError(RefusalError, LookupError):
    """The person, chat, message, file or button asked for does not exist."""


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
UPGRADED = "group chat was upgraded to a supergroup chat"


def bad_request(words: str) -> ApiError:
    """Refuse with 400 and Telegram's words."""
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    """Refuse with 403: the bot may not write there."""
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    """Refuse with 409: somebody else fetches the updates."""
    return ApiError(409, f"Conflict: {words}")


def too_many(seconds: int) -> ApiError:
    """Refuse with 429 and say when to come back."""
    return ApiError(
        429, f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds}
    )


def migrated(chat_id: int) -> ApiError:
    """Refuse because the group has become a supergroup with another id."""
    return ApiError(400, f"Bad Request: {UPGRADED}", parameters={"migrate_to_chat_id": chat_id})


def other_poller() -> ApiError:
    """End the poll that waited when a second one came."""
    return conflict(
        "terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def webhook_is_set() -> ApiError:
    """Refuse to poll while a webhook is set."""
    return conflict(
        "can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


def unauthorized() -> ApiError:
    """Refuse an unknown token."""
    return ApiError(401, "Unauthorized")


def no_such_method() -> ApiError:
    """Refuse a method that does not exist."""
    return ApiError(404, "Not Found: method not found")


def server_error() -> ApiError:
    """Fail as Telegram does when something broke on its side."""
    return ApiError(500, "Internal Server Error")
