"""The report as plain text in Markdown: for a wiki, for a mail, for a screen reader's quickest way.

People's words are escaped, so that a star or a square bracket is a star or a square bracket and a tag is no tag.
Results stand in fences, drawn as lines, where nothing has a meaning but the end of the fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workshop_tui.domain.consent import level_words
from workshop_tui.domain.honesty import FIXED_LINE, PROPORTIONS_LINE
from workshop_tui.drawing.text import draw_text
from workshop_tui.exports import words
from workshop_tui.exports.report import Gathered, NoteReport, Report, RoundReport, Said

WIDTH: Final = 78
"""Cells of a drawn result: fits a mail and a printed page."""

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|#&~$@{}]")
_LINE_START: Final = re.compile(r"^([-+=]|\d+(?=[.)]))")
_LINK: Final = re.compile(r"(?<=\w)(://)|\b(www)(\.)", re.IGNORECASE)
_FENCE: Final = re.compile("`{3,}")


def report_markdown(report: Report) -> bytes:
    """The whole report; sections in the order of the page."""
    return ("\n".join(_lines(report)).rstrip("\n") + "\n").encode()


def escaped(text: str) -> str:
    """A line in which no sign has a meaning to Markdown, not even at its start; line breaks become spaces."""
    # A leading dash would make a list, a leading number with a stop as well.
    return _LINE_START.sub(lambda match: f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}", within_line(text))


def within_line(text: str) -> str:
    """The same for words that do not stand at the start of a line."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    # Some readers make links of bare addresses; a stranger's words are not to lead anywhere.
    return _LINK.sub(lambda match: "\\://" if match[1] else f"{match[2]}\\.", line)


def _lines(report: Report) -> Iterator[str]:
    clock = words.clock_of(report)
    yield f"# {escaped(report.title)}\n"
    yield f"Report of a workshop, {clock.date(report.started_at or report.origin.as_of)}\n"
    yield f"{report.stage_title}\n"
    yield f"{report.status}\n"
    yield from _paragraphs(report.purpose)
    yield "## At a glance\n"
    yield from _table(("What", "Number"), words.at_a_glance(report))
    yield f"{FIXED_LINE!s}\n"
    yield from _notes("Concerns", report.concerns, "No concern was noted down.")
    yield "## What could change, and what could not\n"
    yield from _list("This could change", report.can_change)
    yield from _list("This could not change", report.cannot_change)
    if not report.can_change and not report.cannot_change:
        yield "The agenda did not say.\n"
    yield from _results(report)
    yield from _stories(report.stories)
    for gathered in report.words:
        yield from _words(report, gathered)
    yield from _notes("Actions", report.actions, "No action was agreed.")
    yield from _notes("Promises", report.promises, "No promise was made.")
    yield from _notes("Notes", report.notes, "No note was kept.")
    yield from _day(report)
    yield "## Where this came from and where it goes\n"
    for heading, text in (
        ("Who was invited", report.people),
        ("How the place was made to work for everybody", report.venue_access),
        ("Handed to this workshop", report.baton_in),
    ):
        if text:
            yield f"### {heading}\n"
            yield from _paragraphs(text)
    yield from _list("To be handed on", report.baton_out)
    yield "## How this report was made\n"
    yield (
        "Each person had one answer to each question and could change it until the vote closed. Results were "
        "counted by computer from answers that nobody can link to a person. Percentages are given from 30 answers "
        f"on. {PROPORTIONS_LINE!s}\n"
    )
    yield (
        f"Written from session {report.origin.id}, agenda {escaped(report.origin.agenda)}, with everything up to "
        f"{clock.time(report.origin.as_of)} on {clock.date(report.origin.as_of)}.\n"
    )
    yield f"Last entry of the session's journal: {report.origin.journal_head or 'none'}"


def _results(report: Report) -> Iterator[str]:
    yield "## What people chose\n"
    if not report.rounds:
        yield "No vote was opened.\n"
    for item in report.items:
        rounds = [each for each in report.rounds if each.item == item.key]
        if rounds:
            yield f"### {item.number}. {escaped(item.title)}\n"
        for round_ in rounds:
            yield from _round(round_, len(rounds))


