"""What lines of the write-up rest on, and what they can rest on: found, marked, tied and untied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content

from workshop_tui.domain.commands import Redo, Undo
from workshop_tui.domain.points import TieKind
from workshop_tui.messages import Text, tr, trn
from workshop_tui.room.write_up_page import EvidenceFilter, EvidenceLine, EvidencePage, WriteUpLine
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import key_for, perform
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import GAP, Lines, Pen, shorten
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.finding import find_words, finding, looked_on, turning
from workshop_tui.tui.screens.own import back, own
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainOptionList, PlainStatic, safe
from workshop_tui.views.acts import act_named
from workshop_tui.views.reading import kinds_shown
from workshop_tui.views.writing_up import EVIDENCE_FILTERS, evidence_shown, evidence_words, left_out_words, tying

TEXTS: Final = ("texts", "untied")
"""What can be narrowed to a kind, and searched."""

PAGE: Final = 20
"""Things fetched at once."""


class EvidenceScreen(DeskScreen):
    """A page of what can stand behind some lines.

    Args:
        ctx: The console.
        lines: The lines.
    """

    def __init__(self, ctx: Context, lines: Sequence[WriteUpLine]) -> None:
        super().__init__(Keys(self._keys()))
        self._ctx = ctx
        self._lines = tuple(lines)
        self._which: EvidenceFilter = "tied" if len(lines) == 1 and (lines[0].counts or lines[0].gone) else "texts"
        self._kind = ""
        self._words = ""
        self._before: tuple[int, ...] = ()
        """Where the pages before this one began."""
        self._page = EvidencePage()
        self._marked: dict[tuple[TieKind, str], None] = {}
        """What is marked, also on other pages: it is tied as one."""

    def _keys(self) -> list[Key]:
        def tie(name: str, shown: str) -> Key:
            key = key_for(name, lambda ctx: self._tie(ctx, name)).in_footer(True)
            return replace(key, act=replace(key.act, key=shown))

        return [
            back(self.answer),
            tie("tie_note", "t"),
            tie("untie_note", "x"),
            own("mark", "space", tr("Mark"), tr("Mark several, on several pages: they are then tied as one."),
                self._mark),
            own("all", "*", tr("Mark all"), tr("Mark all that this page of the list shows; again unmarks them."),
                self._mark_all, keys="asterisk"),
            own("filter", "f", tr("Which"), tr("Show texts, results, or what is tied."), self._filter,
                title=tr("Show other evidence"), repeats=True),
            own("kind", "k", tr("Kind"), tr("Show one kind only: stories, ideas, reasons, notes, say."), self._narrow,
                title=tr("Show one kind in the list"), repeats=True),
            finding(self._find, tr("Show only the texts that hold some words; none shows all again."),
                tr("Find words in what people sent")),
            *turning(self._turn),
            key_for("undo", self._undo),
            key_for("redo", self._redo),
        ]  # fmt: skip

    def body(self) -> ComposeResult:
        with Container(classes="body", id="evidence"):
            yield PlainStatic("", id="about")
            yield PlainStatic("", id="where")
            yield PlainOptionList(id="things")
            with VerticalScroll(id="reading", can_focus=False):
                yield Pane(id="thing")

    def on_mount(self) -> None:
        """Load, and let the arrow keys move at once."""
        self.query_one("#things", PlainOptionList).focus()
        self.reload()

    @work(exclusive=True, group="evidence")
    async def reload(self) -> None:
        """Fetch this page again; the cursor stays where it is."""
        notes = [line.note.key for line in self._lines]
        words = self._words if self._which in TEXTS else ""
        kind = self._kind if self._which in TEXTS else ""
        asked = self._ctx.feed.client.evidence(notes, self._which, self._page.offset, PAGE, kind, words)
        page = await self._ctx.asked(asked)
        if page is not None:
            self._page = page
            self._fill()

    def _fill(self) -> None:
        pen = Pen(0, self.app.translator)
        rows = [(each.name, self._row(each, pen)) for each in self._page.lines]
        self.query_one("#things", PlainOptionList).fill(rows)
        self._draw_thing()

    def _row(self, line: EvidenceLine, pen: Pen) -> Content:
        gone = line.standing != "there"
        return Content.assemble(
            safe("▸" if (line.kind, line.ref) in self._marked else " ", "strong"),
            safe(f"{'✓' if line.tied else ' '} ", "good"),
            safe(f"{pen.text(line.noun)}{GAP}", "strong"),
            safe(shorten(" ".join(pen.text(line.words).split()), 200), "quiet" if gone else "plain"),
        )

    @property
    def thing(self) -> EvidenceLine | None:
        """The one under the cursor."""
        name = self.query_one("#things", PlainOptionList).picked
        return next((each for each in self._page.lines if each.name == name), None)

    @on(PlainOptionList.OptionHighlighted, "#things")
    def look(self) -> None:
        self._draw_thing()

    def _draw_thing(self) -> None:
        page, thing = self._page, self.thing
        first = self._lines[0].note.shown
        about = (
            tr("For: {line}", line=shorten(" ".join(first.split()), 100))
            if len(self._lines) == 1
            else trn("For {n} line", "For {n} lines", len(self._lines))
        )
        self.query_one("#about", PlainStatic).say(safe(self.app.text(about), "strong"))
        which: Text = EVIDENCE_FILTERS[self._which]
        if self._which in TEXTS and self._kind:
            which = kinds_shown(self._ctx.moment.snapshot).get(self._kind, which)
        place = (
            tr("{which}: from {first} of {total}", which=which, first=page.offset + 1, total=page.total)
            if page.lines
            else tr("{which}: nothing here", which=which)
        )
        said = self.app.text(place)
        if self._which in TEXTS and self._words:
            said += f"   {self.app.text(tr('that hold “{words}”', words=self._words))}"
        for each in left_out_words(page):
            said += f"   {self.app.text(each)}"
        if self._marked:
            said += f"   ▸ {self.app.text(tr('{n} marked', n=len(self._marked)))}"
        self.query_one("#where", PlainStatic).say(safe(said, "quiet"))
        self.query_one("#thing", Pane).show(lambda pen: evidence_lines(thing, pen) if thing is not None else [])

    # What can be done. ---------------------------------------------------------------------------

    async def _tie(self, ctx: Context, name: str) -> None:
        thing = self.thing
        chosen = list(self._marked) or ([(thing.kind, thing.ref)] if thing is not None else [])
        if not chosen:
            return
        about = tying(ctx.moment, [line.note.key for line in self._lines], chosen)
        if await perform(ctx, act_named(name), about):
            self._marked = {}
            self.reload()

    async def _mark(self, ctx: Context) -> None:
        del ctx
        thing = self.thing
        if thing is not None:
            self._marked = _toggled(self._marked, (thing.kind, thing.ref))
            self._fill()

    async def _mark_all(self, ctx: Context) -> None:
        del ctx
        shown = [(each.kind, each.ref) for each in self._page.lines]
        if all(each in self._marked for each in shown):
            self._marked = {each: None for each in self._marked if each not in shown}
        else:
            self._marked |= dict.fromkeys(shown)
        self._fill()

    async def _filter(self, ctx: Context) -> None:
        order = list(evidence_shown(ctx.moment.snapshot))
        self._begin_with(order[(order.index(self._which) + 1) % len(order)])

    def _begin_with(self, which: EvidenceFilter) -> None:
        self._which, self._before, self._page = which, (), EvidencePage()
        self.reload()

    async def _narrow(self, ctx: Context) -> None:
        kinds = list(kinds_shown(ctx.moment.snapshot))
        at = kinds.index(self._kind) if self._kind in kinds else 0
        self._kind = kinds[(at + 1) % len(kinds)]
        self._begin_with(self._which if self._which in TEXTS else "texts")

    async def _find(self, ctx: Context) -> None:
        words = await find_words(ctx.ask, ctx.moment, tr("Find words in what people sent"), self._words)
        if words is not None:
            self._words = words
            self._begin_with(self._which if self._which in TEXTS else "texts")

    async def _turn(self, by: int) -> None:
        if (there := looked_on(self._before, self._page, by)) is not None:
            self._before, offset = there
            self._page = replace(self._page, offset=offset)
            self.reload()

    async def _undo(self, ctx: Context) -> None:
        if await ctx.send(Undo()):
            self.reload()

    async def _redo(self, ctx: Context) -> None:
        if await ctx.send(Redo()):
            self.reload()


def _toggled(marked: dict[tuple[TieKind, str], None], each: tuple[TieKind, str]) -> dict[tuple[TieKind, str], None]:
    left = {one: None for one in marked if one != each}
    return left if each in marked else {**marked, each: None}


def evidence_lines(line: EvidenceLine, pen: Pen) -> Lines:
    """One thing that a line rests on, or can rest on."""
    mark = "✓" if line.tied else "·"
    lead = f"{mark} {pen.text(line.noun)}{GAP}"
    lines = pen.paragraph(line.words, "plain" if line.standing == "there" else "quiet", lead)
    if line.title:
        lines += pen.paragraph(tr("from “{item}”", item=line.title), "quiet", "    ")
    if line.standing == "held":
        lines += pen.paragraph(evidence_words(line), "warn", "    ")
    return lines
