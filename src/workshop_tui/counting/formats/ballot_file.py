"""What a file of ballots says, whatever its format was."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.domain.plain_profiles import PlainProfile


class Oddity(Struct, frozen=True):
    """Something in a file that is not as its format says; the file was read all the same."""

    line: int
    """The first line that has it, from 1; 0 for the file as a whole."""
    text: str
    """What is odd, and what was made of it."""
    more: int = 0
    """How many more lines have the same."""

    def __str__(self) -> str:
        where = f"Line {self.line}: " if self.line else ""
        more = f" {self.more} more {'line has' if self.more == 1 else 'lines have'} the same." if self.more else ""
        return f"{where}{self.text}{more}"


class BallotFile(Struct, frozen=True, kw_only=True):
    """One vote out of a file."""

    format: str
    """"soc", "soi", "toc", "toi", "cat", "pb" or "session", as the file is read."""
    title: str
    """What was voted on, as far as the file says; one clean line, may be empty."""
    key: str = ""
    """The name of the round in a session's export; empty in other files."""
    profile: PlainProfile
    blank: int = 0
    """Ballots that say nothing and are not in the profile."""
    selected: tuple[str, ...] | None = None
    """The keys that the file says were chosen in the end; None where it does not say."""
    oddities: tuple[Oddity, ...] = ()
    """By line."""
