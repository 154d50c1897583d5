"""What an export is made of: outputs, each for one audience, and the formats in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

from workshop_tui.domain.consent import Destination
from workshop_tui.exports.dates import Dates
from workshop_tui.exports.document import Document
from workshop_tui.exports.report import Report
from workshop_tui.exports.workbook import Workbook
from workshop_tui.messages import Message, Translator


class Pieces:
    """A file that is made as it is written: however long it is, only a piece of it is in memory.

    Args:
        make: Makes the pieces, each time anew.
    """

    def __init__(self, make: Callable[[], Iterator[bytes]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[bytes]:
        return self._make()

    def __bytes__(self) -> bytes:
        return b"".join(self)


Content = bytes | Pieces
"""What is in a file."""


def pieces_of(content: Content) -> Iterable[bytes]:
    """What is in a file, piece by piece."""
    return (content,) if isinstance(content, bytes) else content


Made = Document | Workbook | Dates
"""What an output builds, in no format yet."""

MadeAs = TypeVar("MadeAs", Document, Workbook, Dates)

FormatName = Literal["html", "md", "docx", "txt", "xlsx", "ics"]
"""How the names of its files end."""


class Output(Struct, Generic[MadeAs], frozen=True, kw_only=True):
    """What one audience gets."""

    name: str
    """Begins the names of its files: "report" for report.html."""
    audience: Destination
    """Whom it is for; the consent gate is asked for them."""
    build: Callable[[Report], MadeAs | None]
    """None where the session has nothing for it."""
    for_whom: Message
    """Who may have it, in words; it stands in every one of its files."""
    formats: tuple[FormatName, ...] = ("html", "md", "docx")
    """In which it is written: a page in any of the first three, a message "txt", a workbook "xlsx", days "ics"."""
    with_data: bool = False
    """Whether the files for programs belong to it too."""
    on_request: bool = False
    """Whether an export has it only when it is asked for."""

    def comes_as(self, page: PageFormat[Any]) -> bool:
        """Whether it is written in a format."""
        return page.ending in self.formats


class PageFormat(Struct, Generic[MadeAs], frozen=True, kw_only=True):
    """A way to write what people read."""

    ending: FormatName
    write: Callable[[MadeAs, Translator], Content]


class DataFormat(Struct, frozen=True, kw_only=True):
    """A way to write what programs read."""

    name: str
    """What asks for it: the name of its only file, or that of the format where there are several."""
    write: Callable[[Report, Translator], Mapping[str, Content]]
    """The files by their names; none where there is nothing to write."""
    files: str = ""
    """What the names of its files look like, as a regular expression; empty for one named as the format."""
    on_request: bool = False
    """Whether an export has it only when it is asked for: it says again what another file says."""
    audience: Destination | None = None
    """Whom it is for; None where it belongs to the output that has the data."""
