"""A page as plain text in Markdown: for a wiki, for a mail, for a screen reader's quickest way.

People's words are escaped, so that a star or a square bracket is a star or a square bracket and a tag is no tag.
Results stand in fences, drawn as lines, where nothing has a meaning but the end of the fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from workshop_tui.drawing.text import draw_text
from workshop_tui.exports import document as doc
from workshop_tui.exports.output import PageFormat, Pieces
from workshop_tui.messages import Place, Translator

WIDTH: Final = 78
"""Cells of a drawn result: fits a mail and a printed page."""

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|#&~$@{}]")
_LINE_START: Final = re.compile(r"^([-+=]|\d+(?=[.)]))")
_LINK: Final = re.compile(r"(?<=\w)(://)|\b(www)(\.)", re.IGNORECASE)
_FENCE: Final = re.compile("`{3,}")


def _markdown(document: doc.Document, translator: Translator) -> Pieces:
    """The whole page as text; sections in its order."""
    return Pieces(lambda: _ended_once(_Writing(translator).lines(document)))


def _ended_once(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines, each ended, without the empty ones at the end of all."""
    waiting = ""
    for line in lines:
        words = line.rstrip("\n")
        if words:
            yield (waiting + words).encode()
            waiting = ""
        waiting += line[len(words) :] + "\n"
    yield b"\n"


FORMAT = PageFormat(ending="md", write=_markdown)


def escaped(text: str) -> str:
    """A line in which no sign has a meaning to Markdown, not even at its start; line breaks become spaces."""
    # A leading dash would make a list, a leading number with a stop as well.
    return _LINE_START.sub(lambda match: f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}", within_line(text))


def within_line(text: str) -> str:
    """The same for words that do not stand at the start of a line."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    # Some readers make links of bare addresses; a stranger's words are not to lead anywhere.
    return _LINK.sub(lambda match: "\\://" if match[1] else f"{match[2]}\\.", line)


class _Writing:
    """Writes the parts of a page for one reader, as lines."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def lines(self, document: doc.Document) -> Iterator[str]:
        yield f"# {escaped(self._translator.text(document.title))}\n"
        yield f"{escaped(self._translator.text(document.kicker))}\n"
        yield from self._parts((*document.opening, *document.sections), 2)

    def _parts(self, parts: Iterable[doc.Part], level: int) -> Iterator[str]:
        for part in parts:
            yield from self._part(part, level)

    def _part(self, part: doc.Part, level: int) -> Iterator[str]:
        match part:
            case doc.Section():
                heading = within_line(self._translator.text(part.heading))
                heading = heading if part.number else escaped(heading)
                yield f"{'#' * level} {self._number(part.number)}{heading}\n"
                yield from self._parts(part.parts, level + 1)
            case doc.Paragraph():
                line = escaped(self._said(part.said))
                yield f"**{line}**\n" if part.look == "remark" else f"{line}\n"
            case doc.Prose():
                yield from _paragraphs(part.text)
            case doc.Bullets():
                yield from (f"- {escaped(self._said(line))}" for line in part.lines)
                yield ""
            case doc.Entries():
                for entry in part.entries:
                    yield self._entry(entry)
                    yield from (f"  - {escaped(self._said(line))}" for line in entry.more)
                yield ""
            case doc.Quotation():
                yield from self._quotation(part.parts)
            case doc.Facts():
                rows = [(doc.Cell((what,)), doc.Cell(said, joined=" ")) for what, said in part.lines]
                yield from self._table(part.heads, rows)
            case doc.Table():
                yield from self._table(part.heads, part.rows)
            case doc.Result():
                yield from _fenced(draw_text(part.blocks, WIDTH, translator=self._translator))
            case _:
                assert_never(part)

    def _said(self, said: doc.Said, joined: str = " ") -> str:
        return joined.join(self._translator.text(each) for each in said)

    def _entry(self, entry: doc.Entry) -> str:
        words = escaped(" ".join(text for _, text in entry.parts))
        details = within_line(self._said(entry.details, entry.joined))
        if details and entry.joined == " ":
            # Whole sentences, with brackets of their own: a line to themselves.
            said = f"- {words}  \n  {details}"
        else:
            said = f"- {words} ({details})" if details else f"- {words}"
        return " ".join([said, *map(self._link, entry.links)])

    def _link(self, link: doc.Link) -> str:
        return f"[{within_line(self._translator.text(link.words))}](<{link.target}>)"

    def _table(self, heads: Sequence[Place], rows: Iterable[Sequence[doc.Cell]]) -> Iterator[str]:
        yield f"| {' | '.join(within_line(self._translator.text(head)) for head in heads)} |"
        yield f"|{'---|' * len(heads)}"
        for row in rows:
            yield f"| {' | '.join(map(self._cell, row))} |"
        yield ""

    def _cell(self, cell: doc.Cell) -> str:
        said = self._number(cell.number) + within_line(self._said(cell.said, cell.joined))
        return " ".join([*([said] if said else []), *map(self._link, cell.links)])

    def _quotation(self, parts: tuple[tuple[Place, str], ...]) -> Iterator[str]:
        for number, (heading, text) in enumerate(parts):
            if number:
                yield ">"
            if heading:
                yield f"> **{escaped(self._translator.text(heading))}**  "
            for line in text.split("\n"):
                yield f"> {escaped(line)}  " if line.strip() else ">"
        yield ""

    def _number(self, number: int) -> str:
        return f"{self._translator.number(number)}. " if number else ""


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        lines = [escaped(line) for line in paragraph.split("\n") if line.strip()]
        if lines:
            yield "  \n".join(lines) + "\n"


def _fenced(lines: Sequence[str]) -> Iterator[str]:
    """Lines in which nothing has a meaning, in a fence that is longer than any row of backticks in them."""
    longest = max((len(ticks) for line in lines for ticks in _FENCE.findall(line)), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}text"
    yield from lines
    yield f"{fence}\n"
