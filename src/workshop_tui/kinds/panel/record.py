"""The record of a panel, for the facilitator and the report: who gave what and why, and what moved at a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Matrix, MatrixRow, Quote, Quotes, Statement, ViewBlock, Words
from workshop_tui.kinds.panel.spread import spread
from workshop_tui.messages import Listed, Message, tr

Given = dict[str, dict[str, list[int]]]
"""Scores by evaluator's words and option key; several where several phones chose the name."""

Reasons = dict[tuple[str, str], list[tuple[int, str]]]
"""(score, why) by evaluator's words and option key."""


def record(
    options: Mapping[str, Words], evaluators: Sequence[str], now: Given, before: Given, reasons: Reasons
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
    title = tr("Who gave what: before → now") if before else tr("Who gave what")
    return (
        Matrix(title, tr("Evaluator"), tuple(options.values()), rows),
        *([Statement(tr("No scores from {names}.", names=honesty.listed(silent)))] if silent else []),
        *(
            [Statement(tr("Chosen on more than one phone: {names}.", names=honesty.listed(twice)), "caution")]
            if twice
            else []
        ),
        *(Statement(text) for key in options if (text := _course(options[key], key, now, before))),
        *(
            Quotes(title=tr("{option}: why", option=text), quotes=quotes)
            for key, text in options.items()
            if (quotes := _quotes(evaluators, key, now, before, reasons))
        ),
    )


def _all(given: Given, key: str) -> list[int]:
    return sorted(score for own in given.values() for score in own.get(key, ()))


def _moved(now: Given, before: Given, name: str, key: str) -> Words:
    """One evaluator's scores of one option: 4, or "2 → 4", or "3, kept" at a second look."""
    new, old = now.get(name, {}).get(key, []), before.get(name, {}).get(key, [])
    if not before or not (new or old):
        return _scored(new) if new else ""
    if new == old:
        return tr("{score}, kept", score=_scored(new))
    return tr("{before} → {now}", before=_scored(old), now=_scored(new))


def _scored(scores: Sequence[int]) -> Words:
    """What was given under one name; several scores where several phones chose it."""
    if not scores:
        return tr("none")
    return scores[0] if len(scores) == 1 else Listed(tuple(scores))


def _course(option: Words, key: str, now: Given, before: Given) -> tuple[Message, ...]:
    """How one option went from the first look to the second, and who stands apart; nothing at a first look."""
    was, is_ = _all(before, key), _all(now, key)
    if not before:
        return ()
    said = [tr("“{option}”: {before} before, {now} now.", option=option, before=spread(was), now=spread(is_))]
    if len(set(is_)) > 1:
        for score in sorted(set(is_)):
            names = honesty.listed([name for name, own in now.items() if score in own.get(key, ())])
            said.append(tr("Not agreed: {score} from {names}.", score=score, names=names))
    return tuple(said)


def _quotes(evaluators: Sequence[str], key: str, now: Given, before: Given, reasons: Reasons) -> tuple[Quote, ...]:
    """The reasons for one option, in the order of the list, each under its name and what it explains."""
    return tuple(
        Quote(((tr("{name}: {score}", name=name, score=_moved(now, before, name, key) if before else score), reason),))
        for name in evaluators
        for score, reason in reasons.get((name, key), ())
    )
