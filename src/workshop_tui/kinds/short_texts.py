"""What the kinds that take short texts share: one box, one text, one limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from msgspec import Struct

from workshop_tui.domain.activity import Config, Example, Fields, Gathering, Setting
from workshop_tui.domain.blocks import FormBlock, Quote, WriteText
from workshop_tui.domain.text import has_words, read_text
from workshop_tui.errors import BallotRejected
from workshop_tui.limits import IDEA_LETTERS, SHORT_TEXT_LETTERS
from workshop_tui.messages import Message, Text, Verbatim, tr

NO_WORDS: Final = tr("There are no words here yet. Please write something, or go on without.")
"""To a phone that sent an empty text."""


class ShortTextConfig(Config, frozen=True, kw_only=True):
    """What an agenda may say of a kind that takes short texts."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "max_chars": Setting(label=tr("The most letters of one text")),
    }

    max_chars: int = IDEA_LETTERS
    """Longest text, in code points after cleaning."""


class ShortText(Struct, frozen=True, order=True):
    """What one person wrote."""

    text: str


class ShortTexts(Gathering[ShortTextConfig, ShortText]):
    """A kind that takes short texts; which one it is, its class attributes and its examples say."""

    config_type = ShortTextConfig
    ballot_type = ShortText
    field: ClassVar[str]
    """The name of the box, and of its column in tables."""
    label: ClassVar[Message]
    """What stands over the box."""
    hint: ClassVar[Message]
    """What stands below that."""
    called: ClassVar[Message]
    """What a text is called where it is too long: "Your pledge"."""

    def problem(self, config: ShortTextConfig) -> Text:
        """What is wrong with the length."""
        if 1 <= config.max_chars <= SHORT_TEXT_LETTERS:
            return ""
        return tr(
            "{key} is {given}; it can be 1 to {most}.",
            key=Verbatim("max_chars"),
            given=config.max_chars,
            most=SHORT_TEXT_LETTERS,
        )

    def ask(self, config: ShortTextConfig) -> tuple[FormBlock, ...]:
        """One small box."""
        return (WriteText(name=self.field, label=self.label, most=config.max_chars, rows=3, hint=self.hint),)

    def read(self, config: ShortTextConfig, fields: Fields) -> ShortText:
        """The text, cleaned; not without a letter that can be seen."""
        said = read_text("\n".join(fields.get(self.field, ())), config.max_chars, self.called, field=self.field)
        if not has_words(said):
            raise BallotRejected(NO_WORDS, field=self.field)
        return ShortText(said)

    def quote(self, config: ShortTextConfig, said: ShortText) -> Quote:
        """The text, without a heading."""
        return Quote(parts=(("", said.text),))

    def reworded(self, said: ShortText, words: str) -> ShortText:
        """Other words."""
        return ShortText(words)

    def rows(self, config: ShortTextConfig, said: ShortText) -> dict[str, str | int]:
        """The text in one column."""
        return {self.field: said.text}

    def example(self, *said: str) -> Example[ShortTextConfig]:
        """These texts and one of the greatest length; refused are one letter more, and what nobody can see."""
        config = self.config_type()
        longest, unseen = "x" * config.max_chars, ("", " \n\u200b ", "\u3164", "\u2060\ufeff")
        return Example(
            config=config,
            answers=tuple({self.field: [text]} for text in (*said, longest)),
            junk=({}, {self.field: []}, *({self.field: [text]} for text in (*unseen, f"{longest}x"))),
        )
