"""Private words: a short text that only the facilitator reads, and that goes when the room ends.

It is never on the screen, in an export or in a log; it has no row in any table that leaves the room.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from workshop_tui.domain.activity import Example, Fields, Gathering, Noun, Reader
from workshop_tui.domain.blocks import FormBlock, Quote, WriteText
from workshop_tui.domain.consent import LEAST
from workshop_tui.kinds.words import ShortTextConfig, length_problem, read_short
from workshop_tui.messages import Text, counted, tr

FIELD = "words"


class PrivateConfig(ShortTextConfig, frozen=True, kw_only=True):
    """What an agenda says of private words."""

    max_chars: int = 300
    """Longest text, in code points after cleaning."""


class PrivateWords(Struct, frozen=True, order=True):
    """What one person wrote to the facilitator."""

    text: str


class Private(Gathering[PrivateConfig, PrivateWords]):
    """Short texts for the facilitator alone."""

    kind = "private"
    title = tr("private words")
    noun = Noun(
        one=tr("Private text"),
        many=tr("Private words"),
        given=tr("Private words given"),
        none_given=tr("No private words were given."),
        counted=counted("{n} private text", "{n} private words"),
    )
    config_type = PrivateConfig
    ballot_type = PrivateWords
    readers: ClassVar[Reader] = "facilitator"

    def problem(self, config: PrivateConfig) -> Text:
        """What is wrong with the length."""
        return length_problem(config.max_chars)

    def ask(self, config: PrivateConfig) -> tuple[FormBlock, ...]:
        """One small box that says who reads it."""
        hint = tr("Only the person running today reads this. It is deleted at the end.")
        return (WriteText(name=FIELD, label=tr("Your words"), most=config.max_chars, rows=3, hint=hint),)

    def read(self, config: PrivateConfig, fields: Fields) -> PrivateWords:
        """The words."""
        return PrivateWords(read_short(fields, FIELD, config.max_chars, tr("Your text")))

    def quote(self, config: PrivateConfig, said: PrivateWords) -> Quote:
        """The words, for the facilitator's reading queue."""
        return Quote(parts=(("", said.text),))

    def rows(self, config: PrivateConfig, said: PrivateWords) -> dict[str, str | int]:
        """Nothing: these words are in no table."""
        return {}

    def consent(self, said: PrivateWords) -> str:
        """Always the least: even a gate that forgets who the readers are keeps these words in."""
        return LEAST

    def examples(self) -> Example[PrivateConfig]:
        """What people need from the room."""
        return Example(
            config=PrivateConfig(),
            answers=(
                {FIELD: ["I need a seat near the door, please."]},
                {FIELD: ["Please speak\r\nslowly."]},
                {FIELD: ["x" * 300]},
            ),
            junk=({}, {FIELD: []}, {FIELD: [""]}, {FIELD: ["\u2060\ufeff"]}, {FIELD: ["x" * 301]}),
        )
