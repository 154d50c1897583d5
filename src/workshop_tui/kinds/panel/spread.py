"""How far apart the scores of a panel are, in words: where to talk first, and at a second look what is agreed.

Agreed is only what was looked at a second time, and nobody's score is made up for a gap that stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Words
from workshop_tui.messages import Listed, Message, tr, trn

AllGiven: TypeAlias = Sequence[tuple[Words, Sequence[int]]]
"""(words of the option, every score that it was given) in agenda order."""


def spread(scores: Sequence[int]) -> Message:
    """From where to where scores go: "2 to 4", "all 3 gave 4", "only one score: 3", "no scores"."""
    if not scores:
        return tr("no scores")
    if _gap(scores):
        return tr("{low} to {high}", low=min(scores), high=max(scores))
    if len(scores) == 1:
        return tr("only one score: {score}", score=scores[0])
    return trn("all {n} gave {score}", "all {n} gave {score}", len(scores), score=scores[0])


def spread_note(scores: Sequence[int], *, second_look: bool) -> Message:
    """The same beside a line of the chart; at a second look with whether there is agreement."""
    if second_look and _is_agreed(scores):
        return tr("agreed: {score}", score=scores[0])
    if second_look and _gap(scores):
        return tr("{low} to {high}, not agreed", low=min(scores), high=max(scores))
    return spread(scores)


def first_look_words(given: AllGiven) -> list[Message]:
    """What is furthest apart: that is where to talk first. Nothing where no scores differ."""
    widest = max(_gap(scores) for _, scores in given)
    if not widest:
        return []
    far = honesty.listed([option for option, scores in given if _gap(scores) == widest])
    return [
        trn(
            "Furthest apart, by {n} point: {options}. Talk about this first.",
            "Furthest apart, by {n} points: {options}. Talk about this first.",
            widest,
            options=far,
        )
    ]


def second_look_words(given: AllGiven) -> list[Message]:
    """What is agreed, and what is not."""
    agreed = tuple(
        tr("“{option}” at {score}", option=option, score=scores[0]) for option, scores in given if _is_agreed(scores)
    )
    apart = [option for option, scores in given if _gap(scores)]
    said = [tr("Agreed: {options}.", options=Listed(agreed))] if agreed else []
    if apart:
        options = honesty.listed(apart)
        said.append(tr("Not agreed, and no score is made up for it: {options}.", options=options))
    return said


def _gap(scores: Sequence[int]) -> int:
    """Points between the lowest and the highest; 0 where nobody gave one."""
    return max(scores) - min(scores) if scores else 0


def _is_agreed(scores: Sequence[int]) -> bool:
    """Whether all who scored gave the same, two at least: one score alone is nothing to agree with."""
    return len(scores) > 1 and not _gap(scores)
