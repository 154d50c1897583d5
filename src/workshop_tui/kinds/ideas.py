"""Ideas: short texts, one at a time and as many as people like; the room sees those that were approved."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from workshop_tui.domain.activity import Example, Fields, Gathering, Noun, Reader
from workshop_tui.domain.blocks import FormBlock, Quote, WriteText
from workshop_tui.kinds.words import ShortTextConfig, length_problem, read_short
from workshop_tui.limits import IDEA_LETTERS
from workshop_tui.messages import Text, counted, tr

FIELD = "idea"


class IdeasConfig(ShortTextConfig, frozen=True, kw_only=True):
    """What an agenda says of ideas."""

    max_chars: int = IDEA_LETTERS
    """Longest idea, in code points after cleaning."""


class Idea(Struct, frozen=True, order=True):
    """One idea."""

    text: str


class Ideas(Gathering[IdeasConfig, Idea]):
    """Short texts for the room."""

    kind = "ideas"
    title = tr("ideas")
    noun = Noun(
        one=tr("Idea"),
        many=tr("Ideas"),
        given=tr("Ideas given"),
        none_given=tr("No ideas were given."),
        counted=counted("{n} idea", "{n} ideas"),
    )
    several = True
    config_type = IdeasConfig
    ballot_type = Idea
    readers: ClassVar[Reader] = "room"

    def problem(self, config: IdeasConfig) -> Text:
        """What is wrong with the length."""
        return length_problem(config.max_chars)

    def ask(self, config: IdeasConfig) -> tuple[FormBlock, ...]:
        """One small box."""
        hint = tr("One idea at a time.")
        return (WriteText(name=FIELD, label=tr("Your idea"), most=config.max_chars, rows=3, hint=hint),)

    def read(self, config: IdeasConfig, fields: Fields) -> Idea:
        """The idea."""
        return Idea(read_short(fields, FIELD, config.max_chars, tr("Your idea")))

    def quote(self, config: IdeasConfig, said: Idea) -> Quote:
        """The idea, without a heading."""
        return Quote(parts=(("", said.text),))

    def rows(self, config: IdeasConfig, said: Idea) -> dict[str, str | int]:
        """The idea in one column."""
        return {"idea": said.text}

    def examples(self) -> Example[IdeasConfig]:
        """How people would know that it works."""
        return Example(
            config=IdeasConfig(),
            answers=(
                {FIELD: ["Nobody asks me the same thing twice."]},
                {FIELD: ["One letter.\nOne name to ring."]},
                {FIELD: ["[/] =1+1 <b>"]},
                {FIELD: ["x" * IDEA_LETTERS]},
            ),
            junk=({}, {FIELD: []}, {FIELD: [" \n\u200b "]}, {FIELD: ["\u3164"]}, {FIELD: ["x" * (IDEA_LETTERS + 1)]}),
        )
