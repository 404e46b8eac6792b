"""Where words between a patient and the team are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from care.notes import NoteId
    from care.people import Address, PatientId
    from care.relay import NewRelay, RelayCopy, RelayId, RelayMessage


class Relay(Protocol):
    """Messages of both directions, and where copies of a patient's stand with the team."""

    async def add(self, new: NewRelay) -> RelayMessage:
        """Store one."""
        ...

    async def get(self, relay_id: RelayId) -> RelayMessage:
        """The message with this id; raises NotFound."""
        ...

    async def save(self, message: RelayMessage) -> None:
        """Store what has changed; raises NotFound."""
        ...

    async def of_note(self, patient_id: PatientId, note_id: NoteId) -> RelayMessage | None:
        """What a patient's note was sent as, if it was."""
        ...

    async def shown_at(self, patient_id: PatientId, message_id: int) -> RelayMessage | None:
        """What stands in this message of the patient's chat, if it is of the relay."""
        ...

    async def answers_to(self, relay_id: RelayId) -> Sequence[RelayMessage]:
        """The answers that were sent, oldest first."""
        ...

    async def recent(self, *, since: datetime, limit: int) -> Sequence[RelayMessage]:
        """Patients' messages that nobody has answered, and those written since; newest first."""
        ...

    async def keep_copy(self, relay_id: RelayId, copy: RelayCopy) -> None:
        """A coordinator's chat shows a part of it here; one known already stays."""
        ...

    async def copies(self, relay_id: RelayId) -> Sequence[RelayCopy]:
        """Where it stands with the team, oldest first."""
        ...

    async def copied_at(self, address: Address, message_id: int) -> RelayId | None:
        """Whose words stand in this message of a coordinator's chat."""
        ...
