"""One moment as a desk sees it: the last snapshot and the time since, and what follows from them."""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct

from workshop_tui.domain.points import Tie
from workshop_tui.domain.received import Dealt
from workshop_tui.domain.timing import late_ms
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.snapshot import ItemLine, NoteLine, OpenVoteLine, Snapshot

T = TypeVar("T")


def given(thing: T | None) -> T:
    """What an act is about: it is there once `fits` was asked."""
    assert thing is not None  # noqa: S101 - nothing is built that does not fit
    return thing


class Moment(Struct, frozen=True, kw_only=True):
    """What a desk knows now."""

    snapshot: Snapshot
    since_ms: int = 0
    """How long ago the snapshot was made, by a clock that nobody sets."""
    peek: bool = False
    """Whether the facilitator asked to look at the result so far."""
    line: ItemLine | None = None
    """The item that an act is about, where it is about one of several."""
    entry: QueueEntry | None = None
    """The contribution that an act is about."""
    note: NoteLine | None = None
    """The note that an act is about."""
    point: Dealt | None = None
    """The point that was handed in and that an act is about."""
    ties: tuple[Tie, ...] = ()
    """What an act ties or unties, where it is about that."""
    vote: OpenVoteLine | None = None
    """The vote, left open at an earlier item, that an act is about."""

    @property
    def now(self) -> int:
        """The room's clock at this moment, UTC milliseconds."""
        return self.snapshot.now + self.since_ms

    @property
    def left_ms(self) -> int | None:
        """Time left of the open item, negative once over; None before the start and after the end."""
        here = self.snapshot.here
        if here is None or self.snapshot.ended_at is not None:
            return None
        return here.left_ms - (self.since_ms if here.running else 0)

    @property
    def day_over_ms(self) -> int:
        """How far the day is over its plan, negative for time in hand.

        It grows while nothing counts down, and stands in a pause.
        """
        snapshot = self.snapshot
        if snapshot.paused_since is not None:
            return snapshot.day_over_ms
        here, left = snapshot.here, self.left_ms
        if here is None or left is None or not snapshot.started:
            return snapshot.day_over_ms
        used = max(0, here.left_ms) - max(0, left)
        return snapshot.day_over_ms + self.since_ms - used

    @property
    def projected_end(self) -> int:
        """When the day ends as things stand at this very second, UTC milliseconds."""
        return self.snapshot.projected_end + self.day_over_ms - self.snapshot.day_over_ms

    def expected_start(self, line: ItemLine) -> int:
        """When an item starts as things stand at this very second, UTC milliseconds."""
        here = self.snapshot.here
        is_to_come = here is not None and line.number > here.number and line.status != "skipped"
        if not self.snapshot.started or not is_to_come:
            return line.start
        return line.start + self.day_over_ms - self.snapshot.day_over_ms

    @property
    def paused_ms(self) -> int:
        """How long everything has been paused; 0 where nothing is."""
        since = self.snapshot.paused_since
        return 0 if since is None else max(0, self.now - since)

    @property
    def expected(self) -> int:
        """How many could answer: the people present, or where nobody has counted the phones that do not look on."""
        snapshot = self.snapshot
        if snapshot.round is not None:
            return snapshot.round.base
        return snapshot.phones - snapshot.looking_on if snapshot.present is None else snapshot.everybody

    @property
    def vote_is_open(self) -> bool:
        """Whether phones can answer the newest round."""
        return self.snapshot.round is not None and self.snapshot.round.status == "open"

    @property
    def round_key(self) -> str:
        """The key of the newest round; empty where there is none."""
        return self.snapshot.round.key if self.snapshot.round is not None else ""

    @property
    def next_line(self) -> ItemLine | None:
        """The item that comes next; None at the end."""
        return _first(self.snapshot.items[self._here_number() :])

    @property
    def previous_line(self) -> ItemLine | None:
        """The item before; None at the beginning."""
        return _first(self.snapshot.items[: max(0, self._here_number() - 1)][::-1])

    @property
    def late_ms(self) -> int | None:
        """How late a start would be now; None where there is nothing to ask: not late, started, or a rehearsal."""
        return late_ms(self.snapshot.started_at, self.snapshot.scheduled_start, self.now)

    @property
    def is_live(self) -> bool:
        """Whether leaving would leave something behind: a workshop that runs, or phones that can send."""
        snapshot = self.snapshot
        return snapshot.started and snapshot.ended_at is None

    def line_of(self, key: str) -> ItemLine | None:
        """The item of that key."""
        return next((line for line in self.snapshot.items if line.key == key), None)

    def _here_number(self) -> int:
        return self.snapshot.here.number if self.snapshot.here is not None else 0


def here_key(moment: Moment) -> str:
    """The item that is open; empty for none."""
    return moment.snapshot.here.item.key if moment.snapshot.here is not None else ""


def _first(lines: tuple[ItemLine, ...]) -> ItemLine | None:
    return next((line for line in lines if line.status != "skipped"), None)
