"""Lists as an Excel workbook: what is text stays text, what is a day is one, and what was asked can be filled in.

Nothing that people wrote can become a formula or a link. A heading stays in sight and can be filtered by; on a last
sheet stands where the lists come from and who may have them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from workshop_tui.exports.formats.office import for_xml, without_times
from workshop_tui.exports.output import PageFormat
from workshop_tui.exports.workbook import Column, ColumnSort, Sheet, Value, Workbook
from workshop_tui.messages import Message, Translator, tr, trn

if TYPE_CHECKING:
    from xlsxwriter import Workbook as Book

MOST_LETTERS: Final = 32_767
"""What one cell has room for; letters outside the first plane count twice."""

_LONGEST_TAB: Final = 31
_LONGEST_HEAD: Final = 255
_LONGEST_ALT: Final = 255
_LONGEST_NAME: Final = 32
"""What Excel takes for a tab, a heading, a description and the name of a hint."""

_NOT_ON_TABS: Final = re.compile(r"[\[\]:*?/\\]")
_WIDTHS: Final = {"text": 24, "date": 16, "number": 12, "choice": 22}
_WIDE: Final = 45
_HEAD_HEIGHT: Final = 32
"""Of two lines: not every program looks how high a heading is."""

_LOOKS: Final[dict[ColumnSort, dict[str, object]]] = {
    "text": {"text_wrap": True, "num_format": "@"},
    "date": {"align": "left", "num_format": "d mmm yyyy"},
    "number": {"num_format": "0"},
    "choice": {"text_wrap": True, "num_format": "@"},
}
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Excel counts a day that there never was, 29 February 1900; days before it are written as text."""

NOTES: Final = tr("About this workbook")
FILL_IN: Final = tr("Fill in")

MARKER: Final = "workshop-tui"
"""The sheet that nobody sees."""

_MAY: Final = {"autofilter": True, "format_columns": True, "format_rows": True}
"""What can be done with a list whose cells are protected; there is no password."""


def _excel(workbook: Workbook, translator: Translator) -> bytes:
    # It takes a moment to load: only where a workbook is written.
    from xlsxwriter import Workbook as Book

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Book(made, options) as book:
        _Writing(book, workbook, translator).write()
    return without_times(made.getvalue())


FORMAT = PageFormat(ending="xlsx", write=_excel)


def for_cell(text: str, cut: str) -> str:
    """A text that has room in a cell; a longer one ends with a word of it and says that it was cut.

    Args:
        text: Anybody's words.
        cut: What says so.
    """
    text = for_xml(text)
    if _letters(text) <= MOST_LETTERS:
        return text
    kept = short(text, MOST_LETTERS - _letters(cut) - 2)
    words, _, _ = kept.rpartition(" ")
    return f"{words or kept}… {cut}"


