"""The console: draws what the room sends and posts what the facilitator does. It decides nothing.

The room is another process. This app may crash, hang or be killed at any moment and no phone notices.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import ClassVar, Final, TypeVar

from msgspec.structs import replace
from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.screen import Screen

from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.policy import ENDED, FINISHED
from workshop_tui.errors import CommandRefused, WorkshopError
from workshop_tui.protocol.client import Client
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.tui.desk import Desk, Said
from workshop_tui.tui.feed import Feed, Restart
from workshop_tui.tui.flows import FLOWS
from workshop_tui.tui.house_app import HouseApp
from workshop_tui.tui.keys import EVERYWHERE, KEYS, UNTIL_THE_END, UNTIL_THE_FINISH, key_named
from workshop_tui.tui.messages import RoomBack, RoomEnded, RoomLost, SnapshotArrived
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.run import RunScreen
from workshop_tui.tui.terminal import leaving_on_signals
from workshop_tui.tui.widgets.page import Page

T = TypeVar("T")

ARMED_S: Final = 3.0
"""How long the first `r` waits for the second."""

GOOD_NEWS_S: Final = 8.0
"""How long a "done" stays; what went wrong stays until it is put away, or until a later key."""

READ_S: Final = 3.0
"""From when a key pressed after a refusal counts as having read it."""

LOG_LINES: Final = 20

SHEETS: Final = ("base", "run", "join", "queue", "options")
"""The style sheets beside the screens."""


class ConsoleApp(HouseApp):
    """The facilitator's console; gives "left" or "stopped".

    Args:
        client: The room.
        restart: Starts the room again when it is gone; None where this console cannot.
        hint: A line to begin with; shown until the workshop starts, and for a while where it has started.
        takes_room: Whether the room ends with this console, as a demo's does.
        settled: Called once, when the first snapshot stands on the screen.
        steady: Seconds on a clock that nobody sets.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [f"screens/{name}.tcss" for name in SHEETS]
    TITLE = "workshop-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key.keys, f"app.do('{key.name}')", key.label, show=False, id=key.name, priority=True)
            for key in (key_named(name) for name in EVERYWHERE)
        ),
        Binding("ctrl+c", "app.do('leave')", show=False, id="leave_c"),
    ]

    def __init__(
        self,
        client: Client,
        *,
        restart: Restart | None = None,
        hint: str = "",
        takes_room: bool = False,
        settled: Callable[[], None] = lambda: None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.feed = Feed(client, restart, self.post_message)
        self.redraws = 0
        """How many snapshots were drawn; a burst of votes must not make it grow without bound."""
        self.separate_display: bool = False
        """Whether the facilitator said that the big screen is another display than this one."""
        self.takes_room = takes_room
        self._hint = hint
        self._settled = settled
        self._steady = steady
        self._desk: Desk | None = None
        self._arrived_at = 0.0
        self._said_at = 0.0
        self._armed_until = 0.0
        self._order = asyncio.Lock()

    # Life. ---------------------------------------------------------------------------------------

    async def run_async(self, **options: object) -> str | None:
        """Run in the terminal; a signal ends it with the terminal put back."""
        with leaving_on_signals(lambda: self.exit("left")):
            return await super().run_async(**options)  # type: ignore[arg-type]

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the bottom of the stack."""
        return RunScreen()

    def on_mount(self) -> None:
        """Follow the room and tick."""
        self.set_interval(1.0, self._tick)
        self.run_worker(self.feed.run(), group="feed", name="feed")

    async def on_unmount(self) -> None:
        """Let go of the room; it goes on."""
        await self.feed.client.close()

    # What the room says. -------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """This moment; only once a snapshot has arrived."""
        assert self._desk is not None  # noqa: S101 - flows do not run before
        return self._desk

    @property
    def has_desk(self) -> bool:
        """Whether a snapshot has arrived."""
        return self._desk is not None

    @on(SnapshotArrived)
    def take_snapshot(self, message: SnapshotArrived) -> None:
        """Draw what the room sent."""
        self.take(message.snapshot)

    def take(self, snapshot: Snapshot) -> None:
        """Make `snapshot` the present moment and draw it."""
        before = self._desk
        self._arrived_at = self._steady()
        if before is None:
            self._desk = Desk(snapshot=snapshot, hint=self._hint)
            if self._hint and snapshot.started:
                self.say(self._hint)
            self.call_after_refresh(self._settled)
        else:
            self._desk = replace(before, snapshot=snapshot, since_ms=0)
            if _round(before.snapshot) != _round(snapshot):
                # Another question: its answers are hidden again until asked for.
                self.set_peek(False)
        self.redraws += 1
        self.draw()

    @on(RoomLost)
    def lose_room(self, message: RoomLost) -> None:
        """Say so, in words, until it is back."""
        if not self.has_desk:
            self.notify(message.words, title="No room", severity="error", timeout=60)
        self._change(trouble=message.words, stopped=False)

    @on(RoomEnded)
    def end_room(self, message: RoomEnded) -> None:
        """Somebody stopped it: start it again only when asked."""
        self._change(trouble=message.words, stopped=True)

    @on(RoomBack)
    def find_room(self) -> None:
        """Back at the same place."""
        self._change(trouble="", stopped=False)
        self.say("The room answers again. Nothing that was received is lost.")

    # What the facilitator does. ------------------------------------------------------------------

    def action_do(self, name: str) -> None:
        """Carry out the key of that name."""
        self._put_away_what_was_read()
        phase = self.desk.snapshot.phase if self.has_desk else "running"
        if phase == "finished" and name in UNTIL_THE_FINISH:
            self.say(str(FINISHED), ok=False)
        elif phase == "people_left" and name in UNTIL_THE_END:
            self.say(str(ENDED), ok=False)
        elif self.has_desk or name in EVERYWHERE:
            self.run_worker(FLOWS[name](self), group="flows", name=name)

    def _put_away_what_was_read(self) -> None:
        """Let a refusal go with the next key: beside what that key shows it would be untrue."""
        said = self._desk.said if self._desk is not None else None
        if said is not None and not said.ok and self._steady() - self._said_at > READ_S:
            self._change(said=None)

    @on(Page.Pressed)
    def press_page(self, message: Page.Pressed) -> None:
        """A click on a pane that stands for a key."""
        self.action_do(message.does)

    async def send(self, command: FacilitatorCommand) -> bool:
        """Hand a command to the room, in the order they were given; whether it was carried out."""
        async with self._order:
            label = await self.asked(self.feed.client.submit(command))
        if label is None:
            return False
        if label:
            self.say(f"{label[0].upper()}{label[1:]}.")
        self.feed.refresh()
        return True

    async def asked(self, answer: Awaitable[T]) -> T | None:
        """What the room answered; None when it could not, and then the reason is on the screen."""
        try:
            return await answer
        except CommandRefused as refused:
            self.say(str(refused), ok=False)
        except WorkshopError as problem:
            self.say(f"That did not happen: {problem}", ok=False)
        return None

    async def fresh(self) -> Desk | None:
        """The room as it is now, past anything sent before; None when it does not answer."""
        snapshot = await self.asked(self.feed.client.snapshot(self.feed.peek))
        if snapshot is not None:
            self.take(snapshot)
        return self._desk if snapshot is not None else None

    def say(self, words: str, *, ok: bool = True) -> None:
        """Put an answer on the screen; what went wrong stays until put away."""
        self._said_at = self._steady()
        if self._desk is not None:
            said = Said(words, ok)
            self._change(said=said, log=(*self._desk.log, said)[-LOG_LINES:])

    def set_peek(self, peek: bool) -> None:
        """Look at the result so far, or stop looking."""
        if self.feed.peek != peek:
            self.feed.peek = peek
            self._change(peek=peek)
            self.feed.refresh()

    def arm(self, armed: bool) -> None:
        """Let the next `r` reveal, for `ARMED_S` seconds; or not."""
        self._armed_until = self._steady() + ARMED_S if armed else 0.0
        if armed:
            self.set_timer(ARMED_S + 0.05, self._tick)
        self._change(armed=armed)

    def action_dismiss_words(self) -> None:
        """Put the last answer away."""
        self._change(said=None)

    def action_start_again(self) -> None:
        """Start the room again, where somebody stopped it."""
        if self._desk is not None and self._desk.stopped:
            self.feed.start_again()

    async def action_quit(self) -> None:
        """Never at once: see the flow."""
        self.action_do("leave")

    def action_help_quit(self) -> None:
        """As for ctrl+q."""
        self.action_do("leave")

    # By name. ---------------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything by name: the palette. Textual's own screenshot and developer commands stay out."""
        for key in KEYS:
            shown = f" ({key.shown})" if key.shown else ""
            yield SystemCommand(key.title + shown, key.help, lambda name=key.name: self.action_do(name))
        yield SystemCommand("Theme", "Other colours, light or dark.", self.action_change_theme)

    # Drawing. ------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show this moment on the screen that can be seen, below a dialog or not."""
        if self._desk is None:
            return
        with self.batch_update():
            for screen in reversed(self.screen_stack):
                if isinstance(screen, DeskScreen):
                    # A screen that is just coming or going has not all of its widgets.
                    with suppress(NoMatches):
                        screen.draw(self._desk)
                    # What is below it cannot be seen; it is drawn when it comes back.
                    break

    def _tick(self) -> None:
        if self._desk is None:
            return
        now = self._steady()
        said = self._desk.said
        if said is not None and said.ok and now - self._said_at > GOOD_NEWS_S:
            said = None
        since = max(0, round((now - self._arrived_at) * 1000))
        self._change(since_ms=since, said=said, armed=now < self._armed_until)

    def _change(self, **changes: object) -> None:
        if self._desk is not None:
            self._desk = replace(self._desk, **changes)
            self.draw()


def _round(snapshot: Snapshot) -> str:
    return snapshot.round.key if snapshot.round is not None else ""
