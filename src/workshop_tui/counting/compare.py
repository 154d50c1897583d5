"""The same answers counted by other rules, to see whether the winner would differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop_tui.counting.approvals import approval, cumulative
from workshop_tui.counting.grades import majority_judgment, median
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import Pairwise, condorcet_winner, copeland, minimax, pairwise, schulze, smith_set
from workshop_tui.counting.profiles import Approvals, Candidates, Key, Rankings, Scores
from workshop_tui.counting.ranks import borda, plurality
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.shares import equal_shares, greedy
from workshop_tui.counting.star import star


def rules_for_rankings(
    candidates: Candidates, rankings: Rankings, *, table: Pairwise | None = None
) -> tuple[Outcome, ...]:
    """All single-winner rules on rankings, each in its declared variant.

    Args:
        candidates: Everybody.
        rankings: The profile.
        table: Its comparisons, where they are at hand.
    """
    table = table or pairwise(candidates, rankings)
    return (
        plurality(candidates, rankings),
        borda(candidates, rankings),
        condorcet_winner(table),
        smith_set(table),
        schulze(table),
        minimax(table),
        copeland(table),
        irv(candidates, rankings),
    )


def rules_for_approvals(candidates: Candidates, approvals: Approvals) -> tuple[Outcome, ...]:
    """The rule on choices."""
    return (approval(candidates, approvals),)


def rules_for_scores(candidates: Candidates, scores: Scores, *, least: int, most: int) -> tuple[Outcome, ...]:
    """The rules on scores. STAR is left out where scores can be below 0: blank would be above them."""
    return (
        *([star(candidates, scores, most=most)] if least >= 0 else []),
        median(candidates, scores, least=least, most=most),
        majority_judgment(candidates, scores, least=least, most=most),
    )


def rules_for_points(candidates: Candidates, points: Scores) -> tuple[Outcome, ...]:
    """The rule on points."""
    return (cumulative(candidates, points),)


def rules_for_budget(
    candidates: Candidates,
    costs: Mapping[Key, int],
    budget: int,
    *,
    approvals: Approvals | None = None,
    points: Scores | None = None,
    step: int = 1,
) -> tuple[Outcome, ...]:
    """Greedy, and equal shares in its three variants."""
    return (
        greedy(candidates, costs, budget, approvals=approvals, points=points),
        equal_shares(candidates, costs, budget, approvals=approvals, points=points, add_one=False),
        equal_shares(candidates, costs, budget, approvals=approvals, points=points, step=step),
        equal_shares(candidates, costs, budget, approvals=approvals, points=points, step=step, greedy_completion=True),
    )


def differ(outcomes: Sequence[Outcome]) -> bool:
    """Whether the winner depends on the rule; rules that know no winner here are not asked."""
    return len({outcome.winners for outcome in outcomes if outcome.winners}) > 1
