"""What stands beside the middle pane: the running order, what waits to be read, and what a wide window adds. Pure."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

from workshop_tui.room.snapshot import ItemLine
from workshop_tui.room.times import clock
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Lines, Piece, Tone, cut, heading, paragraph, shorten
from workshop_tui.tui.signs import SCREEN_WORDS

_MARKS: Final = {"planned": " ", "open": "▶", "done": "✓", "skipped": "×"}
_TONES: Final[dict[str, Tone]] = {"planned": "plain", "open": "strong", "done": "quiet", "skipped": "quiet"}

_SCREEN_SAYS: Final = {
    "join": "How to join: the square, the address, the code.",
    "question": "The question and how many answered. No results.",
    "results": "The result, or the questions most people want to know.",
    "story": "One approved story, without a name.",
    "blank": "Nothing: a dark screen.",
}


def agenda_lines(desk: Desk, width: int) -> Lines:
    """The running order with clock times."""
    return [*heading("AGENDA", width), *(agenda_line(desk, line, width) for line in desk.snapshot.items)]


def agenda_line(desk: Desk, line: ItemLine, width: int) -> list[Piece]:
    """One item: mark, number, title, minutes changed, start."""
    tone = _TONES[line.status]
    moved = line.minutes - line.planned_minutes
    change = f" {moved:+d}" if moved else ""
    new = "new " if line.inserted else ""
    end = f"{change}  {clock(desk.expected_start(line)) if line.status != 'skipped' else 'left out'}"
    lead = f"{_MARKS[line.status]} {line.number:>2} "
    room = max(1, width - cell_len(lead) - cell_len(end))
    title = shorten(new + line.title, room)
    return cut([(lead + title + " " * (room - cell_len(title)), tone), (end, tone)], width)


def reading_lines(desk: Desk, width: int) -> Lines:
    """How much waits to be read, by what it is."""
    waiting = desk.snapshot.waiting
    lines = heading("TO READ", width, "s")
    said = ", ".join(each.words for each in waiting.new)
    lines += paragraph(said or "nothing", width, "warn" if said else "quiet", "  ")
    return [*lines, *paragraph(f"{waiting.approved} approved, {waiting.held} held", width, "quiet", "  ")]


def aside_lines(desk: Desk, width: int) -> Lines:
    """What a wide window adds: the big screen, the notes, what was done."""
    snapshot = desk.snapshot
    lines = heading("BIG SCREEN", width, SCREEN_WORDS[snapshot.screen])
    lines += paragraph(_SCREEN_SAYS[snapshot.screen], width, "quiet", "  ")
    lines += [[], *heading("NOTES", width, "t note  k concern  w action  m promise")]
    for note in snapshot.notes[-8:][::-1]:
        owner = f" ({note.owner}{', ' if note.owner and note.due else ''}{note.due})" if note.owner or note.due else ""
        lines += paragraph(f"{note.text}{owner}", width, lead=f"  {note.kind.upper()} ")[:3]
    if not snapshot.notes:
        lines += paragraph("none yet", width, "quiet", "  ")
    lines += [[], *heading("DONE HERE", width)]
    for said in desk.log[-10:][::-1]:
        lines += paragraph(said.text, width, "plain" if said.ok else "warn", "  ✓ " if said.ok else "  ✗ ")[:2]
    return lines
