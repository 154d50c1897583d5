"""View blocks as plain lines of a given width, for the written report, the console and the status line.

Widths are counted in terminal cells, so that wide letters and emoji end where they should; no line is longer
than asked for, whatever the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, assert_never

from rich.cells import cell_len, chop_cells

from workshop_tui.domain.blocks import (
    Bar,
    Bars,
    Distribution,
    Matrix,
    Place,
    Quotes,
    Ranking,
    Scaled,
    Statement,
    ViewBlock,
)
from workshop_tui.drawing.words import Words, words_for

NARROWEST: Final = 20
"""Fewest cells a line is drawn in; a narrower width gets lines of this many."""

_SHORTEST_BAR: Final = 8
_SHORTEST_LABEL: Final = 8
_GAP: Final = "  "
_DIGITS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
"""What the answers of a scale are drawn with, one sign each."""


def draw_text(blocks: Sequence[ViewBlock], width: int, *, language: str = "en") -> list[str]:
    """A result as lines of at most `width` terminal cells, blocks apart by one empty line."""
    words, width = words_for(language), max(width, NARROWEST)
    lines: list[str] = []
    for block in blocks:
        if lines:
            lines.append("")
        lines.extend(_draw(block, width, words))
    return lines


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `width` cells, the first one after `first` and the others after `rest`.

    Line breaks in the text are kept; a word longer than a line is cut. Both leads are narrower than `width`.
    """
    lines: list[str] = []
    line, lead = "", first

    def flush() -> None:
        nonlocal line, lead
        lines.append((lead + line).rstrip())
        line, lead = "", rest

    for paragraph in text.split("\n"):
        for word in paragraph.split():
            for number, piece in enumerate(chop_cells(word, width - max(cell_len(first), cell_len(rest)))):
                # Words are set apart by a space; the pieces of a word that had to be cut are not.
                apart = " " if line and number == 0 else ""
                if cell_len(lead + line + apart + piece) > width:
                    flush()
                    apart = ""
                line += apart + piece
        flush()
    return lines


def _draw(block: ViewBlock, width: int, words: Words) -> list[str]:
    match block:
        case Bars():
            return _bars(block, width, words)
        case Ranking():
            shared = Counter(place.place for place in block.places)
            return [
                line
                for place in block.places
                for line in _place(place, block.columns, shared[place.place] > 1, width, words)
            ]
        case Distribution():
            return _distribution(block, width, words)
        case Matrix():
            return _matrix(block, width)
        case Statement():
            lead = f"{words.caution} " if block.weight == "caution" else ""
            return wrap(lead + block.text, width)
        case Quotes():
            return _quotes(block, width)
        case _:
            assert_never(block)


