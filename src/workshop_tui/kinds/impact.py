"""Impact: how each thing that could happen would affect the person at the phone, and why.

Who says that something would be harder comes first, in the words and among the reasons. The seven answers are never
made into a number: "would not affect me" and "I do not know yet" are answers beside the scale, not its middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Explained, Fields, OptionsConfig, Poll
from workshop_tui.domain.blocks import (
    Distribution,
    FormBlock,
    GradeEach,
    Option,
    Quotes,
    Scaled,
    Statement,
    ViewBlock,
)
from workshop_tui.domain.plain_profiles import Scored
from workshop_tui.kinds.grades import (
    REASON_LETTERS,
    GradeCounts,
    Grades,
    bare_grades,
    explained,
    grade_columns,
    like_minded,
    plain_lines,
    read_grades,
    reason_quotes,
    reasons_in,
    tally_grades,
    too_many,
)
from workshop_tui.kinds.options import candidates, options_problem
from workshop_tui.messages import tr

FIELD = "impact"

SCALE: Final = (
    Option("much_harder", "Much harder"),
    Option("bit_harder", "A bit harder"),
    Option("no_difference", "No real difference"),
    Option("bit_easier", "A bit easier"),
    Option("much_easier", "Much easier"),
    Option("not_me", "It would not affect me"),
    Option("not_known", "I do not know yet"),
)
"""The seven answers; the last two stand beside the scale."""

ASIDE: Final = 2
HARDER: Final = ("much_harder", "bit_harder")
EASIER: Final = ("bit_easier", "much_easier")


class ImpactConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of impact: the options are what could happen."""

    fewest = 1

    why: bool = True
    """Whether there is room for a reason beside each answer; nobody has to give one."""


class Impacts(Struct, frozen=True, order=True):
    """What one person said of the options that they did not leave out."""

    grades: Grades


class Impact(Poll[ImpactConfig, Impacts, GradeCounts]):
    """Harder or easier, for each of several things that could happen."""

    kind = "impact"
    title = tr("how it would affect people")
    config_type = ImpactConfig
    ballot_type = Impacts

    def problem(self, config: ImpactConfig) -> str:
        """What is wrong with the options."""
        return options_problem(config) or too_many(config.options)

    def ask(self, config: ImpactConfig) -> tuple[FormBlock, ...]:
        """The seven answers for each option, and room for a reason."""
        return (_form(config),)

    def read(self, config: ImpactConfig, fields: Fields) -> Impacts:
        """What was said of at least one option."""
        return Impacts(read_grades(_form(config), fields))

    def tally(self, config: ImpactConfig, profile: Mapping[Impacts, int]) -> GradeCounts:
        """People for each answer, for each option."""
        return tally_grades(config.options, SCALE, _given(profile))

    def show(self, config: ImpactConfig, result: GradeCounts) -> tuple[ViewBlock, ...]:
        """Who says harder, then every answer for every option; no option is set above another."""
        texts = {option.key: option.text for option in config.options}
        counts = dict(result.counts)
        lines = tuple(
            Scaled(option.text, counts[option.key], option.key.upper(), _note(counts[option.key]))
            for option in config.options
        )
        caution = like_minded([(texts[key], each) for key, each in result.counts], result.people)
        return (
            Statement(_who_says_harder([(texts[key], each) for key, each in result.counts], result.people)),
            Distribution(unit="people", scale=tuple(step.text for step in SCALE), lines=lines, aside=ASIDE),
            Statement(
                "Everybody could leave some out. No average is made: not being affected, and not knowing yet, "
                "are no places between harder and easier.",
                weight="rule",
            ),
            *([Statement(caution, weight="caution")] if caution else []),
        )

    def details(
        self, config: ImpactConfig, profile: Mapping[Impacts, int], reasons: Sequence[Impacts] = ()
    ) -> tuple[ViewBlock, ...]:
        """The reasons in people's own words: first of those who say harder, for every option, then all others."""
        given = [reason.grades for reason in reasons]
        others = tuple(step.key for step in SCALE if step.key not in HARDER)
        groups = (("Why “{}” would be harder", HARDER), ("What others say of “{}”", others))
        return tuple(
            Quotes(quotes, title=title.format(option.text))
            for title, steps in groups
            for option in config.options
            if (quotes := reason_quotes(given, option.key, SCALE, steps))
        )

    def bare(self, ballot: Impacts) -> Impacts:
        """The answers without their reasons."""
        return Impacts(bare_grades(ballot.grades))

    def reasons(self, ballot: Impacts) -> tuple[Impacts, ...]:
        """Each answer that has a reason, for itself."""
        return tuple(Impacts(reason) for reason in reasons_in(ballot.grades))

    def explained(self, config: ImpactConfig, reason: Impacts) -> Explained | None:
        """What one reason is about."""
        return explained(SCALE, reason.grades)

    def rows(self, config: ImpactConfig, ballot: Impacts) -> dict[str, str | int]:
        """The answer for every option; empty where it was left out."""
        return grade_columns(_form(config), ballot.grades)

    def plain_profile(self, config: ImpactConfig, profile: Mapping[Impacts, int]) -> Scored:
        """Grades from 1, much harder, to 5; what stands beside the scale stays beside it."""
        numbers = {step.key: number for number, step in enumerate(SCALE, 1)}
        values = tuple((number, step.text) for number, step in enumerate(SCALE, 1))
        lines = plain_lines(_given(profile), numbers)
        return Scored(candidates=candidates(config.options), lines=lines, scale=values[:-ASIDE], aside=values[-ASIDE:])

    def examples(self) -> Example[ImpactConfig]:
        """What two ways of changing a clinic would mean."""
        return Example(
            config=ImpactConfig(
                options=(Option("a", "One clinic, ten miles away"), Option("b", "Evening appointments by phone"))
            ),
            answers=(
                {"impact.a": ["much_harder"], "impact.a.why": ["Two buses, and I cannot stand long."]},
                {"impact.a": ["bit_harder"], "impact.b": ["much_easier"], "impact.b.why": ["I work in the day."]},
                {"impact.a": ["not_me"], "impact.b": ["not_known", "not_known"], "impact.b.why": [" "]},
                {"impact.b": ["no_difference"]},
            ),
            junk=(
                {},
                {"impact.a": [""]},
                {"impact.a": ["Much harder"]},
                {"impact.a": ["much_harder", "much_easier"]},
                {"impact.a.why": ["Because."]},
                {"impact.z": ["much_harder"], "impact.a": ["much_harder"]},
                {"impact.a": ["much_harder"], "impact.a.why": ["x" * (REASON_LETTERS + 1)]},
            ),
        )


