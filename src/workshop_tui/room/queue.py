"""The reading queue: what people sent, as the facilitator reads it one by one. Only reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import reach
from workshop_tui.domain.activity import AnyGathering, Gathering
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import Words
from workshop_tui.domain.consent import allowed
from workshop_tui.domain.distress import body_asks
from workshop_tui.domain.received import in_our_hands
from workshop_tui.domain.registers import register_of, register_words
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.text import clean_line
from workshop_tui.domain.wishes import LANGUAGES, WORDS, wishes_in
from workshop_tui.messages import Message, trn
from workshop_tui.room.ending import WriteUp
from workshop_tui.room.marks import marks_in
from workshop_tui.room.other_texts import (
    asking_reasons,
    desk_keys,
    handled_reasons,
    held_at_the_desk,
    other_entry,
    other_said,
    reason_keys,
    waiting_reasons,
)
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.room.quotes import is_listed
from workshop_tui.room.received import received
from workshop_tui.room.room import Room
from workshop_tui.room.shelves import Shelf
from workshop_tui.room.snapshot import Unread, Waiting

SHOWN_LINES: Final = 5
"""So many lines of the write-up are shown with what they rest on."""

LOOKED_INTO: Final = 200
"""Into how many texts one page of a search looks at most, so that the room waits for none however many there are."""


ASKED_OF: Final = 2_000
"""The same where nothing of a text is read for it."""


def queue_page(
    room: Room,
    which: QueueFilter,
    offset: int,
    count: int,
    kind: str = "",
    words: str = "",
    fits: Callable[[str], bool] | None = None,
) -> QueuePage:
    """One page of the reading queue: what asks to be read now; reasons of votes, what phones sent, answers and notes.

    Args:
        room: The running session.
        which: In which state.
        offset: The first text of the page.
        count: How many a page has.
        kind: Of which kind only, as in `QueueEntry.kind`; empty for all.
        words: What the texts hold, in whatever case, in their own words or in others. Then the page looks into no more
            than `LOOKED_INTO` texts from `offset` on, and shows those of them that hold it.
        fits: Which texts are looked for, by their keys: quick, as it is asked of `ASKED_OF` of them; None for all.
    """
    wanted = folded(clean_line(words))
    most = LOOKED_INTO if wanted else ASKED_OF if fits is not None else count
    total, keys = _keys(room, which, kind, offset, most)
    looked = len(keys)
    if wanted or fits is not None:
        keys, looked = _found(keys, count, lambda key: (fits is None or fits(key)) and _holds(room, key, wanted))
    entries = tuple(_with_lines(room, entry) for key in keys if (entry := entry_of(room, key)) is not None)
    return QueuePage(entries=entries, total=total, offset=offset, looked=looked)


def _with_lines(room: Room, entry: QueueEntry) -> QueueEntry:
    tables = room.tables
    notes = [note for key in tables.kept_lines_on(entry.key) if (note := tables.note(key)) is not None]
    lines = tuple(
        (register_words(register_of(note.kind, tables.kept_entry(note.key))),
         tables.dealt.reworded(note.key) or note.text)
        for note in notes[:SHOWN_LINES]
    )  # fmt: skip
    return replace(entry, lines=lines, lines_count=len(notes))


def folded(words: str) -> str:
    """Words as they are searched for: whatever their case, and what stands between them."""
    return " ".join(words.split()).casefold()


def _holds(room: Room, key: str, wanted: str) -> bool:
    return not wanted or any(wanted in folded(text) for text in said_in(room, key))


def _found(keys: list[str], count: int, fits: Callable[[str], bool]) -> tuple[list[str], int]:
    """Those that fit, no more than `count`, and into how many was looked for that."""
    found: list[str] = []
    for looked, key in enumerate(keys, 1):
        found += [key] if fits(key) else []
        if len(found) == count:
            return found, looked
    return found, len(keys)


def said_in(room: Room, key: str) -> Iterator[str]:
    """Every text of one entry: its own words, and those in which a desk said it otherwise."""
    row = room.tables.contributions.get(key)
    if row is None:
        yield from other_said(room, key)
    else:
        each = room.state.item(row.item)
        kind = gathering_of(each.item, room.kinds) if each is not None else None
        if each is not None and kind is not None:
            yield from (said for _, said in _parts(each, kind, row))
        yield room.tables.kept_retelling(key)
    yield room.tables.dealt.reworded(key)


def _keys(room: Room, which: QueueFilter, kind: str, offset: int, count: int) -> tuple[int, list[str]]:
    """How many texts there are, and the keys of a page of them."""
    reasons = reason_keys(room, which) if kind in ("", "reason") else []
    asking = asking_reasons(room) if reasons else frozenset()
    last = desk_keys(room, which, kind)
    parts = (
        _listed([key for key in reasons if key in asking]),
        _sent(room, which, kind, asks=True),
        _listed([key for key in reasons if key not in asking]),
        _sent(room, which, kind, asks=False),
        _listed(last),
    )
    found: list[str] = []
    before = 0
    for total, keys in parts:
        found += keys(max(0, offset - before), count - len(found))
        before += total
    return before, found


Part = tuple[int, Callable[[int, int], list[str]]]
"""How many there are, and the keys of some: from which place on, and how many at most."""


def _listed(keys: list[str]) -> Part:
    return len(keys), lambda offset, count: keys[offset : offset + count]


def _sent(room: Room, which: QueueFilter, kind: str, *, asks: bool) -> Part:
    """The part that phones sent: unread first, then newest first; questions with votes as phones list them.

    Only the contributions of the page are looked at.

    Args:
        room: The running session.
        which: In which state.
        kind: Of which kind only; empty for all.
        asks: Whether those that ask to be read now, or are held for what they say; else all the others.
    """
    shelves = room.tables.shelves

    def wanted(shelf: Shelf) -> bool:
        if (shelf.asks or shelf.comes_first) != asks:
            return False
        return shelf.is_there and kind in ("", shelf.kind) and _wanted(room, shelf, which)

    def comes_first(shelf: Shelf) -> bool:
        return wanted(shelf) and shelf.waits

    def comes_later(shelf: Shelf) -> bool:
        return wanted(shelf) and not shelf.waits and not (which == "approved" and is_listed(room.kinds, shelf))

    def page(offset: int, count: int) -> list[str]:
        if which == "approved" and not asks and _may_be_listed(room, kind):
            first, keys = room.questions.count(), list(room.questions.keys("", offset, offset + count))
        else:
            first, keys = shelves.count(comes_first), shelves.newest(comes_first, offset, count)
        return keys + shelves.newest(comes_later, max(0, offset - first), count - len(keys))

    return shelves.count(wanted), page


def _may_be_listed(room: Room, kind: str) -> bool:
    """Whether questions that phones list are among those of a kind; of all kinds where it is empty."""
    found = room.kinds.get(kind)
    return not kind or (isinstance(found, Gathering) and found.upvoted)


def entry_of(room: Room, key: str) -> QueueEntry | None:
    """The text of that key as the queue shows it; None where there is none."""
    row = room.tables.contributions.get(key)
    return queue_entry(room, row) if row is not None else other_entry(room, key)


def queue_entry(room: Room, row: ContributionRow) -> QueueEntry | None:
    """One contribution as its kind quotes it; None when its item or kind is gone."""
    each = room.state.item(row.item)
    kind = gathering_of(each.item, room.kinds) if each is not None else None
    if each is None or kind is None or not (row.body or room.tables.kept_retelling(row.key)):
        return None
    parts = _parts(each, kind, row)
    pieces = room.tables.dealt.pieces(row.key, kind, row.body) if row.body else ()
    return QueueEntry(
        key=row.key,
        kind=row.kind,
        noun=kind.noun.one,
        only_you=kind.readers == "facilitator",
        asks_consent=kind.asks_consent,
        item=row.item,
        item_title=each.item.title,
        parts=parts,
        consent=row.level,
        handling=row.moderation,
        may_show=kind.readers == "room" and allowed(row.level, "room_screen", "approved"),
        minute=row.minute,
        upvoted=kind.upvoted,
        votes=room.tables.votes[row.key],
        answer=room.tables.kept_answer(row.key),
        to_be_retold=reach.is_to_be_retold(row, room.kinds),
        retold=room.tables.kept_retelling(row.key),
        gone=bool(row.gone),
        may_hold_phone=bool(row.author),
        reworded=room.tables.dealt.reworded(row.key),
        withheld=row.withheld,
        warnings=room.tables.kept_warnings(row.key),
        asks=row.moderation == "new" and body_asks(row.body),
        marks=marks_in(pieces, [said for _, said in parts]),
        wishes=_wishes(kind, row),
        beside=_beside(each, kind, row),
    )


def _wishes(kind: AnyGathering, row: ContributionRow) -> tuple[Message, ...]:
    """What somebody has to read now, and in which languages it would have been found; none for nothing."""
    found = wishes_in(row.body) if kind.asks_consent else frozenset()
    return (*(WORDS[wish] for wish in sorted(found)), LANGUAGES) if found else ()


def _parts(each: ItemState, kind: AnyGathering, row: ContributionRow) -> tuple[tuple[Words, str], ...]:
    if not row.body:
        return ()
    return kind.quote(config_of(each, kind), msgspec.json.decode(row.body, type=kind.ballot_type)).parts


def _beside(each: ItemState, kind: AnyGathering, row: ContributionRow) -> tuple[tuple[Words, Words], ...]:
    if not row.body:
        return ()
    return kind.beside(config_of(each, kind), msgspec.json.decode(row.body, type=kind.ballot_type))


def _wanted(room: Room, shelf: Shelf, which: QueueFilter) -> bool:
    if which == "untold":
        return _is_untold(room, shelf)
    if which == "unread":
        return shelf.waits
    return which in ("all", shelf.moderation)


def _is_untold(room: Room, shelf: Shelf) -> bool:
    return not shelf.gone and not shelf.is_retold and reach.is_to_be_retold(shelf, room.kinds)


def write_up(room: Room) -> WriteUp:
    """What is left to do until the day's end, and what goes then."""
    shelves = list(room.tables.shelves.counts())
    going = [each for each in shelves if not each[0].gone and reach.reach_of_row(each[0], room.kinds) == "day"]
    untold = _summed((shelf.item, many) for shelf, many in shelves if _is_untold(room, shelf))
    return WriteUp(
        by=room.info.write_up_by,
        untold=tuple(
            (number, untold[each.item.key]) for number, each in enumerate(room.state.items, 1) if untold[each.item.key]
        ),
        unread=_by_kind(room, [each for each in going if each[0].moderation == "new"]),
        on_hold=_by_kind(room, [each for each in going if each[0].moderation == "on_hold"]),
        reasons=handled_reasons(room)["new"],
        going=sum(many for _, many in going),
        gone=sum(many for shelf, many in shelves if shelf.gone == "day_over"),
        in_hand=in_our_hands(dealt := received(room)),
        handed=len(dealt),
        retold=sum(many for shelf, many in shelves if shelf.is_retold),
    )


