"""Order: everybody puts options in order, best first; a declared rule makes one order of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.pairwise import pairwise
from workshop_tui.counting.profiles import Rankings
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, Poll, SentFields
from workshop_tui.domain.blocks import (
    BY,
    LISTS,
    MOVED,
    START,
    SURE,
    Column,
    FormBlock,
    Option,
    PutInOrder,
    Ranking,
    RankingRow,
    Statement,
    ViewBlock,
    Words,
)
from workshop_tui.domain.passing import SKIP
from workshop_tui.domain.plain_profiles import Ordered, lines_of
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.options import UNKNOWN, candidates, in_words
from workshop_tui.kinds.outcomes import by_each_rule, found_by_others, pairwise_table, rounds_table, rule_table
from workshop_tui.kinds.rank import rules as rank_rules
from workshop_tui.kinds.rank.config import RankConfig, rank_problem
from workshop_tui.kinds.rank.rules import Found
from workshop_tui.messages import Message, Sentences, Text, counted, tr

FIELD = "order"

_POINTS: Final = Column(tr("points"), counted("{n} point", "{n} points"))
_BELOW: Final = Column(tr("below it"), counted("{n} below it", "{n} below it"))
_FIRST: Final = Column(tr("first choices"), counted("{n} first choice", "{n} first choices"))
_ANYWHERE: Final = Column(tr("in any place"), counted("{n} in any place", "{n} in any place"))
"""What a place rests on, and what stands beside it."""

_BY_FIRSTS: Final = counted(
    "Counted by first choices alone, {names} is at the top.",
    "Counted by first choices alone, {names} are at the top.",
)
_BY_ANY: Final = counted(
    "Counted by choices in any place alone, {names} is at the top.",
    "Counted by choices in any place alone, {names} are at the top.",
)


class Ranked(Struct, frozen=True, order=True):
    """One person's order."""

    order: tuple[str, ...]
    """Keys, best first; at least one, at most as many as there are places."""


class RankResult(Struct, frozen=True):
    """The numbers an order of the room rests on."""

    people: int
    lines: tuple[tuple[str, int, int, int], ...]
    """For every option, in agenda order: key, what its place rests on, first choices, in any place.

    A place rests on points, and by rules without points on how many others are below.
    """
    most_alike: int
    """How many people gave the most frequent order."""
    found: Found
    """Who leads, for rules without points."""


