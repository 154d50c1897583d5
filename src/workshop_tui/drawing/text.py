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
    Column,
    Distribution,
    Matrix,
    Quotes,
    Ranking,
    RankingRow,
    Scaled,
    Statement,
    ViewBlock,
    Words,
)
from workshop_tui.drawing.words import FOR_EACH, GAVE_EACH, HIGHEST, JOINT, JOINT_HIGHEST, PLEASE_NOTE
from workshop_tui.messages import ENGLISH, Message, Translator

NARROWEST: Final = 20
"""Fewest cells a line is drawn in; a narrower width gets lines of this many."""

_SHORTEST_BAR: Final = 8
_SHORTEST_LABEL: Final = 8
_GAP: Final = "  "
_DIGITS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
"""What the answers of a scale are drawn with, one sign each."""


def draw_text(blocks: Sequence[ViewBlock], width: int, *, translator: Translator = ENGLISH) -> list[str]:
    """A result as lines of at most `width` terminal cells, blocks apart by one empty line."""
    width = max(width, NARROWEST)
    lines: list[str] = []
    for block in blocks:
        if lines:
            lines.append("")
        lines.extend(_draw(block, width, translator))
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


def _draw(block: ViewBlock, width: int, translator: Translator) -> list[str]:
    match block:
        case Bars():
            return _bars(block.bars, FOR_EACH[block.unit], width, translator)
        case Ranking():
            shared = Counter(place.place for place in block.places)
            return [
                line
                for place in block.places
                for line in _place(place, block.columns, shared[place.place] > 1, width, translator)
            ]
        case Distribution():
            return _distribution(block, width, translator)
        case Matrix():
            return _matrix(block, width, translator)
        case Statement():
            lead = f"{translator.text(PLEASE_NOTE)} " if block.is_caution else ""
            return wrap(lead + translator.text(block.text), width)
        case Quotes():
            return _quotes(block, width, translator)
        case _:
            assert_never(block)


def _bars(bars: Sequence[Bar], caption: Message, width: int, translator: Translator) -> list[str]:
    longest = max((bar.value for bar in bars), default=0)
    most = translator.text(HIGHEST if sum(bar.leads for bar in bars) == 1 else JOINT_HIGHEST)
    values = [translator.text(bar.said or bar.value) for bar in bars]
    tails = [f"{value} {most}" if bar.leads else value for bar, value in zip(bars, values, strict=True)]
    tail = max((cell_len(each) for each in tails), default=0) + 1
    named = [_label(bar, translator) for bar in bars]
    labels = max(map(cell_len, named), default=0)
    labels = min(max(labels, _SHORTEST_LABEL), width // 2)
    room = width - labels - len(_GAP) - tail
    # Where a bar beside its label would be too short to compare, it goes below it.
    beside = room >= max(_SHORTEST_BAR, width // 3)
    room = room if beside else max(width - 4 - tail, 1)
    lines = wrap(translator.text(caption), width)
    for bar, name, end in zip(bars, named, tails, strict=True):
        drawn = " ".join(part for part in (_blocks(bar.value, longest, room), end) if part)
        if beside:
            label, *more = wrap(name[2:], labels, name[:2], "    ")
            lines.append(f"{label}{' ' * (labels - cell_len(label))}{_GAP}{drawn}")
            lines.extend(more)
        else:
            lines.extend(wrap(name[2:], width, name[:2], "    "))
            lines.extend(wrap(drawn, width, "    ", "    "))
        if bar.notes:
            lines.extend(wrap(f"({', '.join(map(translator.text, bar.notes))})", width, "    ", "    "))
    return lines


def _label(bar: Bar, translator: Translator) -> str:
    return ("▸ " if bar.leads else "  ") + _lettered(bar.letter, bar.label, translator)


def _blocks(value: int, longest: int, room: int) -> str:
    # Zero has no bar at all: the shortest bar still means "somebody".
    return "█" * max(1, round(room * value / longest)) if value > 0 else ""


def _place(place: RankingRow, columns: Sequence[Column], shared: bool, width: int, translator: Translator) -> list[str]:
    number = f"{translator.number(place.place)}. " + (f"({translator.text(JOINT)}) " if shared else "")
    letter = f"{place.letter} " if place.letter else ""
    lines = wrap(f"{letter}{translator.text(place.label)}", width, number, "    ")
    said = (column.counted.of(amount) for amount, column in zip(place.amounts, columns, strict=False))
    amounts = ", ".join(map(translator.text, said))
    return lines + (wrap(amounts, width, "    ", "    ") if amounts else [])


def _distribution(block: Distribution, width: int, translator: Translator) -> list[str]:
    """One thing as bars in the order of the scale; several as one line each, drawn in the digits of its answers.

    A digit says which answer it stands for without any colour; its length says how many.
    """
    caption = GAVE_EACH[block.unit]
    if len(block.lines) == 1 and not block.lines[0].label:
        line = block.lines[0]
        bars = tuple(Bar(step, count) for step, count in zip(block.scale, line.counts, strict=True))
        drawn = _bars(bars, caption, width, translator)
        return drawn + (wrap(translator.text(line.note), width) if line.note else [])
    lines = wrap(translator.text(caption), width)
    scale = [translator.text(step) for step in block.scale]
    signs = _signs(scale)
    own = _is_numbered(scale)
    key = [step if own else f"{sign} {step}" for sign, step in zip(signs, scale, strict=False) if sign != step]
    lines += wrap(", ".join(key), width, "  ", "  ") if key else []
    longest = max((sum(line.counts) for line in block.lines), default=0)
    for line in block.lines:
        lines += _scaled(line, scale, signs, longest, width, translator)
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


def _scaled(
    line: Scaled, scale: Sequence[str], signs: str, longest: int, width: int, translator: Translator
) -> list[str]:
    room = width - 4
    each = max(1, room // longest) if longest else 1
    drawn = "".join(
        digit * (count * each if longest <= room else max(1, count * room // longest) if count else 0)
        for digit, count in zip(signs, line.counts, strict=False)
    )
    counts = zip(scale, line.counts, strict=True)
    said = ", ".join(f"{step}: {translator.number(count)}" for step, count in counts if count)
    lines = wrap(translator.text(line.label), width, f"{line.letter} " if line.letter else "", "  ")
    lines += ["  " + drawn[:room]] if drawn else []
    lines += wrap(said, width, "  ", "  ") if said else []
    return lines + (wrap(f"({translator.text(line.note)})", width, "  ", "  ") if line.note else [])


def _matrix(block: Matrix, width: int, translator: Translator) -> list[str]:
    """A table where it fits, else one paragraph for each row."""

    def flat(words: Words) -> str:
        return " ".join(translator.text(words).split())

    lines = wrap(translator.text(block.title), width)
    heads = [flat(block.corner), *map(flat, block.columns)]
    rows = [[_lettered(row.letter, row.label, translator), *map(flat, row.cells)] for row in block.rows]
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


def _lettered(letter: str, label: Words, translator: Translator) -> str:
    return (f"{letter} " if letter else "") + " ".join(translator.text(label).split())


def _quotes(block: Quotes, width: int, translator: Translator) -> list[str]:
    lines: list[str] = wrap(translator.text(block.title), width) if block.title else []
    for quote in block.quotes:
        if lines:
            lines.append("")
        for heading, said in quote.parts:
            if said:
                lines.extend(wrap(translator.text(heading), width, "> ", "> ") if heading else [])
                lines.extend(wrap(said, width, "> ", "> "))
    return lines
