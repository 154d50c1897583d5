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
    """What decided between the winner and another: (key, people) for both; empty where no two numbers did."""


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
    if len(outcome.winners) == 1 and rule == "irv" and outcome.margin is not None:
        last = _last_round(outcome)
    if len(outcome.winners) == 1 and rule == "condorcet":
        last = _closest(outcome, rankings)
    return Found(winners=outcome.winners, next=rest, tied=outcome.tied, last=last)


def _last_round(outcome: Outcome) -> tuple[tuple[Key, int], ...]:
    """The winner of a run-off and the other one in its last round."""
    figures = next((one.figures for one in reversed(outcome.rounds) if len(one.figures) > 1), ())
    won = [(key, int(votes)) for key, votes in figures if key in outcome.winners]
    lost = [(key, int(votes)) for key, votes in figures if key not in outcome.winners]
    return (*won, max(lost, key=lambda each: each[1])) if won and lost else ()


def _closest(outcome: Outcome, rankings: Rankings) -> tuple[tuple[Key, int], ...]:
    """The winner and whom it wins against most narrowly; nothing where it does not win against each other one."""
    table = pairwise([key for key, _ in outcome.figures], rankings)
    winner = outcome.winners[0]
    if winner not in condorcet_winner(table).winners:
        return ()
    near = min((key for key in table.candidates if key != winner), key=lambda key: table.lead(winner, key))
    return ((winner, table.beats[winner, near]), (near, table.beats[near, winner]))


def leading_words(found: Found, rule: Rule, texts: Mapping[Key, str], people: int, seats: int) -> str:
    """Who leads by a rule without points, with runner-up, margin and base."""
    won = honesty.listed([texts[key] for key in found.winners]) if found.winners else ""
    base = f"by the orders of {honesty.people_words(people)}"
    after = f" Next: {honesty.listed([texts[key] for key in found.next])}." if found.next else ""
    if rule == "stv":
        chosen = f"{won} {'is' if len(found.winners) == 1 else 'are'} chosen" if won else "Nobody is sure"
        tie = f" {honesty.listed([texts[key] for key in found.tied])} tie for what is left." if found.tied else ""
        return f"{chosen} for {seats} {'seat' if seats == 1 else 'seats'}, {base}.{tie}{after}"
    if len(found.winners) > 1:
        return f"{won} tie, {base}: the rule does not tell them apart.{after}"
    if not found.last and rule == "irv":
        return f"{won} wins in whatever order the others leave, {base}.{after}"
    if not found.last:
        return f"Nothing wins against each other one; {won} has the strongest chains of wins, {base}.{after}"
    (_, ahead), (other, behind) = found.last
    against = f"{ahead} to {behind} people against “{texts[other]}” ({ahead - behind} fewer)"
    if rule == "irv":
        return f"{won} wins the last round, {against}, {base}."
    return f"{won} wins against each other one, {base}. The closest: {against}.{after}"


def rule_words(rule: Rule, *, places: int, seats: int) -> str:
    """How it is counted, in words, with what happens to answers left out and to ties."""
    match rule:
        case "borda":
            steps = ", ".join(f"place {place} gives {places + 1 - place}" for place in range(1, min(places, 3) + 1))
            onward = ", and so on" if places > 3 else ""
            return f"Points: {steps}{onward}; an answer left out gives none (the Borda count)."
        case "condorcet":
            return (
                "Each two are compared: whichever more people put higher wins, and an answer left out is below all. "
                "Who wins against each other one is first; where nobody does, the strongest chains of wins decide "
                "(Condorcet, Schulze). A tie stays a tie."
            )
        case "irv":
            return (
                "First choices are counted; who has the fewest leaves, and those votes go to the next on each list, "
                "until two are left (instant run-off). A list with nobody left counts no more. Where several have the "
                "fewest, every order of leaving is tried, and whoever wins by one of them is named."
            )
        case "stv":
            return (
                f"Who has more than {_parts(seats + 1)} of the votes is chosen; what is too much goes on to the next "
                "on those lists; then who has the fewest leaves (single transferable vote, as counted in Scotland). "
                "A list with nobody left counts no more. A tie is decided by the round before, and else stays a tie."
            )


def _parts(parts: int) -> str:
    return {2: "half", 3: "a third", 4: "a quarter"}.get(parts, f"1 in {parts}")
