"""A workbook as a value: sheets of columns that each hold one sort of thing, in no format yet.

Whoever builds one says what stands in which column and in which words; how that is written is for the format
(`exports.formats.excel`). It can be sorted and filtered, and filled in and sent back.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from workshop_tui.exports.document import Said
from workshop_tui.messages import Message, Place

ColumnSort = Literal["text", "date", "number", "choice"]
"""Words; a day; a whole number; one of a few words."""

Value = Place | None
"""What stands in a cell; None for nothing. A day is "YYYY-MM-DD": what is none stands there as the text that it is."""


class Column(Struct, frozen=True, kw_only=True):
    """One column."""

    head: Message
    sort: ColumnSort = "text"
    choices: tuple[Message, ...] = ()
    """The words of a choice, in the order of its list."""
    to_fill: bool = False
    """Whether whoever gets it writes into this column: it says so, and takes nothing that is not of its sort."""
    hidden: bool = False
    """Whether it is for this program and not for whoever reads the list."""
    wide: bool = False
    """Whether there are long texts in it."""


class Sheet(Struct, frozen=True, kw_only=True):
    """One list."""

    name: Message
    """On its tab; no two in a workbook are the same."""
    description: Message
    """What the list is, for whoever hears it instead of seeing it."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


class Workbook(Struct, frozen=True, kw_only=True):
    """Lists for one audience."""

    title: Place
    made_at: int
    """When the last thing happened that is in it, in UTC milliseconds."""
    notes: tuple[Said, ...]
    """What its last sheet says: where it comes from, who may have it, how to fill it in."""
    sheets: tuple[Sheet, ...]
    marker: tuple[str, ...] = ()
    """What this program knows it by when it comes back, on a sheet that nobody sees; nothing where it does not."""

    @property
    def is_to_fill(self) -> bool:
        """Whether somebody is to write into it; nothing else in it can be changed by mistake then."""
        return any(column.to_fill for sheet in self.sheets for column in sheet.columns)
