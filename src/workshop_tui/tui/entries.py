"""One contribution of the reading queue as lines: in the list, and whole."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from workshop_tui.domain.commands import Handling
from workshop_tui.domain.consent import level_words
from workshop_tui.domain.upvotes import answer_words, votes_words
from workshop_tui.messages import ENGLISH
from workshop_tui.room.snapshot import QueueEntry
from workshop_tui.room.times import clock
from workshop_tui.tui.lines import Lines, Tone, cut, paragraph, shorten
from workshop_tui.tui.widgets.house import safe

_STATES: Final[dict[Handling, tuple[str, Tone]]] = {
    "new": ("● new", "warn"),
    "read": ("○ read", "quiet"),
    "approved": ("✓ approved", "good"),
    "held": ("‖ held", "bad"),
}


def row(entry: QueueEntry) -> Content:
    """One contribution as a line of the list."""
    state, tone = _STATES[entry.handling]
    words = " ".join(said for _, said in entry.parts if said) or entry.retold
    # The words of a private one never stand in a list: it is opened one by one.
    first = "press Enter to read" if entry.only_you else shorten(" ".join(words.split()), 200)
    votes = f"{entry.votes:>3}  " if entry.upvoted else ""
    if entry.answer is not None and entry.handling == "approved":
        state, tone = "✓ answered", "quiet"
    to_tell = "! to tell  " if entry.untold else ""
    return Content.assemble(safe(f"{state:<11}", tone), safe(f"{named(entry)}  {votes}", "strong"),
                            safe(to_tell, "warn"), safe(first))  # fmt: skip


def entry_lines(entry: QueueEntry | None, width: int, *, opened: bool) -> Lines:
    """One contribution whole; a private one only once it was `opened`."""
    if entry is None:
        return []
    state, tone = _STATES[entry.handling]
    came = f"from “{entry.item_title}”, {clock(entry.minute * 60_000)}"
    lines: Lines = [cut([(f"{state}  ", tone), (came, "quiet")], width)]
    lines += paragraph(_who_may_read(entry), width, "plain" if entry.may_show else "warn")
    if entry.upvoted:
        answer = f" {answer_words(entry.answer)!s}." if entry.answer else " m: answered, w: in words."
        lines += paragraph(f"{votes_words(entry.votes)!s}{answer}", width, "good" if entry.answer else "plain")
    if entry.to_be_retold:
        lines += _told_lines(entry, width)
    if entry.only_you and not opened:
        return [*lines, [], *paragraph("Enter opens it, for your eyes only.", width, "strong")]
    for heading_, said in entry.parts:
        if said:
            lines += [
                [],
                *(paragraph(ENGLISH.text(heading_), width, "strong") if heading_ else []),
                *paragraph(said, width),
            ]
    return lines


def _told_lines(entry: QueueEntry, width: int) -> Lines:
    """What the facilitator wrote of a story that nobody may show."""
    if entry.retold:
        return paragraph(entry.retold, width, "good", "In your words: ")
    return paragraph("Nobody has written yet what it is about. t: tell it in your words.", width, "warn", "! ")


def named(entry: QueueEntry) -> str:
    """What sort of words it is."""
    return "Only for you" if entry.only_you else ENGLISH.text(entry.noun)


def _who_may_read(entry: QueueEntry) -> str:
    if entry.only_you:
        return "Only for you: never on a screen or in a report. Deleted when the write-up is finished."
    if not entry.asks_consent:
        return "For the room, once you approve it."
    if entry.gone:
        return f"Its owner chose: {level_words(entry.consent)!s} Its own words are deleted."
    show = "" if entry.may_show else " It may not be shown word for word."
    return f"Its owner chose: {level_words(entry.consent)!s}{show}"
