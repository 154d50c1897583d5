"""Workbooks as they come back: opened, written into and saved by somebody else's program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from workshop_tui.cycle.baton import Baton
from workshop_tui.cycle.returned import HEADS
from workshop_tui.exports.answers_of_baton import answers
from workshop_tui.exports.formats import excel
from workshop_tui.messages import ENGLISH, Translator

COLUMNS = {part: ENGLISH.text(heads[0]) for part, heads in HEADS.items()}


def workbook_of(baton: Baton, body: str = "", translator: Translator = ENGLISH) -> bytes:
    return bytes(excel.FORMAT.write(answers(baton, body), translator))


def sent(baton: Path, name: str = "answers.xlsx") -> bytes:
    """The workbook in a baton."""
    with zipfile.ZipFile(baton) as zipped:
        return zipped.read(name)


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The same after somebody did something to it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def column(sheet: Worksheet, part: str) -> int:
    """Where a column is, from 1."""
    return next(cell.column for cell in sheet[1] if cell.value == COLUMNS[part])


def filled(data: bytes, *lines: Mapping[str, object], sheet: int = 0) -> bytes:
    """The same with these cells filled in, line by line."""

    def fill(book: Workbook) -> None:
        page = book.worksheets[sheet]
        for number, line in enumerate(lines, 2):
            for part, value in line.items():
                page.cell(number, column(page, part)).value = value  # type: ignore[assignment]

    return changed(data, fill)
