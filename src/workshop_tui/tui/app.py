"""The console: draws what the room sends and posts what the facilitator does. It decides nothing.

The room is another process. This app may crash, hang or be killed at any moment and no phone notices.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import ClassVar, Final, Literal, TypeVar

from msgspec.structs import replace
from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.events import Key as Pressed
from textual.screen import ModalScreen, Screen

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.errors import CommandRefused, WorkshopError
from workshop_tui.messages import ENGLISH, Text, Translator, as_tuple, tr
from workshop_tui.protocol.client import Client
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.tui.context import Context
from workshop_tui.tui.feed import Feed, Find, Restart, RoomBack, RoomEnded, RoomLocked, RoomLost, SnapshotArrived
from workshop_tui.tui.flows import ending
from workshop_tui.tui.flows.acting import confirm_and_send
from workshop_tui.tui.keyed_app import KeyedApp
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.moment import ConsoleMoment, Notice
from workshop_tui.tui.run_keys import RUN_KEYS, everywhere
from workshop_tui.tui.screens.base import DeskScreen, Dialog
from workshop_tui.tui.screens.own import own
from workshop_tui.tui.screens.passphrase import PassphraseDialog
from workshop_tui.tui.screens.run import RunScreen
from workshop_tui.tui.screens.shade import ShadeScreen
from workshop_tui.views.acts import act_named

T = TypeVar("T")

SHEETS: Final = ("base", "run", "join", "queue", "options")
"""The style sheets beside the screens."""


NOT_PAUSED: Final = (
    tr("Nothing is paused yet, so it may still show what it showed: cover the projector."),
    tr("It is tried again by itself."),
)
NOT_BLANK: Final = (tr("It may still show what it showed: cover the projector."),)


class ConsoleApp(KeyedApp):
    """The facilitator's console; gives "left" or "stopped". What flows call is described in `Context`.

    Args:
        client: The room.
        restart: Starts the room again when it is gone; None where this console cannot.
        open_page: Opens an address in the browser of this computer; whether it could.
        find: Gives the room that somebody else started again after a stop; None where that cannot be known.
        hint: A line to begin with; shown until the workshop starts, and for a while where it has started.
        takes_room: Whether the room ends with this console, as a demo's does.
        translator: Turns what is said into the facilitator's language.
        settled: Called once, when the first snapshot stands on the screen.
        steady: Seconds on a clock that nobody sets.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [f"screens/{name}.tcss" for name in SHEETS]
    TITLE = "workshop-tui"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", "", show=False, id="leave_c")]

    def __init__(
        self,
        client: Client,
        *,
        restart: Restart | None = None,
        find: Find | None = None,
        open_page: Callable[[str], bool] = lambda address: False,
        hint: Text = "",
        takes_room: bool = False,
        translator: Translator = ENGLISH,
        settled: Callable[[], None] = lambda: None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(translator)
        self.feed = Feed(client, restart, self.post_message, find)
        self.separate_display: bool = False
        """Whether the facilitator said that the big screen is another display than this one."""
        self.takes_room = takes_room
        self._open_page = open_page
        self._hint = hint
        self._settled = settled
        self._steady = steady
        self._moment: ConsoleMoment | None = None
        self._order = asyncio.Lock()
        self._pausing = False
        """Whether everything was to be paused and the room has not said that it is."""
        self._blanked = False
        """Whether the shade took something off the big screen."""
        self._everywhere = everywhere(self._help, self._palette, self._pause, self._go_on, self._shade)
        self._at_once = Keys([self._everywhere.named(name) for name in ("pause", "shade")])

    # Life. ---------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the bottom of the stack."""
        start_again = own("start_again", "Enter", tr("Start the room again"),
                          tr("Start the room again, where somebody stopped it."), self._start_again,
                          keys="enter")  # fmt: skip
        put_away = own("put_away", "Esc", tr("Put the last answer away"), tr("Put the last answer away."),
                       self._put_away, keys="escape")  # fmt: skip
        hidden = (start_again.in_footer(False), put_away.in_footer(False))
        return RunScreen(self.with_everywhere(Keys([*RUN_KEYS, *hidden])))

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)
        self.run_worker(self.feed.run(), group="feed", name="feed")

    async def on_unmount(self) -> None:
        """Let go of the room; it goes on."""
        await self.feed.client.close()

    # What the room says. -------------------------------------------------------------------------

    @property
    def moment(self) -> ConsoleMoment:
        assert self._moment is not None  # noqa: S101 - flows do not run before
        return self._moment

    @property
    def has_moment(self) -> bool:
        return self._moment is not None

    @on(SnapshotArrived)
    def take_snapshot(self, message: SnapshotArrived) -> None:
        self.take(message.snapshot)

    def take(self, snapshot: Snapshot) -> None:
        """Make `snapshot` the present moment and draw it."""
        before = self._moment
        if before is None:
            self._moment = ConsoleMoment(snapshot=snapshot, hint=self._hint, arrived_at=self._steady())
            if self._hint and snapshot.started:
                self.say(self._hint)
            self.call_after_refresh(self._settled)
        else:
            self._moment = before.with_snapshot(snapshot, self._steady())
            if before.round_key != self._moment.round_key:
                # Another question: its answers are hidden again until asked for.
                self.set_peek(False)
        if snapshot.paused_since is not None:
            self._pausing = False
            self._change(uncovered=())
            if before is None or before.snapshot.paused_since is None:
                # Whoever paused, and wherever: what this screen shows may be what it was for.
                self._cover()
        elif self._pausing and not snapshot.fault:
            self.run_worker(self._try_pause(), group="pause", name="pause", exclusive=True)
        self.draw()

    @on(RoomLost)
    def lose_room(self, message: RoomLost) -> None:
        """Say so, in words, until it is back."""
        if not self.has_moment:
            self.notify(
                "\n".join(self.text(each) for each in message.words),
                title=self.text(tr("No room")),
                severity="error",
                timeout=60,
            )
        self._change(trouble=message.words, stopped=False, locked=False)

    @on(RoomEnded)
    def end_room(self, message: RoomEnded) -> None:
        """Somebody stopped it: start it again only when asked."""
        self._change(trouble=message.words, stopped=True)

    @on(RoomLocked)
    def ask_for_passphrase(self, message: RoomLocked) -> None:
        """Say that somebody has to type it; nothing is asked over what is being typed now."""
        self._change(trouble=message.words, stopped=True, locked=True)

    @on(RoomBack)
    def find_room(self) -> None:
        """Back at the same place."""
        self._change(trouble=(), stopped=False, locked=False)
        self.say(tr("The room answers again. Nothing that was received is lost."))

    def open_page(self, address: str) -> bool:
        """Open an address in the browser; whether there was one."""
        return self._open_page(address)

    # What the facilitator does. ------------------------------------------------------------------

    def with_everywhere(self, keys: Keys, *, pages: bool = True) -> Keys:
        """The keys of a page with those that work on any; help comes first in the bottom line."""
        help_, *rest = (key for key in self._everywhere.all if pages or not key.act.name.startswith("page_"))
        pause = self._everywhere.named("pause")
        return Keys([help_, pause]) + keys + Keys([key for key in rest if key is not pause])

    async def take_key(self, event: Pressed) -> None:
        """One press; those that pause or cover everything come before anything else can take them."""
        if (at_once := self._at_once.of(event)) is not None and not isinstance(self.screen, ShadeScreen):
            # A box, the palette, a field in which somebody types.
            self.press(at_once)
            await asyncio.sleep(0)
        else:
            await super().take_key(event)

    def keys_of(self, screen: Screen[object]) -> Keys | None:
        """Those of a page of the desk."""
        return screen.keys if isinstance(screen, DeskScreen) else None

    def key_for(self, screen: Screen[object], event: Pressed) -> Key | None:
        """What a press means here; a box can be left for good."""
        if isinstance(screen, Dialog) and event.key == "ctrl+q":
            return self._everywhere.of(event)
        return super().key_for(screen, event)

    def tell_held(self, event: Pressed) -> None:
        """Say that it counts once, as long as it is held: whoever pressed it twice would wait for the second."""
        screen, before = self.screen, self._moment
        if before is None:
            return
        key = screen.keys.of(event) if isinstance(screen, DeskScreen) else None
        self._moment = replace(before, held=key.act.key if key is not None else before.held, held_at=self._steady())
        if self._moment.held != before.held:
            self.draw()

    def press(self, key: Key) -> None:
        if self._moment is not None and self._moment.is_read(self._steady()):
            # Beside what this key shows, the refusal would be untrue.
            self._change(said=None)
        if self.has_moment or key.act.name in ("leave", "pause", "shade", "palette"):
            self.run_worker(key.does(self), group="keys", name=key.act.name)

    async def _help(self, ctx: Context) -> None:
        del ctx
        await self.help()

    async def _palette(self, ctx: Context) -> None:
        del ctx
        self.action_command_palette()

    # Covering what others must not see. ------------------------------------------------------------

    async def _pause(self, ctx: Context) -> None:
        """Cover this screen, then have the room stop everything: past whatever else is on its way there."""
        del ctx
        self._cover()
        self._pausing = True
        await self._try_pause()

    async def _try_pause(self) -> None:
        if await self._hand_in(cmd.PauseRoom(), NOT_PAUSED):
            self._pausing = False

    async def _shade(self, ctx: Context) -> None:
        """Cover this screen and the big one, and stop nothing."""
        del ctx
        self._cover()
        snapshot = self._moment.snapshot if self._moment is not None else None
        if snapshot is None or (snapshot.screen != "blank" and snapshot.paused_since is None):
            self._blanked = await self._hand_in(cmd.SetScreen(mode="blank"), NOT_BLANK)

    async def _hand_in(self, command: FacilitatorCommand, else_: tuple[Text, ...]) -> bool:
        """Send what cannot wait; whether it was done, and if not, that stands on the screen."""
        try:
            await self.feed.client.submit(command)
        except WorkshopError as problem:
            self._change(uncovered=(*else_, *as_tuple(problem.told)))
            return False
        self._change(uncovered=())
        self.feed.refresh()
        return True

    def _cover(self) -> None:
        if not any(isinstance(screen, ShadeScreen) for screen in self.screen_stack):
            self.push_screen(ShadeScreen(self._everywhere.named("go_on").in_footer(True)), lambda _: self._uncovered())

    def _uncovered(self) -> None:
        if self._blanked:
            self._blanked = False
            self.say(tr("The big screen still shows nothing: u puts back what it showed, b shows something else."))

    async def _go_on(self, ctx: Context) -> None:
        """Go on after a pause, from the shade or from a page."""
        act, moment = act_named("go_on"), ctx.moment
        way = act.way(moment)
        if way is None:
            ctx.say(act.why_not(moment) or act.help, ok=False)
        elif await confirm_and_send(ctx, way.make(moment, {}), moment, over=True):
            for screen in self.screen_stack:
                if isinstance(screen, ShadeScreen):
                    screen.answer()

    async def _start_again(self, ctx: Context) -> None:
        if not ctx.moment.stopped:
            return
        if not ctx.moment.locked:
            self.feed.start_again()
        elif typed := await ctx.ask(PassphraseDialog()):
            self._change(trouble=(tr("Starting the room again."),), stopped=False, locked=False)
            self.feed.start_again(typed)

    async def _put_away(self, ctx: Context) -> None:
        del ctx
        self._change(said=None)

    # Where it goes. ------------------------------------------------------------------------------

    async def ask(self, dialog: ModalScreen[T], *, over: bool = False) -> T | None:
        # What the room answered late must not come over the shade.
        if (self._is_asking or isinstance(self.screen, ShadeScreen)) and not over:
            return None
        return await self.push_screen_wait(dialog)

    def visit(self, screen: Screen[None]) -> None:
        # What the room answered late must not come over the shade.
        if not self._is_asking and not isinstance(self.screen, ShadeScreen):
            if isinstance(screen, DeskScreen):
                screen.keys = self.with_everywhere(screen.keys, pages=not screen.HOLDS_WORK)
            self.push_screen(screen)

    def turn_to(self, page: Screen[None] | None, *, anew: bool = False) -> None:
        if self._is_asking or (page is not None and type(page) is type(self.screen) and not anew):
            return
        if any(isinstance(screen, DeskScreen) and screen.HOLDS_WORK for screen in self.screen_stack):
            # The digits do nothing there; the palette gets here all the same.
            self.say(tr("Go back from here first, with Esc."), ok=False)
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if page is not None:
            self.visit(page)

    def leave(self, result: Literal["left", "stopped"]) -> None:
        self.exit(result)

    # To the room and back. -----------------------------------------------------------------------

    async def send(self, command: FacilitatorCommand, *, quietly: bool = False) -> bool:
        async with self._order:
            done = await self.asked(self.feed.client.submit(command))
        if done is None:
            return False
        if done.label and not quietly:
            self._tell(Notice(done.label, ok=True, more=done.more, is_deed=True))
        self.feed.refresh()
        return True

    async def asked(self, answer: Awaitable[T]) -> T | None:
        try:
            return await answer
        except CommandRefused as refused:
            self.say(*as_tuple(refused.told), ok=False)
        except WorkshopError as problem:
            self.say(tr("That did not happen."), *as_tuple(problem.told), ok=False)
        return None

    async def fresh(self) -> ConsoleMoment | None:
        snapshot = await self.asked(self.feed.client.snapshot(self.feed.peek))
        if snapshot is not None:
            self.take(snapshot)
        return self._moment if snapshot is not None else None

    def say(self, words: Text, *more: Text, ok: bool = True) -> None:
        self._tell(Notice(words, ok, tuple(each for each in more if each)))

    def _tell(self, notice: Notice) -> None:
        if self._moment is not None:
            self._show(self._moment.with_notice(notice, self._steady()))

    def set_peek(self, peek: bool) -> None:
        if self.feed.peek != peek:
            self.feed.peek = peek
            self._change(peek=peek)
            self.feed.refresh()

    async def action_quit(self) -> None:
        """Never at once: see the flow."""
        self.action_help_quit()

    def action_help_quit(self) -> None:
        self.run_worker(ending.leave(self), group="keys", name="leave")

    # By name. ---------------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything by name: the palette. Textual's own screenshot and developer commands stay out."""
        here = screen.keys.all if isinstance(screen, DeskScreen) else ()
        names: set[str] = set()
        for key in (*here, *RUN_KEYS, *self._everywhere.all):
            if key.act.name not in names and key.act.name not in ("palette", "start_again", "put_away", "back"):
                names.add(key.act.name)
                shown = f" ({key.act.key})" if key.act.key else ""
                yield SystemCommand(self.text(key.act.title) + shown, self.text(key.act.help),
                                    lambda key=key: self.press(key))  # fmt: skip
        yield SystemCommand(self.text(tr("Theme")), self.text(tr("Other colours, light or dark.")),
                            self.action_change_theme)  # fmt: skip

    # Drawing. ------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show this moment on the screen that can be seen, below a dialog or not."""
        if self._moment is None:
            return
        with self.batch_update():
            for screen in reversed(self.screen_stack):
                if isinstance(screen, Dialog):
                    with suppress(NoMatches):
                        screen.draw(self._moment)
                elif isinstance(screen, DeskScreen):
                    # A screen that is just coming or going has not all of its widgets.
                    with suppress(NoMatches):
                        screen.draw(self._moment)
                    # What is below it cannot be seen; it is drawn when it comes back.
                    break

    def _tick(self) -> None:
        if self._moment is not None:
            self._show(self._moment.later(self._steady()))

    def _change(self, **changes: object) -> None:
        if self._moment is not None:
            self._show(replace(self._moment, **changes))

    def _show(self, moment: ConsoleMoment) -> None:
        self._moment = moment
        self.draw()
