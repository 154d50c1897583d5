"""Dots: everybody spreads a few dots over the options; dots and the people behind them are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from msgspec import Struct

from workshop_tui.counting.approvals import cumulative, sums_of, supporters
from workshop_tui.counting.outcome import by_most, in_places
from workshop_tui.counting.profiles import Scores
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, OptionsConfig, Poll, SentFields, Setting
from workshop_tui.domain.blocks import Bars, FormBlock, Option, ShareOut, Statement, ViewBlock
from workshop_tui.domain.passing import SKIP
from workshop_tui.domain.plain_profiles import Pointed, lines_of
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.options import (
    NOT_NUMBERS,
    bars,
    candidates,
    in_words,
    options_problem,
    read_shares,
    shares_sent,
)
from workshop_tui.kinds.outcomes import behind_table, by_each_rule
from workshop_tui.messages import Message, Text, Verbatim, tr, trn

FIELD = "dots"

MOST_DOTS: Final = 100
"""Most dots an agenda may give each person; more are no longer weighed by anybody."""


class DotsConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of dots."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "dots": Setting(label=tr("Dots for each person"), hint=tr("Leave it empty for a third of the options.")),
        "max_per_item": Setting(label=tr("The most dots on one option"), hint=tr("Leave it empty for no limit.")),
    }

    dots: int = 0
    """Dots for each person; 0 for a third of the options, rounded up."""
    max_per_item: int = 0
    """The most dots on one option; 0 for no limit but the number of dots."""

    @property
    def total(self) -> int:
        """Dots for each person."""
        return self.dots or dots_per_person(len(self.options))

    @property
    def most_each(self) -> int:
        """The most dots on one option."""
        return min(self.max_per_item or self.total, self.total)


class Dots(Struct, frozen=True, order=True):
    """Where one person put dots."""

    placed: tuple[tuple[str, int], ...]
    """(key, dots), sorted by key; options without dots are left out."""


class DotsResult(Struct, frozen=True):
    """What the room put where."""

    people: int
    dots: tuple[tuple[str, int], ...]
    """(key, dots) for every option, in agenda order."""
    supporters: tuple[tuple[str, int], ...]
    """(key, people with at least one dot there) for every option, in agenda order."""
    most_alike: int
    """How many people placed their dots in the most frequent way."""


def dots_per_person(options: int) -> int:
    """A third of the options, rounded up: the usual rule for voting with dots; at least 1."""
    return max(1, -(-options // 3))


class DotVote(Poll[DotsConfig, Dots, DotsResult]):
    """A few dots to spread."""

    kind = "dots"
    title = tr("dots")
    config_type = DotsConfig
    ballot_type = Dots

    def problem(self, config: DotsConfig) -> Text:
        """What is wrong with the options or the numbers."""
        dots, limit, key = config.dots, config.max_per_item, Verbatim("max_per_item")
        if not 0 <= dots <= MOST_DOTS:
            return tr(
                "{key} is {given}; it can be 1 to {most}, or left out for a third of the options.",
                key=Verbatim("dots"),
                given=dots,
                most=MOST_DOTS,
            )
        if limit < 0:
            return tr("{key} is {given}; it can be 1 or more, or left out for no limit.", key=key, given=limit)
        if dots and limit > dots:
            return trn(
                "{key} is {given}, but each person has only {n} dot.",
                "{key} is {given}, but each person has only {n} dots.",
                dots,
                key=key,
                given=limit,
            )
        if problem := options_problem(config):
            return problem
        room = config.most_each * len(config.options)
        if dots > room and not config.options_from:
            return trn(
                "Each person has {n} dot, but there is room for only {room} with this {key}.",
                "Each person has {n} dots, but there is room for only {room} with this {key}.",
                dots,
                room=room,
                key=key,
            )
        return ""

    def ask(self, config: DotsConfig) -> tuple[FormBlock, ...]:
        """One number for each option."""
        return (ShareOut(name=FIELD, options=config.options, total=config.total, most_each=config.most_each),)

    def read(self, config: DotsConfig, fields: Fields) -> Dots:
        """The dots that were placed; fewer than all is fine, none is not."""
        placed = read_shares(FIELD, config.options, fields)
        for option in config.options:
            if placed.get(option.key, 0) > config.most_each:
                raise BallotRejected(
                    tr(
                        "“{option}” has too many dots. One answer can have {most} at most.",
                        option=option.words,
                        most=config.most_each,
                    ),
                    field=f"{FIELD}.{option.key}",
                )
        if not placed:
            raise BallotRejected(tr("Please place at least one dot, or press “{skip}”.", skip=SKIP), field=FIELD)
        used = sum(placed.values())
        if used > config.total:
            raise BallotRejected(
                trn(
                    "You placed {n} dot, but there are {total}. Please take {over} away.",
                    "You placed {n} dots, but there are {total}. Please take {over} away.",
                    used,
                    total=config.total,
                    over=used - config.total,
                ),
                field=FIELD,
            )
        return Dots(tuple(sorted(placed.items())))

    def fields_of(self, config: DotsConfig, ballot: Dots) -> SentFields:
        """The dots on each option that has any."""
        return shares_sent(FIELD, ballot.placed)

    def tally(self, config: DotsConfig, profile: Mapping[Dots, int]) -> DotsResult:
        """Dots and supporters for each option."""
        keys, scores = config.keys, _scores(profile)
        return DotsResult(
            people=sum(profile.values()),
            dots=tuple(sums_of(keys, scores).items()),
            supporters=tuple(supporters(keys, scores).items()),
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: DotsConfig, result: DotsResult) -> tuple[ViewBlock, ...]:
        """Bars of dots with the people behind them, who leads, and the rule."""
        dots = dict(result.dots)
        people = {key: (honesty.people_words(count),) for key, count in result.supporters}
        return (
            Bars(unit="dots", bars=bars(config.options, dots, people)),
            Statement(
                honesty.leading_sentence(in_words(config.options, dots), sum(dots.values()), "dots", result.people)
            ),
            Statement(_rule(config), weight="rule"),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
        )

    def details(
        self, config: DotsConfig, profile: Mapping[Dots, int], reasons: Sequence[Dots] = ()
    ) -> tuple[ViewBlock, ...]:
        """Whether the people behind the dots have another first than the dots, and the most dots of one person."""
        if not profile:
            return ()
        keys, scores = config.keys, _scores(profile)
        by_people = by_most(tr("People with a dot there"), keys, supporters(keys, scores))
        outcomes = (cumulative(keys, scores), by_people)
        return (*by_each_rule(config.options, outcomes), behind_table(config.options, "dots", scores))

    def places(self, config: DotsConfig, profile: Mapping[Dots, int]) -> tuple[tuple[str, ...], ...]:
        """By dots, most first."""
        dots = dict(self.tally(config, profile).dots)
        return in_places(config.keys, dots) if profile else ()

    def rows(self, config: DotsConfig, ballot: Dots) -> dict[str, str | int]:
        """The dots on every option, zeros too."""
        placed = dict(ballot.placed)
        return {f"{FIELD}.{option.key}": placed.get(option.key, 0) for option in config.options}

    def plain_profile(self, config: DotsConfig, profile: Mapping[Dots, int]) -> Pointed:
        """Points: dots are points that may be left over."""
        lines = lines_of(_scores(profile))
        return Pointed(candidates=candidates(config.options), lines=lines, total=config.total)

    def examples(self) -> Example[DotsConfig]:
        """Which part of the road most needs to change."""
        options = (
            Option("a", "Being referred"),
            Option("b", "Waiting"),
            Option("c", "First appointment"),
            Option("d", "Somewhere else", other=True),
        )
        return Example(
            config=DotsConfig(options=options, dots=3, max_per_item=2),
            answers=(
                {"dots.a": ["2"], "dots.b": ["1"], "dots.c": ["0"], "dots.d": [""]},
                {"dots.b": ["2"], "dots.d": ["1"]},
                {"dots.c": ["1"]},
            ),
            junk=(
                {},
                {"dots.a": ["0"]},
                {"dots.a": ["3"]},
                {"dots.a": ["2"], "dots.b": ["2"]},
                {"dots.z": ["1"], "dots.a": ["1"]},
                {"dots.__proto__": ["1"]},
                {"dots.a": ["1", "2"]},
                *({"dots.a": [junk]} for junk in NOT_NUMBERS),
            ),
        )


def _rule(config: DotsConfig) -> Message:
    if config.most_each == config.total:
        return trn("Each person had {n} dot to place.", "Each person had {n} dots to place.", config.total)
    return trn(
        "Each person had {n} dot to place, at most {most} on one answer.",
        "Each person had {n} dots to place, at most {most} on one answer.",
        config.total,
        most=config.most_each,
    )


def _scores(profile: Mapping[Dots, int]) -> Scores:
    return {ballot.placed: people for ballot, people in profile.items()}
