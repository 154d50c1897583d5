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
from workshop_tui.domain.blocks import Words
from workshop_tui.kinds.medians import highest_sentence, next_sentence
from workshop_tui.messages import Message, Text, tr, trn

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
    winners: Sequence[Key],
    run_offs: Sequence[RunOff],
    sums: Mapping[Key, int],
    texts: Mapping[Key, Words],
    people: int,
) -> tuple[Message, ...]:
    """How the run-off went.

    Args:
        winners: Several are a tie; none where nobody gave anything more than 0.
        run_offs: Several only where a tie lets different pairs meet.
        sums: The sum of each one's scores.
        texts: The words of the options.
        people: How many answered.
    """
    if not winners:
        return (tr("Nobody gave any answer more than 0."),)
    won = honesty.listed([texts[key] for key in winners])
    if len(winners) > 1:
        apart = tr("The rule does not tell them apart.")
        if len(run_offs) > 1:
            return (tr("{names} tie.", names=won), apart)
        above = honesty.share(run_offs[0][0][1], people)
        return (tr("{names} tie: each is scored above the other by {share}.", names=won, share=above), apart)
    winner, said = winners[0], []
    for (_, ahead), (other, behind) in (
        sorted(pair, key=lambda each: each[0] != winner) for pair in run_offs if winner in dict(pair)
    ):
        met = {"names": won, "share": honesty.share(ahead, people), "other": texts[other], "behind": behind}
        if ahead > behind:
            said.append(
                tr(
                    "{names} wins the run-off: {share} scored it above “{other}”, and {behind} below ({fewer} fewer).",
                    **met,
                    fewer=ahead - behind,
                )
            )
        elif sums[winner] > sums[other]:
            said.append(
                tr(
                    "{names} wins the run-off: {share} scored it above “{other}”, and {behind} below: a draw, decided "
                    "by the higher sum.",
                    **met,
                )
            )
        else:
            said.append(
                tr(
                    "{names} wins the run-off: {share} scored it above “{other}”, and {behind} below: a draw, decided "
                    "by the higher number of highest scores.",
                    **met,
                )
            )
    return tuple(said)


def majority_words(
    order: Sequence[tuple[Key, ...]],
    middles: Mapping[Key, int],
    texts: Mapping[Key, Words],
    people: Mapping[Key, int],
) -> tuple[Message, ...]:
    """Who leads by the middle score and by the scores next to it.

    Args:
        order: The places.
        middles: The middle scores of what anybody scored.
        texts: The words of the options.
        people: How many scored each.
    """
    places = [[key for key in place if key in middles] for place in order]
    places = [place for place in places if place]
    if not places:
        return (honesty.NO_ANSWERS,)
    first, value = places[0], middles[places[0][0]]
    said = highest_sentence([texts[key] for key in first], value, [people[key] for key in first])
    if len(places) == 1:
        return (said,)
    second, its_value = [texts[key] for key in places[1]], middles[places[1][0]]
    if value > its_value:
        return (said, next_sentence(second, its_value, value - its_value))
    equal = tr(
        "Next: {names}, {value} (the same; the scores next to the middle decide).",
        names=honesty.listed(second),
        value=its_value,
    )
    return (said, equal)


def few_scores(option: Words, scored: int, people: int) -> Text:
    """A warning that a leader was scored by fewer than 6 in 10 of those who answered; empty otherwise."""
    part, whole = honesty.LOW_RESPONSE
    if scored * whole >= people * part:
        return ""
    return trn(
        "“{option}” was scored by only {scored} of {n} person.",
        "“{option}” was scored by only {scored} of {n} people.",
        people,
        option=option,
        scored=scored,
    )


def rule_words(rule: Rule) -> Message:
    """How it is counted, in words, with what happens to answers left out and to ties."""
    match rule:
        case "star":
            return tr(
                "The two answers with the highest sums meet in a run-off. Whichever more people scored higher "
                "wins. Left out counts as 0. For a tie we look at the two side by side, then at sums, then at "
                "highest scores."
            )
        case "median":
            return tr(
                "The highest middle score leads. Where two are in the middle, the lower one counts. Scores left "
                "out are not counted."
            )
        case "majority":
            return tr(
                "The highest middle score leads. Where several have it, the scores next to the middle are "
                "compared, step by step. Scores left out are not counted."
            )
