"""The rules that scores can be declared to follow: how each is counted, and how it and its result are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from workshop_tui.counting.grades import majority_judgment, median
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Candidates, Key, Scores
from workshop_tui.counting.star import star
from workshop_tui.domain import honesty

Rule = Literal["star", "median", "majority"]
"""The sums with a run-off, the median, or the median with ties broken around it."""

SAME: Final[Mapping[Rule, tuple[str, ...]]] = MappingProxyType(
    {"star": ("star",), "median": ("median",), "majority": ("majority-judgment",)}
)
"""The rules by their names in `counting.methods.METHODS`."""

RunOff = tuple[tuple[Key, int], tuple[Key, int]]
"""(key, people who scored it above the other), for both of a run-off."""


def by_rule(candidates: Candidates, scores: Scores, rule: Rule, *, least: int, most: int) -> Outcome:
    """The declared rule; each is described, with its source, where it is counted."""
    match rule:
        case "star":
            return star(candidates, scores, most=most)
        case "median":
            return median(candidates, scores, least=least, most=most)
        case "majority":
            return majority_judgment(candidates, scores, least=least, most=most)


def star_words(
    winners: Sequence[Key], run_offs: Sequence[RunOff], sums: Mapping[Key, int], texts: Mapping[Key, str], people: int
) -> str:
    """How the run-off went.

    Args:
        winners: Several are a tie; none where nobody gave anything more than 0.
        run_offs: Several only where a tie lets different pairs meet.
        sums: The sum of each one's scores.
        texts: The words of the options.
        people: How many answered.
    """
    if not winners:
        return "Nobody gave any answer more than 0."
    won = honesty.listed([texts[key] for key in winners])
    if len(winners) > 1:
        (_, one), _ = run_offs[0]
        base = f": each is scored above the other by {honesty.share(one, people)}" if len(run_offs) == 1 else ""
        return f"{won} tie{base}. The rule does not tell them apart."
    winner, said = winners[0], []
    for (_, ahead), (other_key, behind) in (
        sorted(pair, key=lambda each: each[0] != winner) for pair in run_offs if winner in dict(pair)
    ):
        against = f"{honesty.share(ahead, people)} scored it above “{texts[other_key]}”, and {behind} below"
        if ahead > behind:
            said.append(f"{against} ({ahead - behind} fewer)")
        else:
            by = "sum" if sums[winner] > sums[other_key] else "number of highest scores"
            said.append(f"{against}: a draw, decided by the higher {by}")
    return f"{won} wins the run-off: {'; '.join(said)}."


def majority_words(
    order: Sequence[tuple[Key, ...]], middles: Mapping[Key, int], texts: Mapping[Key, str], people: int
) -> str:
    """Who leads by the middle score and by the scores next to it."""
    places = [[key for key in place if key in middles] for place in order]
    places = [place for place in places if place]
    if not people or not places:
        return honesty.NO_ANSWERS
    first, value = places[0], middles[places[0][0]]
    verb = "tie for" if len(first) > 1 else "has"
    base = f"{value}, from {honesty.people_words(people)}"
    said = f"{honesty.listed([texts[key] for key in first])} {verb} the highest middle score: {base}."
    if len(places) == 1:
        return said
    gap = value - middles[places[1][0]]
    nearer = f"{gap} fewer" if gap else "the same; the scores next to the middle decide"
    return f"{said} Next: {honesty.listed([texts[key] for key in places[1]])}, {value - gap} ({nearer})."


def few_scores(text: str, scored: int, people: int) -> str:
    """A warning that a leader was scored by fewer than 6 in 10 of those who answered; empty otherwise."""
    part, whole = honesty.LOW_RESPONSE
    return f"“{text}” was scored by only {scored} of {people} people." if scored * whole < people * part else ""


def rule_words(rule: Rule) -> str:
    """How it is counted, in words, with what happens to answers left out and to ties."""
    if rule == "star":
        return (
            "The two answers with the highest sums meet in a run-off; whichever more people scored higher wins. "
            "Left out counts as 0. A tie is narrowed by direct comparison, then sums, then highest scores (STAR)."
        )
    left_out = "scores left out are not counted"
    if rule == "median":
        return f"The highest middle score leads, the lower one where two are in the middle; {left_out} (median)."
    return (
        "The highest middle score leads; where several have it, the scores next to the middle are compared, "
        f"step by step; {left_out} (majority judgment)."
    )
