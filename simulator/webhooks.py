"""Where the bot wants its updates delivered, and how that goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator.errors import bad_request

if TYPE_CHECKING:
    from datetime import datetime

MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40
PORTS = (443, 80, 88, 8443)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True, kw_only=True)
class Webhook:
    """An address, its secret and the last failure there."""

    url: str
    secret: str | None = None
    max_connections: int = USUAL_CONNECTIONS
    last_error_at: datetime | None = None
    last_error: str | None = None

    def describe(self) -> dict[str, Any]:
        """Give what `getWebhookInfo` says beside the counts."""
        described: dict[str, Any] = {"max_connections": self.max_connections}
        if self.last_error_at is not None:
            described["last_error_date"] = int(self.last_error_at.timestamp())
            described["last_error_message"] = self.last_error
        return described


def checked(params: dict[str, Any]) -> Webhook:
    """Check a `setWebhook` request.

    As Telegram's own server in local mode, plain HTTP and any port are taken on loopback.
    """
    url = str(params["url"])
    _check_address(url)
    secret = params.get("secret_token")
    if secret and _SECRET.fullmatch(secret) is None:
        raise bad_request("secret token contains unallowed characters")
    connections = int(params.get("max_connections", USUAL_CONNECTIONS))
    return Webhook(
        url=url, secret=secret or None, max_connections=min(max(connections, 1), MOST_CONNECTIONS)
    )


def _check_address(url: str) -> None:
    """Refuse an address Telegram would not post to."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if parts.hostname in _LOOPBACK:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