def _bars(block: Bars, width: int, words: Words, caption: str = "") -> list[str]:
    longest = max((bar.value for bar in block.bars), default=0)
    most = words.most if sum(bar.leads for bar in block.bars) == 1 else words.joint_most
    values = [bar.said or str(bar.value) for bar in block.bars]
    tails = [f"{value} {most}" if bar.leads else value for bar, value in zip(block.bars, values, strict=True)]
    tail = max((cell_len(each) for each in tails), default=0) + 1
    labels = max((cell_len(_label(bar)) for bar in block.bars), default=0)
    labels = min(max(labels, _SHORTEST_LABEL), width // 2)
    room = width - labels - len(_GAP) - tail
    # Where a bar beside its label would be too short to compare, it goes below it.
    beside = room >= max(_SHORTEST_BAR, width // 3)
    room = room if beside else max(width - 4 - tail, 1)
    lines = wrap(caption or words.bars_caption.format(unit=block.unit), width)
    for bar, end in zip(block.bars, tails, strict=True):
        drawn = " ".join(part for part in (_blocks(bar.value, longest, room), end) if part)
        if beside:
            label, *more = wrap(_label(bar)[2:], labels, _label(bar)[:2], "    ")
            lines.append(f"{label}{' ' * (labels - cell_len(label))}{_GAP}{drawn}")
            lines.extend(more)
        else:
            lines.extend(wrap(_label(bar)[2:], width, _label(bar)[:2], "    "))
            lines.extend(wrap(drawn, width, "    ", "    "))
        if bar.note:
            lines.extend(wrap(f"({bar.note})", width, "    ", "    "))
    return lines


def _label(bar: Bar) -> str:
    mark = "▸ " if bar.leads else "  "
    return mark + (f"{bar.letter} " if bar.letter else "") + " ".join(bar.label.split())


def _blocks(value: int, longest: int, room: int) -> str:
    # Zero has no bar at all: the shortest bar still means "somebody".
    return "█" * max(1, round(room * value / longest)) if value > 0 else ""


def _place(place: Place, columns: Sequence[str], shared: bool, width: int, words: Words) -> list[str]:
    number = f"{place.place}. " + (f"({words.joint}) " if shared else "")
    letter = f"{place.letter} " if place.letter else ""
    lines = wrap(f"{letter}{place.label}", width, number, "    ")
    amounts = ", ".join(f"{amount} {column}" for amount, column in zip(place.amounts, columns, strict=False))
    return lines + (wrap(amounts, width, "    ", "    ") if amounts else [])


def _distribution(block: Distribution, width: int, words: Words) -> list[str]:
    """One thing as bars in the order of the scale; several as one line each, drawn in the digits of its answers.

    A digit says which answer it stands for without any colour; its length says how many.
    """
    caption = words.distribution_caption.format(unit=block.unit)
    if len(block.lines) == 1 and not block.lines[0].label:
        line = block.lines[0]
        bars = tuple(Bar(step, count) for step, count in zip(block.scale, line.counts, strict=True))
        drawn = _bars(Bars(block.unit, bars), width, words, caption)
        return drawn + (wrap(line.note, width) if line.note else [])
    lines = wrap(caption, width)
    signs = _signs(block.scale)
    own = _is_numbered(block.scale)
    key = [step if own else f"{sign} {step}" for sign, step in zip(signs, block.scale, strict=False) if sign != step]
    lines += wrap(", ".join(key), width, "  ", "  ") if key else []
    longest = max((sum(line.counts) for line in block.lines), default=0)
    for line in block.lines:
        lines += _scaled(line, block.scale, signs, longest, width)
    return lines


def _signs(scale: Sequence[str]) -> str:
    """What each answer is drawn with: itself where all are one sign, such as 0 to 5, its own digit, or its number."""
    if tuple(scale) == tuple(str(number) for number in range(len(scale))):
        # A step above 9 has no digit of its own; those below keep theirs, or a 6 would be drawn as a 7.
        return "0" + _DIGITS
    if _is_numbered(scale):
        return "".join(step[0] for step in scale)
    return "".join(scale) if all(len(step) == 1 == cell_len(step) for step in scale) else _DIGITS


def _is_numbered(scale: Sequence[str]) -> bool:
    """Whether every answer begins with a digit of its own: "0 Fist", "1 Big worries"."""
    firsts = {step[0] for step in scale if step[:1].isdecimal() and step[1:2] == " "}
    return len(firsts) == len(scale)


def _scaled(line: Scaled, scale: Sequence[str], signs: str, longest: int, width: int) -> list[str]:
    room = width - 4
    each = max(1, room // longest) if longest else 1
    drawn = "".join(
        digit * (count * each if longest <= room else max(1, count * room // longest) if count else 0)
        for digit, count in zip(signs, line.counts, strict=False)
    )
    said = ", ".join(f"{step}: {count}" for step, count in zip(scale, line.counts, strict=True) if count)
    lines = wrap(line.label, width, f"{line.letter} " if line.letter else "", "  ")
    lines += ["  " + drawn[:room]] if drawn else []
    lines += wrap(said, width, "  ", "  ") if said else []
    return lines + (wrap(f"({line.note})", width, "  ", "  ") if line.note else [])


def _matrix(block: Matrix, width: int) -> list[str]:
    """A table where it fits, else one paragraph for each row."""
    lines = wrap(block.title, width)
    heads = [" ".join(block.corner.split()), *(" ".join(column.split()) for column in block.columns)]
    rows = [[_lettered(row.letter, row.label), *(" ".join(cell.split()) for cell in row.cells)] for row in block.rows]
    widths = [max(cell_len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
        for row in [heads, *rows]:
            cells = [cell + " " * (wide - cell_len(cell)) for cell, wide in zip(row, widths, strict=True)]
            lines.append(_GAP.join(cells).rstrip())
        return lines
    for row in rows:
        lines += wrap(row[0], width)
        said = [f"{column}: {cell}" for column, cell in zip(heads[1:], row[1:], strict=True) if cell]
        lines += [line for each in said for line in wrap(each, width, "  ", "    ")]
    return lines


def _lettered(letter: str, label: str) -> str:
    return (f"{letter} " if letter else "") + " ".join(label.split())


def _quotes(block: Quotes, width: int) -> list[str]:
    lines: list[str] = wrap(block.title, width) if block.title else []
    for quote in block.quotes:
        if lines:
            lines.append("")
        for heading, said in quote.parts:
            if said:
                lines.extend(wrap(heading, width, "> ", "> ") if heading else [])
                lines.extend(wrap(said, width, "> ", "> "))
    return lines
