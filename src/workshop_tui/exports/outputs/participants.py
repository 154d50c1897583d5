"""The summary for those who took part: one page of what we heard, what was promised and what happens next.

It is to fit one page of paper, so long lists are cut and say how many more there are; nobody's words are cut short.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from workshop_tui.domain.blocks import Statement
from workshop_tui.domain.honesty import FIXED_LINE, NO_ANSWERS, tells_each
from workshop_tui.exports import in_short, lines, phrases
from workshop_tui.exports.document import Document, Entries, Entry, Paragraph, Part, Said, Section, sentences_of
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import EntryReport, Gathered, NoteReport, Report, RoundReport
from workshop_tui.messages import ENGLISH, Place, tr, trn

LINES: Final = 44
"""Lines of text that fit a page beside what stands on every one, on A4 and on Letter."""

RESULTS_SHARE: Final = 3
"""How many times as many lines as any other list the results may take."""

LIST_LINES: Final = 2
"""Lines for the heading of a list and for how many more there are."""

LINE_LETTERS: Final = 80
"""Letters of a line, with room for a language that takes a third more of it than English."""

HELD_BACK: Final = tr("This result is not printed here: in so small a group, it would tell what each person said.")
"""Stands instead of a result whose numbers are for those who were in the room only."""


FOR_WHOM: Final = tr("This page is for those who took part.")
"""Who may have it."""


def build(report: Report) -> Document:
    """The whole summary."""
    results = [_result(report, each) for each in _counted(report)]
    gathered = [each for each in (report.stories, *report.words) if each.shown]
    lists: list[Sequence[Entry | Section]] = [
        [_line(report, each) for each in lines.points(report)],
        [_line(report, each) for each in lines.in_(report, "tension")],
        *([_note(each) for each in of] for of in (report.promises, report.actions, report.concerns)),
        results,
        [Entry((("", text),)) for text in report.baton_out],
        *([Entry(each.parts, phrases.standing(each)) for each in of.shown] for of in gathered),
    ]
    shares = [RESULTS_SHARE if of is results else 1 for of in lists]
    kept = _share_out([[_lines_of(each) for each in of] for of in lists], shares)
    points, contested, promises, actions, concerns, heard, handed, *spoken = (
        (*_listed(of, which), *_more(len(of) - len(which))) for of, which in zip(lists, kept, strict=True)
    )
    by_kind = [Section(heading=of.noun.many, parts=parts) for of, parts in zip(gathered, spoken, strict=True)]
    asked = [each for of, each in zip(gathered, by_kind, strict=True) if _is_asked(of)]
    told = [each for of, each in zip(gathered, by_kind, strict=True) if not _is_asked(of)]
    return Document(
        page=tr("Summary: {title}", title=phrases.own(report, report.title)),
        kicker=tr("Summary for those who took part, {day}", day=phrases.day_of(report)),
        title=phrases.own(report, report.title),
        opening=(Paragraph(phrases.who_came(report)),),
        sections=(
            *([Section(heading=tr("What came out of it"), parts=points)] if points else []),
            *([Section(heading=tr("What people do not agree on"), parts=contested)] if contested else []),
            Section(
                heading=tr("What we heard"),
                parts=(
                    *(heard or _said((tr("No vote was counted."),))),
                    Section(
                        heading=tr("Concerns"), parts=(*concerns, *_said(phrases.beside_notes(report, "concerns")))
                    ),
                    *told,
                ),
            ),
            Section(
                heading=tr("What was promised"), parts=(*promises, *_said(phrases.beside_notes(report, "promises")))
            ),
            Section(
                heading=tr("What happens next"),
                parts=(
                    *actions,
                    *_said(phrases.beside_notes(report, "actions")),
                    *([Section(heading=tr("To be handed on"), parts=handed)] if handed else []),
                    *asked,
                ),
            ),
            _how_to_read(report),
        ),
        one_page=True,
    )


OUTPUT = Output(name="summary", audience="participants", build=build, for_whom=FOR_WHOM)


def _counted(report: Report) -> list[RoundReport]:
    """The newest counted round of each item."""
    return list({each.item: each for each in report.rounds if each.status == "sealed"}.values())


def _result(report: Report, round_: RoundReport) -> Section:
    """The question, and what may be said of its result."""
    said = (HELD_BACK,) if tells_each(round_.result) else tuple(_said_of(round_))
    return Section(heading=phrases.own(report, round_.question), look="item", parts=(Paragraph(said),))


def _said_of(round_: RoundReport) -> Iterator[Place]:
    """Out of how many, and whether too few, then what came out, without how it was counted."""
    yield from (each for each in round_.sentences if each != FIXED_LINE)  # It stands once, at the end.
    for block in round_.result:
        if isinstance(block, Statement) and block.weight != "rule":
            # That nobody answered is said by the numbers before.
            yield from (each for each in sentences_of(block.text) if each != NO_ANSWERS)
    if not round_.shown_to_room:
        yield tr("This result was not shown to the room.")


def _line(report: Report, entry: EntryReport) -> Entry:
    return Entry((("", entry.words),), (*lines.counts(report, entry), *in_short.again(entry)))


def _note(note: NoteReport) -> Entry:
    return Entry((("", note.text),), phrases.who_by_when(note), "; ")


def _is_asked(gathered: Gathered) -> bool:
    """Whether these are questions, of which it is told where they stand."""
    return any(said.votes is not None for said in gathered.shown)


def _said(said: Said) -> tuple[Part, ...]:
    return (Paragraph(said),) if said else ()


def _more(count: int) -> tuple[Part, ...]:
    said = trn("{n} more is in the report of the day.", "{n} more are in the report of the day.", count)
    return (Paragraph((said,), "details"),) if count else ()


def _how_to_read(report: Report) -> Section:
    more = tr("The report of the day has every result, and how it was counted.")
    return Section(
        heading=tr("How to read this"),
        look="footer",
        parts=(
            Paragraph((FIXED_LINE, FOR_WHOM, *in_short.not_what_it_was(report))),
            Paragraph((more, *phrases.write_up(report))),
        ),
    )


def _listed(of: Sequence[Entry | Section], which: Sequence[int]) -> Iterator[Part]:
    kept = [of[at] for at in which]
    yield from (each for each in kept if isinstance(each, Section))
    if entries := tuple(each for each in kept if isinstance(each, Entry)):
        yield Entries(entries)


# How much fits. ---------------------------------------------------------------------------------------


def _share_out(lists: Sequence[Sequence[int]], shares: Sequence[int]) -> list[list[int]]:
    """Which parts of each list have room on the page.

    The next part always comes from the list that has the fewest lines so far for its share, so that no list takes the
    room of another. What is too long for what is left is passed over.

    Args:
        lists: How many lines each part of each list takes; where two have as few, the earlier list comes first.
        shares: How many lines each list may have where another has one.
    """
    kept: list[list[int]] = [[] for _ in lists]
    waiting = [list(enumerate(of)) for of in lists]
    used, left = [0] * len(lists), LINES - LIST_LINES * sum(map(bool, lists))
    while any(waiting):
        of = min((number for number, parts in enumerate(waiting) if parts), key=lambda at: used[at] / shares[at])
        at, lines = waiting[of].pop(0)
        if lines <= left:
            kept[of].append(at)
            used[of] += lines
            left -= lines
    return kept


def _lines_of(part: Entry | Section) -> int:
    """How many lines a part of a list takes."""
    if isinstance(part, Entry):
        said = " ".join((*(text for _, text in part.parts), *map(ENGLISH.text, part.details)))
        return sum(map(_lines, said.split("\n")))
    (paragraph,) = part.parts
    assert isinstance(paragraph, Paragraph)  # noqa: S101 - what a result is made of here
    return _lines(" ".join(map(ENGLISH.text, (part.heading, *paragraph.said))))


def _lines(text: str) -> int:
    """How many lines a text takes; some scripts have wide letters."""
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return max(1, -(-letters // LINE_LETTERS))
