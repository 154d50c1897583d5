"""A workbook that was sent out to be answered in, and comes back: its cells as answers, or what is wrong in which cell.

Columns are known by what stands over them, in whatever order and language; lines by their reference, which fits no
other words than those beside it. Nothing is taken unless all of it can be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.cycle import files
from workshop_tui.cycle.answers import STATUS_WORDS, Answer, Status, telling_whose, wrong_in
from workshop_tui.domain.agenda_problems import nearest
from workshop_tui.domain.text import clean_line, clean_text
from workshop_tui.errors import CycleFileError
from workshop_tui.limits import RETURNED_LETTERS, SHORT_TEXT_LETTERS
from workshop_tui.messages import Message, Sentences, Text, Verbatim, tr, trn

SCHEMA: Final = "workshop-tui/answers/1"

Part = Literal["entry", "status", "words", "on", "until", "where", "to", "body", "role", "reference"]

HEADS: Final[dict[Part, tuple[Message, ...]]] = {
    "entry": (
        tr("What people asked"), tr("What is to be done"), tr("What was promised"), tr("What the concern is"),
    ),
    "status": (tr("Status"),),
    "words": (tr("What was done or is planned, or why not"),),
    "on": (tr("Since when, or on which day"),),
    "until": (tr("By when, or when to ask again"),),
    "where": (tr("Where one can see it"),),
    "to": (tr("Passed on to"),),
    "body": (tr("Who answers"),),
    "role": (tr("Their role"),),
    "reference": (tr("Reference"),),
}  # fmt: skip
"""What stands over the columns; over that of the words the one that fits the list."""

_DAYS: Final[dict[Status, tuple[Part, Part]]] = {
    **dict.fromkeys(("planned", "waiting"), ("until", "on")),
    **dict.fromkeys(("done", "already", "changed_in_part"), ("on", "until")),
}
"""Which of the two days an answer has, and which it cannot have; those that are not here have none."""

_HEADING_WITHIN: Final = 20
"""Rows from the top of a sheet in which its heading is looked for: somebody may have written a title over it."""


class Marker(Struct, frozen=True):
    """What a workbook says it is."""

    about: str
    """The id of the baton, or of the session whose actions and promises are in it."""
    checksum: str = ""
    """Of the baton; empty for a session's own list."""
    body: str = ""
    """Who was asked; empty where it goes to whoever does it."""

    @property
    def lines(self) -> tuple[str, ...]:
        """As it is written, one to a cell."""
        return (SCHEMA, self.about, self.checksum, self.body)


class Cell(Struct, frozen=True):
    """One cell that is not empty."""

    at: str
    """Its name, such as "F4"."""
    text: str
    """Its value as a text; of a day "2026-12-24"."""
    sort: Literal["text", "number", "day", "formula", "error"] = "text"
    day: str = ""
    """The day that it is, or that its number is counted as; empty for none."""


class Sheet(Struct, frozen=True):
    """One sheet: its rows from the top, each with what stands in it by the number of the column."""

    name: str
    rows: tuple[Mapping[int, Cell], ...]
    merged: tuple[tuple[int, int, str], ...] = ()
    """Of cells that were made one: the first and the last row (0 for the top one), and their names."""
    columns: tuple[str, ...] = ()
    """The letters of its columns."""


class Row(Struct, frozen=True, kw_only=True):
    """What somebody answered to one entry."""

    id: str
    at: str
    """Where it stands, for a message: the cell of its reference."""
    answer: Answer
    by_body: str = ""
    by_role: str = ""


class Words(Struct, frozen=True):
    """In which words a workbook is read: those of every language that this program speaks."""

    heads: Mapping[str, Part]
    """What stands over a column, folded."""
    statuses: Mapping[str, Status]
    """The words of a status, folded."""
    listed: tuple[str, ...]
    """Those of the language in which it was written, to name the nearest."""
    day: Callable[[str], str]
    """The day "2026-12-24" that a typed text means; empty where it means none, or none for certain."""


def reference(id_: str, words: str) -> str:
    """What ties a line of a workbook to its entry: its id, and a sum that fits these words and no others."""
    return f"{id_} {_sum(id_, words)}"


def _sum(id_: str, words: str) -> str:
    return hashlib.sha256(f"{id_}\n{clean_line(words)}".encode()).hexdigest()[:12]


def folded(text: str) -> str:
    """A text as it is compared: cleaned, without capitals, in single spaces, with one sort of apostrophe."""
    # Programs that people write with put a curled apostrophe where they typed a straight one.
    return clean_line(text.replace("\u00a0", " ").replace("\u2019", "'")).casefold()


