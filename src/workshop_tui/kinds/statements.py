"""Statements: agree, disagree or pass on each of several sentences, which may come from the room after moderation.

Plain counts. What divides the room and what it disagrees with comes first, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Example, Fields, OptionsConfig, Poll, SentFields, Setting
from workshop_tui.domain.blocks import (
    Choice,
    Distribution,
    FormBlock,
    GradeEach,
    Option,
    Scaled,
    Statement,
    ViewBlock,
    Words,
)
from workshop_tui.domain.passing import PASS
from workshop_tui.domain.plain_profiles import Scored
from workshop_tui.kinds.grades import (
    GradeCounts,
    Grading,
    grade_columns,
    grades_sent,
    like_minded,
    plain_grades,
    read_grades,
    tally_grades,
)
from workshop_tui.kinds.options import SHUFFLE, candidates, options_problem
from workshop_tui.messages import Message, Place, Quoted, Text, counted, tr, trc

FIELD = "say"

SCALE: Final = (
    Choice("disagree", trc("an answer", "Disagree")),
    Choice("agree", trc("an answer", "Agree")),
    Choice("pass", PASS),
)
"""The answers; passing stands beside the scale."""

ASIDE: Final = 1

DIVIDED: Final = (3, 10)
"""The room is divided where each side has at least this share of those who took one, as a fraction (domain rules)."""

PASSED: Final = (1, 2)
"""Perhaps not the room's experience: where at least this share of all answers is a pass, as a fraction.

