"""Where the care team's group is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from care.groups import Group


class Groups(Protocol):
    """The care team's group, or none."""

    async def current(self) -> Group | None:
        """The group, if the clinic has one."""
        ...

    async def keep(self, group: Group) -> None:
        """This is the group from now on."""
        ...

    async def forget(self) -> None:
        """There is no group any more."""
        ...
