"""The words of a Word document: each part of a page as paragraphs and tables.

Written as elements and not by the calls of python-docx, which search the styles for every paragraph and the whole table
for every cell: a report of a long day would take minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, assert_never

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from markupsafe import Markup

from workshop_tui.drawing.html import draw_view
from workshop_tui.exports import document as doc
from workshop_tui.exports.formats.html import said_html
from workshop_tui.exports.formats.marked_up import (
    Direction,
    Grid,
    Run,
    Runs,
    direction_of,
    direction_of_line,
    kept_together,
    parts_by_direction,
    read_html,
    runs_of,
)
from workshop_tui.exports.formats.office import for_xml, with_region
from workshop_tui.exports.formats.word_file import AFTER_TABLE, CELL
from workshop_tui.messages import Message, Place, Quoted, Translator

DEEPEST: Final = 6
"""The lowest heading that screen readers know."""

_TEXT_WIDTH: Final = 9400
"""Between the margins, in twentieths of a point."""

_LEAST_WANTED: Final = 6
_MOST_WANTED: Final = 40
"""Letters of a cell that count for the width of its column."""

_STRONG: Final = ("remark", "question", "stage")

_NAME: Final = re.compile(r"\W")


class Writing:
    """Writes the parts of a page for one reader.

    Args:
        body: The body of the document; what is written goes before its last element, which describes the page.
        translator: Says the words in the language of who reads.
    """

    def __init__(self, body: Any, translator: Translator) -> None:
        self._translator = translator
        self._page = body[-1]
        self._languages: dict[str, str] = {}
        self._bookmarks = 0
        self._over: Place = ""

    def write(self, document: doc.Document) -> None:
        """The whole page."""
        self._sentences((document.kicker,))
        self._heading(runs_of(self._translator.html(document.title)), 1, "")
        self._parts(document.opening, 2)
        if document.contents is not None:
            self._heading(runs_of(self._translator.html(document.contents)), 2, "")
            self._contents(document.sections, 0)
        self._parts(document.sections, 2)

    # Parts. ------------------------------------------------------------------------------------------

    def _parts(self, parts: Iterable[doc.Part], level: int) -> None:
        for part in parts:
            self._part(part, level)

    def _part(self, part: doc.Part, level: int) -> None:
        match part:
            case doc.Section():
                self._over = part.heading
                self._heading(self._numbered(part.number, (part.heading,)), level, part.anchor)
                self._parts(part.parts, level + 1)
            case doc.Paragraph():
                self._sentences(part.said, strong=part.look in _STRONG)
            case doc.Prose():
                self._prose(Quoted(part.text, part.language), "Normal")
            case doc.Bullets():
                for line in part.lines:
                    self._sentences(line, "ListBullet")
            case doc.Entries():
                for entry in part.entries:
                    self._entry(entry, quoted=part.quoted)
            case doc.Quotation():
                self._quotation(part.parts, "Quote", "Quote")
            case doc.Facts():
                rows = [(doc.Cell((what,)), doc.Cell(said, joined=" ")) for what, said in part.lines]
                self._cells(part.heads, rows, None)
            case doc.Table():
                self._cells(part.heads, part.rows, part.caption)
            case doc.Result():
                self._result(part)
            case _:
                assert_never(part)

    def _contents(self, sections: Iterable[doc.Part], depth: int) -> None:
        for each in sections:
            if isinstance(each, doc.Section) and each.anchor:
                runs = self._numbered(each.number, (each.heading,))
                paragraph = self._paragraph(runs, "ListBullet", indent=depth)
                link = OxmlElement("w:hyperlink", {qn("w:anchor"): _bookmark(each.anchor)})
                for run in paragraph.findall(qn("w:r")):
                    link.append(run)
                paragraph.append(link)
                self._contents(each.parts, depth + 1)

    def _heading(self, runs: Runs, level: int, anchor: str) -> None:
        paragraph = self._paragraph(runs, f"Heading{min(level, DEEPEST)}")
        if anchor:
            self._bookmarks += 1
            number = str(self._bookmarks)
            start = OxmlElement("w:bookmarkStart", {qn("w:id"): number, qn("w:name"): _bookmark(anchor)})
            paragraph.insert(1, start)
            paragraph.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): number}))

    def _sentences(self, said: doc.Said, style: str = "Normal", *, strong: bool = False, joined: str = " ") -> None:
        runs = runs_of(said_html(said, self._translator, joined))
        self._paragraph(_strengthened(runs) if strong else runs, style)

    def _prose(self, words: Quoted, style: str, then: str = "") -> None:
        """Somebody's words with their own paragraphs and line breaks; after the first paragraph in another style."""
        for paragraph in (each.strip("\n") for each in words.text.split("\n\n") if each.strip()):
            lines = [self._translator.html(Quoted(line, words.language)) for line in paragraph.split("\n")]
            self._paragraph(runs_of(Markup("<br>").join(lines)), style)
            style = then or style

    def _entry(self, entry: doc.Entry, *, quoted: bool) -> None:
        if quoted:
            self._quotation(entry.parts, "ListBullet", "ListContinue")
        else:
            style = "ListBullet"
            for _, text in entry.parts:
                self._prose(Quoted(text), style, "ListContinue")
                style = "ListContinue"
        if entry.details:
            self._sentences(entry.details, "ListContinue", joined=entry.joined)
        for line in (*entry.more, *((tuple(each.words for each in entry.links),) if entry.links else ())):
            self._sentences(line, "ListContinue")

    def _quotation(self, parts: tuple[tuple[Place, str], ...], style: str, then: str) -> None:
        for heading, text in parts:
            if text and heading:
                over = self._paragraph(_strengthened(runs_of(self._translator.html(heading))), style)
                over.find(qn("w:pPr")).insert(1, OxmlElement("w:keepNext"))
                style = then
            if text:
                self._prose(Quoted(text), style, then)
                style = then

    def _cells(self, heads: Sequence[Place], rows: Iterable[Sequence[doc.Cell]], caption: Message | None) -> None:
        first = tuple(runs_of(self._translator.html(head)) for head in heads)
        others = (
            tuple(
                self._numbered(cell.number, (*cell.said, *(each.words for each in cell.links)), cell.joined)
                for cell in row
            )
            for row in rows
        )
        # What the heading says already is the table's alternative text, and is not said twice.
        over = () if caption is None or caption == self._over else runs_of(self._translator.html(caption))
        self._grid(Grid(over, (first, *others)), described=caption)

    def _result(self, result: doc.Result) -> None:
        for each in read_html(draw_view(result.blocks, translator=self._translator, of=result.of)):
            if isinstance(each, Grid):
                self._grid(each, described=result.of)
            else:
                self._paragraph(each.runs, "Quote" if each.quoted else "Normal")

    def _numbered(self, number: int, said: doc.Said, joined: str = " ") -> Runs:
        runs = runs_of(said_html(said, self._translator, joined))
        return (Run(f"{self._translator.number(number)}. "), *runs) if number else runs

    # Elements. ---------------------------------------------------------------------------------------

    def _paragraph(self, runs: Runs, style: str, *, indent: int = 0) -> Any:
        paragraph = self._written(runs, style, indent=indent)
        self._page.addprevious(paragraph)
        return paragraph

    def _written(self, runs: Runs, style: str, *, indent: int = 0) -> Any:
        way = direction_of_line(runs, self._translator.direction)
        paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
        properties.append(_valued("w:pStyle", style))
        if way == "rtl":
            properties.append(OxmlElement("w:bidi"))
        if indent:
            properties.append(OxmlElement("w:ind", {qn("w:start"): str(360 * (indent + 1))}))
        paragraph.append(properties)
        for run in runs:
            base = self._base(run, way)
            for text, part in parts_by_direction(kept_together(for_xml(run.text), base, way), base):
                paragraph.append(self._run(text, part, run))
        return paragraph

    def _base(self, run: Run, way: Direction) -> Direction:
        if run.direction == "auto":
            return direction_of(run.text) or way
        return run.direction or way

    def _run(self, text: str, way: Direction, run: Run) -> Any:
        made, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
        if run.strong:
            properties.extend((OxmlElement("w:b"), OxmlElement("w:bCs")))
        if way == "rtl":
            properties.append(OxmlElement("w:rtl"))
        if run.language and run.language != self._translator.language:
            language = self._language(run.language)
            properties.append(OxmlElement("w:lang", {qn("w:val"): language, qn("w:bidi"): language}))
        if len(properties):
            made.append(properties)
        for number, line in enumerate(text.split("\n")):
            if number:
                made.append(OxmlElement("w:br"))
            if line:
                words = OxmlElement("w:t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
                words.text = line
                made.append(words)
        return made

    def _language(self, language: str) -> str:
        if language not in self._languages:
            self._languages[language] = with_region(language)
        return self._languages[language]

    def _grid(self, grid: Grid, described: Message | None) -> None:
        """A table with a header row that is repeated on every page, and what it is as its alternative text."""
        if grid.caption:
            self._paragraph(grid.caption, "Caption")
        title = " ".join("".join(run.text for run in grid.caption).split())
        said = title if described is None else self._translator.text(described)
        made, properties = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
        properties.append(_valued("w:tblStyle", "TableGrid"))
        if self._translator.direction == "rtl":
            properties.append(OxmlElement("w:bidiVisual"))
        properties.append(OxmlElement("w:tblW", {qn("w:w"): "5000", qn("w:type"): "pct"}))
        properties.append(
            OxmlElement("w:tblLook", {qn("w:val"): "00A0", qn("w:firstRow"): "1", qn("w:firstColumn"): "1"})
        )
        if title or said:
            properties.append(_valued("w:tblCaption", for_xml(title or said)))
            properties.append(_valued("w:tblDescription", for_xml(said)))
        made.append(properties)
        widths = OxmlElement("w:tblGrid")
        across = _widths(grid)
        for width in across:
            widths.append(OxmlElement("w:gridCol", {qn("w:w"): str(width)}))
        made.append(widths)
        for number, row in enumerate(grid.rows):
            made.append(self._row(row, across, is_head=number == 0))
        self._page.addprevious(made)
        # Word joins two tables that follow each other, and wants a paragraph after the last.
        self._page.addprevious(self._written((), AFTER_TABLE))

    def _row(self, row: Sequence[Runs], across: Sequence[int], *, is_head: bool) -> Any:
        made, properties = OxmlElement("w:tr"), OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        made.append(properties)
        for width, runs in zip(across, row, strict=True):
            cell, about = OxmlElement("w:tc"), OxmlElement("w:tcPr")
            about.append(OxmlElement("w:tcW", {qn("w:w"): str(width), qn("w:type"): "dxa"}))
            cell.extend((about, self._written(_strengthened(runs) if is_head else runs, CELL)))
            made.append(cell)
        return made


def _widths(grid: Grid) -> list[int]:
    """How wide each column is: as its longest cell wants, as far as the others leave room."""
    wanted = [
        min(max(sum(len(run.text) for run in row[at]) for row in grid.rows), _MOST_WANTED) + _LEAST_WANTED
        for at in range(len(grid.rows[0]))
    ]
    return [_TEXT_WIDTH * each // sum(wanted) for each in wanted]


def _strengthened(runs: Runs) -> Runs:
    return tuple(Run(run.text, run.language, run.direction, strong=True) for run in runs)


def _valued(tag: str, value: str) -> Any:
    return OxmlElement(tag, {qn("w:val"): value})


def _bookmark(anchor: str) -> str:
    return f"s_{_NAME.sub('_', anchor)}"
