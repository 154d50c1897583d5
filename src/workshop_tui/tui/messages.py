"""What happened outside the widgets, as messages; the network task posts them and touches nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from workshop_tui.messages import Text
from workshop_tui.room.snapshot import Snapshot


@dataclass
class SnapshotArrived(Message):
    """The room sent a new view of itself."""

    snapshot: Snapshot

    def can_replace(self, message: Message) -> bool:
        """Only the newest of those that wait is drawn."""
        return isinstance(message, SnapshotArrived)


@dataclass
class RoomLost(Message):
    """The room stopped answering; it is being started again."""

    words: tuple[Text, ...]


@dataclass
class RoomEnded(Message):
    """Somebody stopped the room in order; it is started again only when asked for."""

    words: tuple[Text, ...]


class RoomBack(Message):
    """The room answers again."""