def _given(profile: Mapping[Impacts, int]) -> dict[Grades, int]:
    return {ballot.grades: people for ballot, people in profile.items()}


def _form(config: ImpactConfig) -> GradeEach:
    why = "Why? You can leave this out." if config.why else ""
    return GradeEach(name=FIELD, rows=config.options, scale=SCALE, why=why, most=REASON_LETTERS if why else 0)


def _people(counts: tuple[int, ...], steps: tuple[str, ...]) -> int:
    return sum(count for step, count in zip(SCALE, counts, strict=True) if step.key in steps)


def _note(counts: tuple[int, ...]) -> str:
    """How many say harder and easier, with the base of this option; empty where nobody answered."""
    base = sum(counts)
    return f"{_people(counts, HARDER)} of {base} harder, {_people(counts, EASIER)} easier" if base else ""


def _who_says_harder(lines: list[tuple[str, tuple[int, ...]]], answered: int) -> str:
    """Every option that somebody says is harder, most people first, then those of which nobody says so."""
    if not any(sum(counts) for _, counts in lines):
        return honesty.NO_ANSWERS
    harder = sorted(((label, counts) for label, counts in lines), key=lambda line: -_people(line[1], HARDER))
    said: list[str] = []
    for label, counts in harder:
        if people := _people(counts, HARDER):
            share = honesty.share(people, sum(counts), narrower=sum(counts) < answered)
            verb = "says" if people == 1 else "say"
            said.append(f"{share} {verb} so of “{label}”" if said else f"{share} {verb} “{label}” makes it harder")
    nobody = [label for label, counts in lines if sum(counts) and not _people(counts, HARDER)]
    none = f"Nobody says so of {honesty.listed(nobody)}." if nobody and said else ""
    if not said:
        return "Nobody says that any of this makes it harder."
    return " ".join(part for part in (f"{'; '.join(said)}." if said else "", none) if part)
