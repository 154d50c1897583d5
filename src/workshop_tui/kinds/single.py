"""One choice: everybody picks one option, and the people are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from workshop_tui.counting.outcome import in_places
from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, OptionsConfig, Poll, SentFields
from workshop_tui.domain.blocks import Bars, ChooseOne, FormBlock, Option, Statement, ViewBlock
from workshop_tui.domain.plain_profiles import Approved, lines_of
from workshop_tui.kinds.options import bars, candidates, in_words, options_problem, read_one
from workshop_tui.messages import Text, tr

FIELD = "choice"


class SingleConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of one choice: the options, and nothing more."""


class OneChoice(Struct, frozen=True, order=True):
    """The option one person picked."""

    option: str
    """Its key."""


class SingleResult(Struct, frozen=True):
    """How many people picked each option."""

    people: int
    counts: tuple[tuple[str, int], ...]
    """(key, people) for every option, in agenda order."""


class Single(Poll[SingleConfig, OneChoice, SingleResult]):
    """One choice out of several."""

    kind = "single"
    title = tr("one choice")
    config_type = SingleConfig
    ballot_type = OneChoice

    def problem(self, config: SingleConfig) -> Text:
        """What is wrong with the options."""
        return options_problem(config)

    def ask(self, config: SingleConfig) -> tuple[FormBlock, ...]:
        """One group of radio buttons."""
        return (ChooseOne(name=FIELD, options=config.options),)

    def read(self, config: SingleConfig, fields: Fields) -> OneChoice:
        """The option that was picked."""
        return OneChoice(read_one(FIELD, config.keys, fields))

    def fields_of(self, config: SingleConfig, ballot: OneChoice) -> SentFields:
        """The option that was picked."""
        return {FIELD: [ballot.option]}

    def tally(self, config: SingleConfig, profile: Mapping[OneChoice, int]) -> SingleResult:
        """People for each option."""
        counts = {option.key: 0 for option in config.options}
        for ballot, people in profile.items():
            counts[ballot.option] += people
        return SingleResult(people=sum(profile.values()), counts=tuple(counts.items()))

    def show(self, config: SingleConfig, result: SingleResult) -> tuple[ViewBlock, ...]:
        """Bars, who leads, where percentages do not add up, and a caution where a small group was of one mind."""
        counts = dict(result.counts)
        shares = {key: (honesty.percent(count, result.people),) for key, count in result.counts}
        caution = honesty.unanimous_caution(max(counts.values(), default=0), result.people)
        return (
            Bars(unit="people", bars=bars(config.options, counts, shares), people=result.people),
            Statement(honesty.leading_sentence(in_words(config.options, counts), result.people)),
            *([Statement(note)] if (note := honesty.sum_note(list(counts.values()), result.people)) else []),
            *honesty.against_publishing(caution),
        )

    def details(
        self, config: SingleConfig, profile: Mapping[OneChoice, int], reasons: Sequence[OneChoice] = ()
    ) -> tuple[ViewBlock, ...]:
        """That a leader may have most people against it, where there are more than two to choose from."""
        result = self.tally(config, profile)
        counts = dict(result.counts)
        most = max(counts.values(), default=0)
        leading = [key for key, count in counts.items() if count == most]
        others = result.people - most * len(leading)
        if not others or len(config.options) < 3 or 2 * most > result.people:
            return ()
        against = honesty.share(others, result.people)
        if len(leading) == 1:
            elsewhere = tr("{against} chose something else than what has the most.", against=against)
        else:
            elsewhere = tr("{against} chose something else than what ties for the most.", against=against)
        return (
            Statement(
                (
                    elsewhere,
                    tr(
                        "With one choice each, options that are alike take people from each other; ticking several "
                        "(approval) or an order (rank) can find another winner."
                    ),
                )
            ),
        )

    def places(self, config: SingleConfig, profile: Mapping[OneChoice, int]) -> tuple[tuple[str, ...], ...]:
        """By people, most first."""
        people = dict(self.tally(config, profile).counts)
        return in_places(config.keys, people) if profile else ()

    def rows(self, config: SingleConfig, ballot: OneChoice) -> dict[str, str | int]:
        """The key and the words of the option."""
        texts = {option.key: option.text for option in config.options}
        return {"choice": ballot.option, "words": texts[ballot.option]}

    def plain_profile(self, config: SingleConfig, profile: Mapping[OneChoice, int]) -> Approved:
        """Approvals of one option each."""
        lines = lines_of(((ballot.option,), people) for ballot, people in profile.items())
        return Approved(candidates=candidates(config.options), lines=lines, most=1)

    def examples(self) -> Example[SingleConfig]:
        """How people joined in."""
        return Example(
            config=SingleConfig(
                options=(
                    Option("a", "On my phone"),
                    Option("b", "On paper"),
                    Option("c", "With someone helping me"),
                    Option("d", "Some other way", other=True),
                )
            ),
            answers=({FIELD: ["a"]}, {FIELD: ["b"]}, {FIELD: ["a"]}, {FIELD: ["d"]}, {FIELD: ["c", "c"]}),
            junk=({}, {FIELD: []}, {FIELD: [""]}, {FIELD: ["z"]}, {FIELD: ["a", "b"]}, {FIELD: ["A"]}),
        )
