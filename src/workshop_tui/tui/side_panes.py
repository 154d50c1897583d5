"""What stands beside the middle pane: the running order, what waits to be read, and what a wide window adds. Pure."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

from workshop_tui.drawing.text import wrap
from workshop_tui.messages import Day, tr
from workshop_tui.room.snapshot import ItemLine, NoteLine
from workshop_tui.room.times import clock
from workshop_tui.tui.lines import GAP, Lines, Pen, Piece, Tone, cut, shorten
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.signs import SCREEN_WORDS
from workshop_tui.views.acts import act_named
from workshop_tui.views.screens import SCREEN_SENTENCES
from workshop_tui.views.writing import NOTE_WORDS

_MARKS: Final = {"planned": " ", "open": "▶", "done": "✓", "skipped": "×"}
_TONES: Final[dict[str, Tone]] = {"planned": "plain", "open": "strong", "done": "quiet", "skipped": "quiet"}


LEAST_TITLE: Final = 12
"""A title that has less room than this is cut: below itself it would be a column of pieces."""


def agenda_lines(moment: ConsoleMoment, pen: Pen) -> Lines:
    """The running order with clock times."""
    return [
        *pen.heading(tr("AGENDA"), "a"),
        *(row for line in moment.snapshot.items for row in _whole(moment, line, pen)),
    ]


def _whole(moment: ConsoleMoment, line: ItemLine, pen: Pen) -> Lines:
    """One item with its title whole, below itself where it is too long for the pane."""
    row = agenda_line(moment, line, pen)
    title = pen.text(tr("new {title}", title=line.title)) if line.inserted else line.title
    lead, end = len(f"{_MARKS[line.status]} {line.number:>2} "), row[-1][0]
    room = pen.width - lead - cell_len(end)
    if cell_len(title) <= room or room < LEAST_TITLE:
        return [row]
    tone = _TONES[line.status]
    first, *rest = wrap(title, room)
    return [
        [(row[0][0][:lead] + first + " " * (room - cell_len(first)), tone), (end, tone)],
        *([(" " * lead + words, tone)] for words in rest),
    ]


def agenda_width(moment: ConsoleMoment, pen: Pen) -> int:
    """How wide the running order has to be to show every title whole."""
    return max((cell_len("".join(text for text, _ in agenda_line(moment, line, pen, whole=True)))
                for line in moment.snapshot.items), default=0)  # fmt: skip


def agenda_line(moment: ConsoleMoment, line: ItemLine, pen: Pen, *, whole: bool = False) -> list[Piece]:
    """One item: mark, number, title, minutes changed, start."""
    tone = _TONES[line.status]
    moved = line.minutes - line.planned_minutes
    change = f" {moved:+d}" if moved else ""
    title = pen.text(tr("new {title}", title=line.title)) if line.inserted else line.title
    start = clock(moment.expected_start(line)) if line.status != "skipped" else pen.text(tr("left out"))
    end = f"{change}  {start}"
    lead = f"{_MARKS[line.status]} {line.number:>2} "
    if whole:
        return [(lead + title + end, tone)]
    room = max(1, pen.width - cell_len(lead) - cell_len(end))
    title = shorten(title, room)
    return cut([(lead + title + " " * (room - cell_len(title)), tone), (end, tone)], pen.width)


def reading_lines(moment: ConsoleMoment, pen: Pen) -> Lines:
    """How much waits to be read, by what it is."""
    waiting = moment.snapshot.waiting
    lines = pen.heading(tr("TO READ"), "s")
    for each in waiting.new:
        lines += pen.paragraph(each.words, "warn", "  ")
    if not waiting.new:
        lines += pen.paragraph(tr("nothing"), "quiet", "  ")
    told = tr("{approved} approved, {held} held", approved=waiting.approved, held=waiting.on_hold)
    return [*lines, *pen.paragraph(told, "quiet", "  ")]


def aside_lines(moment: ConsoleMoment, pen: Pen) -> Lines:
    """What a wide window adds: the big screen, the notes, what was done."""
    snapshot = moment.snapshot
    lines = pen.heading(tr("BIG SCREEN"), SCREEN_WORDS[snapshot.screen])
    lines += pen.paragraph(SCREEN_SENTENCES[snapshot.screen], "quiet", "  ")
    lines += [[], *pen.heading(tr("NOTES")), *keeping_line(pen)]
    for note in snapshot.notes[-8:][::-1]:
        lines += note_lines(note, pen)[:3]
    if not snapshot.notes:
        lines += pen.paragraph(tr("none yet"), "quiet", "  ")
    lines += [[], *pen.heading(tr("DONE HERE"))] if moment.log else []
    for said in moment.log[-10:][::-1]:
        lines += pen.paragraph(said.words(pen), "plain" if said.ok else "warn", "  ✓ " if said.ok else "  ✗ ")[:2]
    return lines


def keeping_line(pen: Pen) -> Lines:
    """The keys that keep something, none of them cut."""
    keys = [f"{act_named(name).key} {pen.text(act_named(name).title)}" for name in NOTE_WORDS]
    rows = [""]
    for key in keys:
        if rows[-1] and cell_len(rows[-1] + GAP + key) > pen.width:
            rows.append("")
        rows[-1] += GAP + key
    return [[(row, "quiet")] for row in rows]


def note_lines(note: NoteLine, pen: Pen) -> Lines:
    """One note with its kind, and who does it by when."""
    lines = pen.paragraph(note.shown, lead=f"  {pen.capitals(NOTE_WORDS[note.kind])} ")
    if note.due:
        day = Day(note.due)
        by_when = tr("{who}, by {day}", who=note.owner, day=day) if note.owner else tr("by {day}", day=day)
        return [*lines, *pen.paragraph(by_when, "quiet", "    ")]
    return [*lines, *pen.paragraph(note.owner, "quiet", "    ")] if note.owner else lines
