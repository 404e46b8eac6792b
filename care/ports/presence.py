"""Whether somebody could be written to, found out without disturbing anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from care.people import Address
    from care.ports.messenger import Result


class Presence(Protocol):
    """Asks for a chat what sending there would come to; nobody sees a message."""

    async def of_person(self, address: Address) -> Result:
        """What a message to a private chat would come to."""
        ...

    async def of_group(self, address: Address) -> Result:
        """What a message to a group would come to."""
        ...
