"""Counts and pages of what people sent, held against a scan of all of it; and what they may look at."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import msgspec
import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_agenda, an_info, item, sid, usual_items
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import decide
from workshop_tui.domain.names import keyed
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.errors import Refused, StoreUnavailable
from workshop_tui.limits import SHOWN_IDEAS
from workshop_tui.room.queue import ideas, queue_page, waiting, write_up
from workshop_tui.room.queue_page import QueueFilter
from workshop_tui.room.room import Room

PEOPLE = ("ana", "ben", "cho")
BODIES = {
    "i03": '{"parts":[["story","%s"]],"level":"C1"}',
    "i04": '{"text":"%s"}',
    "i06": '{"text":"%s"}',
    "i07": '{"text":"%s"}',
}
HANDLINGS: tuple[cmd.Handling, ...] = ("new", "read", "approved", "on_hold")
FILTERS: tuple[QueueFilter, ...] = ("unread", "all", "approved", "on_hold", "untold")
DAY = {"vignette": {"C0", "C1"}, "private": {"C0", "C1", "C2", "C3", "C4"}}
"""The levels of which words are only for the day, by kind."""


class Scan:
    """The same counts and orders, each out of everything that was ever sent."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.rows = list(room.tables.contributions.values())

    def told(self, row: ContributionRow) -> bool:
        return self.room.tables.kept_retelling(row.key) != ""

    def untold(self, row: ContributionRow) -> bool:
        return row.kind == "vignette" and row.consent == "C1" and not row.gone and not self.told(row)

    def page(self, which: QueueFilter) -> list[str]:
        def wanted(row: ContributionRow) -> bool:
            if which == "untold":
                return self.untold(row)
            if which == "unread":
                return row.moderation == "new" and not row.gone
            return which == "all" or row.moderation == which

        there = [row for row in self.rows if wanted(row) and (row.body or self.told(row))]
        there.sort(key=lambda row: (row.moderation != "new", -self.rows.index(row)))
        if which == "approved":
            there.sort(key=self.rank)
        return [row.key for row in there]

    def rank(self, row: ContributionRow) -> tuple[object, ...]:
        if row.kind != "questions" or not row.body:
            return (1,)
        text = msgspec.json.decode(row.body)["text"]
        tables = self.room.tables
        return (0, tables.kept_answer(row.key) is not None, -tables.votes[row.key], text.casefold(), text, row.key)

    def listed(self, item_: str) -> list[str]:
        return [key for key in self.page("approved") if self.room.tables.contributions[key].item == item_]

    def ideas(self) -> list[str]:
        there = [row for row in self.rows if row.kind == "ideas" and row.body and row.moderation != "on_hold"]
        there.sort(key=lambda row: (row.moderation != "approved", -self.rows.index(row)))
        return [row.key for row in there]

    def going(self) -> list[ContributionRow]:
        # What is for nobody goes whatever its kind is.
        return [row for row in self.rows if not row.gone and row.consent in {"C0", *DAY.get(row.kind, ())}]


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    items = [*usual_items(), item(7, "Questions", kind="questions")]
    room = a_room(MemoryStore(an_info(an_agenda(*items))), FakeClock())
    await room.start()
    for person in PEOPLE:
        await room.submit(cmd.Join(person=person, token_hash=person.encode() * 8))
    yield room
    await room.close()


def commands(lot: random.Random, keys: list[str], number: int, open_: str) -> Iterator[cmd.Command]:
    """A few commands out of all that change what people sent."""
    key, person = (lot.choice(keys) if keys else "none"), lot.choice(PEOPLE)
    body = BODIES[open_] % f"{lot.choice('abcAB')} {number}"
    for sent in range(lot.randint(1, 3)):
        yield cmd.Contribute(
            person=person, item=open_, body=body, consent=lot.choice(("C0", "C1", "C2", "C4")),
            key=f"{number * 8 + sent:032x}", submission_id=sid(), salt=bytes(32),
        )  # fmt: skip
    for _ in range(2):
        yield cmd.Moderate(contribution=lot.choice(keys or ["none"]), handling=lot.choice(HANDLINGS))
    yield cmd.Upvote(person=person, contribution=key, on=lot.random() < 0.8)
    yield lot.choice((
        cmd.MarkAnswered(contribution=key, answered=True, words="Yes", owner=""),
        cmd.MarkAnswered(contribution=key, answered=False),
        cmd.Retell(contribution=key, words=lot.choice(("A bus was late", ""))),
        cmd.HoldPhone(contribution=key, hold=lot.random() < 0.5),
        cmd.TakeBack(person=person, contribution=key),
    ))  # fmt: skip


