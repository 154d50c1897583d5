"""The reading queue: what people sent, as the facilitator reads it one by one. Only reads."""

from __future__ import annotations

import msgspec

from workshop_tui.domain.activity import AnyGathering, Gathering
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.consent import allowed
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.upvotes import place
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import QueueEntry, QueueFilter, QueuePage, Unread, Waiting


def queue_page(room: Room, which: QueueFilter, offset: int, count: int) -> QueuePage:
    """One page of the reading queue: unread first, then newest first; questions with votes as phones list them."""
    rows = [row for row in room.tables.contributions.values() if _wanted(row, which) and row.body]
    rows.reverse()
    rows.sort(key=lambda row: row.moderation != "new")
    if which == "approved":
        rows.sort(key=lambda row: _place(room, row))
    entries = tuple(entry for row in rows[offset : offset + count] if (entry := queue_entry(room, row)))
    return QueuePage(entries=entries, total=len(rows), offset=offset)


def _place(room: Room, row: ContributionRow) -> tuple[object, ...]:
    """What is sorted by where everything was approved: open questions by their votes, then whatever else."""
    entry = queue_entry(room, row)
    if entry is None or not entry.upvoted:
        return (1,)
    return (0, *place(entry.votes, entry.answer, entry.parts))


def queue_entry(room: Room, row: ContributionRow) -> QueueEntry | None:
    """One contribution as its kind quotes it; None when its item or kind is gone."""
    each = room.state.item(row.item)
    kind = gathering_of(each.item, room.kinds) if each is not None else None
    if each is None or kind is None or not row.body:
        return None
    said = msgspec.json.decode(row.body, type=kind.ballot_type)
    return QueueEntry(
        key=row.key,
        kind=row.kind,
        noun=kind.noun[0],
        only_you=kind.readers == "facilitator",
        asks_consent=kind.asks_consent,
        item=row.item,
        item_title=each.item.title,
        parts=kind.quote(config_of(each, kind), said).parts,
        consent=row.consent,
        handling=row.moderation,
        may_show=kind.readers == "room" and allowed(row.consent, "room_screen", "approved"),
        minute=row.minute,
        upvoted=kind.upvoted,
        votes=room.tables.votes[row.key],
        answer=room.tables.kept_answer(row.key),
    )


def _wanted(row: ContributionRow, which: QueueFilter) -> bool:
    return which == "all" or row.moderation == ("new" if which == "unread" else which)


def waiting(room: Room) -> Waiting:
    """How much waits to be read, by what it is, and how much was dealt with."""
    new: dict[str, int] = {}
    approved = held = 0
    for row in room.tables.contributions.values():
        if row.moderation == "new" and row.body:
            new[row.kind] = new.get(row.kind, 0) + 1
        approved += row.moderation == "approved" and not row.gone
        held += row.moderation == "held" and not row.gone
    unread = (_unread(kind, new.get(name, 0)) for name, kind in room.kinds.items() if isinstance(kind, Gathering))
    return Waiting(new=tuple(each for each in unread if each.count), approved=approved, held=held)


def _unread(kind: AnyGathering, count: int) -> Unread:
    if kind.readers == "facilitator":
        return Unread(count=count, words=f"{count} only for you", only_you=True)
    return Unread(count=count, words=f"{count} {kind.noun[count != 1]}")
