"""A real room with its store in memory, a console on it, and people who join, vote and tell."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import msgspec
from msgspec.structs import replace
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip

from tests.fakes import FakeClock, MemoryStore
from tests.sessions import a_room, an_info, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Agenda
from workshop_tui.errors import RoomUnreachable
from workshop_tui.protocol.answers import Done, Exported
from workshop_tui.protocol.client import RoomStopped
from workshop_tui.room.desk import Addresses, notes_page, round_details, snapshot
from workshop_tui.room.queue import queue_entry, queue_page
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import Details, NotesPage, Snapshot
from workshop_tui.room.write_up import evidence_page, write_up_page
from workshop_tui.room.write_up_page import EvidenceFilter, EvidencePage, WriteUpPage
from workshop_tui.tui.app import ConsoleApp
from workshop_tui.tui.keys import Key
from workshop_tui.tui.run_keys import RUN_KEYS
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.widgets.bars import KeyLine
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainStatic
from workshop_tui.web.control.services import submit
from workshop_tui.web.http.credentials import FACILITATOR

JOIN_URL = "HTTP://192.168.8.2:8080/J/KDMP"
ADDRESSES = Addresses(
    boot_id="boot1",
    session_path="/home/fay/sessions/test.db",
    join_url=JOIN_URL,
    screen_url="http://127.0.0.1:5000/screen",
    host_url="http://127.0.0.1:5000/host",
)


class NearClient:
    """`protocol.client.Client` on a room in the same process; counts and can be cut off."""

    def __init__(self, room: Room, addresses: Addresses = ADDRESSES) -> None:
        self.room, self.addresses = room, addresses
        self.sent: list[cmd.FacilitatorCommand] = []
        self.snapshots = 0
        self.gone = asyncio.Event()
        """Set: nobody answers any more."""
        self.stopped = False
        self.screens = 1

    def _check(self) -> None:
        if self.gone.is_set():
            raise RoomUnreachable("The room does not answer. What was sent and received is safe in its file.")

    async def snapshot(self, peek: bool) -> Snapshot:
        self._check()
        self.snapshots += 1
        people, desk = self.room.tables.people(), FACILITATOR.desk
        view = snapshot(self.room, self.addresses, peek=peek, connected=people, screens=self.screens, desk=desk)
        return msgspec.json.decode(msgspec.json.encode(view), type=Snapshot)

    async def events(self) -> AsyncIterator[int]:
        seen = 0
        while True:
            self._check()
            moved = asyncio.create_task(self.room.notifier.wait_desk(seen, 5))
            gone = asyncio.create_task(self.gone.wait())
            try:
                await asyncio.wait({moved, gone}, return_when=asyncio.FIRST_COMPLETED)
                self._check()
                seen = await moved
            finally:
                moved.cancel()
                gone.cancel()
            if self.stopped:
                raise RoomStopped("The room was stopped. Everything that was sent is saved.")
            yield seen

    async def submit(self, command: cmd.FacilitatorCommand) -> Done:
        self._check()
        self.sent.append(command)
        return await submit(self.room, command, FACILITATOR)

    async def queue(self, which: QueueFilter, offset: int, count: int, kind: str = "", words: str = "") -> QueuePage:
        self._check()
        return queue_page(self.room, which, offset, count, kind, words)

    async def notes(self, offset: int) -> NotesPage:
        self._check()
        return notes_page(self.room, offset)

    async def write_up(self, register: str, offset: int, count: int, words: str = "") -> WriteUpPage:
        self._check()
        page = write_up_page(self.room, register, offset, count, words)
        return msgspec.json.decode(msgspec.json.encode(page), type=WriteUpPage)

    async def evidence(
        self, notes: Sequence[str], which: EvidenceFilter, offset: int, count: int, kind: str = "", words: str = ""
    ) -> EvidencePage:
        self._check()
        page = evidence_page(self.room, notes, which, offset, count, kind, words)
        return msgspec.json.decode(msgspec.json.encode(page), type=EvidencePage)

    async def ideas(self) -> tuple[QueueEntry, ...]:
        self._check()
        rows = [row for row in self.room.tables.contributions.values() if row.kind == "ideas"]
        return tuple(entry for row in rows if (entry := queue_entry(self.room, row)) is not None)

    async def details(self) -> Details:
        self._check()
        return msgspec.json.decode(msgspec.json.encode(round_details(self.room)), type=Details)

    async def export(self) -> Exported:
        self._check()
        return Exported(folder="/tmp/export", files=("report.html", "votes.csv"))

    async def stop(self) -> None:
        self._check()
        self.stopped = True
        self.room.notifier.tell_desk()

    async def close(self) -> None:
        pass


class Sitting:
    """A running room, a console on it, and the people in it."""

    def __init__(self, room: Room, clock: FakeClock, store: MemoryStore) -> None:
        self.room, self.clock, self.store = room, clock, store
        self.client = NearClient(room)

    async def give(self, command: cmd.Command) -> None:
        """Hand in a command as somebody else: a phone, or another console."""
        if isinstance(command, cmd.OpenVote):
            command = replace(command, key=b"k" * 32)
        await self.room.submit(replace(command, at=self.clock.now_ms()))

    async def pass_s(self, seconds: int) -> None:
        """Let time pass in steps that the room does not take for a sleep."""
        for left in range(seconds, 0, -10):
            self.clock.pass_s(min(10, left))
            await self.room.tick()

    async def join(self, *people: str) -> None:
        for person in people:
            await self.give(cmd.Join(person=person, token_hash=hashlib.sha256(person.encode()).digest()))

    async def vote(self, person: str, option: str) -> None:
        last = self.room.state.last_round
        assert last is not None
        await self.give(cmd.Cast(person=person, round=last.key, choice=f'{{"option":"{option}"}}', submission_id=sid()))

    async def tell(self, person: str, body: str, item: str, consent: str = "C2") -> None:
        number = sid()
        await self.give(
            cmd.Contribute(person=person, item=item, body=body, consent=consent, key=f"k{number}", submission_id=number)
        )


@asynccontextmanager
async def sitting(agenda: Agenda | None = None, **info: object) -> AsyncIterator[Sitting]:
    """A room that runs until the end of the block; its clock stands unless moved."""
    clock = FakeClock()
    store = MemoryStore(an_info(agenda, **info))
    room = a_room(store, clock)
    await room.start()
    try:
        yield Sitting(room, clock, store)
    finally:
        await room.close()


@asynccontextmanager
async def console(
    here: Sitting, size: tuple[int, int] = (100, 30), **options: object
) -> AsyncIterator[tuple[ConsoleApp, Pilot[str]]]:
    """A console on the room, once it has drawn its first snapshot."""
    # A console's own clock follows the room's, so that nothing depends on how fast the machine is.
    app = ConsoleApp(here.client, steady=lambda: here.clock.steady / 1000, **options)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await until(lambda: app.has_moment)
        await until(lambda: app.screen.query(KeyLine))
        await settle(here, app, pilot)
        yield app, pilot


async def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something holds."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not true():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError("it never came true")
        await asyncio.sleep(0.01)


LET_GO_S = 2.0
"""How long after the one before a key is pressed by somebody who lets go of each."""
_last = 0.0


def type_key(app: ConsoleApp, key: str, *, after_s: float | None = None) -> None:
    """Send one key as the terminal would; does not wait, unlike `Pilot.press`, which waits for an idle machine.

    Args:
        app: The console.
        key: Its name.
        after_s: How long after the key before, on the terminal's clock; None for somebody who lets go of each.
    """
    global _last
    _last += LET_GO_S if after_s is None else after_s
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    character = " " if key == "space" else key if len(key) == 1 else None
    event = events.Key(name, character)
    event.time = _last
    event.set_sender(app)
    assert app._driver is not None
    app._driver.send_message(event)


def hold_key(app: ConsoleApp, key: str, times: int, *, delay_s: float = 0.5, every_s: float = 0.03) -> None:
    """Hold a key down: it comes once, after a while again, and then fast, as terminals repeat it."""
    type_key(app, key)
    for number in range(times):
        type_key(app, key, after_s=every_s if number else delay_s)


async def press(here: Sitting, pair: tuple[ConsoleApp, Pilot[str]], *keys: str) -> None:
    """Press keys one after the other, each once the one before has had its effect."""
    app, pilot = pair
    for key in keys:
        type_key(app, key)
        if isinstance(app.screen, Form) and len(key) == 1:
            await pilot.pause(0)
        else:
            await settle(here, app, pilot)


async def settle(here: Sitting, app: ConsoleApp, pilot: Pilot[str]) -> None:
    """Wait until nothing is under way and the console shows what the room has."""
    quiet = 0
    # A key goes from queue to queue before anything comes of it.
    while quiet < 4:
        await pilot.pause(0.005)
        quiet = quiet + 1 if _is_quiet(here, app) else 0
        if app._exception is not None or app._exit:
            return


def _is_quiet(here: Sitting, app: ConsoleApp) -> bool:
    asking = any(isinstance(screen, Dialog) for screen in app.screen_stack)
    busy = any(worker.is_running for worker in app.workers if worker.group != "feed" and not asking)
    known = app.moment.trouble or app.moment.snapshot.desk_version >= here.room.notifier.desk_version
    return bool(known) and not busy and not app.feed._stale.is_set() and bool(screen_text(app).strip())


def strips(app: ConsoleApp) -> list[Strip]:
    """The rows on the screen."""
    return app.screen._compositor.render_strips()


def screen_text(app: ConsoleApp) -> str:
    """What stands on the screen, row by row."""
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips(app))


def asked(app: ConsoleApp) -> str:
    """What a dialog says, without what shows around it."""
    said = [str(each.content) for each in app.screen.query(PlainStatic)]
    said += ["".join(text for text, _ in line) for page in app.screen.query(Pane) for line in page._lines]
    return " ".join(" ".join(said).split())


def by_name(name: str) -> Key:
    """What has no key, as the palette gives it."""
    return next(key for key in RUN_KEYS if key.act.name == name)
