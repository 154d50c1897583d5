"""What is gone from the file is gone from memory too: keys when a round is counted, words at the day's end."""

from __future__ import annotations

import asyncio
import gc
import types
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette

from tests.fakes import FakeClock
from tests.sessions import an_info, sid
from tests.web.phones import HOST, Phone
from workshop_tui.domain import commands as cmd
from workshop_tui.kinds.registry import KINDS
from workshop_tui.protocol.answers import Exported
from workshop_tui.room import room as room_module
from workshop_tui.room.desk import Addresses
from workshop_tui.room.room import Room
from workshop_tui.storage import db
from workshop_tui.storage.session_file import SessionFile, create, open_existing
from workshop_tui.storage.tables import room as room_table
from workshop_tui.web.control.desk_app import desk_app
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.http.credentials import Credentials, Tokens
from workshop_tui.web.phone.app import PhoneSettings, participants_app
from workshop_tui.web.screen.screen import ScreenPresence

STORY_KEY = b"the key of every story, 32 bytes"
KEYS = Tokens(control="c" * 64, host="4" * 32, screen="5" * 32)
DESK = "127.0.0.1:9000"
OVER = ("only the facilitator hears of Tuesday", "nobody else hears of Wednesday", "not in my words: Thursday")
KEPT = "everyone may hear of Friday"


class House(NamedTuple):
    """A room over a real file, with both its apps."""

    room: Room
    store: SessionFile
    phones: Starlette
    control: Starlette

    def holds(self, secret: str | bytes) -> bool:
        """Whether anything that the room, its file or its apps can reach has this."""
        raw = secret.encode() if isinstance(secret, str) else secret
        return any(raw in text for text in texts([self.room, self.store, self.phones, self.control]))

    async def give(self, command: cmd.FacilitatorCommand) -> None:
        """What a console does."""
        transport = httpx2.ASGITransport(self.control, client=("127.0.0.1", 50_000))
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{DESK}") as desk:
            answer = await desk.post(
                "/control/command",
                content=msgspec.json.encode(command),
                headers={"Authorization": f"Bearer {KEYS.control}", "Action-Id": sid()},
            )
        assert answer.status_code == 200, answer.text


def texts(roots: Iterable[object]) -> Iterable[bytes]:
    """Every text and every bytes that can be reached, but by way of modules, classes and the loop with its tasks."""
    # Kept as long as the walk lasts: the number of one that is gone is soon another's.
    seen: dict[int, object] = {}
    waiting = list(roots)
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, types.ModuleType | type | asyncio.AbstractEventLoop):
            continue
        seen[id(each)] = each
        if isinstance(each, str):
            yield each.encode(errors="surrogatepass")
        elif isinstance(each, bytes | bytearray):
            yield bytes(each)
        elif isinstance(each, types.FunctionType):
            # Not its globals: they are a module's.
            waiting += [each.__closure__, each.__defaults__, each.__kwdefaults__, each.__dict__]
        else:
            waiting += gc.get_referents(each)
            if isinstance(each, dict):
                # The collector passes over keys that are text.
                waiting += each


@asynccontextmanager
async def serving(store: SessionFile) -> AsyncIterator[House]:
    room = Room(store, store.load(), KINDS, FakeClock())
    await room.start()
    addresses = Addresses(boot_id="boot", session_path=str(store.path), join_url="", screen_url="", host_url="")

    async def export(_: object) -> Exported:
        return Exported(folder="", files=())

    screens = ScreenPresence()
    desk = DeskServices(
        room=room,
        addresses=addresses,
        pid=1,
        connected=lambda: 0,
        screens=screens.open,
        export=export,
        stop=lambda: None,
    )
    phones = participants_app(room, PhoneSettings(hosts=frozenset({HOST}), words_burst=9))
    try:
        yield House(room, store, phones, desk_app(desk, Credentials.of(KEYS), frozenset({DESK}), screens))
    finally:
        await room.close()


