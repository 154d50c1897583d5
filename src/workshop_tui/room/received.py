"""What was handed to a running session, with what it did with each; only reads."""

from __future__ import annotations

from workshop_tui.domain.received import Dealt, dealt_with, in_our_hands
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import HandedView


def received(room: Room) -> tuple[Dealt, ...]:
    """Each point that was handed in, in the order of the agenda."""
    points = room.state.agenda.received
    if not points:
        return ()
    tables = room.tables
    return dealt_with(points, ((note.key, note.text, tables.kept_entry(note.key)) for note in tables.notes))


def handed(room: Room) -> HandedView | None:
    """The point at hand; None where nothing was handed in."""
    dealt = received(room)
    if not dealt:
        return None
    screen = room.state.screen
    shown = screen.subject if screen.mode == "received" else ""
    at = next((at for at, each in enumerate(dealt) if each.point.id == shown), None)
    if at is None:
        at = next((at for at, each in enumerate(dealt) if each.is_open), 0)
    return HandedView(
        here=dealt[at],
        number=at + 1,
        total=len(dealt),
        open=in_our_hands(dealt),
        before=dealt[at - 1].point.id,
        after=dealt[(at + 1) % len(dealt)].point.id,
    )
