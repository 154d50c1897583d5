"""One module for each format; here is their list."""

from __future__ import annotations

from typing import Final

from workshop_tui.exports.formats import (
    ballot_files,
    baton_zip,
    html,
    markdown,
    plain,
    record_json,
    session_json,
    spreadsheets,
)

PAGES: Final = (html.FORMAT, markdown.FORMAT, plain.FORMAT)
"""Those that write readable pages."""

DATA: Final = (*spreadsheets.FORMATS, session_json.FORMAT, record_json.FORMAT, *ballot_files.FORMATS, baton_zip.FORMAT)
"""Those that write what programs read."""
