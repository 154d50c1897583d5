"""What an export is made of: outputs, each for one audience, and the formats in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from workshop_tui.domain.consent import Destination
from workshop_tui.exports.document import Document
from workshop_tui.exports.report import Report
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


class Output(Struct, frozen=True, kw_only=True):
    """What one audience gets."""

    name: str
    """Begins the names of its files: "report" for report.html."""
    audience: Destination
    """Whom it is for; the consent gate is asked for them."""
    build: Callable[[Report], Document]
    for_whom: Message
    """Who may have it, in words; it stands in every one of its files."""
    with_data: bool = False
    """Whether the files for programs belong to it too."""
    on_request: bool = False
    """Whether an export has it only when it is asked for."""
    plain: bool = False
    """Whether it is a text to paste into a message, and no page."""

    def comes_as(self, page: PageFormat) -> bool:
        """Whether it is written in a format."""
        return page.plain == self.plain


class PageFormat(Struct, frozen=True, kw_only=True):
    """A way to write readable pages."""

    ending: str
    """Ends the names of its files: "html" for report.html."""
    write: Callable[[Document, Translator], Content]
    plain: bool = False
    """Whether it has nothing but lines of text."""


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
