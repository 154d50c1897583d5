"""One module for each format; here is their list."""

from __future__ import annotations

from typing import Any, Final

from workshop_tui.exports.formats import (
    ballot_files,
    baton_zip,
    calendar,
    excel,
    html,
    markdown,
    plain,
    record_json,
    session_json,
    spreadsheets,
    word,
)
from workshop_tui.exports.output import PageFormat

PAGES: Final[tuple[PageFormat[Any], ...]] = (
    html.FORMAT, markdown.FORMAT, plain.FORMAT, word.FORMAT, excel.FORMAT, calendar.FORMAT
)  # fmt: skip
"""Those that write what people read; each output names its own among them."""

DATA: Final = (*spreadsheets.FORMATS, session_json.FORMAT, record_json.FORMAT, *ballot_files.FORMATS, baton_zip.FORMAT)
"""Those that write what programs read."""
