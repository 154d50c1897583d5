"""How far apart the scores of a panel are, in words: where to talk first, and at a second look what is agreed.

Agreed is only what was looked at a second time, and nobody's score is made up for a gap that stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from workshop_tui.domain import honesty

AllGiven: TypeAlias = Sequence[tuple[str, Sequence[int]]]
"""(words of the option, every score that it was given) in agenda order."""


def spread(scores: Sequence[int]) -> str:
    """From where to where scores go: "2 to 4", "all 3 gave 4", "only one score: 3", "no scores"."""
    if not scores:
        return "no scores"
    if _gap(scores):
        return f"{min(scores)} to {max(scores)}"
    return f"all {len(scores)} gave {scores[0]}" if len(scores) > 1 else f"only one score: {scores[0]}"


def spread_note(scores: Sequence[int], *, second_look: bool) -> str:
    """The same beside a line of the chart; at a second look with whether there is agreement."""
    if second_look and _is_agreed(scores):
        return f"agreed: {scores[0]}"
    return f"{spread(scores)}, not agreed" if second_look and _gap(scores) else spread(scores)


def first_look_words(given: AllGiven) -> list[str]:
    """What is furthest apart: that is where to talk first. Nothing where no scores differ."""
    widest = max(_gap(scores) for _, scores in given)
    if not widest:
        return []
    points = "1 point" if widest == 1 else f"{widest} points"
    far = honesty.listed([text for text, scores in given if _gap(scores) == widest])
    return [f"Furthest apart, by {points}: {far}. Talk about this first."]


def second_look_words(given: AllGiven) -> list[str]:
    """What is agreed, and what is not."""
    agreed = [f"“{text}” at {scores[0]}" for text, scores in given if _is_agreed(scores)]
    apart = [text for text, scores in given if _gap(scores)]
    said = [f"Agreed: {', '.join(agreed)}."] if agreed else []
    if apart:
        said.append(f"Not agreed, and no score is made up for it: {honesty.listed(apart)}.")
    return said


def _gap(scores: Sequence[int]) -> int:
    """Points between the lowest and the highest; 0 where nobody gave one."""
    return max(scores) - min(scores) if scores else 0


def _is_agreed(scores: Sequence[int]) -> bool:
    """Whether all who scored gave the same, two at least: one score alone is nothing to agree with."""
    return len(scores) > 1 and not _gap(scores)
