"""A form: a short set of questions, none of which has to be answered, for numbers about a room and never about people.

Made for questions such as those on equality. Answers are lines of no table, are never counted for staff and public
apart, and only rounded numbers are ever shown, not even to the facilitator and not while the vote is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from msgspec import Struct

from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Config, Example, Fields, Poll, SentFields, Setting
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
from workshop_tui.kinds.options import names_problem, picked
from workshop_tui.kinds.outcomes import ANSWER
from workshop_tui.limits import OPTIONS
from workshop_tui.messages import Message, Text, Verbatim, tr, trn

MOST_QUESTIONS: Final = 10
"""Most questions of one form: a short set is answered, a long one is not."""

_EXAMPLE: Final = Verbatim(
    'fields = [{ label = "How old are you?", options = ["Under 25", "25 to 64", "65 or over"] }]'
)


class FormQuestion(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question."""

    label: str
    """What is asked."""
    options: tuple[str, ...] = ()
    """What can be answered, in the order of the agenda."""


class FormConfig(Config, frozen=True, kw_only=True):
    """What an agenda says of a form."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "fields": Setting(
            label=tr("Questions, each with its answers below it"),
            hint=tr("One to a line; begin each answer with a dash, such as “- Yes”."),
            needed=True,
        ),
    }

    fields: tuple[FormQuestion, ...] = ()
    """The questions, in their order."""


class FormAnswers(Struct, frozen=True, order=True):
    """What one person answered."""

    given: tuple[tuple[str, str], ...]
    """(question, key of the option) for those that were answered, in the order of the form."""


class FormResult(Struct, frozen=True):
    """How many people gave each answer; never shown as it is."""

    people: int
    counts: tuple[tuple[int, ...], ...]
    """People for each option, for every question, in the order of the form."""


class Form(Poll[FormConfig, FormAnswers, FormResult]):
    """A short set of questions."""

    kind = "form"
    title = tr("a short form")
    config_type = FormConfig
    ballot_type = FormAnswers
    has_groups: ClassVar[bool] = False
    is_apart: ClassVar[bool] = True

    def problem(self, config: FormConfig) -> Text:
        """What is wrong with the questions."""
        if not 0 < len(config.fields) <= MOST_QUESTIONS:
            return trn(
                "There is {n} question. A form has 1 to {most}: {example}.",
                "There are {n} questions. A form has 1 to {most}: {example}.",
                len(config.fields),
                most=MOST_QUESTIONS,
                example=_EXAMPLE,
            )
        if problem := names_problem(
            [each.label for each in config.fields],
            empty=tr("A question has no words."),
            twice=tr("A question is there twice. Each needs its own words."),
        ):
            return problem
        return next((problem for each in config.fields if (problem := _options_problem(each))), "")

    def who_sees(self, config: FormConfig) -> Message:
        """That nothing is joined."""
        return tr(
            "Your answers go in a box of their own. They cannot be joined with you, your votes or your stories. "
            "We only show rounded numbers."
        )

    def ask(self, config: FormConfig) -> tuple[FormBlock, ...]:
        """One group of answers for each question."""
        questions = (
            ChooseOne(name=name, options=_options(each), label=each.label, optional=True)
            for name, each in _named(config).items()
        )
        return (Remark(tr("You can leave out any question.")), *questions)

    def read(self, config: FormConfig, fields: Fields) -> FormAnswers:
        """The questions that were answered; one at least."""
        given: list[tuple[str, str]] = []
        for name, question in _named(config).items():
            chosen = picked(name, fields)
            if len(chosen) > 1:
                raise BallotRejected(tr("Please choose only one answer for “{row}”.", row=question.label), field=name)
            if chosen - {option.key for option in _options(question)}:
                raise BallotRejected(tr("That answer is not in the list. Please choose one from the list."), field=name)
            given += [(name, key) for key in chosen]
        if not given:
            raise BallotRejected(tr("Please answer at least one question, or press “{skip}”.", skip=SKIP), field="q1")
        return FormAnswers(tuple(given))

    def fields_of(self, config: FormConfig, ballot: FormAnswers) -> SentFields:
        """What was answered to each question."""
        return {name: [key] for name, key in ballot.given}

    def tally(self, config: FormConfig, profile: Mapping[FormAnswers, int]) -> FormResult:
        """People for each answer, question by question."""
        counts = {name: {option.key: 0 for option in _options(question)} for name, question in _named(config).items()}
        for ballot, people in profile.items():
            for name, key in ballot.given:
                counts[name][key] += people
        return FormResult(people=sum(profile.values()), counts=tuple(tuple(each.values()) for each in counts.values()))

    def set_apart(self, profile: Mapping[FormAnswers, int]) -> Mapping[FormAnswers, int]:
        """As many ballots, each question's answers dealt out to them in the order of the form: only sums are left.

        The first ballots get the first answers to every question. So the sums say what they said before, and a
        ballot says nothing that the sums do not.
        """
        columns: dict[str, list[tuple[str, str]]] = {}
        for ballot, people in sorted(profile.items()):
            for name, key in ballot.given:
                columns.setdefault(name, []).extend([(name, key)] * people)
        for column in columns.values():
            column.sort()
        dealt: dict[FormAnswers, int] = {}
        for row in range(sum(profile.values())):
            given = tuple(column[row] for _, column in sorted(columns.items(), key=_by_number) if row < len(column))
            dealt[FormAnswers(given)] = dealt.get(FormAnswers(given), 0) + 1
        return dealt

    def show(self, config: FormConfig, result: FormResult) -> tuple[ViewBlock, ...]:
        """A table for each question, every number rounded."""
        tables = (
            Matrix(
                title=question.label,
                corner=ANSWER,
                columns=(tr("People, rounded"),),
                rows=(
                    *(
                        MatrixRow(answer, (count,))
                        for answer, count in zip(question.options, honesty.rounded_parts(counts), strict=True)
                    ),
                    MatrixRow(tr("all who answered"), (honesty.rounded(sum(counts)),)),
                ),
            )
            for question, counts in zip(config.fields, result.counts, strict=True)
        )
        return (*tables, Statement(honesty.ROUNDED_LINE if result.people else honesty.NO_ANSWERS))

    def rows(self, config: FormConfig, ballot: FormAnswers) -> dict[str, str | int]:
        """Nothing: the answers of one person together could tell who it was."""
        return {}

    def examples(self) -> Example[FormConfig]:
        """Who came, in two questions."""
        return Example(
            config=FormConfig(
                fields=(
                    FormQuestion(label="How old are you?", options=("Under 25", "25 to 64", "65 or over")),
                    FormQuestion(label="Do you look after somebody?", options=("Yes", "No", "I would rather not say")),
                )
            ),
            answers=(
                {"q1": ["a"], "q2": ["b"]},
                {"q1": ["c"]},
                {"q2": ["c", "c"], "q1": [""]},
            ),
            junk=({}, {"q1": [""]}, {"q1": ["z"]}, {"q1": ["a", "b"]}, {"q3": ["a"]}, {"q2": ["Yes"]}),
        )


def _named(config: FormConfig) -> dict[str, FormQuestion]:
    """The questions by the names of their fields."""
    return {f"q{number}": question for number, question in enumerate(config.fields, 1)}


def _by_number(column: tuple[str, object]) -> int:
    """The number of the question that a column is of."""
    return int(column[0].removeprefix("q"))


def _options(question: FormQuestion) -> tuple[Option, ...]:
    return tuple(Option(chr(ord("a") + at), text) for at, text in enumerate(question.options))


def _options_problem(question: FormQuestion) -> Text:
    count = len(question.options)
    if not 2 <= count <= OPTIONS:
        return tr(
            "“{question}” needs 2 to {most} answers to choose from; it has {count}.",
            question=question.label,
            most=OPTIONS,
            count=count,
        )
    return names_problem(
        question.options,
        empty=tr("An answer to “{question}” has no words.", question=question.label),
        twice=tr("An answer to “{question}” is there twice.", question=question.label),
    )
