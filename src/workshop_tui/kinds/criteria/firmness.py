"""How firm a first place by weights is, for the facilitator and the report: other weights, and each person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop_tui.counting.criteria import Sensitivity
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Key
from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Matrix, MatrixRow, Option, Statement, ViewBlock, Words
from workshop_tui.kinds.criteria.totals import margin, out_of_100
from workshop_tui.kinds.outcomes import ANSWER, winner_words
from workshop_tui.messages import Message, tr, trn


def firmness(
    options: Sequence[Option], criteria: Sequence[str], found: Sensitivity, most: int
) -> tuple[ViewBlock, ...]:
    """Who would come first with other weights: a table, and each change in words; nothing where nobody is first.

    Args:
        options: The options.
        criteria: What they are scored on.
        found: The outcome of the declared weights, and those of others.
        most: The best score.
    """
    if not found.base.winners:
        return ()
    texts = {option.key: option.words for option in options}
    rows = [_row(options, tr("The declared weights"), found.base, most)]
    changes = []
    for case in found.cases:
        gone = [name for name in criteria if name not in dict(case.weights)]
        label = tr("Without {criteria}", criteria=honesty.listed(gone)) if gone else tr("All parts count the same")
        rows.append(_row(options, label, case.outcome, most))
        if not case.holds and case.outcome.winners:
            now, before = (honesty.listed([texts[key] for key in each.winners]) for each in (case.outcome, found.base))
            changes.append(
                trn(
                    "{weights}: {now} comes first instead of {before}.",
                    "{weights}: {now} tie for first place instead of {before}.",
                    len(case.outcome.winners),
                    weights=label,
                    now=now,
                    before=before,
                )
            )
    said = changes or [tr("The first place is the same with each of these weights.")]
    return (
        Matrix(tr("With other weights"), tr("Weights"), (tr("First"), tr("Ahead by")), tuple(rows)),
        *(Statement(text) for text in said),
    )


def _row(options: Sequence[Option], label: Message, outcome: Outcome, most: int) -> MatrixRow:
    totals = out_of_100(outcome, most)
    best = [totals[place[0]] for place in outcome.places[:2]]
    ahead: Words = margin(*best) if len(outcome.winners) == 1 and len(best) > 1 else ""
    return MatrixRow(label, (winner_words(options, outcome), ahead))


def firsts_table(
    options: Sequence[Option], title: Message, firsts: Mapping[Key, int], people: int
) -> tuple[ViewBlock, ...]:
    """For how many people each option comes first; those that share a first place count for each.

    Args:
        options: The options, in agenda order.
        title: By what they come first.
        firsts: How many people have each first; only options that can be compared.
        people: Out of how many; where there are none, there is no table.
    """
    if not people or not firsts:
        return ()
    rows = tuple(
        MatrixRow(option.words, (honesty.share(firsts[option.key], people, narrower=True),), option.key.upper())
        for option in options
        if option.key in firsts
    )
    return (Matrix(title, ANSWER, (tr("First for"),), rows),)
