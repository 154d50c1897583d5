"""Pairs: everybody chooses between two at a time; who wins against how many others puts them in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.counting.pairwise import Pairwise, condorcet_winner, copeland, minimax, schulze
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, OptionsConfig, Poll, SentFields
from workshop_tui.domain.blocks import (
    ChooseOne,
    FormBlock,
    Matrix,
    MatrixRow,
    Option,
    Remark,
    Statement,
    ViewBlock,
)
from workshop_tui.domain.passing import SKIP
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.options import options_problem, picked
from workshop_tui.kinds.outcomes import ANSWER, by_each_rule, pairwise_table
from workshop_tui.kinds.pairs.leading import leading_words
from workshop_tui.messages import Text, tr, trn

MOST_OPTIONS: Final = 6
"""Most options: they make 15 pairs, and seven would make 21, which nobody thinks through."""

Pair = tuple[str, str]
"""Two keys, in agenda order."""


class PairsConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of pairs: the options, and nothing more."""


class Preferred(Struct, frozen=True, order=True):
    """What one person chose."""

    chosen: tuple[tuple[str, str], ...]
    """(key chosen, key not chosen), sorted; pairs without an answer are left out."""


class PairsResult(Struct, frozen=True):
    """What the room chose."""

    people: int
    chosen: tuple[tuple[str, str, int], ...]
    """(key, other key, people who chose the first of the two), both ways round, in agenda order."""
    most_alike: int
    """How many people chose the same in all pairs."""


class Pairs(Poll[PairsConfig, Preferred, PairsResult]):
    """Two at a time."""

    kind = "pairs"
    title = tr("two at a time")
    config_type = PairsConfig
    ballot_type = Preferred

    def problem(self, config: PairsConfig) -> Text:
        """What is wrong with the options."""
        if len(config.options) > MOST_OPTIONS:
            count = len(config.options)
            return trn(
                "There is {n} option, which makes {pairs} pairs. "
                "{most} options, with 15 pairs, are the most that people think through.",
                "There are {n} options, which make {pairs} pairs. "
                "{most} options, with 15 pairs, are the most that people think through.",
                count,
                pairs=count * (count - 1) // 2,
                most=MOST_OPTIONS,
            )
        return options_problem(config)

    def ask(self, config: PairsConfig) -> tuple[FormBlock, ...]:
        """Two cards for each pair; every option is as often the first as the second, as far as that comes out even."""
        options = {option.key: option for option in config.options}
        pairs = pairs_in_turn(config.keys)
        return (
            Remark(tr("Choose one of each two. You can leave out pairs that you cannot decide.")),
            *(
                ChooseOne(
                    name=_name(one, other),
                    options=(options[one], options[other]),
                    label=tr("Pair {number} of {all}", number=number, all=len(pairs)),
                    optional=True,
                )
                for number, (one, other) in enumerate(pairs, 1)
            ),
        )

    def read(self, config: PairsConfig, fields: Fields) -> Preferred:
        """What was chosen; at least in one pair."""
        chosen: list[Pair] = []
        names = {_name(one, other): (one, other) for one, other in pairs_in_turn(config.keys)}
        for name, (one, other) in names.items():
            of_two = picked(name, fields)
            if len(of_two) > 1 or not of_two.issubset((one, other)):
                raise BallotRejected(tr("Please choose one of these two."), field=name)
            if of_two:
                chosen.append((one, other) if one in of_two else (other, one))
        if not chosen:
            nothing = tr("Please choose in at least one pair, or press “{skip}”.", skip=SKIP)
            raise BallotRejected(nothing, field=next(iter(names), ""))
        return Preferred(tuple(sorted(chosen)))

    def fields_of(self, config: PairsConfig, ballot: Preferred) -> SentFields:
        """What was chosen of each two."""
        sent: SentFields = {}
        for one, other in pairs_in_turn(config.keys):
            sent |= {_name(one, other): [chosen] for chosen, left in ballot.chosen if {chosen, left} == {one, other}}
        return sent

    def tally(self, config: PairsConfig, profile: Mapping[Preferred, int]) -> PairsResult:
        """People for each side of each pair."""
        keys = config.keys
        counts = {(one, other): 0 for one in keys for other in keys if one != other}
        for ballot, people in profile.items():
            for pair in ballot.chosen:
                counts[pair] += people
        return PairsResult(
            people=sum(profile.values()),
            chosen=tuple((one, other, people) for (one, other), people in counts.items()),
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: PairsConfig, result: PairsResult) -> tuple[ViewBlock, ...]:
        """Wins, draws and losses in order, who leads, and the rule."""
        table = _table(config, result)
        return (
            _wins(config, table),
            Statement(leading_words(config.words, table)),
            Statement(
                tr(
                    "Of each two, the one that more people chose wins. The order is by how many others one wins "
                    "against. A draw counts half."
                ),
                weight="rule",
            ),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
        )

    def details(
        self, config: PairsConfig, profile: Mapping[Preferred, int], reasons: Sequence[Preferred] = ()
    ) -> tuple[ViewBlock, ...]:
        """How often each was chosen over each other one, and the winner by other rules."""
        if not profile:
            return ()
        table = _table(config, self.tally(config, profile))
        outcomes = (copeland(table), condorcet_winner(table), schulze(table), minimax(table))
        title = tr("How many people chose the row over the column, and how many the column over the row")
        return (pairwise_table(config.options, table, title), *by_each_rule(config.options, outcomes))

    def places(self, config: PairsConfig, profile: Mapping[Preferred, int]) -> tuple[tuple[str, ...], ...]:
        """By wins against others, a draw being half of one."""
        return copeland(_table(config, self.tally(config, profile))).places if profile else ()

    def rows(self, config: PairsConfig, ballot: Preferred) -> dict[str, str | int]:
        """The key that was chosen of each pair; empty where none was."""
        keys = config.keys
        chosen = set(ballot.chosen)
        return {
            _name(one, other): one if (one, other) in chosen else other if (other, one) in chosen else ""
            for at, one in enumerate(keys)
            for other in keys[at + 1 :]
        }

    def examples(self) -> Example[PairsConfig]:
        """What one would rather have, where not everything can be had."""
        options = (
            Option("a", "Be seen sooner"),
            Option("b", "Be seen nearer home"),
            Option("c", "See the same person"),
            Option("d", "Have longer visits"),
        )
        return Example(
            config=PairsConfig(options=options),
            answers=(
                {"a_or_d": ["a"], "b_or_c": ["c"], "a_or_c": ["c"], "b_or_d": ["b"], "a_or_b": ["a"], "c_or_d": ["c"]},
                {"a_or_d": ["d"], "b_or_c": [""]},
                {"c_or_d": ["d", "d"]},
            ),
            junk=(
                {},
                {"a_or_d": [""]},
                {"a_or_d": ["b"]},
                {"a_or_d": ["a", "d"]},
                {"b_or_a": ["a"], "a_or_z": ["a"]},
                {"a_or_d": ["__proto__"]},
            ),
        )