def short(text: str, most: int) -> str:
    """The beginning of a text, of so many letters as Excel counts them."""
    kept = text[:most]
    while (over := _letters(kept) - most) > 0:
        kept = kept[: -max(1, over // 2)]
    return kept


def _letters(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Writing:
    """Writes one workbook for one reader."""

    def __init__(self, book: Book, workbook: Workbook, translator: Translator) -> None:
        self._book, self._workbook, self._translator = book, workbook, translator
        self._tabs: set[str] = set()
        self._formats = {
            (sort, to_fill): book.add_format({**look, "valign": "top", "locked": not to_fill})
            for to_fill in (False, True)
            for sort, look in _LOOKS.items()
        }
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._choices: dict[tuple[str, ...], str] = {}
        self._cut = translator.text(
            trn(
                "[Cut here: a cell has room for {n} letter.]", "[Cut here: a cell has room for {n} letters.]",
                MOST_LETTERS,
            )
        )  # fmt: skip

    def write(self) -> None:
        made = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=self._workbook.made_at)
        title = short(self._said(self._workbook.title).replace("\n", " "), _LONGEST_ALT)
        self._book.set_properties(
            {"title": title, "author": "", "comments": "", "created": made.replace(microsecond=0, tzinfo=None)}
        )
        sheets = [(each, self._book.add_worksheet(self._tab(self._said(each.name)))) for each in self._workbook.sheets]
        # The lists that can be chosen from stand on the last sheet, so it is written before what refers to it.
        self._notes(title)
        for number, (sheet, page) in enumerate(sheets, 1):
            self._sheet(sheet, page, number)
        self._mark()

    def _mark(self) -> None:
        if self._workbook.marker:
            page = self._book.add_worksheet(MARKER)
            for line, said in enumerate(self._workbook.marker):
                page.write_string(line, 0, said)
            page.protect()
            page.hide()

    def _said(self, said: Value) -> str:
        return "" if said is None else for_xml(self._translator.text(said))

    def _tab(self, name: str) -> str:
        """A name that Excel takes for a sheet: short, without some signs, and its own."""
        plain = short(_NOT_ON_TABS.sub(" ", name).strip("' "), _LONGEST_TAB).strip("' ") or "-"
        found = plain
        for number in range(2, 1_000):
            if found.casefold() not in (*self._tabs, "history"):
                break
            found = f"{short(plain, _LONGEST_TAB - 4)} {number}"
        self._tabs.add(found.casefold())
        return found

    def _sheet(self, sheet: Sheet, page: Any, number: int) -> None:
        heads = list(self._heads(sheet.columns))
        rows = max(1, len(sheet.rows))
        page.add_table(
            0, 0, rows, len(heads) - 1,
            {
                "name": f"List{number}",
                "columns": [{"header": head, "header_format": self._head} for head in heads],
                "style": None,
                "title": short(self._said(sheet.name), _LONGEST_ALT),
                "description": short(self._said(sheet.description), _LONGEST_ALT),
            },
        )  # fmt: skip
        for at, column in enumerate(sheet.columns):
            width = _WIDE if column.wide else _WIDTHS[column.sort]
            page.set_column(at, at, width, self._formats[column.sort, False], {"hidden": column.hidden})
            if column.to_fill or column.sort == "choice":
                self._fill_in(page, column, at, rows)
        page.set_row(0, _HEAD_HEIGHT)
        for line, row in enumerate(sheet.rows, 1):
            for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                self._cell(page, line, at, column, value)
        self._look(page)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        if self._workbook.is_to_fill:
            page.protect("", _MAY)

    def _look(self, page: Any) -> None:
        if self._translator.direction == "rtl":
            page.right_to_left()
        page.set_paper(9)  # A4
        page.set_landscape()
        page.hide_gridlines(0)
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P")

    def _heads(self, columns: Sequence[Column]) -> Iterator[str]:
        """What stands over each column: no two the same, whatever the capitals, or Excel repairs the file."""
        taken: set[str] = set()
        for column in columns:
            head = short(self._said(column.head), _LONGEST_HEAD)
            number, found = 2, head
            while found.casefold() in taken:
                number, found = number + 1, f"{head} {number}"
            taken.add(found.casefold())
            yield found

    def _cell(self, page: Any, line: int, at: int, column: Column, value: Value) -> None:
        look = self._formats[column.sort, column.to_fill]
        if column.sort == "date" and isinstance(value, str) and (day := _day(value)):
            page.write_datetime(line, at, dt.datetime.combine(day, dt.time()), look)
        elif column.sort == "number" and isinstance(value, int):
            page.write_number(line, at, value, look)
        elif text := for_cell(self._said(value), self._cut):
            page.write_string(line, at, text, self._formats["text", column.to_fill])
        elif column.to_fill:
            page.write_blank(line, at, None, look)

    def _fill_in(self, page: Any, column: Column, at: int, rows: int) -> None:
        """What a column takes from whoever fills it in, said where they are about to write."""
        rule: dict[str, Any] = {"input_title": short(self._said(FILL_IN), _LONGEST_NAME)} if column.to_fill else {}
        wrong: Message | None = None
        match column.sort:
            case "choice":
                rule |= {"validate": "list", "source": self._listed(column.choices)}
                asked, wrong = tr("Please choose from the list."), tr("Only what is in the list can stand here.")
            case "date":
                rule |= {"validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1)}
                asked, wrong = tr("A day, such as 24/12/2026."), tr("Only a day can stand here.")
            case "number":
                rule |= {"validate": "integer", "criteria": ">=", "value": 0}
                asked, wrong = tr("A whole number."), tr("Only a whole number can stand here.")
            case _:
                rule |= {"validate": "any"}
                asked = tr("In your own words.")
        if column.to_fill:
            rule["input_message"] = short(self._said(asked), _LONGEST_ALT)
        if wrong is not None:
            rule["error_message"] = short(self._said(wrong), _LONGEST_ALT)
        page.data_validation(1, at, rows, at, rule)

    def _listed(self, choices: tuple[Message, ...]) -> str:
        return self._choices[tuple(map(self._said, choices))]

    def _notes(self, title: str) -> None:
        tab = self._tab(self._said(NOTES))
        page = self._book.add_worksheet(tab)
        page.set_column(0, 0, 100, self._plain)
        page.write_string(0, 0, title, self._bold)
        line = 1
        for said in self._workbook.notes:
            page.write_string(line, 0, for_cell(" ".join(map(self._said, said)), self._cut), self._plain)
            line += 1
        for head, words in self._lists_to_choose_from():
            line += 1
            page.write_string(line, 0, head, self._bold)
            for number, word in enumerate(words, line + 1):
                page.write_string(number, 0, word, self._plain)
            quoted = tab.replace("'", "''")
            self._choices[words] = f"='{quoted}'!$A${line + 2}:$A${line + 1 + len(words)}"
            line += len(words) + 1
        self._look(page)

    def _lists_to_choose_from(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        seen: set[tuple[str, ...]] = set()
        for sheet, column in ((each, column) for each in self._workbook.sheets for column in each.columns):
            words = tuple(map(self._said, column.choices))
            if words and words not in seen:
                seen.add(words)
                yield self._said(tr("{sheet}: {column}", sheet=sheet.name, column=column.head)), words


def _day(value: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None