def marker_in(lines: Sequence[str], file: str) -> Marker:
    """What a workbook says it is.

    Raises:
        CycleFileError: it is no workbook to answer in, or one of another version.
    """
    schema, about, checksum, body = [*map(clean_line, lines), "", "", "", ""][:4]
    if problem := files.other_schema(schema, SCHEMA):
        raise files.refused(file, problem)
    if not about or " " in about:
        raise files.refused(file, tr("It is damaged: it does not say what it answers."))
    return Marker(about=about, checksum=checksum, body=body)


def read(sheets: Iterable[Sheet], words: Words, file: str, today: str) -> tuple[Row, ...]:
    """What is answered in a workbook; lines that say nothing are left out.

    Args:
        sheets: All its sheets; those with no list of ours are not looked at.
        words: In which words it is read.
        file: Its name, for messages.
        today: The day, so that nothing can have happened after it.

    Raises:
        CycleFileError: something in it cannot be taken; each cell is named, and nothing is taken.
    """
    wrong: list[Sentences] = []
    found: dict[str, tuple[Row, str]] = {}
    lists = 0
    for sheet in sheets:
        heading = _heading(sheet, words)
        if heading is None:
            continue
        lists += 1
        reading = _Reading(sheet, heading, words, today)
        for row in reading.rows():
            place = f"{sheet.name}, {row.at}"
            before = found.setdefault(row.id, (row, place))
            if _said(before[0]) != _said(row):
                wrong.append(
                    (tr("{place}:", place=place), tr("The same line is answered in another way in {other}.",
                                                      other=before[1]))
                )  # fmt: skip
        wrong += reading.wrong
    if not lists:
        raise files.refused(
            file,
            tr("There is no list in it that can be answered: no column has the heading “{head}”.",
               head=HEADS["reference"][0]),
        )  # fmt: skip
    if wrong:
        problem = files.refused(
            file,
            trn("{n} cell in it cannot be taken.", "{n} cells in it cannot be taken.", len(wrong)),
        )
        raise CycleFileError(problem.message, advice=problem.advice, lines=tuple(wrong))
    return tuple(row for row, _ in found.values() if row.answer.status != "none")


def _said(row: Row) -> tuple[Answer, str, str]:
    # Who answers stands in every line beforehand; it says something only beside an answer.
    return (row.answer, row.by_body, row.by_role) if row.answer.status != "none" else (row.answer, "", "")


def _heading(sheet: Sheet, words: Words) -> int | None:
    """The row that has the headings; None where none has."""
    for number, row in enumerate(sheet.rows[:_HEADING_WITHIN]):
        if any(words.heads.get(folded(cell.text)) == "reference" for cell in row.values()):
            return number
    return None


