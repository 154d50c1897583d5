"""The rules that an order can be declared to follow: how each is counted, and how it and its result are said."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import condorcet_winner, pairwise, schulze
from workshop_tui.counting.profiles import Candidates, Key, Rankings
from workshop_tui.counting.ranks import borda
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.stv import scottish_stv
from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Words
from workshop_tui.messages import Message, counted, tr, trc, trn

Rule = Literal["borda", "condorcet", "irv", "stv"]
"""Points for places; two at a time; instant run-off; several seats by transferable votes."""

SAME: Final[Mapping[Rule, tuple[str, ...]]] = MappingProxyType(
    {"borda": ("borda",), "condorcet": ("schulze",), "irv": ("irv",), "stv": ()}
)
"""The rules by their names in `counting.methods.METHODS`, where they look for one winner."""


class Found(Struct, frozen=True):
    """What a rule without points found, as far as it is said in a sentence."""

    winners: tuple[Key, ...]
    """Several are a tie, or fill the seats."""
    next: tuple[Key, ...]
    """The place after them."""
    tied: tuple[Key, ...] = ()
    """Who ties for the last seats."""
    last: tuple[tuple[Key, int], ...] = ()
    """What decided between the winner and another: (key, people) for both; empty where no two numbers did. Several
    others are those of whom each may be the other, with the same numbers."""


def by_rule(candidates: Candidates, rankings: Rankings, rule: Rule, *, places: int, seats: int) -> Outcome:
    """The declared rule; each is described, with its source, where it is counted.

    Args:
        candidates: Keys of the options, in agenda order.
        rankings: The orders.
        rule: Its name.
        places: How many places an order has, for "borda".
        seats: How many are chosen, for "stv".
    """
    match rule:
        case "borda":
            return borda(candidates, rankings, places=places)
        case "condorcet":
            # Who wins against each other one wins by the strongest paths too; they decide where nobody does.
            return schulze(pairwise(candidates, rankings))
        case "irv":
            return irv(candidates, rankings)
        case "stv":
            return scottish_stv(candidates, rankings, seats)


def below(outcome: Outcome) -> dict[Key, int]:
    """How many others have a lower place than each."""
    left = sum(len(place) for place in outcome.places)
    found: dict[Key, int] = {}
    for place in outcome.places:
        left -= len(place)
        found.update(dict.fromkeys(place, left))
    return found


def found(outcome: Outcome, rule: Rule, rankings: Rankings) -> Found:
    """What a sentence says of an outcome."""
    named = {*outcome.winners, *outcome.tied}
    rest = next((place for place in outcome.places if named.isdisjoint(place)), ())
    last: tuple[tuple[Key, int], ...] = ()
    if len(outcome.winners) == 1 and outcome.last_rounds:
        last = _last_round(outcome)
    if len(outcome.winners) == 1 and rule == "condorcet":
        last = _closest(outcome, rankings)
    return Found(winners=outcome.winners, next=rest, tied=outcome.tied, last=last)


def _last_round(outcome: Outcome) -> tuple[tuple[Key, int], ...]:
    """The winner of a run-off, and whoever can meet it in a last round of the same numbers."""
    (winner, _), _ = outcome.last_rounds[0]
    numbers = {(won, lost) for (_, won), (_, lost) in outcome.last_rounds}
    if len(numbers) > 1:
        return ()
    ((won, lost),) = numbers
    others = {other: int(lost) for _, (other, _) in outcome.last_rounds}
    return ((winner, int(won)), *others.items())


def _closest(outcome: Outcome, rankings: Rankings) -> tuple[tuple[Key, int], ...]:
    """The winner and whom it wins against most narrowly; nothing where it does not win against each other one."""
    table = pairwise([key for key, _ in outcome.figures], rankings)
    winner = outcome.winners[0]
    if winner not in condorcet_winner(table).winners:
        return ()
    near = min((key for key in table.candidates if key != winner), key=lambda key: table.lead(winner, key))
    return ((winner, table.beats[winner, near]), (near, table.beats[near, winner]))


_LAST_ROUND: Final = counted(
    "{names} wins the last round, {ahead} to {behind} people against “{other}” ({fewer} fewer), by the orders of {n} "
    "person.",
    "{names} wins the last round, {ahead} to {behind} people against “{other}” ({fewer} fewer), by the orders of {n} "
    "people.",
)
_LAST_ROUNDS: Final = counted(
    "{names} wins the last round, {ahead} to {behind} people ({fewer} fewer), by the orders of {n} person. It is the "
    "same whichever of {others} is left for it.",
    "{names} wins the last round, {ahead} to {behind} people ({fewer} fewer), by the orders of {n} people. It is the "
    "same whichever of {others} is left for it.",
)
_WHATEVER_ORDER: Final = counted(
    "{names} wins in whatever order the others leave, by the orders of {n} person.",
    "{names} wins in whatever order the others leave, by the orders of {n} people.",
)
_EACH_OTHER: Final = counted(
    "{names} wins against each other one, by the orders of {n} person.",
    "{names} wins against each other one, by the orders of {n} people.",
)
_CHAINS: Final = counted(
    "Nothing wins against each other one; {names} has the strongest chains of wins, by the orders of {n} person.",
    "Nothing wins against each other one; {names} has the strongest chains of wins, by the orders of {n} people.",
)
_TIE: Final = counted(
    "{names} tie, by the orders of {n} person: the rule does not tell them apart.",
    "{names} tie, by the orders of {n} people: the rule does not tell them apart.",
)


def leading_words(found: Found, rule: Rule, texts: Mapping[Key, Words], people: int, seats: int) -> tuple[Message, ...]:
    """Who leads by a rule without points, with runner-up, margin and base."""
    after = (tr("Next: {names}.", names=honesty.listed([texts[key] for key in found.next])),) if found.next else ()
    if rule == "stv":
        return (*_chosen(found, texts, people, seats), *after)
    won = honesty.listed([texts[key] for key in found.winners])
    if len(found.winners) > 1:
        return (_TIE.of(people, names=won), *after)
    if not found.last:
        return ((_WHATEVER_ORDER if rule == "irv" else _CHAINS).of(people, names=won), *after)
    (_, ahead), (other, behind), *more = found.last
    numbers = {"ahead": ahead, "behind": behind, "fewer": ahead - behind}
    if more:
        others = honesty.listed([texts[key] for key, _ in found.last[1:]])
        return (_LAST_ROUNDS.of(people, names=won, others=others, **numbers),)
    against = {**numbers, "other": texts[other]}
    if rule == "irv":
        return (_LAST_ROUND.of(people, names=won, **against),)
    closest = tr("The closest: {ahead} to {behind} people against “{other}” ({fewer} fewer).", **against)
    return (_EACH_OTHER.of(people, names=won), closest, *after)


def _chosen(found: Found, texts: Mapping[Key, Words], people: int, seats: int) -> tuple[Message, ...]:
    """Who is sure to have a seat, and who ties for the rest of them."""
    for_seats, orders = trn("{n} seat", "{n} seats", seats), honesty.people_words(people)
    if found.winners:
        said = trn(
            "{names} is chosen for {seats}, by the orders of {people}.",
            "{names} are chosen for {seats}, by the orders of {people}.",
            len(found.winners),
            names=honesty.listed([texts[key] for key in found.winners]),
            seats=for_seats,
            people=orders,
        )
    else:
        said = tr("Nobody is sure for {seats}, by the orders of {people}.", seats=for_seats, people=orders)
    if not found.tied:
        return (said,)
    tied = honesty.listed([texts[key] for key in found.tied])
    return (said, tr("{names} tie for what is left.", names=tied))


def rule_words(rule: Rule, *, places: int, seats: int) -> Message:
    """How it is counted, in words, with what happens to answers left out and to ties."""
    match rule:
        case "borda":
            return _points_for_places(places)
        case "condorcet":
            return tr(
                "Each two are compared. Whichever more people put higher wins. An answer left out is below all. "
                "Who wins against each other one is first. Where nobody does, the strongest chains of wins "
                "decide. A tie stays a tie."
            )
        case "irv":
            return tr(
                "First choices are counted. Who has the fewest leaves. Those votes go to the next on each list, "
                "until two are left. A list with nobody left counts no more. Where several have the fewest, every"
                " order of leaving is tried, and whoever wins by one of them is named."
            )
        case "stv":
            return tr(
                "To be chosen, one needs more than {share} of the votes. Spare votes go to the next on those "
                "lists. Then the one with fewest leaves. A list with nobody left counts no more. A tie is decided"
                " by the round before, and else stays a tie.",
                share=_PARTS.get(seats + 1) or trc("share of the votes", "1 in {parts}", parts=seats + 1),
            )


_PARTS: Final = {
    2: trc("share of the votes", "half"),
    3: trc("share of the votes", "a third"),
    4: trc("share of the votes", "a quarter"),
}


def _points_for_places(places: int) -> Message:
    if places <= 1:
        return tr("Points: place 1 gives {one}. An answer left out gives none.", one=places)
    if places == 2:
        return tr(
            "Points: place 1 gives {one}, place 2 gives {two}. An answer left out gives none.",
            one=2,
            two=1,
        )
    points = {"one": places, "two": places - 1, "three": places - 2}
    if places == 3:
        return tr(
            "Points: place 1 gives {one}, place 2 gives {two}, place 3 gives {three}. An answer left out gives none.",
            **points,
        )
    return tr(
        "Points: place 1 gives {one}, place 2 gives {two}, place 3 gives {three}, and so on. An answer "
        "left out gives none.",
        **points,
    )
