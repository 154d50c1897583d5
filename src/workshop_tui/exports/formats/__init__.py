"""One module for each format; here is their list."""

from __future__ import annotations

from typing import Final

from workshop_tui.exports.formats import html, markdown, pabulib, preflib, session_json, tables

PAGES: Final = (html.FORMAT, markdown.FORMAT)
"""Those that write readable pages."""

DATA: Final = (*tables.FORMATS, session_json.FORMAT, preflib.FORMAT, pabulib.FORMAT)
"""Those that write what programs read."""
