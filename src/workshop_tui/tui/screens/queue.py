"""The reading queue: what people sent, read by the facilitator before anybody else sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll

from workshop_tui.domain.commands import FacilitatorCommand, Handle, Handling, HoldPhone, MarkAnswered, SetScreen, Undo
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.room.snapshot import QueueEntry, QueueFilter, QueuePage, Waiting
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.entries import entry_lines, named, row
from workshop_tui.tui.feed import Feed
from workshop_tui.tui.screens.base import DeskScreen, Dialog
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form
from workshop_tui.tui.widgets.house import Picks, Push, Words, safe
from workshop_tui.tui.widgets.page import Page

PAGE: Final = 20
"""Contributions fetched at once."""

RELOAD_S: Final = 1.0
"""How often the list may follow what comes in."""

FILTERS: Final[tuple[QueueFilter, ...]] = ("unread", "all", "approved", "held")
FILTER_WORDS: Final = {"unread": "to read", "all": "everything", "approved": "approved", "held": "held"}
Asked = Callable[[Awaitable[QueuePage]], Awaitable[QueuePage | None]]


class QueueScreen(DeskScreen):
    """A page of the queue with the words of the one under the cursor.

    Args:
        feed: Where the room is.
        send: Hands a command to the room; whether it was carried out.
        asked: Gives an answer of the room, or None with the reason on the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,s", "back", "Back", key_display="esc", id="back"),
        Binding("enter", "open", "Open", id="open"),
        Binding("a", "approve", "Approve", id="approve"),
        Binding("h", "hold", "Hold", id="hold"),
        Binding("H", "hold_phone", "Hold phone", id="hold_phone"),
        Binding("b", "show", "Big screen", id="show"),
        Binding("m", "answered", "Answered", id="answered"),
        Binding("w", "answer", "In words", id="answer"),
        Binding("f", "filter", "Which", id="filter"),
        Binding("n,pagedown", "turn(1)", "More", id="more"),
        Binding("p,pageup", "turn(-1)", "Less", id="less"),
        Binding("u", "undo", "Undo", id="undo"),
        Binding("r", "unread", "Unread", id="unread"),
    ]

    def __init__(self, feed: Feed, send: Callable[[FacilitatorCommand], Awaitable[bool]], asked: Asked) -> None:
        super().__init__()
        self._feed, self._send, self._asked = feed, send, asked
        self._which: QueueFilter = "unread"
        self._page = QueuePage(entries=(), total=0, offset=0)
        self._waiting = Waiting()
        self._version = 0
        self._stale = True

    def body(self) -> ComposeResult:
        """Where we are, the list, the words."""
        with Container(classes="body", id="queue"):
            yield Words("", id="where")
            yield Picks(id="entries")
            with VerticalScroll(id="reading", can_focus=False):
                yield Page(id="entry")

    def on_mount(self) -> None:
        """Load, and follow what comes in, but not faster than a person reads."""
        self.query_one("#entries", Picks).focus()
        self.set_interval(RELOAD_S, self._reload_if_stale)
        self.reload()

    def draw(self, desk: Desk) -> None:
        """Show this moment; the list follows a little later."""
        super().draw(desk)
        votes = any(entry.upvoted for entry in self._page.entries) and desk.snapshot.desk_version != self._version
        if desk.snapshot.waiting != self._waiting or votes:
            self._waiting, self._version, self._stale = desk.snapshot.waiting, desk.snapshot.desk_version, True

    def _reload_if_stale(self) -> None:
        if self._stale:
            self.reload()

    @work(exclusive=True, group="queue")
    async def reload(self) -> None:
        """Fetch this page again; the cursor stays on its entry."""
        self._stale = False
        page = await self._asked(self._feed.client.queue(self._which, self._page.offset, PAGE))
        if page is None:
            return
        if not page.entries and page.total and page.offset:
            page = await self._asked(self._feed.client.queue(self._which, 0, PAGE)) or page
        self._page = page
        self.query_one("#entries", Picks).fill([(entry.key, row(entry)) for entry in page.entries])
        self._draw_words()

    # What is under the cursor. -------------------------------------------------------------------

    @property
    def entry(self) -> QueueEntry | None:
        """The one under the cursor."""
        key = self.query_one("#entries", Picks).picked
        return next((entry for entry in self._page.entries if entry.key == key), None)

    @on(Picks.OptionHighlighted, "#entries")
    def look(self) -> None:
        """Another one is under the cursor."""
        self._draw_words()

    def _draw_words(self) -> None:
        page, entry = self._page, self.entry
        first, last = page.offset + 1, page.offset + len(page.entries)
        where = f"{FILTER_WORDS[self._which].capitalize()}: {first}–{last} of {page.total}" if page.entries else (
            f"{FILTER_WORDS[self._which].capitalize()}: nothing. f shows others."
        )  # fmt: skip
        self.query_one("#where", Words).say(safe(f"{where}   f: {' / '.join(FILTER_WORDS.values())}", "quiet"))
        self.query_one("#entry", Page).show(lambda width: entry_lines(entry, width, opened=False))

    # What can be done. ---------------------------------------------------------------------------

    @on(Picks.OptionSelected, "#entries")
    def action_open(self) -> None:
        """Read it whole; that marks it as read."""
        entry = self.entry
        if entry is not None:
            self._read(entry)

    def action_approve(self) -> None:
        """Let the room see it."""
        if self.entry is not None:
            self._handle(self.entry, "approved")

    def action_hold(self) -> None:
        """Keep it from the room."""
        if self.entry is not None:
            self._handle(self.entry, "held")

    def action_unread(self) -> None:
        """Between read and unread."""
        if self.entry is not None:
            self._handle(self.entry, "read" if self.entry.handling == "new" else "new")

    @work(group="queue-read")
    async def _read(self, entry: QueueEntry) -> None:
        wanted = await self.app.push_screen_wait(ReadScreen(entry))
        # Whatever is done with it, it was read; it leaves the list only now, not under the reader's eyes.
        if wanted in ("approved", "held"):
            self._handle(entry, wanted)
        elif entry.handling == "new":
            self._handle(entry, "read")

    @work(group="queue-send")
    async def _handle(self, entry: QueueEntry, handling: Handling) -> None:
        if await self._send(Handle(contribution=entry.key, handling=handling)):
            self.reload()

    @work(group="queue-send")
    async def action_hold_phone(self) -> None:
        """Keep everything from the phone that sent this from the room, without learning whose it is."""
        entry = self.entry
        if entry is None:
            return
        chosen = await self.app.push_screen_wait(
            Choose(
                "Hold everything from this phone?",
                "All its words, now and later, wait for you. Nobody learns whose phone it is, you neither. "
                "u takes it back.",
                [("hold", "Hold everything from this phone"), ("", "No")],
                start="",
            )
        )
        if chosen == "hold" and await self._send(HoldPhone(contribution=entry.key)):
            self.reload()

    def action_answered(self) -> None:
        """Mark a question as answered; again takes it back."""
        if self.entry is not None:
            self._mark(MarkAnswered(contribution=self.entry.key, answered=self.entry.answer is None))

    @work(group="queue-send")
    async def action_answer(self) -> None:
        """Say what the answer was, or who takes the question away to find out."""
        entry = self.entry
        if entry is None:
            return
        before = entry.answer or AnswerRow("", "")
        said = await self.app.push_screen_wait(
            Form(
                "What became of this question?",
                "The room reads it beside the question. Both may be left empty. u takes it back.",
                [
                    Blank("words", "What was the answer, in short?", before.words),
                    Blank("owner", "Who takes it away to find out?", before.owner),
                ],
                "Mark as answered",
            )
        )
        if said is not None:
            self._mark(MarkAnswered(contribution=entry.key, words=said["words"], owner=said["owner"]))

    @work(group="queue-send")
    async def _mark(self, command: MarkAnswered) -> None:
        if await self._send(command):
            self.reload()

    @work(group="queue-send")
    async def action_show(self) -> None:
        """Put an approved one on the big screen."""
        if self.entry is not None:
            await self._send(SetScreen(mode="story", subject=self.entry.key))

    @work(group="queue-send")
    async def action_undo(self) -> None:
        """Take back the last thing that was done."""
        if await self._send(Undo()):
            self.reload()

    def action_filter(self) -> None:
        """Show the next kind of state."""
        self._which = FILTERS[(FILTERS.index(self._which) + 1) % len(FILTERS)]
        self._page = QueuePage(entries=(), total=0, offset=0)
        self.reload()

    def action_turn(self, by: int) -> None:
        """Go to another page."""
        offset = self._page.offset + by * PAGE
        if 0 <= offset < self._page.total:
            self._page = QueuePage(entries=self._page.entries, total=self._page.total, offset=offset)
            self.reload()


class ReadScreen(Dialog[Handling]):
    """One contribution whole; gives what is to become of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,q", "done('read')", "Back", id="away"),
        Binding("a", "done('approved')", "Approve", id="approve"),
        Binding("h", "done('held')", "Hold", id="hold"),
    ]

    def __init__(self, entry: QueueEntry) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Its words and three buttons."""
        with VerticalScroll(classes="box"):
            yield Words(named(self._entry), classes="title")
            page = Page()
            page.show(lambda width: entry_lines(self._entry, width, opened=True))
            yield page
            with Horizontal(classes="buttons"):
                if self._entry.may_show:
                    yield Push("Approve (a)", id="approved")
                yield Push("Hold (h)", id="held")
                yield Push("Back (Esc)", id="read")

    @on(Push.Pressed)
    def press(self, event: Push.Pressed) -> None:
        """A button."""
        self.action_done(event.button.id or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Approving is offered only for what may be shown; who may read it stands above the words."""
        if action == "done" and parameters == ("approved",):
            return self._entry.may_show
        return super().check_action(action, parameters)

    def action_done(self, handling: str) -> None:
        """Approve it, hold it, or only have read it."""
        match handling:
            case "approved" | "held":
                self.answer(handling)
            case _:
                self.answer("read")
