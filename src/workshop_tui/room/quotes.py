"""What people said, as the room may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop_tui.domain.activity import Gathering, Kinds
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import Quote
from workshop_tui.domain.consent import allowed
from workshop_tui.domain.content_warnings import warnings_of
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import SessionState
from workshop_tui.domain.texts import Dealt
from workshop_tui.room.shelves import Shelf, shelf_of

if TYPE_CHECKING:
    from workshop_tui.room.room import Room


def quote_for_room(state: SessionState, kinds: Kinds, row: ContributionRow, dealt: Dealt) -> Quote | None:
    """A contribution as the room may read it; None for one that the room may not read.

    The one gate of phones and screen: approved, its owner said so, of a kind that is for the room at all, and nothing
    in it that may tell who somebody is was left to be decided. Where the facilitator wrote other words for it, it is in
    those.
    """
    each = state.item(row.item)
    kind = gathering_of(each.item, kinds) if each is not None else None
    if each is None or kind is None or kind.kind != row.kind or not is_for_room(kinds, shelf_of(row, "")):
        return None
    said = dealt.said(row.key, kind, row.body)
    return None if said is None else kind.quote(config_of(each, kind), said)


def room_warnings(room: Room, row: ContributionRow) -> tuple[str, ...]:
    """What the room is told before it sees a contribution."""
    return warnings_of(row, room.tables.kept_warnings(row.key), room.kinds)


def is_for_room(kinds: Kinds, shelf: Shelf) -> bool:
    """Whether the room may read what stands on a shelf."""
    kind = kinds.get(shelf.kind)
    if not isinstance(kind, Gathering) or kind.readers != "room" or not shelf.has_words:
        return False
    return not shelf.is_open and allowed(shelf.consent, "room_screen", shelf.moderation)


def is_listed(kinds: Kinds, shelf: Shelf) -> bool:
    """The same of questions that phones list with their votes."""
    kind = kinds.get(shelf.kind)
    return isinstance(kind, Gathering) and kind.upvoted and is_for_room(kinds, shelf)
