"""Private words: a short text that only the facilitator reads, and that goes when the room ends.

It is never on the screen, in an export or in a log; it has no row in any table that leaves the room.
"""

from __future__ import annotations

from workshop_tui.domain.activity import Example, Noun
from workshop_tui.domain.consent import LEAST
from workshop_tui.kinds.short_texts import ShortText, ShortTextConfig, ShortTexts
from workshop_tui.messages import counted, tr


class PrivateConfig(ShortTextConfig, frozen=True, kw_only=True):
    """What an agenda says of private words."""

    max_chars: int = 300
    """Longest text, in code points after cleaning."""


class Private(ShortTexts):
    """Short texts for the facilitator alone."""

    kind = "private"
    title = tr("private words")
    noun = Noun(
        one=tr("Private text"),
        many=tr("Private words"),
        given=tr("Private words given"),
        none_given=tr("No private words were given."),
        counted=counted("{n} private text", "{n} private words"),
        from_room=tr("Private words"),
    )
    config_type = PrivateConfig
    readers = "facilitator"
    field = "words"
    label = tr("Your words")
    hint = tr("Only the people running today read this.")
    called = tr("Your text")

    def rows(self, config: ShortTextConfig, said: ShortText) -> dict[str, str | int]:
        """Nothing: these words are in no table."""
        return {}

    def consent(self, said: ShortText) -> str:
        """Always the least: even a gate that forgets who the readers are keeps these words in."""
        return LEAST

    def examples(self) -> Example[ShortTextConfig]:
        """What people need from the room."""
        return self.example("I need a seat near the door, please.", "Please speak\r\nslowly.")
