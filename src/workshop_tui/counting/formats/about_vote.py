"""What a file of ballots that we write says of the vote, beside its ballots."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.messages import Message, tr, trn


class AboutVote(Struct, frozen=True, kw_only=True):
    """One vote as a file of it tells of it."""

    title: str
    """The title of the workshop."""
    question: str
    key: str
    """The name of the round: "i04.1"."""
    language: str
    """The language of the agenda's words, as a tag."""
    answered: int
    skipped: int
    joined: int
    """Phones that had joined."""
    opened: str
    """The day it was opened, "YYYY-MM-DD"."""
    closed: str
    """The day it was closed."""
    written: str
    """The day of the session's last entry."""

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""
        return f"round-{self.key}"

    def numbers(self, ballots: int) -> tuple[Message, ...]:
        """Who answered, and how many answers no file of ballots can hold: all but those `ballots`."""
        turnout = trn(
            "{answered} answered and {skipped} skipped, of {n} phone.",
            "{answered} answered and {skipped} skipped, of {n} phones.",
            self.joined,
            answered=self.answered,
            skipped=self.skipped,
        )
        blank = trn(
            "{n} answer is blank and not in this file.",
            "{n} answers are blank and not in this file.",
            self.answered - ballots,
        )
        return (turnout, blank) if blank.n > 0 else (turnout,)

    @property
    def heading(self) -> Message:
        """Where the vote comes from."""
        return tr("{workshop}, round {key}.", workshop=self.title, key=self.key)
