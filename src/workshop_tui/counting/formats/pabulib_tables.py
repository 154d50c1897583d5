"""The three tables of a Pabulib file: META, PROJECTS and VOTES, with semicolons between the cells."""

from __future__ import annotations

import csv
from typing import Final

from msgspec import Struct

from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.messages import Verbatim, tr, trn

SECTIONS: Final = ("META", "PROJECTS", "VOTES")

NEEDED: Final = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
"""The columns without which a section cannot be read."""


class PabulibRow(Struct, frozen=True):
    """One line of a table."""

    line: int
    places: dict[str, int]
    """Where each column is; the same value for all lines of a table."""
    cells: tuple[str, ...]

    def get(self, column: str) -> str:
        """The cell without spaces around it; empty where there is none."""
        place = self.places.get(column, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""


class PabulibTable(Struct):
    """One section."""

    line: int
    """Where it begins."""
    columns: tuple[str, ...] = ()
    places: dict[str, int] = {}
    """Where each column is, from 0."""
    rows: list[PabulibRow] = []


def read_tables(source: Source) -> tuple[PabulibTable, PabulibTable, PabulibTable]:
    """The sections of a file.

    Raises:
        InputError: a section or a needed column is missing, or a line cannot be read.
    """
    tables: dict[str, PabulibTable] = {}
    now = ""
    lines = source.lines()
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=";")
    try:
        before = 0
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                # The last line of a file ends with a line feed, after which there is nothing.
                if line < len(lines):
                    source.note(line, tr("A line is empty."), "empty line")
                continue
            if len([cell for cell in cells if cell.strip()]) == 1 and cells[0].strip().upper() in SECTIONS:
                now = cells[0].strip().upper()
                if now in tables:
                    source.refuse(line, tr("the section {section} is there twice", section=Verbatim(now)))
                tables[now] = PabulibTable(line=line, rows=[])
            elif not now:
                instead = tr(
                    "“{given}” stands where the section {section} begins in a Pabulib file",
                    given=shown(cells[0]),
                    section=Verbatim(SECTIONS[0]),
                )
                source.refuse(line, instead)
            elif not tables[now].columns:
                columns = _columns(source, line, now, cells)
                tables[now].columns = columns
                tables[now].places = {column: columns.index(column) for column in columns}
            else:
                tables[now].rows.append(_row(source, line, tables[now], cells))
    except csv.Error as problem:
        why = Verbatim(str(problem))
        source.refuse(reader.line_num, tr("the line cannot be read as a table ({why})", why=why))
    for name in SECTIONS:
        section = Verbatim(name)
        if name not in tables:
            source.refuse(0, tr("the section {section} is missing", section=section))
        if not tables[name].columns:
            unnamed = tr("the section {section} has no line with the names of its columns", section=section)
            source.refuse(tables[name].line, unnamed)
    return tables["META"], tables["PROJECTS"], tables["VOTES"]


def _columns(source: Source, line: int, section: str, cells: list[str]) -> tuple[str, ...]:
    columns = tuple(str(source.clean_name(cell, line)).casefold() for cell in cells)
    name = Verbatim(section)
    for column in NEEDED[section]:
        if column not in columns:
            missing = Verbatim(column)
            source.refuse(line, tr("the section {section} has no column {column}", section=name, column=missing))
    if len(set(columns)) < len(columns):
        twice = tr("The section {section} has two columns of one name. The first one counts.", section=name)
        source.note(line, twice)
    return columns


def _row(source: Source, line: int, table: PabulibTable, cells: list[str]) -> PabulibRow:
    columns = table.columns
    if len(cells) != len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        wide = trn(
            "A line has {n} cell under {columns} columns. The rest was left out.",
            "A line has {n} cells under {columns} columns. The rest was left out.",
            len(cells),
            columns=len(columns),
        )
        source.note(line, wide, "wide")
    elif len(cells) < len(columns):
        source.note(line, tr("A line has fewer cells than columns. The last ones are read as empty."), "narrow")
    if any(cell != cell.strip() for cell in cells):
        source.note(line, tr("A cell has stray spaces."), "cell spaces")
    return PabulibRow(line, table.places, tuple(cell.strip() for cell in cells[: len(columns)]))
