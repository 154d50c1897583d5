"""What in a text of the reading queue may tell who somebody is, and what was decided of it. Only reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workshop_tui.domain.identifiers import find
from workshop_tui.domain.identifiers.folding import folded
from workshop_tui.domain.identifiers.numbers import digits_of, is_test_number
from workshop_tui.domain.redaction import OTHER
from workshop_tui.domain.texts import Piece
from workshop_tui.room.queue_page import Mark


def marks_in(pieces: Iterable[Piece], parts: Sequence[str]) -> tuple[Mark, ...]:
    """The marks of a text.

    Args:
        pieces: What is shown of it.
        parts: The words of its parts, as the queue shows them.
    """
    return tuple(mark for piece in pieces for mark in _marks(piece, parts))


def _marks(piece: Piece, parts: Sequence[str]) -> Iterator[Mark]:
    undecided = piece.open
    part, at = _where(piece, parts)
    # A decision made by the rules of an earlier version may be about a piece that they would find otherwise now.
    found = {(each.start, each.end): each.sort for each in find(piece.text)}
    found |= {(each.start, each.end): each.sort for each in piece.decisions}
    for (start, end), sort in sorted(found.items()):
        made = next((each for each in piece.decisions if (each.start, each.end) == (start, end)), None)
        if made is None and not any((each.start, each.end) == (start, end) for each in undecided):
            continue
        said = piece.text[start:end]
        yield Mark(
            place=piece.place, start=start, end=end, sort=sort, said=said, part=part, at=at + start,
            decision=made.decision if made is not None else None,
            replacement=made.replacement if made is not None else "",
            is_test=sort == "nhs_number" and is_test_number(digits_of(folded(said))),
        )  # fmt: skip


def _where(piece: Piece, parts: Sequence[str]) -> tuple[int, int]:
    """In which part the text stands, and where it begins there; -1 for the words shown instead."""
    if piece.place.startswith(OTHER):
        return -1, 0
    return next(((part, said.find(piece.text)) for part, said in enumerate(parts) if piece.text in said), (-1, 0))
