"""QR squares, always black on white with their quiet zone, whatever stands around them.

Only the matrix comes from the library: its own terminal output cannot be scanned on a dark context, and its
pictures need an imaging library.
"""

from __future__ import annotations

from typing import Final

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

from workshop_tui.messages import ENGLISH, Translator, tr

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, true for black, the quiet zone included."""

QUIET: Final = 4
"""White modules on every side; scanners need them to find the square."""

SQUARE: Final = tr("Square to scan with a phone")

_SVG = Markup(
    '<svg class="qr" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
    '<title>{title}</title><rect width="{side}" height="{side}" fill="#fff"/>'
    '<path fill="#000" d="{path}"/></svg>'
)


def qr_matrix(payload: str) -> Matrix:
    """The modules of the smallest square that holds `payload`, with a quiet zone of `QUIET`.

    Upper-case letters, digits and ``:/.`` need the fewest modules, and fewer modules are seen from further away. So an
    address keeps its scheme in the small letters that every scanner knows, and the rest is packed by itself.

    Raises:
        ValueError: `payload` is longer than a square that may be damaged as much as this (15 %) can hold: 2,331 bytes.
    """
    square = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    scheme, mark, rest = payload.rpartition("://")
    for part in (scheme + mark, rest) if mark else (payload,):
        square.add_data(QRData(part))
    square.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in square.get_matrix())


def qr_svg(payload: str, *, translator: Translator = ENGLISH) -> Markup:
    """The square on its own white card, sized by whatever holds it."""
    matrix = qr_matrix(payload)
    path = "".join(
        f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(matrix) for start, length in _runs(row)
    )
    return _SVG.format(side=len(matrix), title=translator.text(SQUARE), path=path)


def qr_half_blocks(payload: str) -> list[str]:
    """The square as lines of text, two rows of modules in each; every line has one cell for each column.

    To be drawn in explicit black on explicit white: in a terminal's own colours a square may come out inverted.
    """
    matrix = qr_matrix(payload)
    blank = (False,) * len(matrix)
    return [
        "".join(_HALVES[upper, lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(matrix[::2], (*matrix[1::2], blank), strict=False)
    ]


_HALVES: Final = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where black begins in a row, and for how many modules."""
    starts = [x for x, black in enumerate(row) if black and not (x and row[x - 1])]
    ends = [x + 1 for x, black in enumerate(row) if black and not (x + 1 < len(row) and row[x + 1])]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]
