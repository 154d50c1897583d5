"""From what the desk knows to the lines of its panes. Pure: a width in, lines of at most that width out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from workshop_tui.domain.agenda import option_letters
from workshop_tui.domain.blocks import ViewBlock
from workshop_tui.domain.results import KEPT_WORDS
from workshop_tui.domain.timing import MINUTE
from workshop_tui.drawing.text import draw_text, wrap
from workshop_tui.room.snapshot import ItemLine, ItemView
from workshop_tui.tui.desk import Desk, clock, minutes_words
from workshop_tui.tui.signs import SCREEN_WORDS, Lines, Piece, Tone, cut, shorten

MARKS: Final = {"planned": " ", "open": "▶", "done": "✓", "skipped": "×"}
_TONES: Final[dict[str, Tone]] = {"planned": "plain", "open": "strong", "done": "quiet", "skipped": "quiet"}

SCREEN_SAYS: Final = {
    "join": "How to join: the square, the address, the code.",
    "question": "The question and how many answered. No results.",
    "results": "The result, or the questions most people want to know.",
    "story": "One approved story, without a name.",
    "blank": "Nothing: a dark screen.",
}


def paragraph(text: str, width: int, tone: Tone = "plain", lead: str = "") -> Lines:
    """Text wrapped into lines, after `lead` on the first and as many spaces on the rest."""
    return [[(line, tone)] for line in wrap(text, width, lead, " " * cell_len(lead))]


def heading(text: str, width: int, aside: str = "") -> Lines:
    """The title of a section."""
    return [cut([(text, "strong"), (f"  {aside}" if aside else "", "quiet")], width)]


def result_lines(blocks: Sequence[ViewBlock], words: Sequence[str], width: int) -> Lines:
    """A result as the house draws it, and the sentences that must be read with it."""
    lines: Lines = [_with_bars(line) for line in draw_text(blocks, width)]
    for sentence in words:
        lines += [[], *paragraph(sentence, width)] if sentence is words[0] else paragraph(sentence, width)
    return lines


def _with_bars(line: str) -> list[Piece]:
    return [(piece, "bar" if piece[0] == "█" else "plain") for piece in re.findall("█+|[^█]+", line)]


def main_pane(desk: Desk, width: int) -> Lines:
    """What matters now, from top to bottom."""
    sections = [
        _ended(desk, width),
        _start(desk, width),
        _answers(desk, width),
        _options(desk, width),
        _gathered(desk, width),
        _say(desk, width),
        _roles(desk, width),
        _next(desk, width),
        _catch_up(desk, width),
    ]
    lines: Lines = []
    for section in sections:
        if section:
            lines += [*([[]] if lines else []), *section]
    return lines


def _ended(desk: Desk, width: int) -> Lines:
    if desk.snapshot.ended_at is None:
        return []
    return [
        *heading("THE WORKSHOP HAS ENDED", width, clock(desk.snapshot.ended_at)),
        *paragraph(
            "Everything is saved. x writes the reports. Before that you can still read and approve (s) and "
            "take notes (t k w m).",
            width,
        ),
    ]


def _start(desk: Desk, width: int) -> Lines:
    snapshot = desk.snapshot
    if snapshot.started or snapshot.ended_at is not None:
        return []
    lines = [*heading("NOT STARTED", width), *paragraph(snapshot.status, width)]
    if snapshot.scheduled_start is not None:
        lines += paragraph(f"The agenda starts at {clock(snapshot.scheduled_start)}.", width)
    lines += [[], *paragraph("n opens the first item and starts the day.", width, "strong", "→ ")]
    lines += paragraph("j shows the square to scan. b changes the big screen. h: its address.", width, lead="→ ")
    lines += paragraph("P counts the people present, so that answers have a base.", width, lead="→ ")
    lines += paragraph("Your laptop screen must not be what the room sees. Show the big screen page on the "
                       "projector as a second display.", width, "warn", "! ")  # fmt: skip
    return lines


def _answers(desk: Desk, width: int) -> Lines:
    snapshot, round_ = desk.snapshot, desk.snapshot.round
    here = snapshot.here
    if here is None or not here.is_poll:
        return []
    question = paragraph(here.item.question or here.item.title, width, "plain", "? ")
    if round_ is None:
        lacking = here.wants_ideas and not _chosen(here)
        ready = "No options yet: o chooses them from the room's ideas." if lacking else "v opens the vote."
        ready = f"{_taken_from(here)}{ready}"
        return [*heading("VOTE", width, "not open"), *question, *paragraph(ready, width, "strong", "→ ")]
    lines = [*heading("RESULT" if round_.shown else "ANSWERS", width, _who_sees(desk)), *question]
    if snapshot.result is not None and (round_.shown or desk.peek):
        lines += result_lines(snapshot.result, snapshot.result_words, width)
    elif round_.status == "void":
        lines += paragraph("This round does not count. It stays in the record. v opens a new one.", width, "warn")
    else:
        lines += paragraph("Live results hidden. Press l to look.", width, "quiet")
    return [*lines, [], *_round_words(desk, width)]


def _taken_from(here: ItemView) -> str:
    """What the vote takes from an item before it when it opens, as a sentence; empty for nothing."""
    activity = here.item.activity
    if activity is None:
        return ""
    if activity.again:
        return f"It asks “{activity.again}” a second time. "
    source = activity.config.get("leaders_of")
    return f"Its options will be the best of “{source}”. " if source else ""


def _chosen(here: ItemView) -> bool:
    """Whether options were chosen; “something else” alone is what the agenda adds."""
    return any(not option.other for option in here.options)


def _who_sees(desk: Desk) -> str:
    round_ = desk.snapshot.round
    if round_ is None:
        return ""
    number = f"round {round_.number}, " if round_.number > 1 else ""
    number += "asked a second time, " if round_.again else ""
    return f"{number}the room sees this" if round_.shown else f"{number}only you can see this"


def _round_words(desk: Desk, width: int) -> Lines:
    round_ = desk.snapshot.round
    if round_ is None:
        return []
    still = max(0, desk.expected - round_.answered - round_.skipped)
    counts = [f"{round_.answers} answered"]
    counts += [f"{round_.skipped} skipped"] if round_.skipped else []
    counts += [f"{still} not yet"] if round_.status == "open" else []
    counts += [f"{round_.changes} changed their answer"] if round_.changes else []
    lines = paragraph(" · ".join(counts), width)
    match round_.status:
        case "open":
            lines += paragraph("People can change their answer until you close it (v).", width, "quiet")
        case "closed":
            left = 0 if round_.reopen_until is None else round_.reopen_until - desk.now
            again = f"v within {left // 1000 + 1} s opens it again. " if left > 0 else ""
            lines += paragraph(f"{again}r r shows the result to the room.", width, "strong", "→ ")
        case "sealed":
            word = "r hides the result." if round_.shown else "r r shows the result to the room."
            if desk.snapshot.ended_at is not None and not round_.revealed:
                word = "The room did not see the result."
            counted = (
                f"Counted. {KEPT_WORDS.capitalize()} the file keeps which phone gave which answer."
                if round_.kept
                else "Counted for good: nobody can link an answer to a person."
            )
            lines += paragraph(f"{counted} {word}", width, "quiet")
            if round_.tied:
                lines += paragraph("T names one of those that tie, with your reason.", width, "strong", "→ ")
        case "void":
            pass
    return lines


def _options(desk: Desk, width: int) -> Lines:
    here = desk.snapshot.here
    if here is None or not here.wants_ideas or desk.snapshot.round is not None:
        return []
    if not _chosen(here):
        return []
    letters = option_letters(here.options)
    lines = heading("OPTIONS", width, "chosen from the room's ideas (o)")
    for option in here.options:
        lines += paragraph(option.text, width, lead=f"{letters[option.key]} ")
    return lines


def _gathered(desk: Desk, width: int) -> Lines:
    here, waiting = desk.snapshot.here, desk.snapshot.waiting
    if here is None or not here.is_gathering:
        return []
    lines = heading(here.gathers.upper(), width, "only you can read these" if here.only_you else "")
    if here.item.question:
        lines += paragraph(here.item.question, width, lead="? ")
    lines += paragraph(f"{here.collected} sent in", width)
    if waiting.unread:
        lines += paragraph(f"{waiting.unread} to read: press s.", width, "warn", "! ")
    if waiting.approved or waiting.held:
        lines += paragraph(f"{waiting.approved} approved for the screen · {waiting.held} held", width, "quiet")
    state = "Phones can send. v stops it." if here.gathering_open else "Phones cannot send. v lets them."
    return [*lines, *paragraph(state, width, "quiet")]


def _say(desk: Desk, width: int) -> Lines:
    here = desk.snapshot.here
    if here is None or desk.snapshot.ended_at is not None:
        return []
    lines: Lines = []
    if here.item.say:
        lines += paragraph(f"“{here.item.say}”", width, lead="SAY  ")
    if here.item.access:
        lines += paragraph(here.item.access, width, "quiet", "ACCESS  ")
    if here.item.capture:
        lines += paragraph(here.item.capture, width, "quiet", "KEEP  ")
    return lines


def _roles(desk: Desk, width: int) -> Lines:
    """Who people are here as, only ever as counts."""
    if not desk.snapshot.roles or desk.snapshot.ended_at is not None:
        return []
    return paragraph(desk.snapshot.roles, width, "quiet", "HERE  ")


def _next(desk: Desk, width: int) -> Lines:
    line = desk.next_line
    if not desk.snapshot.started or desk.snapshot.ended_at is not None:
        return []
    if line is None:
        return paragraph("This is the last item. To end: ctrl+p, then “End the workshop”.", width, lead="NEXT  ")
    times = clock(expected_start(desk, line))
    if abs(line.start - line.planned_start) >= MINUTE:
        times = f"planned {clock(line.planned_start)}, now {times}"
    return paragraph(f"{line.number} {line.title}, {line.minutes} min ({times})", width, lead="NEXT  ")


def _catch_up(desk: Desk, width: int) -> Lines:
    plans = desk.snapshot.plans
    if not plans:
        return []
    over = minutes_words(max(desk.day_over_ms, MINUTE))
    return paragraph(f"you are {over} over. {plans[0].title}: gains {plans[0].saves_min} min. c to choose.",
                     width, "warn", "CATCH UP  ")  # fmt: skip


def expected_start(desk: Desk, line: ItemLine) -> int:
    """When an item starts as things stand at this very second."""
    here = desk.snapshot.here
    is_to_come = here is not None and line.number > here.number and line.status != "skipped"
    if not desk.snapshot.started or not is_to_come:
        return line.start
    return line.start + desk.day_over_ms - desk.snapshot.day_over_ms


# The side panes. --------------------------------------------------------------------------------------


def agenda_lines(desk: Desk, width: int) -> Lines:
    """The running order with clock times."""
    return [*heading("AGENDA", width), *(agenda_line(desk, line, width) for line in desk.snapshot.items)]


def agenda_line(desk: Desk, line: ItemLine, width: int) -> list[Piece]:
    """One item: mark, number, title, minutes changed, start."""
    tone = _TONES[line.status]
    moved = line.minutes - line.planned_minutes
    change = f" {moved:+d}" if moved else ""
    new = "new " if line.inserted else ""
    end = f"{change}  {clock(expected_start(desk, line)) if line.status != 'skipped' else 'left out'}"
    lead = f"{MARKS[line.status]} {line.number:>2} "
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
    lines += paragraph(SCREEN_SAYS[snapshot.screen], width, "quiet", "  ")
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


# What must not be missed. -----------------------------------------------------------------------------


def banners(desk: Desk, width: int) -> Lines:
    """Everything that stays until it is dealt with, gravest first."""
    snapshot = desk.snapshot
    lines: Lines = []
    if desk.trouble:
        go = " Enter starts it again; ctrl+q leaves." if desk.stopped else " Trying again by itself."
        lines += paragraph(f"{desk.trouble}{go}", width, "bad", "✗ NO ROOM  ")
    if snapshot.fault:
        lines += paragraph(f"NOT SAVED. {snapshot.fault}", width, "bad", "✗ ")
    if snapshot.slept_ms:
        slept = minutes_words(snapshot.slept_ms)
        lines += paragraph(f"The laptop slept {slept}. The timer stands. space goes on.", width, "warn", "! ")
    if desk.armed:
        open_now = snapshot.round is not None and snapshot.round.status == "open"
        what = "closes the vote and shows" if open_now else "shows"
        lines += paragraph(f"Press r again within 3 seconds: it {what} the result to the room. People cannot unsee it.",
                           width, "warn", "! ")  # fmt: skip
    if desk.said is not None:
        lines += paragraph(desk.said.text, width, "good" if desk.said.ok else "warn", "✓ " if desk.said.ok else "✗ ")
    if desk.hint and not snapshot.started:
        lines += paragraph(desk.hint, width, "plain", "→ ")
    return lines
