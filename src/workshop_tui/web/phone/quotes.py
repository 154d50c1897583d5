"""What people said, as the room may read it."""

from __future__ import annotations

import msgspec

from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import Quote
from workshop_tui.domain.consent import allowed
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.room.room import Room


def quote_for_room(room: Room, row: ContributionRow) -> Quote | None:
    """A contribution as the room may read it; None for one that the room may not read.

    The one gate of phones and screen: approved, its owner said so, and of a kind that is for the room at all.
    """
    each = room.state.item(row.item)
    kind = gathering_of(each.item, room.kinds) if each is not None else None
    if each is None or kind is None or kind.readers != "room" or not row.body:
        return None
    if not allowed(row.consent, "room_screen", row.moderation):
        return None
    said = msgspec.json.decode(row.body, type=kind.ballot_type)
    words = room.tables.dealt.reworded(row.key)
    return kind.quote(config_of(each, kind), kind.reworded(said, words) if words else said)