async def everything_said(house: House) -> Phone:
    """A vote, words of every reach, and what the facilitator does with them; people are still there."""
    phone = await Phone(house.phones).join()
    await house.give(cmd.OpenItem(item="i01"))
    await house.give(cmd.OpenVote(key=b""))
    assert (await phone.vote("a")).status_code == 303
    await house.give(cmd.OpenItem(item="i03", vote="keep"))
    for words, consent in ((OVER[1], "C0"), (OVER[2], "C1"), (KEPT, "C4")):
        await phone.see()
        sent = await phone.post("/say/i03", {"what_happened": words, "level": consent})
        assert sent.status_code == 303, sent.text
    await house.give(cmd.OpenItem(item="i06", vote="keep"))
    await phone.see()
    assert (await phone.post("/say/i06", {"words": OVER[0]})).status_code == 303
    for row in house.room.tables.contributions.values():
        await house.give(cmd.Moderate(contribution=row.key, handling="approved" if row.consent == "C4" else "read"))
        await phone.see()
    return phone


@pytest.fixture
def store(tmp_path: Path) -> SessionFile:
    return create(tmp_path / "day.workshop", an_info(), b"", STORY_KEY)


async def test_after_sealing_the_rounds_key_is_in_no_object_that_the_room_can_reach(store: SessionFile) -> None:
    async with serving(store) as house:
        await everything_said(house)
        key = house.room.tables.round_key("i01.1")
        assert key is not None
        assert house.holds(key)
        (receipt,) = (row.receipt for row in house.room.tables.tallies["i01.1"].ballots.base.values())

        await house.give(cmd.OpenItem(item="i01", vote="keep"))
        await house.give(cmd.Reveal())

        assert not house.holds(key)
        assert not house.holds(receipt)
        assert house.holds(STORY_KEY)


@pytest.mark.parametrize("restarted", [False, True])
async def test_after_the_days_end_words_and_keys_are_in_no_object_that_the_room_can_reach(
    store: SessionFile, *, restarted: bool
) -> None:
    async with serving(store) as house:
        await everything_said(house)
        sent = [row.submission_id for row in house.room.tables.contributions.values()]
        assert [secret for secret in (*OVER, KEPT, STORY_KEY, *sent) if not house.holds(secret)] == []
        if not restarted:
            await _finish(house)
            _all_gone(house, sent)
    if restarted:
        async with serving(open_existing(store.path)) as house:
            assert [secret for secret in (*OVER, KEPT, STORY_KEY, *sent) if not house.holds(secret)] == []
            await _finish(house)
            _all_gone(house, sent)


async def test_a_fault_of_the_disk_holds_nothing_back(store: SessionFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error remembers the frames it came through, and those what was to be written."""
    monkeypatch.setattr(room_module, "RETRY_S", 0.01)
    note_commit = room_table.note_commit

    def failing(connection: db.Connection, alive_ms: int) -> None:
        del connection, alive_ms
        monkeypatch.setattr(room_table, "note_commit", note_commit)
        raise db.DBError("disk I/O error")

    async with serving(store) as house:
        phone = await everything_said(house)
        sent = [row.submission_id for row in house.room.tables.contributions.values()]
        await phone.see()
        monkeypatch.setattr(room_table, "note_commit", failing)
        words = "nobody ever hears of Saturday"
        assert (await phone.post("/say/i06", {"words": words, "sid": sid()})).status_code == 503
        while house.room.fault:
            await asyncio.sleep(0.02)

        assert not house.holds(words)
        await _finish(house)
        _all_gone(house, sent)


async def _finish(house: House) -> None:
    await house.give(cmd.EndWorkshop(confirm="END"))
    await house.give(cmd.FinishWriteUp(confirm="FINISH"))


def _all_gone(house: House, sent: list[str]) -> None:
    assert [secret for secret in (*OVER, STORY_KEY, *sent) if house.holds(secret)] == []
    assert house.holds(KEPT)
