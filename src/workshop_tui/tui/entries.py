"""One contribution of the reading queue as lines: in the list, and whole."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from workshop_tui.domain import distress
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.content_warnings import warning_words
from workshop_tui.domain.upvotes import answer_words, votes_words
from workshop_tui.messages import Message, Verbatim, tr, trc
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.times import clock
from workshop_tui.tui.lines import GAP, Lines, Pen, Tone, shorten
from workshop_tui.tui.widgets.plain import safe
from workshop_tui.views.naming import found_words, in_pieces, mark_words
from workshop_tui.views.reading import READ_NOW, lines_on_words, who_may_read
from workshop_tui.views.writing import OWN_WORDS

_STATES: Final[dict[Handling, tuple[str, Message, Tone]]] = {
    "new": ("●", trc("words somebody sent", "new"), "warn"),
    "read": ("○", trc("words somebody sent", "read"), "quiet"),
    "approved": ("✓", trc("words somebody sent", "approved"), "good"),
    "on_hold": ("‖", trc("words somebody sent", "held"), "bad"),
}
_SIGNS: Final = {None: "⟦{}⟧", "accepted": "[-{}-]", "edited": "[-{}-]", "dismissed": "{}"}
_ANSWERED: Final = trc("words somebody sent", "answered")


def row(entry: QueueEntry, pen: Pen, *, marked: bool = False) -> Content:
    """One contribution as a line of the list."""
    sign, state, tone = _STATES[entry.handling]
    words = entry.reworded or " ".join(pen.text(said) for _, said in entry.parts if said) or entry.retold
    # The words of a private one never stand in a list: it is opened one by one.
    first = pen.text(tr("press Enter to read")) if entry.only_you else shorten(" ".join(words.split()), 200)
    votes = f"{entry.votes:>3}  " if entry.upvoted else ""
    if entry.answer is not None and entry.handling == "approved":
        sign, state, tone = "✓", _ANSWERED, "quiet"
    to_decide = f"! {pen.text(tr('to decide'))}{GAP}" if entry.open_marks and entry.may_show else ""
    to_tell = f"! {pen.text(tr('to tell'))}{GAP}" if entry.untold else ""
    return Content.assemble(
        safe("▸" if marked else " ", "strong"),
        safe(f"! {pen.text(READ_NOW)}{GAP}" if entry.asks else "", "bad"),
        safe(f"{sign} {pen.text(state):<9}", tone),
        safe(f"{named(entry, pen)}  {votes}", "strong"),
        safe(to_tell, "warn"),
        safe(to_decide, "warn"),
        safe(first),
    )


def entry_lines(entry: QueueEntry | None, pen: Pen, *, opened: bool) -> Lines:
    """One contribution whole; a private one only once it was `opened`."""
    if entry is None:
        return []
    sign, state, tone = _STATES[entry.handling]
    came = _came(entry)
    lines: Lines = [[(f"{sign} {pen.text(state)}{GAP}", tone), (shorten(pen.text(came), pen.width - 12), "quiet")]]
    if entry.asks:
        lines += pen.paragraph(tr("Read it now, please: some of its words ask for that."), "bad", "! ")
        lines += pen.paragraph(distress.SAID, "quiet", "  ")
    lines += pen.paragraphs(entry.wishes, "bad", "! ") if entry.wishes else []
    lines += pen.paragraphs(who_may_read(entry), "plain" if entry.may_show else "warn")
    if not entry.may_show and not entry.only_you and not entry.gone:
        lines += pen.paragraph(tr("It may not be shown word for word."), "warn")
    if entry.warnings:
        lines += pen.paragraph(warning_words(entry.warnings), "warn")
    if entry.upvoted:
        lines += _upvoted(entry, pen)
    if entry.to_be_retold:
        lines += _told_lines(entry, pen)
    for heading, said in entry.beside:
        lines += pen.paragraph(heading, "quiet")
        lines += pen.paragraph(said, "plain", "  ")
    lines += _lines_on(entry, pen)
    if entry.only_you and not opened:
        return [*lines, [], *pen.paragraph(tr("Enter opens it, for your eyes only."), "strong")]
    lines += _naming(entry, pen)
    if entry.reworded:
        lines += [[], *pen.paragraph(tr("Others read:"), "strong"), *pen.paragraph(marked_words(entry, -1), "good")]
        lines += [[], *pen.paragraph(OWN_WORDS, "strong")]
    for part, (heading, said) in enumerate(entry.parts):
        if said:
            words = marked_words(entry, part)
            lines += [[], *(pen.paragraph(heading, "strong") if heading else []), *pen.paragraph(words)]
    return lines


def marked_words(entry: QueueEntry, part: int) -> str:
    """The words of a part with signs around what may tell who somebody is, which a screen reader reads too."""
    return "".join(_SIGNS[mark.decision].format(said) if mark else said for said, mark in in_pieces(entry, part))


def _naming(entry: QueueEntry, pen: Pen) -> Lines:
    """What was found in it: each piece that is open, or was decided, in its order."""
    sentences = found_words(entry)
    tone: Tone = "warn" if entry.open_marks else "quiet"
    lines = pen.paragraphs(sentences, tone) if sentences else []
    for mark in entry.marks if sentences else ():
        lines += pen.paragraph(mark_words(mark), "quiet" if mark.decision else "warn", "  " if mark.decision else "! ")
    if sentences and entry.open_marks:
        lines += pen.paragraph(tr("x: take it out, e: say it otherwise, l: leave it as it is."), "quiet")
    return lines


def _lines_on(entry: QueueEntry, pen: Pen) -> Lines:
    """Which lines of the write-up rest on it."""
    lines: Lines = []
    for said in lines_on_words(entry):
        lines += pen.paragraph(said, "quiet")
    for register, words in entry.lines:
        lines += pen.paragraph(words, "plain", f"  {pen.text(register)}{GAP}")
    return lines


def _came(entry: QueueEntry) -> Message:
    """From where, and when as far as anybody notes that."""
    if not entry.item_title:
        return tr("before the start")
    if entry.minute is None:
        return tr("from “{item}”", item=entry.item_title)
    return tr("from “{item}”, {time}", item=entry.item_title, time=Verbatim(clock(entry.minute * 60_000)))


def _upvoted(entry: QueueEntry, pen: Pen) -> Lines:
    lines = pen.paragraph(votes_words(entry.votes))
    if entry.answer:
        return [*lines, *pen.paragraph(answer_words(entry.answer), "good")]
    return [*lines, *pen.paragraph(tr("m: answered, w: in words."), "quiet")]


def _told_lines(entry: QueueEntry, pen: Pen) -> Lines:
    """What the facilitator wrote of a story that nobody may show."""
    if entry.retold:
        return pen.paragraph(tr("In your words: {words}", words=entry.retold), "good")
    return pen.paragraph(tr("Nobody has written yet what it is about. t: tell it in your words."), "warn", "! ")


def named(entry: QueueEntry, pen: Pen) -> str:
    """What sort of words it is."""
    said = pen.text(tr("Only for you") if entry.only_you else entry.noun)
    return said[:1].upper() + said[1:]
