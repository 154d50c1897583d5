"""Choosing several: everybody ticks all that they support, and the people behind each option are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from msgspec import Struct

from workshop_tui.counting.approvals import approval
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.profiles import Approvals
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, OptionsConfig, Poll, SentFields, Setting
from workshop_tui.domain.blocks import Bars, ChooseSome, FormBlock, Matrix, MatrixRow, Option, Statement, ViewBlock
from workshop_tui.domain.passing import SKIP
from workshop_tui.domain.plain_profiles import Approved, lines_of
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.options import (
    SHUFFLE,
    UNKNOWN,
    at_most_all_problem,
    bars,
    candidates,
    in_words,
    options_problem,
    picked,
)
from workshop_tui.kinds.outcomes import shared_table
from workshop_tui.messages import Message, Text, Verbatim, tr, trn

FIELD = "choices"

_MAX: Final = Verbatim("max")


class ApprovalConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of choosing several."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "max": Setting(label=tr("The most that one person may choose"), hint=tr("Leave it empty for no limit.")),
        "shuffle": SHUFFLE,
    }

    max: int = 0
    """The most that one person may choose; 0 for no limit."""
    shuffle: bool = False
    """Whether each phone gets its own order, so that the list steers nobody."""


class Choices(Struct, frozen=True, order=True):
    """What one person supports."""

    options: tuple[str, ...]
    """Keys, sorted; at least one."""


class ApprovalResult(Struct, frozen=True):
    """How many people chose each option."""

    people: int
    counts: tuple[tuple[str, int], ...]
    """(key, people) for every option, in agenda order."""
    most_alike: int
    """How many people chose the most frequent set."""


class Approval(Poll[ApprovalConfig, Choices, ApprovalResult]):
    """Any of several, with or without a limit."""

    kind = "approval"
    title = tr("several choices")
    config_type = ApprovalConfig
    ballot_type = Choices

    def problem(self, config: ApprovalConfig) -> Text:
        """What is wrong with the options or the limit."""
        if config.max < 0:
            return tr("{key} is {given}; it can be 2 or more, or left out for no limit.", key=_MAX, given=config.max)
        if config.max == 1:
            return tr(
                "With {setting} each person has one choice: that is {other}.",
                setting=Verbatim("max = 1"),
                other=Verbatim('kind = "single"'),
            )
        if problem := options_problem(config):
            return problem
        return at_most_all_problem(config, _MAX, config.max)

    def ask(self, config: ApprovalConfig) -> tuple[FormBlock, ...]:
        """One list of boxes to tick."""
        return (ChooseSome(name=FIELD, options=config.options, most=config.max, shuffled=config.shuffle),)

    def read(self, config: ApprovalConfig, fields: Fields) -> Choices:
        """The options that were ticked; the same one twice is one."""
        ticked = tuple(sorted(picked(FIELD, fields)))
        if not ticked:
            raise BallotRejected(tr("Please choose at least one answer, or press “{skip}”.", skip=SKIP), field=FIELD)
        if not set(config.keys).issuperset(ticked):
            raise BallotRejected(UNKNOWN, field=FIELD)
        if config.max and len(ticked) > config.max:
            raise BallotRejected(
                tr("Please choose {most} at most: you chose {chosen}.", most=config.max, chosen=len(ticked)),
                field=FIELD,
            )
        return Choices(ticked)

    def fields_of(self, config: ApprovalConfig, ballot: Choices) -> SentFields:
        """The options that were ticked."""
        return {FIELD: list(ballot.options)}

    def tally(self, config: ApprovalConfig, profile: Mapping[Choices, int]) -> ApprovalResult:
        """People for each option."""
        counts = _counted(config, profile).figures
        return ApprovalResult(
            people=sum(profile.values()),
            counts=tuple((key, int(people)) for key, people in counts),
            most_alike=max(profile.values(), default=0),
        )

    def show(self, config: ApprovalConfig, result: ApprovalResult) -> tuple[ViewBlock, ...]:
        """Bars, who leads, and the rule."""
        counts = dict(result.counts)
        shares = {key: (honesty.percent(count, result.people),) for key, count in result.counts}
        return (
            Bars(unit="people", bars=bars(config.options, counts, shares), people=result.people),
            Statement(honesty.leading_sentence(in_words(config.options, counts), result.people)),
            *(
                [Statement(note, weight="rule")]
                if (note := honesty.sum_note(list(counts.values()), result.people, several=True))
                else []
            ),
            Statement(_rule(config), weight="rule"),
            *honesty.against_publishing(honesty.unanimous_caution(result.most_alike, result.people)),
        )

    def details(
        self, config: ApprovalConfig, profile: Mapping[Choices, int], reasons: Sequence[Choices] = ()
    ) -> tuple[ViewBlock, ...]:
        """How many each person chose, how many chose only this one, and what was chosen together."""
        if not profile:
            return ()
        ballots = _approvals(profile)
        sizes: dict[int, int] = {}
        for chosen, people in ballots.items():
            sizes[len(chosen)] = sizes.get(len(chosen), 0) + people
        return (
            Matrix(
                title=tr("How many answers each person chose"),
                corner=tr("Answers"),
                columns=(tr("People"),),
                rows=tuple(MatrixRow(size, (sizes[size],)) for size in sorted(sizes)),
            ),
            shared_table(config.options, ballots),
            Statement(tr("This way of counting is called approval voting."), weight="rule"),
        )

    def places(self, config: ApprovalConfig, profile: Mapping[Choices, int]) -> tuple[tuple[str, ...], ...]:
        """By people."""
        return _counted(config, profile).places if profile else ()

    def rows(self, config: ApprovalConfig, ballot: Choices) -> dict[str, str | int]:
        """1 for every option that was chosen and 0 for every other."""
        return {f"{FIELD}.{option.key}": int(option.key in ballot.options) for option in config.options}

    def plain_profile(self, config: ApprovalConfig, profile: Mapping[Choices, int]) -> Approved:
        """Approvals."""
        lines = lines_of(_approvals(profile))
        return Approved(candidates=candidates(config.options), lines=lines, most=config.max)

    def examples(self) -> Example[ApprovalConfig]:
        """Which times would suit people."""
        options = (
            Option("a", "Weekday mornings"),
            Option("b", "Weekday evenings"),
            Option("c", "Saturdays"),
            Option("d", "Another time", other=True),
        )
        return Example(
            config=ApprovalConfig(options=options, max=3, shuffle=True),
            answers=({FIELD: ["a"]}, {FIELD: ["b", "c"]}, {FIELD: ["c", "b", "d"]}, {FIELD: ["b", "b", ""]}),
            junk=(
                {},
                {FIELD: []},
                {FIELD: [""]},
                {FIELD: ["z"]},
                {FIELD: ["a", "A"]},
                {FIELD: ["a", "b", "c", "d"]},
                {FIELD: ["__proto__"]},
            ),
        )


def _approvals(profile: Mapping[Choices, int]) -> Approvals:
    return {ballot.options: people for ballot, people in profile.items()}


def _counted(config: ApprovalConfig, profile: Mapping[Choices, int]) -> Outcome:
    return approval(config.keys, _approvals(profile))


def _rule(config: ApprovalConfig) -> Message:
    if not config.max:
        return tr(
            "Each person could choose as many answers as they liked. So the numbers can add up to more than the people."
        )
    return trn(
        "Each person could choose {n} answer.",
        "Each person could choose up to {n} answers. So the numbers can add up to more than the people.",
        config.max,
    )
