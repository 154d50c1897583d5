"""A real room inside the tests: both listeners on 127.0.0.1, a session file, and somebody at the desk.

It is put together by the same function as a room process; only the process is missing, so that a test can stop
it, start it again on the same file and port, and look at what it keeps.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.asking import gathering_of, wants_ideas
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import ItemState
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.room import Room
from workshop_tui.runtime import serving
from workshop_tui.runtime.running import RunFile
from workshop_tui.runtime.sessions import NewSession
from workshop_tui.settings import HOME_VARIABLE
from workshop_tui.web.control.services import submit
from workshop_tui.web.http.credentials import FACILITATOR
from workshop_tui.web.http.server import Listeners

T = TypeVar("T")

ScreenMode = Literal["join", "question", "results", "story", "blank"]

CHOSEN = ("Tell it once", "One named person", "Evening appointments", "Clear letters")
"""What the facilitator makes of the room's ideas, where a poll takes its options from there."""


class _Losing:
    """Lets the answers to some posts get lost on their way, once they are done."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app, self._house = app, house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_lost = bool(self._house.lost) and scope["method"] == "POST" and scope["path"].startswith(self._house.lost)

        async def lose(message: Message) -> None:
            pass

        await self._app(scope, receive, lose if is_lost else send)
        if is_lost:
            # Fewer bytes than were promised: the server hangs up.
            length = [(b"content-length", b"1000")]
            await send({"type": "http.response.start", "status": 200, "headers": length})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


class House:
    """One room.

    Args:
        folder: Where the session file lies.
        agenda: The agenda's text.
    """

    def __init__(self, folder: Path, agenda: str) -> None:
        self._agenda = folder / "day.toml"
        self._agenda.write_text(agenda, encoding="utf-8")
        self._file = folder / "day.workshop"
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self._thread: threading.Thread | None = None
        self.lost = ""
        """Answers to posts to paths that begin like this get lost; "" for none."""
        self.room: Room
        self.run: RunFile

    # Opening and closing the house. --------------------------------------------------------------

    def start(self) -> None:
        """Serve the session: a new one, or the same one again at the same address."""
        new = None if self._file.exists() else NewSession(agenda=str(self._agenda))
        asked = serving.ServeAsked(session_path=str(self._file), new=new, address="127.0.0.1", any_port=new is not None)
        up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(asked, up)), daemon=True)
        self._thread.start()
        assert up.wait(20), "the room did not start"

    def stop(self) -> None:
        """Stop serving; the session file stays."""
        if self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the room did not stop"
        self._thread = None

    async def _serve(self, asked: serving.ServeAsked, up: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.room, phones, control, self.run, _ = serving._assemble(asked, self._stop)
        self._live = phones.app.state.live
        phones.app.add_middleware(_Losing, house=self)
        listeners = Listeners(phones.app, phones.socket, control.app, control.socket)
        await self.room.start()
        await listeners.start()
        up.set()
        await self._stop.wait()
        self.room.notifier.close()
        await listeners.stop()
        await self.room.close()

    def wait(self, work: Coroutine[None, None, T]) -> T:
        """Do something where the room lives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    @property
    def address(self) -> str:
        """Where phones find it."""
        return self.run.join_url.lower().rpartition("/j/")[0]

    @property
    def desk(self) -> str:
        """Where the screen and the host page are."""
        return self.run.control_url

    @property
    def join_path(self) -> str:
        """What the square leads to."""
        return f"/J/{self.run.join_code}"

    @property
    def open_streams(self) -> int:
        """How many phones listen now."""
        return int(self._live.open)

    # Who leads. ----------------------------------------------------------------------------------

    def give(self, *commands: cmd.FacilitatorCommand) -> None:
        """Facilitator's commands."""
        for command in commands:
            self.wait(submit(self.room, command, FACILITATOR))

    def item(self, kind: str) -> ItemState:
        """The first item of a kind; "" for one without anything to do on phones."""
        for each in self.room.state.items:
            if (each.item.activity.kind if each.item.activity else "") == kind:
                return each
        raise AssertionError(f"no item of the kind {kind!r}")

    def go(self, kind: str) -> None:
        """Be at an item, with no vote open."""
        if self.room.state.pause is not None:
            self.give(cmd.ResumeRoom())
        key, state = self.item(kind).item.key, self.room.state
        if state.current != key:
            self.give(cmd.OpenItem(item=key, vote="close"))
        elif state.last_round is not None and state.last_round.status == "open":
            self.give(cmd.CloseVote())

    def ask(self, kind: str) -> str:
        """Open an item and let phones answer; gives the path that answers go to."""
        self.go(kind)
        each = self.item(kind)
        if gathering_of(each.item, KINDS) is not None:
            if not each.gathering_open:
                self.give(cmd.OpenGathering())
            return f"/say/{each.item.key}"
        if wants_ideas(each.item) and not each.options:
            options = tuple(Option(key=chr(97 + at), text=text) for at, text in enumerate(CHOSEN))
            self.give(cmd.ChooseOptions(item=each.item.key, options=options))
        self.give(cmd.OpenVote(key=b""))
        return f"/vote/{self.round}"

    def show(self, mode: ScreenMode, subject: str = "") -> None:
        """Choose what the big screen shows, unless it shows that already."""
        screen = self.room.state.screen
        if (screen.mode, screen.subject) != (mode, subject):
            self.give(cmd.SetScreen(mode=mode, subject=subject))

    @property
    def round(self) -> str:
        """The newest round of the open item."""
        last = self.room.state.last_round
        assert last is not None
        return last.key

    def stir(self) -> None:
        """Something that every phone hears of and that changes nothing on its page."""
        self.give(cmd.AddMinutes(minutes=1))

    def ail(self) -> None:
        """Let nothing be kept from now on, as when the disk is full."""
        self.room.fault = "The disk is full."

    def heal(self) -> None:
        """Keep things again."""
        self.room.fault = ""

    # Who takes part. -----------------------------------------------------------------------------

    def person(self) -> str:
        """Somebody joins."""
        person = secrets.token_hex(16)
        token_hash = hashlib.sha256(person.encode()).digest()
        self.wait(self.room.submit(cmd.Join(at=self.room.clock.now_ms(), person=person, token_hash=token_hash)))
        return person

    def answer(self, *ballots: Mapping[str, object] | None) -> None:
        """One more person for each ballot; None skips."""
        for ballot in ballots:
            choice = None if ballot is None else msgspec.json.encode(ballot).decode()
            self.wait(
                self.room.submit(
                    cmd.Cast(
                        at=self.room.clock.now_ms(),
                        person=self.person(),
                        round=self.round,
                        choice=choice,
                        submission_id=secrets.token_hex(16),
                    )
                )
            )

    def tell(self, words: str, *, part: str = "what_happened", level: str = "C2", approve: bool = True) -> str:
        """Somebody tells a story; gives its key."""
        key, body = secrets.token_hex(16), {"parts": [[part, words]], "level": level}
        self.wait(
            self.room.submit(
                cmd.Contribute(
                    at=self.room.clock.now_ms(),
                    person=self.person(),
                    item=self.item("vignette").item.key,
                    body=msgspec.json.encode(body).decode(),
                    consent=level,
                    key=key,
                    submission_id=secrets.token_hex(16),
                )
            )
        )
        if approve:
            self.give(cmd.Moderate(contribution=key, handling="approved"))
        return key

    # What is kept. -------------------------------------------------------------------------------

    def votes(self) -> dict[str, int]:
        """The ballots of the newest round, as their canonical text."""
        tally = self.room.tables.tallies.get(self.round)
        return dict(tally.profile) if tally else {}

    def said(self, words: str) -> int:
        """How many contributions hold these words."""
        rows: list[ContributionRow] = list(self.room.tables.contributions.values())
        return sum(words in row.body for row in rows)


@contextmanager
def a_house(folder: Path, agenda: str) -> Iterator[House]:
    """A room that serves until the end of the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(folder / "home"))
        house = House(folder, agenda)
        house.start()
        try:
            yield house
        finally:
            house.stop()
