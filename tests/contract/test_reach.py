"""What is gone once the write-up is finished: for every kind that gathers words, over every level its owner can choose.

Held against room and file, and against a table that is written out here, not computed by the rule under test. Kinds
that no registry has are in it too: what goes must follow from who reads a kind and whether it asks, not from its name.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
from msgspec import Struct

from tests.fakes import FakeClock
from tests.storage import doors, samples
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import AnyGathering, Gathering, Reader
from workshop_tui.domain.agenda import Activity, Agenda, Item
from workshop_tui.domain.consent import LEVELS
from workshop_tui.kinds.private import Private
from workshop_tui.kinds.registry import KINDS
from workshop_tui.kinds.vignette import Vignette
from workshop_tui.messages import tr
from workshop_tui.room.room import Room
from workshop_tui.storage.session_file import SessionFile, create, open_existing

ALL = frozenset(level for level, _ in LEVELS)


class Whisper(Private):
    """Only for the facilitator, as `private` is, under a name that nothing knows."""

    kind = "whisper"
    title = tr("whispers")


class Whistle(Vignette):
    """For the facilitator although it asks for a level: nobody's choice makes it last."""

    kind = "whistle"
    title = tr("whistles")
    readers: ClassVar[Reader] = "facilitator"


class Tale(Vignette):
    """Asks for a level, as stories do, under a name that nothing knows."""

    kind = "tale"
    title = tr("tales")


MADE_UP: dict[str, AnyGathering] = {each.kind: each for each in (Whisper(), Whistle(), Tale())}
EVERY: dict[str, Any] = {**KINDS, **MADE_UP}

GOES: dict[tuple[Reader, bool], frozenset[str]] = {
    ("facilitator", False): ALL,
    ("facilitator", True): ALL,
    ("room", True): frozenset({"C0", "C1"}),
    ("room", False): frozenset({"C0"}),
}
"""The levels that go at the day's end, by who reads a kind and whether it asks its owners for a level."""

MODERATIONS: tuple[cmd.Handling, ...] = ("new", "read", "on_hold")

every_gathering = pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=name) for name, kind in EVERY.items() if isinstance(kind, Gathering)]
)


class Sent(Struct, frozen=True):
    """One text that somebody sent."""

    key: str
    level: str
    canary: str


def body_of(kind: AnyGathering, level: str, canary: str) -> str:
    """What a phone sends to a kind, with a word in it that is nowhere else."""
    example = kind.examples()
    plain = msgspec.to_builtins(kind.read(example.config, example.answers[0]))
    if "parts" in plain:
        plain |= {"parts": [[plain["parts"][0][0], canary]], "level": level}
    else:
        plain |= {"text": canary}
    return msgspec.json.encode(msgspec.convert(plain, kind.ballot_type)).decode()


@asynccontextmanager
async def a_room(folder: Path, kind: AnyGathering) -> AsyncIterator[tuple[Room, SessionFile, FakeClock]]:
    """A room over a real session file whose only item gathers this kind."""
    config = msgspec.to_builtins(kind.examples().config)
    item = Item(key="i01", title="Say it", minutes=10, activity=Activity(kind=kind.kind, config=config))
    info = samples.info(agenda=Agenda(title="A day", stage="needs", items=(item,)))
    store = create(folder / "day.workshop", info, samples.AGENDA_TEXT, samples.STORY_KEY)
    clock = FakeClock()
    room = Room(store, store.load(), EVERY, clock)
    await room.start()
    try:
        yield room, store, clock
    finally:
        await room.close()


async def say_everything(room: Room, clock: FakeClock, kind: AnyGathering) -> list[Sent]:
    """One text of each level in each state of the reading queue, each from a phone of its own."""

    async def give(command: cmd.Command) -> None:
        await room.submit(msgspec.structs.replace(command, at=clock.now_ms(), salt=bytes(range(32))))

    sent = []
    await give(cmd.OpenItem(item="i01"))
    for number, (level, moderation) in enumerate((lv, how) for lv in sorted(ALL) for how in MODERATIONS):
        key, canary = f"{number:032x}", f"CANARY{number:03}OWN"
        await give(cmd.Join(person=f"p{number}", token_hash=number.to_bytes(32)))
        body = body_of(kind, level, canary)
        await give(cmd.Contribute(person=f"p{number}", item="i01", body=body, consent=level, key=key,
                                  submission_id=key))  # fmt: skip
        if moderation != "new":
            await give(cmd.Moderate(contribution=key, handling=moderation))
        if kind.readers == "room" and kind.asks_consent and level == "C1":
            await give(cmd.Retell(contribution=key, words=f"RETOLD{number:03}OTHER"))
        sent.append(Sent(key, level, canary))
    return sent


def on_disk(store: SessionFile) -> bytes:
    """Every byte of the file and of what lies beside it."""
    return b"".join(doors.readable(each) for each in store.path.parent.iterdir() if each.is_file())


@every_gathering
async def test_what_goes_at_the_days_end_is_what_the_table_says_in_room_and_file(
    kind: AnyGathering, tmp_path: Path
) -> None:
    goes = GOES[kind.readers, kind.asks_consent]
    async with a_room(tmp_path, kind) as (room, store, clock):
        sent = await say_everything(room, clock, kind)
        await room.submit(cmd.EndWorkshop(at=clock.now_ms(), confirm="END"))
        between = on_disk(store)
        assert [each.canary for each in sent if each.canary.encode() not in between] == []

        await room.submit(cmd.FinishWriteUp(at=clock.now_ms(), confirm="FINISH"))

        expected = [each.canary for each in sent if each.level not in goes]
        rows = {key: row for key, row in room.tables.contributions.items() if row.body}
        assert [each.canary for each in sent if each.key in rows] == expected
        left = on_disk(store)
        assert [each.canary for each in sent if each.canary.encode() in left] == expected
        assert {row.gone for row in room.tables.contributions.values() if not row.body} <= {"day_over"}
        assert not [row for row in room.tables.contributions.values() if not row.body and (row.salt or row.digest)]
        retold = 0 if kind.readers == "facilitator" or not kind.asks_consent else len(MODERATIONS)
        assert left.count(b"RETOLD") >= retold
        assert sum(bool(room.tables.kept_retelling(each.key)) for each in sent) == retold

    closed = on_disk(store)
    assert [each.canary for each in sent if each.canary.encode() in closed] == expected


@every_gathering
async def test_a_file_that_is_opened_again_has_just_what_is_left(kind: AnyGathering, tmp_path: Path) -> None:
    async with a_room(tmp_path, kind) as (room, store, clock):
        sent = await say_everything(room, clock, kind)
        await room.submit(cmd.EndWorkshop(at=clock.now_ms(), confirm="END"))
        await room.submit(cmd.FinishWriteUp(at=clock.now_ms(), confirm="FINISH"))
        before = tuple(room.tables.contributions.values())

    again = open_existing(store.path)
    stored = again.load()
    again.close()

    assert stored.contributions == before
    assert len(before) == len(sent)
    assert stored.story_key is None


def test_the_registry_has_a_kind_for_every_line_of_the_table_but_the_made_up_one() -> None:
    found = {(each.readers, each.asks_consent) for each in KINDS.values() if isinstance(each, Gathering)}

    assert found == set(GOES) - {("facilitator", True)}