def _summed(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    summed: Counter[str] = Counter()
    for name, many in counts:
        summed[name] += many
    return summed


def _by_kind(room: Room, shelves: list[tuple[Shelf, int]]) -> tuple[Message, ...]:
    """How many there are of each kind, with its noun, in the order of the agenda."""
    order = {each.item.key: number for number, each in enumerate(room.state.items)}
    shelves = sorted(shelves, key=lambda each: order.get(each[0].item, 0))
    found = _summed((shelf.kind, many) for shelf, many in shelves)
    nouns = {name: kind.noun for name, kind in room.kinds.items() if isinstance(kind, Gathering)}
    return tuple(nouns[name].counted.of(many) for name, many in found.items() if name in nouns)


def waiting(room: Room) -> Waiting:
    """How much waits to be read, by what it is, and how much was dealt with."""
    shelves = list(room.tables.shelves.counts())
    new = _summed((shelf.kind, many) for shelf, many in shelves if shelf.waits and shelf.has_words)
    handled = _summed((shelf.moderation, many) for shelf, many in shelves if not shelf.gone)
    unread = (_unread(kind, new[name]) for name, kind in room.kinds.items() if isinstance(kind, Gathering))
    reasons = handled_reasons(room)
    return Waiting(
        new=(*(each for each in unread if each.count), *waiting_reasons(room)),
        approved=handled["approved"] + reasons["approved"],
        on_hold=handled["on_hold"] + reasons["on_hold"] + held_at_the_desk(room),
        now=sum(many for shelf, many in shelves if shelf.asks) + len(asking_reasons(room)),
    )


def _unread(kind: AnyGathering, count: int) -> Unread:
    if kind.readers == "facilitator":
        return Unread(count=count, words=trn("{n} only for you", "{n} only for you", count), only_you=True)
    return Unread(count=count, words=kind.noun.counted.of(count))


def ideas(room: Room, most: int) -> list[QueueEntry]:
    """Ideas that are not on hold, approved ones first, then newest first."""
    shelves = room.tables.shelves

    def approved(shelf: Shelf) -> bool:
        return shelf.kind == "ideas" and shelf.is_there and shelf.moderation == "approved"

    def others(shelf: Shelf) -> bool:
        return shelf.kind == "ideas" and shelf.is_there and shelf.moderation in ("new", "read")

    keys = shelves.newest(approved, 0, most)
    keys += shelves.newest(others, 0, most - len(keys))
    return [entry for key in keys if (entry := queue_entry(room, room.tables.contributions[key]))]
