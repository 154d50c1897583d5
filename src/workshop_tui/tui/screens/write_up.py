"""The write-up: lines by their registers, worded, sorted and tied to what they rest on; for the facilitator's eyes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content

from workshop_tui.domain.commands import Redo, Undo
from workshop_tui.domain.registers import register_words, said_fields
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Day, Text, as_tuple, tr, trn
from workshop_tui.room.write_up_page import WriteUpLine, WriteUpPage
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import confirm_and_send, fill_in, key_for, perform, way_or_why
from workshop_tui.tui.flows.handed import answer
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import GAP, Lines, Pen, shorten
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.base import DeskScreen, PageName
from workshop_tui.tui.screens.evidence import EvidenceScreen, evidence_lines
from workshop_tui.tui.screens.finding import find_words, finding, turning
from workshop_tui.tui.screens.own import back, own
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainOptionList, PlainStatic, safe
from workshop_tui.views.act import Typed
from workshop_tui.views.acts import act_named
from workshop_tui.views.handed import about_point
from workshop_tui.views.moment import Moment
from workshop_tui.views.writing import NOTE_HELD, OWN_WORDS, item_words
from workshop_tui.views.writing_up import (
    FILTERS,
    SORT_ALIKE,
    direction_words,
    lacks_words,
    rests_on_words,
    sorted_words,
    sorting,
)

PAGE: Final = 20
"""Lines fetched at once."""

REGISTER_WIDTH: Final = 12
"""What the name of a register has of the list, so that the words stand below each other."""

RELOAD_S: Final = 1.0
"""How often the list may follow what comes in."""


class WriteUpScreen(DeskScreen):
    """A page of lines with the whole of the one under the cursor."""

    ON_PAGE: ClassVar[PageName] = "write_up"

    def __init__(self, ctx: Context) -> None:
        super().__init__(Keys(self._keys()))
        self._ctx = ctx
        self._register = "all"
        self._words = ""
        self._page = WriteUpPage()
        self._marked: frozenset[str] = frozenset()
        self._known: tuple[object, ...] = ()
        self._version = 0
        self._stale = False

    def _keys(self) -> list[Key]:
        """What can be done here, in the order of the bottom line."""

        def on_line(name: str, shown: str) -> Key:
            act = act_named(name)
            key = key_for(name, lambda ctx: self._do(ctx, name)).in_footer(True)
            return replace(key, act=replace(key.act, key=shown, label=act.label or act.title))

        sort = on_line("sort", "s")
        sort = replace(sort, does=self._sort)

        def new(name: str, shown: str) -> Key:
            key = key_for(name, lambda ctx: self._new(ctx, name)).in_footer(True)
            return replace(key, act=replace(key.act, key=shown, label=act_named(name).title))

        return [
            back(self.answer),
            own("evidence", "Enter", tr("Rests on"), tr("What the lines rest on: tie it, untie it."), self._evidence,
                keys="enter", title=tr("Tie lines to what they rest on")),
            sort,
            on_line("rewrite", "w"),
            key_for("answer_point", self._answer),
            new("new_point", "a"),
            new("new_line", "A"),
            own("mark", "space", tr("Mark"), tr("Mark several: they are then tied together."), self._mark),
            own("filter", "f", tr("Which"), tr("Show the lines of the next register."), lambda ctx: self._filter(1),
                title=tr("Show the next register"), repeats=True),
            own("filter_back", "F", tr("Which, back"), tr("Show the lines of the register before."),
                lambda ctx: self._filter(-1), title=tr("Show the register before"), repeats=True),
            finding(self._find, tr("Show only the lines that hold some words; none shows all again."),
                tr("Find words in the lines")),
            *turning(self._turn),
            own("take_back", "x", tr("Take back"), tr("Take the line under the cursor back. Undo puts it back."),
                self._take_back, title=tr("Take a line back")),
            on_line("unsort", "r"),
            key_for("undo", self._undo),
            key_for("redo", self._redo),
        ]  # fmt: skip

    def body(self) -> ComposeResult:
        with Container(classes="body", id="write-up"):
            yield PlainStatic("", id="where")
            yield PlainOptionList(id="lines")
            with VerticalScroll(id="reading", can_focus=False):
                yield Pane(id="line")

    def on_mount(self) -> None:
        """Load, and follow what changes, but not faster than a person reads."""
        self.query_one("#lines", PlainOptionList).focus()
        self.set_interval(RELOAD_S, self._reload_if_stale)
        self.reload()

    def draw(self, moment: ConsoleMoment) -> None:
        """Show this moment; the list follows at once what was noted, and a little later what it rests on."""
        super().draw(moment)
        snapshot = moment.snapshot
        known = (snapshot.notes, snapshot.taken_back, snapshot.undo_version)
        if known != self._known:
            self._known, self._version = known, snapshot.desk_version
            self.reload()
        elif snapshot.desk_version != self._version:
            self._version, self._stale = snapshot.desk_version, True

    def _reload_if_stale(self) -> None:
        if self._stale:
            self.reload()

    @work(exclusive=True, group="write-up")
    async def reload(self) -> None:
        """Fetch this page again; the cursor stays on its line."""
        self._stale = False
        client, asked = self._ctx.feed.client, self._ctx.asked
        page = await asked(client.write_up(self._register, self._page.offset, PAGE, self._words))
        if page is None:
            return
        if not page.lines and page.offset:
            page = await asked(client.write_up(self._register, 0, PAGE, self._words)) or page
        self._page = page
        self._marked &= {line.note.key for line in page.lines}
        self._fill()

    def _fill(self) -> None:
        pen = Pen(0, self.app.translator)
        rows = [(line.note.key, self._row(line, pen)) for line in self._page.lines]
        self.query_one("#lines", PlainOptionList).fill(rows)
        self._draw_line()

    def _row(self, line: WriteUpLine, pen: Pen) -> Content:
        note = line.note
        count = sum(line.counts.values())
        said = shorten(pen.capitals(register_words(note.register)), REGISTER_WIDTH)
        lacks = "!" if line.read_again or lacks_words(line) else " "
        return Content.assemble(
            safe("▸" if note.key in self._marked else " ", "strong"),
            safe(f"{lacks} ", "warn"),
            safe(f"{said:<{REGISTER_WIDTH}}{GAP}", "strong" if note.register else "warn"),
            safe(f"{count:>3}{GAP}", "quiet"),
            safe(" ".join(note.shown.split())),
        )

    # What is under the cursor. -------------------------------------------------------------------

    @property
    def line(self) -> WriteUpLine | None:
        """The one under the cursor."""
        key = self.query_one("#lines", PlainOptionList).picked
        return next((line for line in self._page.lines if line.note.key == key), None)

    @on(PlainOptionList.OptionHighlighted, "#lines")
    def look(self) -> None:
        self._draw_line()

    def _draw_line(self) -> None:
        page, line, moment = self._page, self.line, self._ctx.moment
        where = tr("{which}: nothing. f shows others.", which=FILTERS[self._register])
        if page.lines:
            where = tr("{which}: {first}–{last} of {total}", which=FILTERS[self._register], first=page.offset + 1,
                       last=page.offset + len(page.lines), total=page.total)  # fmt: skip
        said = self.app.text(where)
        if self._words:
            said += f"   {self.app.text(tr('that hold “{words}”', words=self._words))}"
        if self._marked:
            said += f"   ▸ {self.app.text(tr('{n} marked', n=len(self._marked)))}"
        to_sort = page.counts.get("", 0)
        if to_sort:
            said += f"   {self.app.text(tr('{n} to be sorted', n=to_sort))}"
        self.query_one("#where", PlainStatic).say(safe(said, "quiet"))
        self.query_one("#line", Pane).show(lambda pen: _lines(line, moment, pen) if line is not None else [])

    @on(PlainOptionList.OptionSelected, "#lines")
    def click(self) -> None:
        """A click on the one under the cursor opens it."""
        self.app.run_worker(self._evidence(self._ctx), group="keys")

    # What can be done. ---------------------------------------------------------------------------

    def _about(self, ctx: Context) -> Moment:
        line = self.line
        return replace(ctx.moment, note=line.note if line is not None else None)

    async def _do(self, ctx: Context, name: str) -> None:
        """Do an act with the line under the cursor, as it was when the key was pressed."""
        if await perform(ctx, act_named(name), self._about(ctx)):
            self.reload()

    async def _sort(self, ctx: Context) -> None:
        """Sort what is marked, alike, or else the line under the cursor."""
        marked = [line.note for line in self._page.lines if line.note.key in self._marked]
        if len(marked) < 2:
            await self._do(ctx, "sort")
            return
        name = secrets.token_hex(8)

        def check(typed: Typed) -> Text | None:
            try:
                sorting(ctx.moment, marked, typed, name)
            except CommandRefused as refused:
                return as_tuple(refused.message)[0]
            return None

        title = trn("Sort {n} line", "Sort {n} lines alike", len(marked))
        typed = await fill_in(ctx, SORT_ALIKE, ctx.moment, title, check=check)
        if typed is None:
            return
        commands = sorting(ctx.moment, marked, typed, name)
        for command in commands:
            if not await ctx.send(command, quietly=True):
                break
        else:
            ctx.say(sorted_words(len(commands)))
            self._marked = frozenset()
        self.reload()

    async def _new(self, ctx: Context, name: str) -> None:
        if await perform(ctx, act_named(name), replace(ctx.moment, note=None)):
            self.reload()

    async def _take_back(self, ctx: Context) -> None:
        about = self._about(ctx)
        way = way_or_why(ctx, act_named("drop_note"), about)
        if way is not None and await confirm_and_send(ctx, way.make(about, {}), about):
            self.reload()

    async def _answer(self, ctx: Context) -> None:
        """Say what became of the point under the cursor."""
        line = self.line
        if line is None or line.point is None:
            ctx.say(tr("This is no point that was handed to us."), ok=False)
        elif await answer(ctx, replace(ctx.moment, point=line.point)):
            self.reload()

    async def _evidence(self, ctx: Context) -> None:
        marked = [line for line in self._page.lines if line.note.key in self._marked]
        chosen: Sequence[WriteUpLine] = marked or [line for line in [self.line] if line is not None]
        lines = [line for line in chosen if line.is_noted]
        if lines:
            ctx.visit(EvidenceScreen(ctx, lines))

    async def _mark(self, ctx: Context) -> None:
        del ctx
        line = self.line
        if line is not None and line.is_noted:
            self._marked ^= {line.note.key}
            self._fill()

    async def _filter(self, by: int) -> None:
        names = list(FILTERS)
        # Registers without a line are passed over, but for the first three.
        shown = [name for at, name in enumerate(names) if at < 3 or self._page.counts.get(name)]
        at = shown.index(self._register) if self._register in shown else 0
        self._register = shown[(at + by) % len(shown)]
        self._page = WriteUpPage(counts=self._page.counts)
        self.reload()

    async def _find(self, ctx: Context) -> None:
        words = await find_words(ctx.ask, ctx.moment, tr("Find words in the lines"), self._words)
        if words is not None:
            self._words = words
            self._page = WriteUpPage(counts=self._page.counts)
            self.reload()

    async def _turn(self, by: int) -> None:
        offset = self._page.offset + by * PAGE
        if 0 <= offset < self._page.total:
            self._page = replace(self._page, offset=offset)
            self.reload()

    async def _undo(self, ctx: Context) -> None:
        if await ctx.send(Undo()):
            self.reload()

    async def _redo(self, ctx: Context) -> None:
        if await ctx.send(Redo()):
            self.reload()


def _lines(line: WriteUpLine, moment: ConsoleMoment, pen: Pen) -> Lines:
    """One line whole."""
    note = line.note
    lines = pen.paragraph(note.shown, "strong", f"{pen.capitals(register_words(note.register))}{GAP}")
    if line.read_again is not None:
        lines += pen.paragraph(line.read_again, "bad", "! ")
    if line.point is not None:
        lines += pen.paragraphs(about_point(line.point.point), "quiet")
        lines += pen.paragraphs(line.point.said, "warn" if line.is_open else "good", "→ ")
        lines += pen.paragraph(tr("R says what became of it."), "quiet")
    if not line.is_noted:
        return lines
    if note.held:
        lines += pen.paragraph(NOTE_HELD, "warn", "! ")
    for field, said in said_fields(note.register, note.said) if line.point is None else ():
        lines += pen.paragraph(field.label, "quiet", "  ")
        lines += pen.paragraph(Day(str(said)) if field.sort == "date" else said, "plain", "    ")
    lines += pen.paragraphs(direction_words(line, moment.snapshot.stage), "quiet")
    for each in lacks_words(line):
        lines += pen.paragraph(each, "warn", "! ")
    if note.reworded:
        lines += [[], *pen.paragraph(OWN_WORDS, "strong"), *pen.paragraph(note.text, "quiet")]
    lines += [[], *pen.paragraph(item_words(moment.line_of(note.item)), "quiet")]
    lines += pen.paragraphs(rests_on_words(line), "quiet")
    for behind in line.rests_on:
        lines += evidence_lines(behind, pen)
    return lines
