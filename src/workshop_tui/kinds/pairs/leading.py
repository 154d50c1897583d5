"""Who comes first of options that were compared two at a time, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from workshop_tui.counting.pairwise import Pairwise, copeland
from workshop_tui.counting.profiles import exact
from workshop_tui.domain import honesty
from workshop_tui.domain.blocks import Words
from workshop_tui.kinds.outcomes import amount
from workshop_tui.messages import Listed, Message, Place, counted, tr, trn


def leading_words(texts: Mapping[str, Words], table: Pairwise) -> tuple[Message, ...]:
    """Who leads, with the closest comparison, runner-up and base.

    Args:
        texts: The words of the options, by key.
        table: How often each was chosen over each other one.
    """
    outcome = copeland(table)
    if not outcome.winners:
        return (honesty.NO_ANSWERS,)
    won = outcome.winners
    names, people = honesty.listed([texts[key] for key in won]), honesty.people_words(table.ballots)
    record = {_record(table, key) for key in won}
    if len(texts) == 2:
        return (_of_two(texts, table, won),)
    if len(record) > 1:
        said = [
            tr(
                "{names} tie: a draw counts as half a win, and each has {points} of {all}, by the answers of {people}.",
                names=names,
                points=amount(dict(outcome.figures)[won[0]]),
                all=len(texts) - 1,
                people=people,
            )
        ]
    else:
        said = [_wins_words(names, *record.pop(), others=len(texts) - 1, tied=len(won) > 1, people=people)]
    if rest := next(iter(outcome.places[1:]), ()):
        said.append(_next_words(honesty.listed([texts[key] for key in rest]), [_record(table, key) for key in rest]))
    if len(won) == 1:
        near = min((key for key in texts if key != won[0]), key=lambda key: table.lead(won[0], key))
        said.append(_closest(texts[near], table.beats[won[0], near], table.beats[near, won[0]]))
    return tuple(said)


def _record(table: Pairwise, key: str) -> tuple[int, int]:
    """How many others one wins against, and how many it draws with."""
    leads = [table.lead(key, other) for other in table.candidates if other != key]
    return sum(lead > 0 for lead in leads), leads.count(0)


def _of_two(texts: Mapping[str, Words], table: Pairwise, won: Sequence[str]) -> Message:
    """Who leads where there is only one pair."""
    one, other = sorted(texts, key=lambda key: key not in won)
    ahead, behind, people = table.beats[one, other], table.beats[other, one], honesty.people_words(table.ballots)
    if ahead == behind:
        names = honesty.listed([texts[one], texts[other]])
        return trn("{names} tie: {n} person chose each.", "{names} tie: {n} people chose each.", ahead, names=names)
    return tr(
        "“{option}” wins against “{other}”, {ahead} to {behind} ({fewer} fewer), by the answers of {people}.",
        option=texts[one],
        other=texts[other],
        ahead=ahead,
        behind=behind,
        fewer=ahead - behind,
        people=people,
    )


def _wins_words(names: Listed, wins: int, draws: int, *, others: int, tied: bool, people: Message) -> Message:
    """How often the first wins, or each of those that tie for the first place."""
    said: dict[str, Place] = {"names": names, "wins": wins, "others": others, "people": people}
    if not draws and tied:
        return tr("{names} tie: each wins against {wins} of {others} others, by the answers of {people}.", **said)
    if not draws:
        return tr("{names} wins against {wins} of {others} others, by the answers of {people}.", **said)
    if tied:
        return tr(
            "{names} tie: of {others} others each wins against {wins} and draws with {draws}, by the answers of "
            "{people}.",
            draws=draws,
            **said,
        )
    return tr(
        "{names} comes first: of {others} others it wins against {wins} and draws with {draws}, by the answers of "
        "{people}.",
        draws=draws,
        **said,
    )


_WINS: Final = counted("{n} win", "{n} wins")
_DRAWS: Final = counted("{n} draw", "{n} draws")


def _next_words(names: Listed, records: Sequence[tuple[int, int]]) -> Message:
    """The next place; those that share it can have come to it by different wins and draws."""
    wins, draws = records[0]
    if len(set(records)) > 1:
        points = amount(exact(Fraction(2 * wins + draws, 2)))
        return tr("Next: {names}, each with {points}, a draw being half a win.", names=names, points=points)
    if not draws:
        return tr("Next: {names}, with {wins}.", names=names, wins=_WINS.of(wins))
    if not wins:
        return tr("Next: {names}, with {draws}.", names=names, draws=_DRAWS.of(draws))
    return tr("Next: {names}, with {wins} and {draws}.", names=names, wins=_WINS.of(wins), draws=_DRAWS.of(draws))


def _closest(other: Words, ahead: int, behind: int) -> Message:
    """How narrow it was where it was narrowest, for whoever comes first."""
    if not ahead and not behind:
        return tr("Nobody chose between it and “{other}”.", other=other)
    if ahead == behind:
        return trn(
            "It draws with “{other}”: {n} person chose each.",
            "It draws with “{other}”: {n} people chose each.",
            ahead,
            other=other,
        )
    numbers = {"other": other, "ahead": ahead, "behind": behind, "fewer": abs(ahead - behind)}
    if ahead < behind:
        return tr("It loses against “{other}”: {ahead} to {behind} people ({fewer} fewer).", **numbers)
    return tr("Its closest pair is with “{other}”: {ahead} to {behind} people ({fewer} fewer).", **numbers)
