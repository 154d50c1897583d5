"""Impact: how each thing that could happen would affect the person at the phone, and why.

Who says that something would be harder comes first, in the words and among the reasons. The seven answers are never
made into a number: "would not affect me" and "I do not know yet" are answers beside the scale, not its middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Explained, Fields, OptionsConfig, Poll, SentFields, Setting
from workshop_tui.domain.blocks import (
    Choice,
    Distribution,
    FormBlock,
    GradeEach,
    Option,
    Quotes,
    Scaled,
    Statement,
    ViewBlock,
    Words,
)
from workshop_tui.domain.plain_profiles import Scored
from workshop_tui.kinds.grades import (
    REASON_LETTERS,
    GradeCounts,
    Grading,
    bare_grades,
    explained,
    grade_columns,
    grades_sent,
    like_minded,
    plain_grades,
    read_grades,
    reason_quotes,
    reasons_in,
    reworded,
    tally_grades,
    too_many,
)
from workshop_tui.kinds.options import candidates, options_problem
from workshop_tui.messages import Message, Sentences, Text, tr, trn

FIELD = "impact"

SCALE: Final[tuple[Choice, ...]] = (
    Choice("much_harder", tr("Much harder")),
    Choice("bit_harder", tr("A bit harder")),
    Choice("no_difference", tr("No real difference")),
    Choice("bit_easier", tr("A bit easier")),
    Choice("much_easier", tr("Much easier")),
    Choice("not_me", tr("It would not affect me")),
    Choice("not_known", tr("I do not know yet")),
)
"""The seven answers; the last two stand beside the scale."""

ASIDE: Final = 2
HARDER: Final = ("much_harder", "bit_harder")
EASIER: Final = ("bit_easier", "much_easier")


class ImpactConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of impact: the options are what could happen."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "why": Setting(label=tr("Leave room for a reason beside each answer")),
    }

    fewest = 1

    why: bool = True
    """Whether there is room for a reason beside each answer; nobody has to give one."""


class Impact(Poll[ImpactConfig, Grading, GradeCounts]):
    """Harder or easier, for each of several things that could happen."""

    kind = "impact"
    title = tr("how it would affect people")
    config_type = ImpactConfig
    ballot_type = Grading

    def problem(self, config: ImpactConfig) -> Text:
        """What is wrong with the options."""
        return options_problem(config) or too_many(config.options)

    def ask(self, config: ImpactConfig) -> tuple[FormBlock, ...]:
        """The seven answers for each option, and room for a reason."""
        return (_form(config),)

    def read(self, config: ImpactConfig, fields: Fields) -> Grading:
        """What was said of at least one option."""
        return Grading(read_grades(_form(config), fields))

    def fields_of(self, config: ImpactConfig, ballot: Grading) -> SentFields:
        """What was chosen in each row, and why."""
        return grades_sent(_form(config), ballot.grades)

    def bare(self, ballot: Grading) -> Grading:
        """The answers without their reasons."""
        return bare_grades(ballot)

    def reasons(self, ballot: Grading) -> tuple[Grading, ...]:
        """Each answer that has a reason, for itself."""
        return reasons_in(ballot)

    def reworded(self, reason: Grading, words: str) -> Grading:
        """The same answer with other words beside it."""
        return reworded(reason, words)

    def explained(self, config: ImpactConfig, reason: Grading) -> Explained | None:
        """What one reason is about."""
        return explained(SCALE, reason)

    def tally(self, config: ImpactConfig, profile: Mapping[Grading, int]) -> GradeCounts:
        """People for each answer, for each option."""
        return tally_grades(config.options, SCALE, profile)

    def show(self, config: ImpactConfig, result: GradeCounts) -> tuple[ViewBlock, ...]:
        """Who says harder, then every answer for every option; no option is set above another."""
        counts = dict(result.counts)
        by_option = [(option.words, counts[option.key]) for option in config.options]
        lines = tuple(
            Scaled(option.words, counts[option.key], option.key.upper(), _note(counts[option.key]))
            for option in config.options
        )
        caution = like_minded(by_option, result.people)
        return (
            Statement(_who_says_harder(by_option, result.people)),
            Distribution(unit="people", scale=tuple(step.words for step in SCALE), lines=lines, aside=ASIDE),
            Statement(
                tr(
                    "Everybody could leave some out. No average is made: not being affected, and not knowing yet, "
                    "are no places between harder and easier."
                ),
                weight="rule",
            ),
            *honesty.against_publishing(caution),
        )

    def details(
        self, config: ImpactConfig, profile: Mapping[Grading, int], reasons: Sequence[Grading] = ()
    ) -> tuple[ViewBlock, ...]:
        """The reasons in people's own words: first of those who say harder, for every option, then all others."""
        others = tuple(step.key for step in SCALE if step.key not in HARDER)
        return tuple(
            Quotes(quotes, title=_why_harder(option) if steps is HARDER else _what_others_say(option))
            for steps in (HARDER, others)
            for option in config.options
            if (quotes := reason_quotes(reasons, option.key, SCALE, steps))
        )

    def rows(self, config: ImpactConfig, ballot: Grading) -> dict[str, str | int]:
        """The answer for every option; empty where it was left out."""
        return grade_columns(_form(config), ballot)

    def plain_profile(self, config: ImpactConfig, profile: Mapping[Grading, int]) -> Scored:
        """Grades from 1, much harder, to 5; what stands beside the scale stays beside it."""
        return plain_grades(candidates(config.options), SCALE, profile, aside=ASIDE)

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


def _form(config: ImpactConfig) -> GradeEach:
    why = tr("Why? You can leave this out.") if config.why else ""
    return GradeEach(name=FIELD, rows=config.options, scale=SCALE, why=why, most=REASON_LETTERS if why else 0)


def _why_harder(option: Option) -> Message:
    return tr("Why “{option}” would be harder", option=option.words)


def _what_others_say(option: Option) -> Message:
    return tr("What others say of “{option}”", option=option.words)


def _people(counts: tuple[int, ...], steps: tuple[str, ...]) -> int:
    return sum(count for step, count in zip(SCALE, counts, strict=True) if step.key in steps)


def _note(counts: tuple[int, ...]) -> Text:
    """How many say harder and easier, with the base of this option; empty where nobody answered."""
    if not (base := sum(counts)):
        return ""
    harder, easier = _people(counts, HARDER), _people(counts, EASIER)
    return tr("{harder} of {base} harder, {easier} easier", harder=harder, base=base, easier=easier)


def _who_says_harder(lines: Sequence[tuple[Words, tuple[int, ...]]], answered: int) -> Sentences:
    """Every option that somebody says is harder, most people first, then those of which nobody says so."""
    if not any(sum(counts) for _, counts in lines):
        return honesty.NO_ANSWERS
    said: list[Message] = []
    for label, counts in sorted(lines, key=lambda line: -_people(line[1], HARDER)):
        if not (people := _people(counts, HARDER)):
            continue
        share = honesty.share(people, sum(counts), narrower=sum(counts) < answered)
        if said:
            said.append(
                trn(
                    "{share} says so of “{option}”.", "{share} say so of “{option}”.", people, share=share, option=label
                )
            )
        else:
            said.append(
                trn(
                    "{share} says “{option}” makes it harder.",
                    "{share} say “{option}” makes it harder.",
                    people,
                    share=share,
                    option=label,
                )
            )
    if not said:
        return tr("Nobody says that any of this makes it harder.")
    nobody = [label for label, counts in lines if sum(counts) and not _people(counts, HARDER)]
    if nobody:
        said.append(tr("Nobody says so of {options}.", options=honesty.listed(nobody)))
    return tuple(said)
