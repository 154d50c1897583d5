"""An Excel workbook that comes back, as plain cells: no more of it is read than a list that was sent out may have.

Whatever program saved it. Formulas are not worked out, links are not followed, and macros are not looked at.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from workshop_tui.cycle.files import refused
from workshop_tui.cycle.returned import Cell, Sheet
from workshop_tui.errors import CycleFileError
from workshop_tui.exports.formats.excel import MARKER
from workshop_tui.limits import WORKBOOK_BYTES, WORKBOOK_BYTES_UNPACKED, WORKBOOK_COLUMNS, WORKBOOK_ROWS
from workshop_tui.messages import tr, trn

_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97 begin, and those that are locked with a password."""

_SHEETS: Final = 20
_MOST_FILES: Final = 500
_LAST_ROW: Final = 1_048_576
"""Of any sheet."""

_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""How workbooks write what XML cannot hold."""

_MERGED: Final = re.compile(
    r"""<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"""
)

_FIRST: Final = dt.date(2000, 1, 1)
_LAST: Final = dt.date(2199, 12, 31)
"""Days that an answer can be about: a number outside is none that was counted as a day."""


def read(data: bytes, file: str) -> tuple[tuple[str, ...], tuple[Sheet, ...]]:
    """What this program wrote on the sheet that nobody sees, and all other sheets.

    Args:
        data: The file.
        file: Its name, for messages.

    Raises:
        CycleFileError: it is no workbook, is damaged, or is larger than any that was sent out.
    """
    _look_at(data, file)
    try:
        with warnings.catch_warnings():
            # What the library leaves out, such as pictures, is in no answer.
            warnings.simplefilter("ignore")
            return _read(data, file)
    except CycleFileError:
        raise
    except Exception as problem:
        # What is wrong inside a foreign file is raised as anything by the library that reads it.
        raise refused(file, tr("It is damaged: it cannot be read as a workbook.")) from problem


def _look_at(data: bytes, file: str) -> None:
    """Refuse what cannot be a workbook of ours, before anything is unpacked."""
    if len(data) > WORKBOOK_BYTES:
        raise refused(file, tr("It is larger than {n} MB.", n=WORKBOOK_BYTES // 1_000_000))
    if data.startswith(_OLD):
        raise refused(
            file,
            tr("It is locked with a password, or of an old kind. Please save it as an Excel workbook (.xlsx), without "
               "a password."),
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            infos = zipped.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise refused(file, tr("It is damaged, or it is no Excel workbook (.xlsx).")) from problem
    if not any(each.filename.lower() == "[content_types].xml" for each in infos):
        raise refused(file, tr("It is damaged, or it is no Excel workbook (.xlsx)."))
    # Nothing unpacks to more than it says here: what would, ends there and does not fit its sum.
    if len(infos) > _MOST_FILES or sum(each.file_size for each in infos) > WORKBOOK_BYTES_UNPACKED:
        raise refused(file, tr("It unpacks to more than {n} MB.", n=WORKBOOK_BYTES_UNPACKED // 1_000_000))


def _read(data: bytes, file: str) -> tuple[tuple[str, ...], tuple[Sheet, ...]]:
    # It takes a moment to load: only where a workbook is read.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        marker: tuple[str, ...] = ()
        sheets: list[Sheet] = []
        for page in book.worksheets[:_SHEETS]:
            read = _sheet(book, page, file)
            if page.title.casefold() == MARKER:
                marker = tuple(row[0].text if 0 in row else "" for row in read.rows[:10])
            else:
                sheets.append(read)
        return marker, tuple(sheets)
    finally:
        book.close()


def _sheet(book: Any, page: Any, file: str) -> Sheet:
    from openpyxl.utils import get_column_letter

    rows: list[Mapping[int, Cell]] = []
    filled = 0
    for number, line in enumerate(page.iter_rows(max_row=_LAST_ROW, max_col=WORKBOOK_COLUMNS)):
        row = {at: cell for at, each in enumerate(line) if (cell := _cell(book, each, at, number)) is not None}
        if not row:
            continue
        filled += 1
        if filled > WORKBOOK_ROWS:
            raise refused(
                file,
                trn("A sheet of it has more than {n} row.", "A sheet of it has more than {n} rows.", WORKBOOK_ROWS),
            )
        if number >= WORKBOOK_ROWS * 2:
            raise refused(file, tr("Something stands far below the list, in row {n}.", n=number + 1))
        # Rows in between are empty.
        rows += [{}] * (number - len(rows))
        rows.append(row)
    return Sheet(
        name=page.title,
        rows=tuple(rows),
        merged=tuple(_merged(book, page)),
        columns=tuple(map(get_column_letter, range(1, WORKBOOK_COLUMNS + 1))),
    )


def _merged(book: Any, page: Any) -> Iterator[tuple[int, int, str]]:
    """Cells that were made one; reading line by line leaves them out, so they are looked up in the file itself."""
    with book._archive.open(page._worksheet_path) as part:
        for first, top, last, bottom in _MERGED.findall(part.read().decode("latin-1")):
            yield int(top) - 1, int(bottom) - 1, f"{first}{int(top)}:{last}{int(bottom)}"


def _cell(book: Any, cell: Any, at: int, number: int) -> Cell | None:
    from openpyxl.utils import get_column_letter

    value = cell.value
    if value is None:
        return None
    name = f"{get_column_letter(at + 1)}{number + 1}"
    match cell.data_type, value:
        case "f", _:
            return Cell(name, "=", "formula")
        case "e", _:
            return Cell(name, str(value), "error")
        case _, bool():
            return Cell(name, str(value).upper())
        case _, dt.datetime() | dt.date():
            day = value.date() if isinstance(value, dt.datetime) else value
            return Cell(name, day.isoformat(), "day", day.isoformat() if _FIRST <= day <= _LAST else "")
        case _, int() | float():
            return Cell(name, f"{value:.15g}", "number", _counted(value, book.epoch))
        case _, str():
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
            return Cell(name, text) if text.strip() else None
        case _:
            # A time of day or a length of time: no answer has one.
            return Cell(name, str(value), "number")


def _counted(value: float, epoch: dt.datetime) -> str:
    """The day that a number stands for where workbooks count days; empty for one that is none."""
    try:
        day = (epoch + dt.timedelta(days=int(value))).date()
    except (OverflowError, ValueError):
        return ""
    return day.isoformat() if _FIRST <= day <= _LAST else ""
