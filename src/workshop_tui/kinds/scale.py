"""A scale: everybody picks one step of a labelled scale; every step stays visible, and the middle answer is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Config, Example, Fields, Poll, SentFields
from workshop_tui.domain.blocks import (
    Choice,
    ChooseOne,
    Distribution,
    FormBlock,
    Scaled,
    Statement,
    ViewBlock,
)
from workshop_tui.domain.plain_profiles import Scored, lines_of
from workshop_tui.domain.text import clean_line
from workshop_tui.kinds.agreement import agreement_problem, agreement_rule, agreement_sentence
from workshop_tui.kinds.grades import THE_QUESTION
from workshop_tui.kinds.medians import middle_sentences
from workshop_tui.kinds.options import names_problem, read_one
from workshop_tui.messages import Sentences, Text, Verbatim, tr, trn

FIELD = "grade"

FEWEST_STEPS: Final = 2
MOST_STEPS: Final = 11
"""As many as 0 to 10 has; nobody tells more of them apart."""

LABEL_LETTERS: Final = 60
"""Longest label: the steps stand side by side."""


class ScaleConfig(Config, frozen=True, kw_only=True):
    """What an agenda says of a scale."""

    labels: tuple[str, ...] = ()
    """The steps, lowest first."""
    agree_at: int = 0
    """From which share at one end of the scale the room agrees, in percent; 0 for no rule. See `agreement`."""


class Step(Struct, frozen=True, order=True):
    """The step one person picked."""

    step: int
    """1 for the lowest."""


class ScaleResult(Struct, frozen=True):
    """How many people picked each step."""

    people: int
    counts: tuple[int, ...]
    """People, lowest step first."""


class Scale(Poll[ScaleConfig, Step, ScaleResult]):
    """One step of a scale."""

    kind = "scale"
    title = tr("a scale")
    config_type = ScaleConfig
    ballot_type = Step

    def problem(self, config: ScaleConfig) -> Text:
        """What is wrong with the labels."""
        labels = [clean_line(label) for label in config.labels]
        if not labels:
            example = Verbatim('labels = ["Poor", "Fair", "Good"]')
            return tr("There are no labels. Give the steps, lowest first: {example}.", example=example)
        if not FEWEST_STEPS <= len(labels) <= MOST_STEPS:
            return trn(
                "There is {n} label; a scale has {fewest} to {most} steps.",
                "There are {n} labels; a scale has {fewest} to {most} steps.",
                len(labels),
                fewest=FEWEST_STEPS,
                most=MOST_STEPS,
            )
        if problem := names_problem(
            labels,
            empty=tr("One of the labels has no words."),
            twice=tr("Two labels are the same. Each step needs its own words."),
        ):
            return problem
        if long := next((label for label in labels if len(label) > LABEL_LETTERS), ""):
            return tr(
                "The label “{beginning}…” is longer than {most} letters: the steps stand side by side.",
                beginning=long[:20],
                most=LABEL_LETTERS,
            )
        return agreement_problem(config.agree_at)

    def ask(self, config: ScaleConfig) -> tuple[FormBlock, ...]:
        """One row of steps."""
        steps = tuple(Choice(key=str(number), words=label) for number, label in enumerate(config.labels, 1))
        return (ChooseOne(name=FIELD, options=steps, scale=True),)

    def read(self, config: ScaleConfig, fields: Fields) -> Step:
        """The step that was picked."""
        return Step(int(read_one(FIELD, [str(number) for number in range(1, len(config.labels) + 1)], fields)))

    def fields_of(self, config: ScaleConfig, ballot: Step) -> SentFields:
        """The step that was picked."""
        return {FIELD: [str(ballot.step)]}

    def tally(self, config: ScaleConfig, profile: Mapping[Step, int]) -> ScaleResult:
        """People for each step."""
        counts = [0] * len(config.labels)
        for ballot, people in profile.items():
            counts[ballot.step - 1] += people
        return ScaleResult(people=sum(counts), counts=tuple(counts))

    def show(self, config: ScaleConfig, result: ScaleResult) -> tuple[ViewBlock, ...]:
        """Every step with its people, the middle answer, the answer given most, and the rule."""
        caution = honesty.unanimous_caution(max(result.counts, default=0), result.people)
        lines = tuple(zip(config.labels, result.counts, strict=True))
        said = middle_sentences(result.counts, config.labels)
        agreed, rule = agreement_sentence(result.counts, config.agree_at), agreement_rule(len(lines), config.agree_at)
        return (
            Distribution(unit="people", scale=config.labels, lines=(Scaled(label="", counts=result.counts),)),
            *([Statement(said)] if said else []),
            *([Statement(agreed)] if agreed else []),
            Statement(honesty.leading_sentence(lines, result.people)),
            Statement(
                tr(
                    "The middle answer is found by putting all answers in the order of the scale. No average is made:"
                    " steps are words and not amounts."
                ),
                weight="rule",
            ),
            *([Statement(rule, weight="rule")] if rule else []),
            *honesty.against_publishing(caution),
        )

    def recall(self, config: ScaleConfig, mine: Step | None, profile: Mapping[Step, int]) -> Sentences:
        """The step one chose, and the middle of the group."""
        middle = middle_sentences(self.tally(config, profile).counts, config.labels)
        if mine is None:
            return middle
        return (tr("The first time you chose “{step}”.", step=config.labels[mine.step - 1]), *middle)

    def rows(self, config: ScaleConfig, ballot: Step) -> dict[str, str | int]:
        """The number and the words of the step."""
        return {"step": ballot.step, "words": config.labels[ballot.step - 1]}

    def plain_profile(self, config: ScaleConfig, profile: Mapping[Step, int]) -> Scored:
        """Grades of one thing: the question itself."""
        lines = lines_of((((THE_QUESTION.key, ballot.step),), people) for ballot, people in profile.items())
        scale = tuple(enumerate(config.labels, 1))
        return Scored(candidates=(THE_QUESTION,), lines=lines, scale=scale)

    def examples(self) -> Example[ScaleConfig]:
        """How easy it was to get here."""
        return Example(
            config=ScaleConfig(labels=("Very hard", "Hard", "Neither", "Easy", "Very easy")),
            answers=({FIELD: ["1"]}, {FIELD: ["4"]}, {FIELD: ["4", "4"]}, {FIELD: ["5"]}),
            junk=({}, {FIELD: []}, {FIELD: [""]}, {FIELD: ["0"]}, {FIELD: ["6"]}, {FIELD: ["1", "2"]}, {FIELD: ["+1"]}),
        )