class Rank(Poll[RankConfig, Ranked, RankResult]):
    """Options in order, the first few or all."""

    kind = "rank"
    title = tr("an order")
    config_type = RankConfig
    ballot_type = Ranked

    def problem(self, config: RankConfig) -> Text:
        """What is wrong with the options or with `pick`."""
        return rank_problem(config)

    def ask(self, config: RankConfig) -> tuple[FormBlock, ...]:
        """One list to put in order."""
        return (PutInOrder(name=FIELD, options=config.options, places=config.places, shuffled=config.shuffle),)

    def read(self, config: RankConfig, fields: Fields) -> Ranked:
        """The order as far as it was given; empty places are closed up."""
        if START in fields.get(FIELD + BY, ()) and not any(fields.get(FIELD + SURE, ())):
            # An order nobody has touched is the page's.
            raise BallotRejected(
                tr("Send this order as it is? Then tick the box under it. Or move an answer."),
                field=FIELD + SURE,
            )
        order = tuple(key for key in fields.get(FIELD, ()) if key)
        if not order:
            raise BallotRejected(
                tr("Please put at least one answer in order, or press “{skip}”.", skip=SKIP), field=FIELD
            )
        texts = config.words
        for at, key in enumerate(order):
            if key not in texts:
                raise BallotRejected(UNKNOWN, field=FIELD)
            if key in order[:at]:
                twice = tr("“{answer}” is there twice. Each answer has one place.", answer=texts[key])
                raise BallotRejected(twice, field=FIELD)
        if len(order) > config.places:
            most, chosen = config.places, len(order)
            raise BallotRejected(
                tr("Please choose {most} at most: you chose {chosen}.", most=most, chosen=chosen), field=FIELD
            )
        return Ranked(order)

    def fields_of(self, config: RankConfig, ballot: Ranked) -> SentFields:
        """The places that were filled; only lists can leave some of them empty."""
        way = MOVED if len(ballot.order) >= config.places else LISTS
        return {FIELD: list(ballot.order), FIELD + BY: [way]}

    def tally(self, config: RankConfig, profile: Mapping[Ranked, int]) -> RankResult:
        """The order by the declared rule, first choices and choices in any place."""
        keys, outcome = config.keys, _by_rule(config, profile)
        firsts, chosen = dict.fromkeys(keys, 0), dict.fromkeys(keys, 0)
        for ballot, people in profile.items():
            firsts[ballot.order[0]] += people
            for key in ballot.order:
                chosen[key] += people
        rests_on = (
            {key: int(points) for key, points in outcome.figures}
            if config.rule == "borda"
            else rank_rules.below(outcome)
        )
        return RankResult(
            people=sum(profile.values()),
            lines=tuple((key, rests_on[key], firsts[key], chosen[key]) for key in keys),
            most_alike=max(profile.values(), default=0),
            found=rank_rules.found(outcome, config.rule, _rankings(profile)),
        )

    def show(self, config: RankConfig, result: RankResult) -> tuple[ViewBlock, ...]:
        """The order by the declared rule, who leads by it, and the rule in words."""
        rests_on = _POINTS if config.rule == "borda" else _BELOW
        return (
            Ranking(columns=(rests_on, _FIRST, _ANYWHERE), places=_places(config, result)),
            Statement(_leading(config, result)),
            *(Statement(text) for text in _otherwise(config, result)),
            Statement(rank_rules.rule_words(config.rule, places=config.places, seats=config.seats), weight="rule"),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
        )

    def details(
        self, config: RankConfig, profile: Mapping[Ranked, int], reasons: Sequence[Ranked] = ()
    ) -> tuple[ViewBlock, ...]:
        """The winner by other rules, who is put above whom, and the rounds where there are some."""
        if not profile:
            return ()
        outcome = _by_rule(config, profile)
        others = found_by_others(self.plain_profile(config, profile), leave_out=rank_rules.SAME[config.rule])
        table = pairwise(config.keys, _rankings(profile))
        title = tr("How many people put the row above the column, and how many below; left out is below all")
        return (
            *(Statement(note) for note in outcome.notes),
            *([rounds_table(config.options, outcome)] if len(outcome.rounds) > 1 else []),
            *(
                (
                    Statement(tr("It was counted by the rule “{rule}”.", rule=outcome.rule)),
                    Statement(tr("If only one were chosen, the rules that look for one would choose:")),
                    rule_table(config.options, others),
                )
                if config.rule == "stv"
                else by_each_rule(config.options, (outcome, *others))
            ),
            pairwise_table(config.options, table, title),
        )

    def places(self, config: RankConfig, profile: Mapping[Ranked, int]) -> tuple[tuple[str, ...], ...]:
        """By the declared rule."""
        return _by_rule(config, profile).places if profile else ()

    def rows(self, config: RankConfig, ballot: Ranked) -> dict[str, str | int]:
        """The key in each place; empty where a place was not filled."""
        filled = (*ballot.order, *[""] * (config.places - len(ballot.order)))
        return {f"place_{place}": key for place, key in enumerate(filled, 1)}

    def plain_profile(self, config: RankConfig, profile: Mapping[Ranked, int]) -> Ordered:
        """Orders without ties, as far as places were filled."""
        lines = lines_of(_rankings(profile))
        return Ordered(candidates=candidates(config.options), lines=lines, places=config.places)

    def examples(self) -> Example[RankConfig]:
        """What would make the most difference."""
        options = (
            Option("a", "Tell it once"),
            Option("b", "One named person"),
            Option("c", "Therapy at school"),
            Option("d", "Shorter letters"),
            Option("e", "Something else", other=True),
        )
        return Example(
            config=RankConfig(options=options, pick=3, shuffle=True),
            answers=(
                {FIELD: ["a", "b", "c"]},
                {FIELD: ["b", "a", "e"]},
                {FIELD: ["c"]},
                {FIELD: ["", "d", ""], "order.by": ["lists"]},
                {FIELD: ["a", "b", "c"], "order.rest": ["d", "e"], "order.by": ["moved"]},
                {FIELD: ["d", "b", "c"], "order.rest": ["a", "e"], "order.by": ["start"], "order.sure": ["yes"]},
            ),
            junk=(
                {},
                {FIELD: []},
                {FIELD: ["", "", ""]},
                {FIELD: ["a", "a"]},
                {FIELD: ["a", "z"]},
                {FIELD: ["a", "b", "c", "d"]},
                {FIELD: ["__proto__"]},
                {FIELD: ["a", "b", "c"], "order.rest": ["d", "e"], "order.by": ["start"]},
            ),
        )


def _places(config: RankConfig, result: RankResult) -> tuple[RankingRow, ...]:
    """Lines by points, most first; equal points share a place and stay in agenda order."""
    ordered = sorted(result.lines, key=lambda line: -line[1])
    return tuple(
        RankingRow(
            place=1 + sum(other > points for _, other, _, _ in ordered),
            label=config.words[key],
            letter=key.upper(),
            amounts=(points, firsts, chosen),
        )
        for key, points, firsts, chosen in ordered
    )


def _leading(config: RankConfig, result: RankResult) -> Sentences:
    """Who leads by the declared rule, with runner-up, margin and base."""
    if not result.people:
        return honesty.NO_ANSWERS
    if config.rule != "borda":
        return rank_rules.leading_words(result.found, config.rule, config.words, result.people, config.seats)
    points = {key: value for key, value, _, _ in result.lines}
    return honesty.leading_sentence(in_words(config.options, points), sum(points.values()), "points", result.people)


def _otherwise(config: RankConfig, result: RankResult) -> list[Message]:
    """Where first choices, or choices in any place, put others on top than the points do."""
    if config.rule != "borda":
        return []
    by_points = _leaders(config, [points for _, points, _, _ in result.lines])
    by_firsts = _leaders(config, [firsts for _, _, firsts, _ in result.lines])
    by_any = _leaders(config, [chosen for _, _, _, chosen in result.lines])
    return [
        way.of(len(leaders), names=honesty.listed(leaders))
        for way, leaders in ((_BY_FIRSTS, by_firsts), (_BY_ANY, by_any))
        if leaders != by_points
    ]


def _leaders(config: RankConfig, numbers: Sequence[int]) -> tuple[Words, ...]:
    """The options with the highest number; all when nobody answered."""
    most = max(numbers, default=0)
    return tuple(option.words for option, number in zip(config.options, numbers, strict=True) if number == most)


def _rankings(profile: Mapping[Ranked, int]) -> Rankings:
    return {tuple((key,) for key in ballot.order): people for ballot, people in profile.items()}


def _by_rule(config: RankConfig, profile: Mapping[Ranked, int]) -> Outcome:
    return rank_rules.by_rule(config.keys, _rankings(profile), config.rule, places=config.places, seats=config.seats)
