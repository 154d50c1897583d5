"""The reading queue: what people sent, as the facilitator reads it one by one. Only reads."""

from __future__ import annotations

from collections import Counter

import msgspec

from workshop_tui.domain import reach
from workshop_tui.domain.activity import AnyGathering, Gathering
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import Words
from workshop_tui.domain.consent import allowed
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.upvotes import place
from workshop_tui.messages import Message, trn
from workshop_tui.room.ending import WriteUp
from workshop_tui.room.other_texts import (
    desk_keys,
    handled_reasons,
    held_at_the_desk,
    other_entry,
    reason_keys,
    waiting_reasons,
)
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import Unread, Waiting


def queue_page(room: Room, which: QueueFilter, offset: int, count: int, kind: str = "") -> QueuePage:
    """One page of the reading queue: reasons of votes, then what phones sent, then answers and notes.

    Args:
        room: The running session.
        which: In which state.
        offset: The first text of the page.
        count: How many a page has.
        kind: Of which kind only, as in `QueueEntry.kind`; empty for all.
    """
    reasons = reason_keys(room, which) if kind in ("", "reason") else []
    last = desk_keys(room, which, kind)
    found = [other_entry(room, key) for key in reasons[offset : offset + count]]
    sent = _sent(room, which, kind, max(0, offset - len(reasons)), count - len(found))
    found += sent.entries
    before = len(reasons) + sent.total
    found += [other_entry(room, key) for key in last[max(0, offset - before) :][: count - len(found)]]
    entries = tuple(entry for entry in found if entry is not None)
    return QueuePage(entries=entries, total=before + len(last), offset=offset)


def _sent(room: Room, which: QueueFilter, kind: str, offset: int, count: int) -> QueuePage:
    """The part that phones sent: unread first, then newest first; questions with votes as phones list them."""
    rows = [
        row
        for row in room.tables.contributions.values()
        if kind in ("", row.kind) and _wanted(room, row, which) and _is_there(room, row)
    ]
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


def entry_of(room: Room, key: str) -> QueueEntry | None:
    """The text of that key as the queue shows it; None where there is none."""
    row = room.tables.contributions.get(key)
    return queue_entry(room, row) if row is not None else other_entry(room, key)


def queue_entry(room: Room, row: ContributionRow) -> QueueEntry | None:
    """One contribution as its kind quotes it; None when its item or kind is gone."""
    each = room.state.item(row.item)
    kind = gathering_of(each.item, room.kinds) if each is not None else None
    if each is None or kind is None or not _is_there(room, row):
        return None
    return QueueEntry(
        key=row.key,
        kind=row.kind,
        noun=kind.noun.one,
        only_you=kind.readers == "facilitator",
        asks_consent=kind.asks_consent,
        item=row.item,
        item_title=each.item.title,
        parts=_parts(each, kind, row),
        consent=row.consent,
        handling=row.moderation,
        may_show=kind.readers == "room" and allowed(row.consent, "room_screen", "approved"),
        minute=row.minute,
        upvoted=kind.upvoted,
        votes=room.tables.votes[row.key],
        answer=room.tables.kept_answer(row.key),
        to_be_retold=reach.is_to_be_retold(row, room.kinds),
        retold=room.tables.kept_retelling(row.key),
        gone=bool(row.gone),
        may_hold_phone=bool(row.author),
        reworded=room.tables.dealt.reworded(row.key),
    )


def _parts(each: ItemState, kind: AnyGathering, row: ContributionRow) -> tuple[tuple[Words, str], ...]:
    if not row.body:
        return ()
    return kind.quote(config_of(each, kind), msgspec.json.decode(row.body, type=kind.ballot_type)).parts


def _is_there(room: Room, row: ContributionRow) -> bool:
    """Whether there is anything to read: its own words, or what the facilitator wrote of them."""
    return bool(row.body or room.tables.kept_retelling(row.key))


def _wanted(room: Room, row: ContributionRow, which: QueueFilter) -> bool:
    if which == "untold":
        return _is_untold(room, row)
    if which == "unread":
        return row.moderation == "new" and not row.gone
    return which in ("all", row.moderation)


def _is_untold(room: Room, row: ContributionRow) -> bool:
    return not row.gone and reach.is_to_be_retold(row, room.kinds) and not room.tables.kept_retelling(row.key)


def write_up(room: Room) -> WriteUp:
    """What is left to do until the day's end, and what goes then."""
    rows = room.tables.contributions.values()
    going = [row for row in rows if not row.gone and reach.reach_of_row(row, room.kinds) == "day"]
    untold = Counter(row.item for row in rows if _is_untold(room, row))
    return WriteUp(
        by=room.info.write_up_by,
        untold=tuple(
            (number, untold[each.item.key]) for number, each in enumerate(room.state.items, 1) if untold[each.item.key]
        ),
        unread=_by_kind(room, [row for row in going if row.moderation == "new"]),
        on_hold=_by_kind(room, [row for row in going if row.moderation == "on_hold"]),
        reasons=handled_reasons(room)["new"],
        going=len(going),
        gone=sum(row.gone == "day_over" for row in rows),
        retold=sum(bool(room.tables.kept_retelling(row.key)) for row in rows),
    )


def _by_kind(room: Room, rows: list[ContributionRow]) -> tuple[Message, ...]:
    """How many there are of each kind, with its noun."""
    found = Counter(row.kind for row in rows)
    nouns = {name: kind.noun for name, kind in room.kinds.items() if isinstance(kind, Gathering)}
    return tuple(nouns[name].counted.of(count) for name, count in found.items() if name in nouns)


def waiting(room: Room) -> Waiting:
    """How much waits to be read, by what it is, and how much was dealt with."""
    new: dict[str, int] = {}
    approved = on_hold = 0
    for row in room.tables.contributions.values():
        if row.moderation == "new" and row.body:
            new[row.kind] = new.get(row.kind, 0) + 1
        approved += row.moderation == "approved" and not row.gone
        on_hold += row.moderation == "on_hold" and not row.gone
    unread = (_unread(kind, new.get(name, 0)) for name, kind in room.kinds.items() if isinstance(kind, Gathering))
    reasons = handled_reasons(room)
    return Waiting(
        new=(*(each for each in unread if each.count), *waiting_reasons(room)),
        approved=approved + reasons["approved"],
        on_hold=on_hold + reasons["on_hold"] + held_at_the_desk(room),
    )


def _unread(kind: AnyGathering, count: int) -> Unread:
    if kind.readers == "facilitator":
        return Unread(count=count, words=trn("{n} only for you", "{n} only for you", count), only_you=True)
    return Unread(count=count, words=kind.noun.counted.of(count))
