"""The record of a panel, for the facilitator and the report: who gave what and why, and what moved at a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Matrix, MatrixRow, Quote, Quotes, Statement, ViewBlock
from workshop_tui.kinds.panel.spread import spread

Given = dict[str, dict[str, list[int]]]
"""Scores by evaluator's words and option key; several where several phones chose the name."""

Reasons = dict[tuple[str, str], list[tuple[int, str]]]
"""(score, why) by evaluator's words and option key."""


def record(
    options: Mapping[str, str], evaluators: Sequence[str], now: Given, before: Given, reasons: Reasons
) -> tuple[ViewBlock, ...]:
    """Who gave what, what moved, who gave nothing, who stands apart, and every reason.

    Args:
        options: The words of the options by their keys, in agenda order.
        evaluators: Who was to score, in the order of the list.
        now: What they gave.
        before: What they gave at the first look; empty where this is the first.
        reasons: Why they gave it.
    """
    silent = [name for name in evaluators if name not in now]
    twice = [name for name, own in now.items() if any(len(scores) > 1 for scores in own.values())]
    rows = tuple(MatrixRow(name, tuple(_moved(now, before, name, key) for key in options)) for name in evaluators)
    title = "Who gave what: before → now" if before else "Who gave what"
    return (
        Matrix(title, "Evaluator", tuple(options.values()), rows),
        *([Statement(f"No scores from {honesty.listed(silent)}.")] if silent else []),
        *([Statement(f"Chosen on more than one phone: {honesty.listed(twice)}.", "caution")] if twice else []),
        *(Statement(text) for key in options if (text := _course(options[key], key, now, before))),
        *(
            Quotes(title=f"{text}: why", quotes=quotes)
            for key, text in options.items()
            if (quotes := _quotes(evaluators, key, now, before, reasons))
        ),
    )


def _all(given: Given, key: str) -> list[int]:
    return sorted(score for own in given.values() for score in own.get(key, ()))


def _scored(given: Given, name: str, key: str) -> str:
    return " and ".join(map(str, given.get(name, {}).get(key, ())))


def _moved(now: Given, before: Given, name: str, key: str) -> str:
    """One evaluator's scores of one option: "4", or "2 → 4", or "3, kept" at a second look."""
    new, old = _scored(now, name, key), _scored(before, name, key)
    if not before or not (new or old):
        return new
    return f"{new}, kept" if new == old else f"{old or 'none'} → {new or 'none'}"


def _course(text: str, key: str, now: Given, before: Given) -> str:
    """How one option went from the first look to the second, and who stands apart; empty at a first look."""
    was, is_ = _all(before, key), _all(now, key)
    if not before:
        return ""
    said = f"“{text}”: {spread(was)} before, {spread(is_)} now."
    if len(set(is_)) < 2:
        return said
    stands = {score: [name for name, own in now.items() if score in own.get(key, ())] for score in sorted(set(is_))}
    return f"{said} Not agreed: " + "; ".join(f"{score} from {honesty.listed(n)}" for score, n in stands.items()) + "."


def _quotes(evaluators: Sequence[str], key: str, now: Given, before: Given, reasons: Reasons) -> tuple[Quote, ...]:
    """The reasons for one option, in the order of the list, each under its name and what it explains."""
    return tuple(
        Quote(((f"{name}: {_moved(now, before, name, key) if before else score}", reason),))
        for name in evaluators
        for score, reason in reasons.get((name, key), ())
    )