A proposal of this project; no published rule was found. At a half, more is not known than known.
"""


class StatementsConfig(OptionsConfig, frozen=True, kw_only=True):
    """What an agenda says of statements: the options are the sentences."""

    settings: ClassVar[Mapping[str, Setting | None]] = {"shuffle": SHUFFLE}

    fewest = 1

    shuffle: bool = False
    """Whether each phone gets its own order of sentences, so that the list steers nobody."""


class Statements(Poll[StatementsConfig, Grading, GradeCounts]):
    """Agree, disagree or pass."""

    kind = "statements"
    title = tr("agree or disagree")
    config_type = StatementsConfig
    ballot_type = Grading

    def problem(self, config: StatementsConfig) -> Text:
        """What is wrong with the sentences."""
        return options_problem(config)

    def ask(self, config: StatementsConfig) -> tuple[FormBlock, ...]:
        """Three answers for each sentence."""
        return (_form(config),)

    def read(self, config: StatementsConfig, fields: Fields) -> Grading:
        """What was said of at least one sentence."""
        return Grading(read_grades(_form(config), fields))

    def fields_of(self, config: StatementsConfig, ballot: Grading) -> SentFields:
        """What was said of each sentence."""
        return grades_sent(_form(config), ballot.grades)

    def tally(self, config: StatementsConfig, profile: Mapping[Grading, int]) -> GradeCounts:
        """People for each answer, for each sentence."""
        return tally_grades(config.options, SCALE, profile)

    def show(self, config: StatementsConfig, result: GradeCounts) -> tuple[ViewBlock, ...]:
        """What divides, what more disagree with, then the rest; each with its counts."""
        texts, counts = config.words, dict(result.counts)
        ordered = sorted(result.counts, key=lambda line: (_rank(line[1]), -line[1][0]))
        lines = tuple(Scaled(texts[key], counts[key], key.upper(), _note(counts[key])) for key, _ in ordered)
        said = _sentences([(_without_stop(texts[key]), each) for key, each in ordered])
        caution = like_minded([(texts[key], each) for key, each in result.counts], result.people)
        return (
            *(Statement(words) for words in said),
            Distribution(unit="people", scale=tuple(step.words for step in SCALE), lines=lines, aside=ASIDE),
            Statement(
                tr(
                    "Agreement is counted among those who took a side. The room is divided where each side has 3 in 10 "
                    "of them or more. Where half or more passed, it may not be people's own experience."
                ),
                weight="rule",
            ),
            *honesty.against_publishing(caution),
        )

    def rows(self, config: StatementsConfig, ballot: Grading) -> dict[str, str | int]:
        """The answer to every sentence; empty where it was left out."""
        return grade_columns(_form(config), ballot)

    def plain_profile(self, config: StatementsConfig, profile: Mapping[Grading, int]) -> Scored:
        """1 for disagree, 2 for agree; passing stands beside the scale."""
        return plain_grades(candidates(config.options), SCALE, profile, aside=ASIDE)

    def examples(self) -> Example[StatementsConfig]:
        """What people think of a ward round."""
        return Example(
            config=StatementsConfig(
                options=(
                    Option("a", "I know who to ring at night."),
                    Option("b", "Letters should come by post."),
                    Option("c", "The ward round is for me too."),
                ),
                shuffle=True,
            ),
            answers=(
                {"say.a": ["agree"], "say.b": ["disagree"], "say.c": ["pass"]},
                {"say.a": ["disagree"], "say.b": ["agree", "agree"]},
                {"say.c": ["pass"]},
                {"say.b": ["disagree"], "say.c": [""]},
            ),
            junk=({}, {"say.a": [""]}, {"say.a": ["yes"]}, {"say.a": ["agree", "pass"]}, {"say.z": ["agree"]}),
        )


def is_divided(counts: Sequence[int]) -> bool:
    """Whether each side has at least 3 in 10 of those who took one."""
    against, for_, _ = counts
    part, whole = DIVIDED
    sides = against + for_
    return sides > 0 and min(against, for_) * whole >= sides * part


def is_often_passed(counts: Sequence[int]) -> bool:
    """Whether at least half of the answers are a pass."""
    part, whole = PASSED
    return sum(counts) > 0 and counts[2] * whole >= sum(counts) * part


def _form(config: StatementsConfig) -> GradeEach:
    return GradeEach(name=FIELD, rows=config.options, scale=SCALE, shuffled=config.shuffle)


def _rank(counts: Sequence[int]) -> int:
    """What comes first: what divides, what more disagree with, what more agree with, what nobody took a side on."""
    against, for_, _ = counts
    if is_divided(counts):
        return 0
    return 3 if not against + for_ else (1 if against > for_ else 2)


_AGREE: Final = {
    (False, False): counted("{agree} of {n} agree", "{agree} of {n} agree"),
    (False, True): counted("{agree} of {n} agree; often passed", "{agree} of {n} agree; often passed"),
    (True, False): counted("{agree} of {n} agree; divided", "{agree} of {n} agree; divided"),
    (True, True): counted("{agree} of {n} agree; divided; often passed", "{agree} of {n} agree; divided; often passed"),
}
"""What stands beside a sentence on which somebody took a side: whether it divides, whether half or more passed."""


def _note(counts: Sequence[int]) -> Text:
    against, for_, _ = counts
    if not against + for_:
        return tr("often passed") if is_often_passed(counts) else ""
    return _AGREE[is_divided(counts), is_often_passed(counts)].of(against + for_, agree=for_)


def _sentences(lines: Sequence[tuple[Words, Sequence[int]]]) -> list[Message]:
    """Every sentence in one of four groups, then those often passed; that nobody answered where nobody did."""
    if not any(sum(counts) for _, counts in lines):
        return [honesty.NO_ANSWERS]

    def named(rank: int) -> Place:
        return honesty.listed([label for label, counts in lines if _rank(counts) == rank])

    ranks = {_rank(counts) for _, counts in lines}
    said = []
    if 0 in ranks:
        said.append(tr("The room is divided on {sentences}.", sentences=named(0)))
    if 1 in ranks:
        said.append(tr("More disagree than agree with {sentences}.", sentences=named(1)))
    if 2 in ranks:
        said.append(tr("More agree than disagree with {sentences}.", sentences=named(2)))
    if 3 in ranks:
        said.append(tr("Nobody took a side on {sentences}.", sentences=named(3)))
    if passed := [label for label, counts in lines if is_often_passed(counts)]:
        often = honesty.listed(passed)
        said.append(tr("At least half passed on {sentences}: perhaps not their experience.", sentences=often))
    return said


def _without_stop(words: Quoted) -> Quoted:
    """A sentence as it stands inside another one."""
    others = tuple((language, text.rstrip(".")) for language, text in words.texts)
    return Quoted(words.text.rstrip("."), words.language, others)