async def give(room: Room, command: cmd.Command) -> None:
    try:
        await room.submit(msgspec.structs.replace(command, at=room.clock.now_ms()))
    except (Refused, StoreUnavailable):
        return


def check(room: Room, story_key: bytes | None) -> None:
    scan = Scan(room)
    for which in FILTERS:
        expected = scan.page(which)
        for offset, most in ((0, 5), (3, 4), (len(expected) // 2, 7), (max(0, len(expected) - 1), 5)):
            page = queue_page(room, which, offset, most)
            assert [entry.key for entry in page.entries] == expected[offset : offset + most], which
            assert page.total == len(expected)
    told = waiting(room)
    unread = [row for row in scan.rows if row.moderation == "new" and not row.gone]
    assert told.unread == len(unread) == room.tables.unread()
    assert told.approved == sum(row.moderation == "approved" and not row.gone for row in scan.rows)
    assert told.on_hold == sum(row.moderation == "on_hold" and not row.gone for row in scan.rows)
    assert [entry.key for entry in ideas(room, SHOWN_IDEAS)] == scan.ideas()
    assert room.questions.keys("i07", 0, 1_000) == scan.listed("i07")
    todo = write_up(room)
    assert (todo.going, todo.gone) == (len(scan.going()), sum(row.gone == "day_over" for row in scan.rows))
    assert todo.retold == sum(scan.told(row) for row in scan.rows)
    assert dict(todo.untold).get(3, 0) == sum(map(scan.untold, scan.rows))
    for each in room.state.items:
        approved = {r.key for r in scan.rows if r.item == each.item.key and r.moderation == "approved" and not r.gone}
        assert set(room.tables.approved(each.item.key)) == approved
        assert room.tables.approved_in(each.item.key) == len(approved)
    if story_key is not None:
        mine = {person: keyed(story_key, person) for person in PEOPLE}
        waits = {person: sum(row.author == author for row in unread) for person, author in mine.items()}
        assert {person: room.tables.unread_of(author) for person, author in mine.items()} == waits
        assert room.tables.waiting_authors() == sum(many > 0 for many in waits.values())


@pytest.mark.parametrize("seed", range(6))
async def test_every_count_and_page_is_what_a_scan_of_everything_finds(room: Room, seed: int) -> None:
    lot, open_ = random.Random(seed), "i04"
    store = room._store
    assert isinstance(store, MemoryStore)
    story_key = room.tables.story_key()
    for number in range(30):
        if number % 6 == 0:
            open_ = ("i03", "i07", "i04", "i06", "i07")[number // 6]
            await room.submit(cmd.OpenItem(item=open_, at=room.clock.now_ms()))
        for command in commands(lot, list(room.tables.contributions), number, open_):
            await give(room, command)
        check(room, story_key)
    before = room.questions.mark("i07")

    # As it would be read again, the very same.
    again = Room(store, store.load(), room.kinds, room.clock)
    check(again, story_key)
    assert again.questions.mark("i07") == before

    await room.submit(cmd.EndWorkshop(at=room.clock.now_ms(), confirm="END", salt=bytes(32)))
    await room.submit(cmd.FinishWriteUp(at=room.clock.now_ms(), confirm="FINISH", salt=bytes(32)))
    check(room, None)


async def test_a_commit_that_failed_leaves_every_count_as_it_was(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.room.room.RETRY_S", 0.0)
    await room.submit(cmd.OpenItem(item="i07", at=room.clock.now_ms()))
    lot, story_key, store = random.Random(7), room.tables.story_key(), room._store
    assert isinstance(store, MemoryStore)
    for number in range(20):
        store.broken = "The disk is full." if number % 3 == 2 else ""
        for command in commands(lot, list(room.tables.contributions), number, "i07"):
            await give(room, command)
        # Not the room that read its file again: the one that threw the batch away.
        check(room, story_key)


@pytest.mark.parametrize("which", FILTERS)
@pytest.mark.parametrize("many", [64, 640])
async def test_a_page_looks_at_the_contributions_of_the_page_and_at_no_others(
    room: Room, which: QueueFilter, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowded = a_crowd(room, many)
    only = Only(crowded.tables.contributions)
    monkeypatch.setattr(type(crowded.tables), "contributions", property(lambda tables: only))

    page = queue_page(crowded, which, 10, 5)
    waiting(crowded)
    write_up(crowded)

    assert page.total in (many, many // 4, many // 2)
    assert only.asked == [entry.key for entry in page.entries]
    assert len(only.asked) == 5


async def test_deciding_looks_at_what_one_phone_sent_and_at_nothing_else(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowded = a_crowd(room, 640)
    at = room.clock.now_ms()
    await room.submit(cmd.OpenItem(item="i07", at=at))
    question = f"{5:032x}"
    tables = crowded.tables
    texts = (tables._answers, tables._retellings, tables._rewordings, tables._redactions)
    of_desks = (tables._notes, tables._undo, tables._redo, *texts)
    for walks in ("items", "__len__"):
        walk = getattr(type(tables._contributions), walks)

        def over(self: Any, walk: Any = walk) -> Any:
            # What desks wrote is little, and looked through for what somebody takes back.
            return walk(self) if any(self is each for each in of_desks) else never()

        monkeypatch.setattr(type(tables._contributions), walks, over)
    monkeypatch.setattr(type(crowded.tables), "all_contributions", never)

    for command in (
        cmd.Contribute(person="ana", item="i07", body='{"text":"Why?"}', consent="C2", key="a" * 32,
                       submission_id=sid(), salt=bytes(32), at=at),
        cmd.Moderate(contribution="a" * 32, handling="approved", at=at),
        cmd.Moderate(contribution=question, handling="approved", at=at),
        cmd.Upvote(person="ben", contribution="a" * 32, on=True, at=at),
        cmd.HoldPhone(contribution="a" * 32, at=at),
        cmd.TakeBack(person="ana", contribution="a" * 32, at=at),
    ):  # fmt: skip
        for event in decide(room.state, command, crowded.tables, crowded.kinds).events:
            if isinstance(event, ev.TableEvent):
                crowded.tables.apply(event)
        crowded.tables.commit()

    row = crowded.tables.contributions["a" * 32]
    assert (row.moderation, row.gone) == ("on_hold", "withdrawn")


def never(*_: object) -> None:
    raise AssertionError("this walks over everything")


def a_crowd(room: Room, many: int) -> Room:
    """The same session with so many stories and questions, handled in every way."""
    rows = tuple(
        ContributionRow(
            key=f"{n:032x}", item=("i03", "i07")[n % 2], kind=("vignette", "questions")[n % 2],
            body=('{"parts":[],"level":"C1"}', '{"text":"x"}')[n % 2], consent=("C1", "C2")[n % 2],
            author=n.to_bytes(32), moderation=HANDLINGS[n // 2 % 4], minute=0, submission_id=f"f{n:031x}", digest=b"",
        )
        for n in range(many)
    )  # fmt: skip
    store = room._store
    assert isinstance(store, MemoryStore)
    return Room(store, msgspec.structs.replace(store.load(), contributions=rows), room.kinds, room.clock)


class Only:
    """Rows that can be asked for one by one; it remembers for which."""

    def __init__(self, rows: Mapping[str, ContributionRow]) -> None:
        self._rows = rows
        self.asked: list[str] = []

    def __getitem__(self, key: str) -> ContributionRow:
        self.asked.append(key)
        return self._rows[key]

    def get(self, key: str) -> ContributionRow | None:
        self.asked.append(key)
        return self._rows.get(key)