def _wins(config: PairsConfig, table: Pairwise) -> Matrix:
    """Best first; who ties stands in agenda order and has the same number of wins and draws."""
    rows = []
    for key in (key for place in copeland(table).places for key in place):
        leads = [table.lead(key, other) for other in config.keys if other != key]
        met = [table.beats[key, other] + table.beats[other, key] for other in config.keys if other != key]
        won, lost = sum(lead > 0 for lead in leads), sum(lead < 0 for lead in leads)
        times = sum(table.beats[key, other] for other in config.keys if other != key)
        chosen = tr("{times} of {all}", times=times, all=sum(met)) if any(met) else tr("in no pair")
        rows.append(MatrixRow(config.words[key], (won, len(leads) - won - lost, lost, chosen), key.upper()))
    columns = (tr("wins"), tr("draws"), tr("losses"), tr("chosen"))
    return Matrix(tr("Each against all the others"), ANSWER, columns, tuple(rows))


def pairs_in_turn(keys: Sequence[str]) -> list[Pair]:
    """Every pair once, in the order of a tournament: each option comes as often, spread over the list.

    One stands still and the others go round it. Who has been first less often is first, so that no option always is.
    """
    ring = [*keys, ""] if len(keys) % 2 else [*keys]
    first, pairs = dict.fromkeys(keys, 0), []
    for _ in range(len(ring) - 1):
        for one, other in zip(ring, ring[: len(ring) // 2 - 1 : -1], strict=False):
            if one and other:
                one, other = sorted((one, other), key=first.__getitem__)
                first[one] += 1
                pairs.append((one, other))
        ring = [ring[0], ring[-1], *ring[1:-1]]
    return pairs


def _name(one: str, other: str) -> str:
    """The same whichever of the two is shown first."""
    return "_or_".join(sorted((one, other)))


def _table(config: PairsConfig, result: PairsResult) -> Pairwise:
    beats = {(one, other): people for one, other, people in result.chosen}
    return Pairwise(config.keys, beats, result.people)
