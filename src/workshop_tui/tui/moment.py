"""What the console knows: a desk's moment, and what was said here. Pure; everything drawn comes from here."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.messages import Text
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.tui.lines import Pen
from workshop_tui.tui.presses import REPEAT_S
from workshop_tui.views.moment import Moment

GOOD_NEWS_S: Final = 8.0
"""How long a "done" stays; what went wrong stays until it is put away, or until a later key."""

READ_S: Final = 3.0
"""From when a key pressed after a refusal counts as having read it."""

LOG_LINES: Final = 20


class Notice(Struct, frozen=True):
    """What the room answered."""

    text: Text
    ok: bool
    more: tuple[Text, ...] = ()
    """What else there is to say of it, such as what to do now."""
    is_deed: bool = False
    """Whether the text says in the past tense what was done, and is no sentence yet."""

    def words(self, pen: Pen) -> str:
        text = pen.text(self.text)
        return f"{text[:1].upper()}{text[1:]}." if self.is_deed else text


class ConsoleMoment(Moment, frozen=True, kw_only=True):
    """One moment as the console sees it."""

    said: Notice | None = None
    """What was answered last."""
    told_at: float = 0.0
    """When that was; this and the two below in seconds on a clock that nobody sets."""
    arrived_at: float = 0.0
    """When the snapshot came."""
    held_at: float = 0.0
    """When a held key came last."""
    log: tuple[Notice, ...] = ()
    """What was said before, newest last."""
    held: str = ""
    """A key that came again without being let go, as people know it; empty for none."""
    trouble: tuple[Text, ...] = ()
    """Why the room does not answer; none when it does."""
    uncovered: tuple[Text, ...] = ()
    """That the big screen could not be covered when that was asked; none where it was."""
    stopped: bool = False
    """Whether somebody stopped the room in order."""
    locked: bool = False
    """Whether the room is gone and its session locked, so that somebody has to type the passphrase."""
    hint: Text = ""
    """A line for somebody who is here for the first time."""

    def with_snapshot(self, snapshot: Snapshot, now: float) -> ConsoleMoment:
        """The moment at which this came."""
        return replace(self, snapshot=snapshot, since_ms=0, arrived_at=now)

    def with_notice(self, notice: Notice, now: float) -> ConsoleMoment:
        """The moment at which this was said."""
        return replace(self, said=notice, told_at=now, log=(*self.log, notice)[-LOG_LINES:])

    def later(self, now: float) -> ConsoleMoment:
        """The moment a while later: good news goes, and a key that was let go."""
        is_old = self.said is not None and self.said.ok and now - self.told_at > GOOD_NEWS_S
        return replace(
            self,
            since_ms=max(0, round((now - self.arrived_at) * 1000)),
            said=None if is_old else self.said,
            held=self.held if now - self.held_at <= REPEAT_S else "",
        )

    def is_read(self, now: float) -> bool:
        """Whether a key pressed now comes from somebody who has read the refusal that stands there."""
        return self.said is not None and not self.said.ok and now - self.told_at > READ_S


def countdown(ms: int) -> str:
    """A length as minutes and seconds, "06:42"; the sign is left to words."""
    whole = abs(ms) // 1000
    return f"{whole // 60:02d}:{whole % 60:02d}"
