"""How long every text may live: what its owner allowed, and who its kind is read by, decide it. Pure.

"The day" ends when the write-up is finished (`FinishWriteUp`), at the latest on the date that the agenda names. A text
that is not gone then stays until somebody deletes the session.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal, Protocol

from workshop_tui.domain.activity import AnyGathering, Gathering, Kinds, Reader
from workshop_tui.domain.consent import LEAST, OWN_WORDS, level_rank
from workshop_tui.domain.rows import ContributionRow


class Kept(Protocol):
    """What says how long words may live: of one contribution, or of all that are alike."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def level(self) -> str:
        """The level that holds."""


Reach = Literal["day", "kept"]
"""Until the day's end, or until the session is deleted."""

WRITE_UP_DAYS: Final = 14
"""How many days after its session was made a write-up is finished by itself, where the agenda names no date."""


def reach_of(readers: Reader, consent: str, *, asks_consent: bool) -> Reach:
    """How long words may live.

    Words for the facilitator only, stories for nobody else, and stories that may not be told in their owner's words
    are for the day: what stays of the last is what the facilitator wrote for it.

    Args:
        readers: Who the kind lets read a contribution.
        consent: The level its owner chose; one that does not exist counts as the least.
        asks_consent: Whether the kind lets its owner choose a level.
    """
    if readers == "facilitator":
        return "day"
    return "day" if asks_consent and level_rank(consent) < OWN_WORDS else "kept"


def reach_of_row(row: Kept, kinds: Kinds) -> Reach:
    """How long the words of one contribution may live; those of a kind that nobody knows are for the day."""
    kind = kinds.get(row.kind)
    if not isinstance(kind, Gathering):
        return "day"
    return "day" if row.level == LEAST else reach_of(kind.readers, row.level, asks_consent=kind.asks_consent)


def gone_by_the_end(rows: Iterable[ContributionRow], kinds: Kinds) -> tuple[str, ...]:
    """The keys of the contributions whose words go at the day's end, of those that still have any."""
    return tuple(row.key for row in rows if not row.gone and reach_of_row(row, kinds) == "day")


def readers_of(row: Kept, kinds: Kinds) -> Reader:
    """Who may ever read a contribution; only the facilitator where nobody knows its kind."""
    kind = kinds.get(row.kind)
    return kind.readers if isinstance(kind, Gathering) else "facilitator"


def is_to_be_retold(row: Kept, kinds: Kinds) -> bool:
    """Whether its owner lets somebody say what a story is about, and not show it."""
    kind = kinds.get(row.kind)
    return isinstance(kind, Gathering) and may_be_retold(kind, row.level)


def may_be_retold(kind: AnyGathering, consent: str) -> bool:
    """The same of words that are not kept yet."""
    return kind.asks_consent and kind.readers == "room" and level_rank(LEAST) < level_rank(consent) < OWN_WORDS


def last_day(created: dt.date, named: str) -> dt.date:
    """The last day on which a write-up can be finished by hand.

    Args:
        created: The local day on which the session was made.
        named: The date the agenda names, as YYYY-MM-DD; empty where it names none.
    """
    return dt.date.fromisoformat(named) if named else created + dt.timedelta(days=WRITE_UP_DAYS)
