"""The reading queue: what people sent, read by the facilitator before anybody else sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll

from workshop_tui.domain.commands import (
    FacilitatorCommand,
    Handling,
    HoldPhone,
    MarkAnswered,
    Moderate,
    Retell,
    SetScreen,
    Undo,
)
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.room.snapshot import QueueEntry, QueueFilter, QueuePage
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.entries import entry_lines, row
from workshop_tui.tui.feed import Feed
from workshop_tui.tui.lines import shorten
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form
from workshop_tui.tui.screens.read import ReadScreen
from workshop_tui.tui.widgets.house import Picks, Words, safe
from workshop_tui.tui.widgets.page import Page

PAGE: Final = 20
"""Contributions fetched at once."""

QUOTED: Final = 300
"""How much of a story stands above the line in which it is told in other words; Enter shows it whole."""

RELOAD_S: Final = 1.0
"""How often the list may follow what comes in."""

FILTER_WORDS: Final[dict[QueueFilter, str]] = {
    "unread": "to read", "all": "everything", "approved": "approved", "held": "held", "untold": "to tell",
}  # fmt: skip
"""What the list can be, in the order in which it goes round."""

FILTERS: Final = tuple(FILTER_WORDS)

Asked = Callable[[Awaitable[QueuePage]], Awaitable[QueuePage | None]]


class QueueScreen(DeskScreen):
    """A page of the queue with the words of the one under the cursor.

    Args:
        feed: Where the room is.
        send: Hands a command to the room; whether it was carried out.
        asked: Gives an answer of the room, or None with the reason on the screen.
        which: What the list begins with.
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
        Binding("t", "retell", "Tell", id="retell"),
        Binding("f", "filter", "Which", id="filter"),
        Binding("n,pagedown", "turn(1)", "More", id="more"),
        Binding("p,pageup", "turn(-1)", "Less", id="less"),
        Binding("u", "undo", "Undo", id="undo"),
        Binding("r", "unread", "Unread", id="unread"),
    ]

    def __init__(
        self, feed: Feed, send: Callable[[FacilitatorCommand], Awaitable[bool]], asked: Asked,
        which: QueueFilter = "unread",
    ) -> None:  # fmt: skip
        super().__init__()
        self._feed, self._send, self._asked = feed, send, asked
        self._which = which
        self._page = QueuePage(entries=(), total=0, offset=0)
        self._known: tuple[object, ...] = ()
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
        known = (desk.snapshot.waiting, desk.snapshot.write_up)
        if known != self._known or votes:
            self._known, self._version, self._stale = known, desk.snapshot.desk_version, True

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
        if await self._send(Moderate(contribution=entry.key, handling=handling)):
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
    async def action_retell(self) -> None:
        """Write what a story is about, where its owner allows that and no more."""
        entry = self.entry
        if entry is None:
            return
        if not entry.to_be_retold or entry.gone:
            # The room says why not, before anything is typed.
            await self._send(Retell(contribution=entry.key, words=""))
            return
        told = " ".join(said for _, said in entry.parts)
        said = await self.app.push_screen_wait(
            Form(
                "What is this story about?",
                f"It says: {shorten(' '.join(told.split()), QUOTED)}\n\nSay it in your words, so that nobody can tell "
                "whose it is. Its own words are deleted when the write-up is finished; yours stay. "
                "Empty takes yours away.",
                [Blank("words", "In your words", entry.retold)],
                "Keep (Enter)",
            )
        )
        if said is not None:
            self._mark(Retell(contribution=entry.key, words=said["words"]))

    @work(group="queue-send")
    async def _mark(self, command: MarkAnswered | Retell) -> None:
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
