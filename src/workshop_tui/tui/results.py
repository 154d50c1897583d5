"""Results as the console draws them: bars that look like bars, told apart without colour. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from msgspec.structs import replace

from workshop_tui.domain.blocks import Distribution, Scaled, ViewBlock
from workshop_tui.drawing.text import draw_text
from workshop_tui.messages import Text
from workshop_tui.tui.lines import Lines, Pen, Piece, Tone

_FILLS: Final = "█▓▒░"
"""Neighbours in a bar differ in these, so that no colour is needed."""
_TONES: Final[tuple[Tone, Tone]] = ("bar", "other")
_SIGNS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
_MARGIN: Final = 2


def result_lines(blocks: Sequence[ViewBlock], words: Sequence[Text], pen: Pen) -> Lines:
    """A result as the console draws it, and the sentences that must be read with it."""
    lines: Lines = []
    for block in blocks:
        lines += [[]] if lines else []
        is_several = isinstance(block, Distribution) and not (len(block.lines) == 1 and not block.lines[0].label)
        lines += _stacked(block, pen) if isinstance(block, Distribution) and is_several else _drawn(block, pen)
    return [*lines, *([[]] if words else []), *pen.paragraphs(words)]


def _drawn(block: ViewBlock, pen: Pen) -> Lines:
    return [_with_bars(line) for line in draw_text([block], pen.width, translator=pen.translator)]


def _with_bars(line: str) -> list[Piece]:
    return [(piece, "bar" if piece[0] == "█" else "plain") for piece in re.findall("█+|[^█]+", line)]


def _stacked(block: Distribution, pen: Pen) -> Lines:
    """Several lines on one scale: a bar for each, parted into the answers of the scale."""
    scale = [pen.text(step) for step in block.scale]
    signs = _signs(scale)
    key = [f"{_fill(at)}{sign} {step}" if sign != step else f"{_fill(at)}{step}"
           for at, (step, sign) in enumerate(zip(scale, signs, strict=True))]  # fmt: skip
    # Only its caption: what stands below it is drawn here.
    lines = [*_drawn(replace(block, scale=(), lines=()), pen), *pen.paragraph("  ".join(key), "quiet", "  ")]
    longest = max((sum(line.counts) for line in block.lines), default=0)
    for line in block.lines:
        lines += pen.paragraph(line.label, lead=f"{line.letter} " if line.letter else "")
        if longest and sum(line.counts):
            lines.append(_bar(line, signs, longest, pen.width - 2 * _MARGIN))
        said = ", ".join(f"{step}: {count}" for step, count in zip(scale, line.counts, strict=True) if count)
        lines += pen.paragraph(said, "quiet", "  ") if said else []
        lines += pen.paragraph(f"({pen.text(line.note)})", "quiet", "  ") if line.note else []
    return lines


def _bar(line: Scaled, signs: Sequence[str], longest: int, room: int) -> list[Piece]:
    """One bar; each part begins with the sign of its answer where the fills alone do not tell them apart."""
    ends = [round(room * upto / longest) for upto in accumulate(line.counts)]
    pieces: list[Piece] = [(" " * _MARGIN, "plain")]
    at = 0
    for number, (count, end) in enumerate(zip(line.counts, ends, strict=True)):
        # Whoever is alone with an answer is seen too.
        long = max(end - at, 1 if count else 0)
        at += long
        sign = signs[number] if long > 1 else ""
        pieces.append((sign + _fill(number) * (long - len(sign)), _TONES[number % 2]))
    return [piece for piece in pieces if piece[0]]


def _fill(number: int) -> str:
    return _FILLS[number % len(_FILLS)]


def _signs(scale: Sequence[str]) -> list[str]:
    """What a part of a bar begins with; nothing where there are as few answers as fills."""
    if len(scale) <= len(_FILLS):
        return [""] * len(scale)
    firsts = [step.partition(" ")[0] for step in scale]
    if all(len(first) == 1 for first in firsts) and len(set(firsts)) == len(firsts):
        return firsts
    return list(_SIGNS[: len(scale)])
