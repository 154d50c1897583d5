"""The reading page: what people sent, read by the facilitator before anybody else sees it."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from workshop_tui.domain.commands import Moderate, Undo
from workshop_tui.messages import Text, tr
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.tui.context import Context
from workshop_tui.tui.entries import entry_lines, row
from workshop_tui.tui.flows.acting import carry_out, key_for, perform, way_or_why
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import Pen, shorten
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.base import DeskScreen, PageName
from workshop_tui.tui.screens.entry import EntryScreen
from workshop_tui.tui.screens.finding import find_words, finding, looked_on, turning
from workshop_tui.tui.screens.own import back, own
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainOptionList, PlainStatic, safe
from workshop_tui.views.act import Act, Field
from workshop_tui.views.acts import act_named
from workshop_tui.views.moment import Moment
from workshop_tui.views.reading import QUEUE_WORDS, found_words, kinds_shown, several, several_words

PAGE: Final = 20
"""Contributions fetched at once."""

QUOTED: Final = 300
"""How much of a story stands above the line in which it is told in other words; Enter shows it whole."""

RELOAD_S: Final = 1.0
"""How often the list may follow what comes in."""

ROUND: Final = tuple(QUEUE_WORDS)
"""What `f` goes through."""


def _in_a_line(field: Field) -> Field:
    def usual(moment: Moment) -> str:
        return " ".join(field.usual(moment).split())

    return replace(field, kind="line", hint=None, usual=usual)


class QueueScreen(DeskScreen):
    """A page of the queue with the words of the one under the cursor.

    Args:
        ctx: The console.
        which: What the list begins with.
    """

    ON_PAGE: ClassVar[PageName] = "read"

    def __init__(self, ctx: Context, which: QueueFilter = "unread") -> None:
        super().__init__(Keys(self._keys()))
        self._ctx = ctx
        self._which = which
        self._kind = ""
        self._words = ""
        """What the texts shown hold; empty for no search."""
        self._before: tuple[int, ...] = ()
        """Where the pages of a search before this one began: each looks as far as it needs to."""
        self._page = QueuePage(entries=(), total=0, offset=0)
        self._marked: frozenset[str] = frozenset()
        self._known: tuple[object, ...] = ()
        self._version = 0
        self._stale = True

    def _keys(self) -> list[Key]:
        """What can be done here, in the order of the bottom line."""

        def on_entries(name: str) -> Key:
            return key_for(name, lambda ctx: self._do_all(ctx, act_named(name))).in_footer(True)

        def on_entry(name: str, does: Callable[[Context, Act], Awaitable[None]] | None = None) -> Key:
            return key_for(name, lambda ctx: (does or self._do)(ctx, act_named(name))).in_footer(True)

        return [
            back(self.answer, "escape,s"),
            own("open", "Enter", tr("Open"), tr("Read it whole; that marks it as read."), self._open, keys="enter"),
            on_entries("approve"),
            on_entries("hold"),
            own("mark", "space", tr("Mark"), tr("Mark several: approve, hold and unread then do all of them."),
                self._mark),
            on_entry("show"),
            on_entry("answered"),
            on_entry("answer"),
            on_entry("retell", self._retell),
            on_entry("take_out"),
            on_entry("say_otherwise"),
            on_entry("leave_it"),
            own("filter", "f", tr("Which"), tr("Show others: not read, all, approved, held back, to tell."),
                self._filter, title=tr("Show others in the list"), repeats=True),
            own("kind", "k", tr("Kind"), tr("Show one kind only: stories, ideas, reasons, notes, say."), self._narrow,
                title=tr("Show one kind in the list"), repeats=True),
            own("all", "*", tr("Mark all"), tr("Mark all that this page of the list shows; again unmarks them."),
                self._mark_all, keys="asterisk"),
            finding(self._find, tr("Show only the texts that hold some words; none shows all again."),
                tr("Find words in what people sent")),
            *turning(self._turn),
            on_entry("safety_entry"),
            on_entry("warn"),
            on_entry("hold_phone"),
            on_entry("withdraw"),
            key_for("undo", self._undo),
            on_entries("unread"),
        ]  # fmt: skip

    def body(self) -> ComposeResult:
        with Container(classes="body", id="queue"):
            yield PlainStatic("", id="where")
            yield PlainOptionList(id="entries")
            with VerticalScroll(id="reading", can_focus=False):
                yield Pane(id="entry")

    def on_mount(self) -> None:
        """Load, and follow what comes in, but not faster than a person reads."""
        self.query_one("#entries", PlainOptionList).focus()
        self.set_interval(RELOAD_S, self._reload_if_stale)
        self.reload()

    def draw(self, moment: ConsoleMoment) -> None:
        """Show this moment; the list follows a little later."""
        super().draw(moment)
        votes = any(entry.upvoted for entry in self._page.entries) and moment.snapshot.desk_version != self._version
        known = (moment.snapshot.waiting, moment.snapshot.write_up)
        if known != self._known or votes:
            self._known, self._version, self._stale = known, moment.snapshot.desk_version, True

    def _reload_if_stale(self) -> None:
        if self._stale:
            self.reload()

    @work(exclusive=True, group="queue")
    async def reload(self) -> None:
        """Fetch this page again; the cursor stays on its entry."""
        self._stale = False
        client, asked = self._ctx.feed.client, self._ctx.asked
        page = await asked(client.queue(self._which, self._page.offset, PAGE, self._kind, self._words))
        if page is None:
            return
        if not page.entries and page.total and page.offset and not self._words:
            page = await asked(client.queue(self._which, 0, PAGE, self._kind)) or page
        self._page = page
        # What has left the list is marked no more: a key acts only on what can be seen.
        self._marked &= {entry.key for entry in page.entries}
        self._fill()

    def _fill(self) -> None:
        pen = Pen(0, self.app.translator)
        rows = [(entry.key, row(entry, pen, marked=entry.key in self._marked)) for entry in self._page.entries]
        self.query_one("#entries", PlainOptionList).fill(rows)
        self._draw_words()

    # What is under the cursor. -------------------------------------------------------------------

    @property
    def entry(self) -> QueueEntry | None:
        """The one under the cursor."""
        key = self.query_one("#entries", PlainOptionList).picked
        return next((entry for entry in self._page.entries if entry.key == key), None)

    @on(PlainOptionList.OptionHighlighted, "#entries")
    def look(self) -> None:
        self._draw_words()

    def _draw_words(self) -> None:
        page, entry = self._page, self.entry
        kind = QUEUE_WORDS[self._which]
        if self._kind:
            narrowed = kinds_shown(self._ctx.moment.snapshot).get(self._kind, "")
            kind = tr("{which}, {kind}", which=kind, kind=narrowed)
        where = tr("{which}: nothing. f shows others.", which=kind)
        if page.entries:
            where = tr("{which}: {first}–{last} of {total}", which=kind, first=page.offset + 1,
                       last=page.offset + len(page.entries), total=page.total)  # fmt: skip
        if self._words:
            where = found_words(page, self._words)
        said = self.app.text(where)
        if self._marked:
            said += f"   ▸ {self.app.text(tr('{n} marked', n=len(self._marked)))}"
        others = " / ".join(self.app.text(each) for each in QUEUE_WORDS.values())
        self.query_one("#where", PlainStatic).say(safe(f"{said}   f: {others}", "quiet"))
        self.query_one("#entry", Pane).show(lambda pen: entry_lines(entry, pen, opened=False))

    # What can be done. ---------------------------------------------------------------------------

    async def _do(self, ctx: Context, act: Act) -> None:
        """Do an act with the one under the cursor, as it was when the key was pressed."""
        entry = self.entry
        if entry is not None and await perform(ctx, act, replace(ctx.moment, entry=entry)):
            self.reload()

    async def _do_all(self, ctx: Context, act: Act) -> None:
        """Do an act with all that are marked, or else with the one under the cursor."""
        marked = [entry for entry in self._page.entries if entry.key in self._marked]
        if len(marked) > 1:
            await self._do_several(ctx, act, marked)
            self.reload()
            return
        for entry in marked or [entry for entry in [self.entry] if entry is not None]:
            if await perform(ctx, act, replace(ctx.moment, entry=entry)):
                self._marked -= {entry.key}
        self.reload()

    async def _do_several(self, ctx: Context, act: Act, entries: list[QueueEntry]) -> None:
        """Do an act with each of several and give one answer; what could not be done stays marked, and why is told."""
        found = several(act, ctx.moment, entries, secrets.token_hex(8))
        refused: dict[Text, None] = dict.fromkeys(found.refused)
        for key, command in found.commands:
            if await ctx.send(command, quietly=True):
                self._marked -= {key}
            else:
                # What is wrong with the room is wrong for the rest of them too.
                said = ctx.moment.said
                refused |= dict.fromkeys((said.text, *said.more) if said is not None else ())
                break
        left = sum(entry.key in self._marked for entry in entries)
        ctx.say(several_words(act.name, len(entries), left, found.hidden), *refused, ok=not left)

    async def _mark(self, ctx: Context) -> None:
        del ctx
        entry = self.entry
        if entry is not None:
            self._marked ^= {entry.key}
            self._fill()

    async def _mark_all(self, ctx: Context) -> None:
        del ctx
        shown = frozenset(entry.key for entry in self._page.entries)
        self._marked = frozenset() if self._marked == shown else shown
        self._fill()

    @on(PlainOptionList.OptionSelected, "#entries")
    def click(self) -> None:
        """A click on the one under the cursor opens it."""
        self.app.run_worker(self._open(self._ctx), group="keys")

    async def _open(self, ctx: Context) -> None:
        entry = self.entry
        if entry is None:
            return
        wanted = await ctx.ask(EntryScreen(entry))
        # Whatever is done with it, it was read; it leaves the list only now, not under the reader's eyes.
        if wanted in ("approved", "on_hold") or (wanted == "read" and entry.handling == "new"):
            await ctx.send(Moderate(contribution=entry.key, handling=wanted))
            self.reload()

    async def _retell(self, ctx: Context, act: Act) -> None:
        """Say it in other words; where its owner did not allow that, say so before anything is typed."""
        entry = self.entry
        if entry is None:
            return
        moment = replace(ctx.moment, entry=entry)
        way = way_or_why(ctx, act, moment)
        if way is None:
            return
        told = " ".join(self.app.text(said) for _, said in entry.parts)
        words: list[Text] = [tr("It says: {words}", words=shorten(" ".join(told.split()), QUOTED))]
        words += [field.hint for field in way.fields if field.hint is not None]
        # One line, so that Enter keeps it.
        way = replace(way, fields=tuple(_in_a_line(field) for field in way.fields))
        title = tr("What is this story about?") if entry.to_be_retold else tr("What may others read?")
        if await carry_out(ctx, way, moment, title, words):
            self.reload()

    async def _undo(self, ctx: Context) -> None:
        if await ctx.send(Undo()):
            self.reload()

    async def _filter(self, ctx: Context) -> None:
        del ctx
        self._which = ROUND[(ROUND.index(self._which) + 1) % len(ROUND)]
        self._before = ()
        self._page = QueuePage(entries=(), total=0, offset=0)
        self.reload()

    async def _narrow(self, ctx: Context) -> None:
        kinds = list(kinds_shown(ctx.moment.snapshot))
        at = kinds.index(self._kind) if self._kind in kinds else 0
        self._kind = kinds[(at + 1) % len(kinds)]
        self._before = ()
        self._page = QueuePage(entries=(), total=0, offset=0)
        self.reload()

    async def _find(self, ctx: Context) -> None:
        """Ask for words, and show what holds them among everything; no words show all again."""
        where = tr("In what people wrote, and in the words that others read instead.")
        words = await find_words(ctx.ask, ctx.moment, tr("Find words in what people sent"), self._words, where)
        if words is None:
            return
        self._words, self._before = words, ()
        if self._words:
            self._which, self._kind = "all", ""
        self._page = QueuePage(entries=(), total=0, offset=0)
        self.reload()

    def _found_on(self, by: int) -> None:
        """Look on where the page of a search ended, or show the one before again."""
        if (there := looked_on(self._before, self._page, by)) is not None:
            self._before, offset = there
            self._page = replace(self._page, offset=offset)
            self.reload()

    async def _turn(self, by: int) -> None:
        if self._words:
            self._found_on(by)
            return
        offset = self._page.offset + by * PAGE
        if 0 <= offset < self._page.total:
            self._page = QueuePage(entries=self._page.entries, total=self._page.total, offset=offset)
            self.reload()