def _round(round_: RoundReport, rounds: int) -> Iterator[str]:
    heading = words.round_heading(round_, rounds)
    if heading:
        yield f"#### {heading}\n"
    yield f"{escaped(round_.question)}\n"
    for remark in words.round_remarks(round_):
        yield f"**{escaped(remark)}**\n"
    if round_.result:
        yield from _fenced(draw_text(round_.result, WIDTH))
    for sentence in (*round_.sentences, words.round_counts(round_)):
        yield f"- {sentence}"
    yield ""
    if round_.details:
        yield "#### Behind this result\n"
        yield from _fenced(draw_text(round_.details, WIDTH))


def _stories(stories: Gathered) -> Iterator[str]:
    yield "## Stories\n"
    if not stories.told:
        yield "No stories were given.\n"
    for said in stories.shown:
        yield f"### Story {said.number}\n"
        yield f"Item {said.item_number}. Its owner chose {said.consent}: {level_words(said.consent)!s}\n"
        yield from _quote(said)
    yield from _some(words.not_shown(stories))
    if stories.levels:
        rows = [(f"{each.level}: {each.words}", str(each.told), str(each.not_shown)) for each in stories.levels]
        yield from _table(("Who may read it", "Told", "Not in this report"), rows)


def _words(report: Report, gathered: Gathered) -> Iterator[str]:
    yield f"## {gathered.many.capitalize()}\n"
    if not gathered.told:
        yield f"No {gathered.many} were given.\n"
    for item in report.items:
        found = [each for each in gathered.shown if each.item == item.key]
        if found:
            yield f"### {item.number}. {escaped(item.title)}\n"
            yield f"{escaped(item.question)}\n"
        for said in found:
            standing = words.standing(said)
            yield f"- {escaped(' '.join(text for _, text in said.parts))}" + (
                f" ({within_line(standing)})" if standing else ""
            )
        if found:
            yield ""
    yield from _some(words.not_shown(gathered))


def _day(report: Report) -> Iterator[str]:
    clock = words.clock_of(report)
    yield "## The day as planned and as it went\n"
    began, ended = clock.time(report.started_at), clock.time(report.ended_at)
    yield f"{clock.sentence()} Began: {began}. Ended: {ended}.\n"
    yield from _table(
        ("Item", "Planned start", "Real start", "Planned minutes", "Minutes used", "What became of it"),
        [
            (
                f"{item.number}. {item.title}",
                clock.time(item.planned.start) if item.planned else "-",
                clock.time(item.opened_at),
                words.minutes_planned(item),
                words.minutes_used(item),
                words.item_status(item, report),
            )
            for item in report.items
        ],
    )


def _notes(heading: str, notes: Sequence[NoteReport], none: str) -> Iterator[str]:
    yield f"## {heading}\n"
    for note in notes:
        yield f"- {escaped(note.text)} ({escaped(words.note_details(note))})"
    yield "" if notes else f"{none}\n"


def _list(heading: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"### {heading}\n"
        yield from (f"- {escaped(text)}" for text in texts)
        yield ""


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(within_line(cell) for cell in row)} |"
    yield ""


def _quote(said: Said) -> Iterator[str]:
    for number, (heading, text) in enumerate(said.parts):
        if number:
            yield ">"
        if heading:
            yield f"> **{escaped(heading)}**  "
        for line in text.split("\n"):
            yield f"> {escaped(line)}  " if line.strip() else ">"
    yield ""


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        lines = [escaped(line) for line in paragraph.split("\n") if line.strip()]
        if lines:
            yield "  \n".join(lines) + "\n"


def _some(sentence: str) -> Iterator[str]:
    if sentence:
        yield f"{sentence}\n"


def _fenced(lines: Sequence[str]) -> Iterator[str]:
    """Lines in which nothing has a meaning, in a fence that is longer than any row of backticks in them."""
    longest = max((len(ticks) for line in lines for ticks in _FENCE.findall(line)), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}text"
    yield from lines
    yield f"{fence}\n"
