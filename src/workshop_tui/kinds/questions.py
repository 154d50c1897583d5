"""Questions from the room: people send them, others say that they want to know too, and each gets an answer."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from workshop_tui.domain.activity import Example, Fields, Gathering, Noun, Reader
from workshop_tui.domain.blocks import FormBlock, Quote, WriteText
from workshop_tui.kinds.words import ShortTextConfig, length_problem, read_short
from workshop_tui.limits import IDEA_LETTERS
from workshop_tui.messages import Text, counted, tr

FIELD = "question"


class QuestionsConfig(ShortTextConfig, frozen=True, kw_only=True):
    """What an agenda says of questions from the room."""

    max_chars: int = IDEA_LETTERS
    """Longest question, in code points after cleaning."""


class Question(Struct, frozen=True, order=True):
    """One question."""

    text: str


class Questions(Gathering[QuestionsConfig, Question]):
    """Short questions for the room, with votes, each answered or taken away."""

    kind = "questions"
    title = tr("questions from the room")
    noun = Noun(
        one=tr("Question"),
        many=tr("Questions"),
        given=tr("Questions given"),
        none_given=tr("No questions were given."),
        counted=counted("{n} question", "{n} questions"),
    )
    config_type = QuestionsConfig
    ballot_type = Question
    readers: ClassVar[Reader] = "room"
    upvoted: ClassVar[bool] = True

    def problem(self, config: QuestionsConfig) -> Text:
        """What is wrong with the length."""
        return length_problem(config.max_chars)

    def ask(self, config: QuestionsConfig) -> tuple[FormBlock, ...]:
        """One small box."""
        hint = tr("One question at a time.")
        return (WriteText(name=FIELD, label=tr("Your question"), most=config.max_chars, rows=3, hint=hint),)

    def read(self, config: QuestionsConfig, fields: Fields) -> Question:
        """The question."""
        return Question(read_short(fields, FIELD, config.max_chars, tr("Your question")))

    def quote(self, config: QuestionsConfig, said: Question) -> Quote:
        """The question, without a heading."""
        return Quote(parts=(("", said.text),))

    def rows(self, config: QuestionsConfig, said: Question) -> dict[str, str | int]:
        """The question in one column."""
        return {"question": said.text}

    def examples(self) -> Example[QuestionsConfig]:
        """What people ask when three departments may become one."""
        return Example(
            config=QuestionsConfig(),
            answers=(
                {FIELD: ["How long does the bus take to the other hospital?"]},
                {FIELD: ["Who decides?\nAnd when?"]},
                {FIELD: ["[/] =1+1 <b>"]},
                {FIELD: ["x" * IDEA_LETTERS]},
            ),
            junk=({}, {FIELD: []}, {FIELD: [" \n\u200b "]}, {FIELD: ["\u3164"]}, {FIELD: ["x" * (IDEA_LETTERS + 1)]}),
        )
