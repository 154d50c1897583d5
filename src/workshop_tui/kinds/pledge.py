"""Pledges: what each of us will do, in a few words; the room sees those that were approved."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.domain.activity import Example, Fields, Gathering, Noun
from workshop_tui.domain.blocks import FormBlock, Quote, WriteText
from workshop_tui.kinds.words import ShortTextConfig, length_problem, read_short
from workshop_tui.limits import IDEA_LETTERS
from workshop_tui.messages import Text, counted, tr

FIELD = "pledge"


class PledgeConfig(ShortTextConfig, frozen=True, kw_only=True):
    """What an agenda says of pledges."""

    max_chars: int = IDEA_LETTERS
    """Longest pledge, in code points after cleaning."""


class Promised(Struct, frozen=True, order=True):
    """What one person will do."""

    text: str


class Pledge(Gathering[PledgeConfig, Promised]):
    """Short texts for the room: what I will do."""

    kind = "pledge"
    title = tr("pledges")
    noun = Noun(
        one=tr("Pledge"),
        many=tr("Pledges"),
        given=tr("Pledges given"),
        none_given=tr("No pledges were given."),
        counted=counted("{n} pledge", "{n} pledges"),
    )
    several = True
    config_type = PledgeConfig
    ballot_type = Promised

    def problem(self, config: PledgeConfig) -> Text:
        """What is wrong with the length."""
        return length_problem(config.max_chars)

    def ask(self, config: PledgeConfig) -> tuple[FormBlock, ...]:
        """One small box."""
        hint = tr("Something you can do yourself, and soon. One at a time.")
        return (WriteText(name=FIELD, label=tr("What I will do"), most=config.max_chars, rows=3, hint=hint),)

    def read(self, config: PledgeConfig, fields: Fields) -> Promised:
        """The pledge."""
        return Promised(read_short(fields, FIELD, config.max_chars, tr("Your pledge")))

    def quote(self, config: PledgeConfig, said: Promised) -> Quote:
        """The pledge, without a heading."""
        return Quote(parts=(("", said.text),))

    def rows(self, config: PledgeConfig, said: Promised) -> dict[str, str | int]:
        """The pledge in one column."""
        return {"pledge": said.text}

    def examples(self) -> Example[PledgeConfig]:
        """What people will do after the workshop."""
        return Example(
            config=PledgeConfig(),
            answers=(
                {FIELD: ["I will ring the people on my list myself."]},
                {FIELD: ["Read the letter aloud\nbefore I send it."]},
                {FIELD: ["[/] =1+1 <b>"]},
                {FIELD: ["x" * IDEA_LETTERS]},
            ),
            junk=({}, {FIELD: []}, {FIELD: [" \n\u200b "]}, {FIELD: ["\u3164"]}, {FIELD: ["x" * (IDEA_LETTERS + 1)]}),
        )