class _Reading:
    """Reads the list of one sheet; what cannot be taken is in `wrong`."""

    def __init__(self, sheet: Sheet, heading: int, words: Words, today: str) -> None:
        self._sheet, self._heading, self._words, self._today = sheet, heading, words, today
        self.wrong: list[Sentences] = []
        self._columns: dict[Part, int] = {}

    def rows(self) -> Iterator[Row]:
        if not self._find_columns() or self._are_merged():
            return
        for row in self._sheet.rows[self._heading + 1 :]:
            if any(column in row for column in self._columns.values()):
                before = len(self.wrong)
                read = self._row(row)
                if read is not None and len(self.wrong) == before:
                    yield read

    def _are_merged(self) -> bool:
        """Whether cells of the list were made one: what is in the first might be meant for all."""
        tied = self._columns["reference"]
        last = max((number for number, row in enumerate(self._sheet.rows) if tied in row), default=0)
        for first, end, names in self._sheet.merged:
            if first <= last and end > self._heading:
                self._refuse(names, tr("These cells were made one: please part them, and fill in each line."))
        return bool(self.wrong)

    def _find_columns(self) -> bool:
        headings = self._sheet.rows[self._heading]
        for column, cell in headings.items():
            part = self._words.heads.get(folded(cell.text))
            if part is None:
                continue
            if part in self._columns:
                self._refuse(cell.at, tr("“{head}” stands over two columns.", head=HEADS[part][0]))
            self._columns[part] = column
        for part in HEADS.keys() - self._columns.keys():
            self._refuse(
                next(iter(headings.values())).at,
                tr("No column has the heading “{head}”.", head=HEADS[part][0]),
            )
        return not self.wrong

    def _refuse(self, at: str, *said: Text) -> None:
        place = f"{self._sheet.name}, {at}"
        self.wrong.append((tr("{place}:", place=place), *said))

    def _row(self, row: Mapping[int, Cell]) -> Row | None:
        cells = {part: row[column] for part, column in self._columns.items() if column in row}
        tied = cells.get("reference")
        if tied is None or not tied.text.strip():
            self._without_reference(cells)
            return None
        id_, _, sum_ = clean_line(tied.text).partition(" ")
        if tied.sort != "text" or sum_ != _sum(id_, cells["entry"].text if "entry" in cells else ""):
            self._refuse(
                tied.at,
                tr("This reference and the words in its line do not belong together: lines were mixed, or changed."),
            )
            return None
        answer = self._answer(cells)
        if answer is None:
            return None
        return Row(
            id=id_, at=tied.at, answer=answer, by_body=self._text(cells, "body"), by_role=self._text(cells, "role")
        )

    def _without_reference(self, cells: Mapping[Part, Cell]) -> None:
        """A line that somebody added: it may say what it likes as long as it answers nothing."""
        for part in ("status", "words", "on", "until", "where", "to"):
            if part in cells and cells[part].text.strip():
                self._refuse(
                    cells[part].at, tr("This line has no reference: what it answers is not known. Please take it out.")
                )
                return

    def _answer(self, cells: Mapping[Part, Cell]) -> Answer | None:
        before = len(self.wrong)
        status = self._status(cells)
        days = {part: self._day(cells, part) for part in ("on", "until")}
        day, other = _DAYS.get(status, ("on", "until"))
        if status in _DAYS and days[other]:
            said = tr("“{status}” has its day under “{head}”.", status=STATUS_WORDS[status], head=HEADS[day][0])
            self._refuse(cells[other].at, said)
        answer = Answer(
            status=status,
            words=self._text(cells, "words", RETURNED_LETTERS),
            on=days[day] or days[other],
            where=self._text(cells, "where"),
            to=self._text(cells, "to"),
        )
        if len(self.wrong) > before:
            return None
        for each in (*wrong_in(answer, self._today), *telling_whose(answer)):
            part = each.field if each.field != "on" else day if days[day] or status in _DAYS else other
            self._refuse(self._place(part, cells), each.said)
        return answer if len(self.wrong) == before else None

    def _place(self, part: Part, cells: Mapping[Part, Cell]) -> str:
        """The name of a cell, of an empty one too."""
        if part in cells:
            return cells[part].at
        return self._sheet.columns[self._columns[part]] + cells["reference"].at.lstrip(ascii_uppercase)

    def _status(self, cells: Mapping[Part, Cell]) -> Status:
        typed = self._text(cells, "status")
        if not typed:
            return "none"
        found = self._words.statuses.get(folded(typed))
        if found is None:
            self._refuse(
                cells["status"].at,
                tr("There is no status “{status}”.", status=typed),
                nearest(typed, self._words.listed, "cycle"),
            )
        return found or "none"

    def _text(self, cells: Mapping[Part, Cell], part: Part, most: int = SHORT_TEXT_LETTERS) -> str:
        cell = self._plain(cells, part)
        if cell is None:
            return ""
        text = clean_text(cell.text) if part == "words" else clean_line(cell.text)
        if len(text) > most:
            self._refuse(
                cell.at,
                trn("It is {n} letter too long: there is room for {most}.",
                    "It is {n} letters too long: there is room for {most}.", len(text) - most, most=most),
            )  # fmt: skip
        return text

    def _day(self, cells: Mapping[Part, Cell], part: Part) -> str:
        cell = self._plain(cells, part)
        if cell is None or not (typed := clean_line(cell.text)):
            return ""
        day = cell.day or (self._words.day(typed) if cell.sort == "text" else "")
        if not day:
            self._refuse(cell.at, tr("{day} is no date such as 2026-12-24.", day=typed))
        return day

    def _plain(self, cells: Mapping[Part, Cell], part: Part) -> Cell | None:
        """A cell with a value; None for one without, and for one whose value is not there."""
        cell = cells.get(part)
        if cell is None:
            return None
        if cell.sort == "formula":
            self._refuse(cell.at, tr("There is a formula in it: please write what it comes to."))
            return None
        if cell.sort == "error":
            self._refuse(cell.at, tr("There is an error in it, {error}.", error=Verbatim(clean_line(cell.text))))
            return None
        return cell
