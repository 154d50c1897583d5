"""What is odd about those who join: very many at once, or codes that are tried out. Counts only, and only in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

from workshop_tui.domain import events as ev
from workshop_tui.messages import Message, tr, trn
from workshop_tui.room.ports import Clock

WITHIN_MS: Final = 60_000

MANY_FIRST: Final = 60
"""So many phones within a minute are odd before the first item is opened, when a whole room scans the square."""

MANY_LATER: Final = 20
"""And so many afterwards, when people come one by one."""

MANY_WRONG: Final = 20
"""So many wrong codes within a minute are no mistyping: of 300 people hardly one in ten types at all."""

STAYS_MS: Final = 600_000
"""How long an alarm stays that nobody has dealt with."""


class _Burst:
    """How often something happened within a minute, and the most of it that was too much."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: deque[int] = deque()
        self._most = 0
        self._last_ms = 0

    def count(self, many: int) -> bool:
        """One more; whether it is the one that makes it too many."""
        now = self._clock.steady_ms()
        self._times.append(now)
        while self._times[0] <= now - WITHIN_MS:
            self._times.popleft()
        if len(self._times) < many:
            return False
        was_quiet = not self.most
        self._most, self._last_ms = max(self.most, len(self._times)), now
        return was_quiet

    @property
    def most(self) -> int:
        """The most within a minute, while that is worth telling; 0 for nothing."""
        return self._most if self._clock.steady_ms() < self._last_ms + STAYS_MS else 0

    def end(self) -> bool:
        """Somebody has dealt with it, or it is long ago; whether there was something to deal with."""
        was, self._most = self._most, 0
        self._times.clear()
        return bool(was)


class JoinWatch:
    """Counts who joins and which codes are wrong.

    Args:
        clock: The room's clock; only its steady side is read.
    """

    def __init__(self, clock: Clock) -> None:
        self._joins, self._wrong = _Burst(clock), _Burst(clock)

    def happened(self, events: Iterable[ev.Event], *, started: bool) -> None:
        """What was committed: somebody joined, or the facilitator did something about it."""
        for event in events:
            match event:
                case ev.PersonJoined():
                    self._joins.count(MANY_LATER if started else MANY_FIRST)
                case ev.CodeRenewed():
                    self._joins.end()
                    self._wrong.end()
                case ev.JoiningSet() | ev.SeatsFreed():
                    self._joins.end()

    def wrong_code(self) -> bool:
        """A code did not fit; whether that makes too many."""
        return self._wrong.count(MANY_WRONG)

    @property
    def is_guessed(self) -> bool:
        """Whether somebody tries codes out."""
        return bool(self._wrong.most)

    def alarm(self, present: int | None, joined: int) -> tuple[Message, ...]:
        """What a desk is told, with what can be done about it; nothing where nothing is odd.

        Args:
            present: How many people the facilitator counted; None where they have not.
            joined: How many phones have joined: no more than people are as they should be.
        """
        told: list[Message] = []
        if self._joins.most and (present is None or joined > present):
            told += (
                trn("{n} phone joined within a minute.", "{n} phones joined within a minute.", self._joins.most),
                tr("Did so many people come in? If not: close joining, renew the join code, then free empty seats."),
            )
        if self._wrong.most:
            told += (
                trn("{n} wrong code came in within a minute.", "{n} wrong codes came in within a minute.",
                    self._wrong.most),
                tr("Somebody may be trying codes out. Renew the join code: the new one is longer."),
            )  # fmt: skip
        return tuple(told)
