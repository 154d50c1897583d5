"""What the console knows: the room's moment, and what was said here. Pure; everything drawn comes from here."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.messages import Text
from workshop_tui.tui.lines import Pen
from workshop_tui.views.moment import Moment


class Notice(Struct, frozen=True):
    """What the room answered."""

    text: Text
    ok: bool
    more: tuple[Text, ...] = ()
    """What else there is to say of it, such as what to do now."""
    is_deed: bool = False
    """Whether the text says in the past tense what was done, and is no sentence yet."""

    def words(self, pen: Pen) -> str:
        """The text as a sentence."""
        text = pen.text(self.text)
        return f"{text[:1].upper()}{text[1:]}." if self.is_deed else text


class Desk(Moment, frozen=True, kw_only=True):
    """One moment as the console sees it."""

    said: Notice | None = None
    """What was answered last."""
    log: tuple[Notice, ...] = ()
    """What was said before, newest last."""
    held: str = ""
    """A key that came again without being let go, as people know it; empty for none."""
    trouble: tuple[Text, ...] = ()
    """Why the room does not answer; none when it does."""
    stopped: bool = False
    """Whether somebody stopped the room in order."""
    hint: Text = ""
    """A line for somebody who is here for the first time."""


def countdown(ms: int) -> str:
    """A length as minutes and seconds, "06:42"; the sign is left to words."""
    whole = abs(ms) // 1000
    return f"{whole // 60:02d}:{whole % 60:02d}"
