"""The record page: what was noted today, to look at, to take back and to put back."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content

from workshop_tui.domain.commands import DropNote
from workshop_tui.messages import tr
from workshop_tui.room.snapshot import SHOWN_NOTES, NoteLine, NotesPage
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import confirm_and_send, key_for, way_or_why
from workshop_tui.tui.flows.keeping import KEEPING, redo, undo
from workshop_tui.tui.keys import Keys
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.base import DeskScreen, PageName
from workshop_tui.tui.screens.own import back, own
from workshop_tui.tui.side_panes import note_lines
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainOptionList, PlainStatic, safe
from workshop_tui.views.acts import act_named
from workshop_tui.views.writing import NOTE_HELD, NOTE_WORDS, OWN_WORDS, item_words


class RecordScreen(DeskScreen):
    """Notes, concerns, actions and promises, newest first, those that were taken back below."""

    ON_PAGE: ClassVar[PageName] = "record"

    def __init__(self) -> None:
        super().__init__(
            Keys([
                back(self.answer),
                own("take_back", "x", tr("Take back, put back"), tr("Take the note under the cursor back, or put it "
                    "back. It stays in the file, marked."), self._take_back),
                own("older", "n", tr("Older"), tr("Older notes."),
                    lambda ctx: self._turn(ctx, SHOWN_NOTES), title=tr("Turn to older notes"), repeats=True),
                own("newer", "p", tr("Newer"), tr("Newer notes."),
                    lambda ctx: self._turn(ctx, -SHOWN_NOTES), title=tr("Turn to newer notes"), repeats=True),
                *(key.in_footer(True) for key in KEEPING),
                key_for("undo", undo),
                key_for("redo", redo),
            ])
        )  # fmt: skip
        self._notes: dict[str, NoteLine] = {}
        self._gone: frozenset[str] = frozenset()
        self._moment: ConsoleMoment | None = None
        self._offset = 0
        """How many newer notes are passed over; 0 for the newest, which come with each snapshot."""
        self._older = NotesPage()

    def body(self) -> ComposeResult:
        with Container(classes="body", id="record"):
            yield PlainStatic("", id="where")
            yield PlainOptionList(id="notes")
            with VerticalScroll(id="reading", can_focus=False):
                yield Pane(id="note")

    def on_mount(self) -> None:
        """Let the arrow keys move at once."""
        self.query_one("#notes", PlainOptionList).focus()

    def draw(self, moment: ConsoleMoment) -> None:
        super().draw(moment)
        snapshot = moment.snapshot
        self._moment = moment
        self._gone = frozenset(note.key for note in snapshot.taken_back)
        shown = self._older.notes if self._offset else (*snapshot.notes[::-1], *snapshot.taken_back[::-1])
        self._notes = {note.key: note for note in shown}
        pen = Pen(0, self.app.translator)
        self.query_one("#notes", PlainOptionList).fill(
            [(key, self._row(note, pen)) for key, note in self._notes.items()]
        )
        where = tr("Nothing is noted yet. t note, k concern, w action, m promise.")
        if self._offset:
            first = self._offset + 1
            where = tr("Noted: {first}–{last} of {total}, newest first. p goes back.", first=first,
                       last=self._offset + len(self._notes), total=self._older.total)  # fmt: skip
        elif len(snapshot.notes) == SHOWN_NOTES:
            where = tr("The newest {n}. n shows older ones.", n=SHOWN_NOTES)
        elif self._notes:
            where = tr("Noted: {n}", n=len(snapshot.notes))
        self.query_one("#where", PlainStatic).say(safe(self.app.text(where), "quiet"))
        self._draw_note()

    async def _turn(self, ctx: Context, by: int) -> None:
        offset = max(0, self._offset + by)
        page = await ctx.asked(ctx.feed.client.notes(offset)) if offset else NotesPage()
        if page is None or (offset and not page.notes):
            if page is not None:
                ctx.say(tr("There are no older notes."), ok=False)
            return
        self._offset, self._older = offset, page
        self.draw(ctx.moment)

    def _row(self, note: NoteLine, pen: Pen) -> Content:
        kind = f"{pen.capitals(NOTE_WORDS[note.kind]):<9}"
        if note.key in self._gone:
            return safe(f"× {kind} {note.shown}  ({pen.text(tr('taken back'))})", "quiet")
        if note.held:
            return safe(f"‖ {kind} {note.shown}  ({pen.text(tr('held back'))})", "quiet")
        return Content.assemble(safe(f"  {kind} ", "strong"), safe(note.shown))

    @on(PlainOptionList.OptionHighlighted, "#notes")
    def _draw_note(self) -> None:
        """Show the one under the cursor whole."""
        note, moment = self._note, self._moment
        self.query_one("#note", Pane).show(lambda pen: _lines(note, moment, pen) if note and moment else [])

    @property
    def _note(self) -> NoteLine | None:
        return self._notes.get(self.query_one("#notes", PlainOptionList).picked)

    async def _take_back(self, ctx: Context) -> None:
        note = self._note
        if note is None:
            ctx.say(tr("There are no notes yet."), ok=False)
            return
        if way_or_why(ctx, act_named("drop_note"), replace(ctx.moment, note=note)) is not None:
            command = DropNote(key=note.key, drop=note.key not in self._gone)
            if await confirm_and_send(ctx, command, replace(ctx.moment, note=note)) and self._offset:
                await self._turn(ctx, 0)


def _lines(note: NoteLine, moment: ConsoleMoment, pen: Pen) -> Lines:
    about = item_words(moment.line_of(note.item))
    lines = note_lines(note, pen)
    if note.held:
        lines += [[], *pen.paragraph(NOTE_HELD, "warn", "  ")]
    if note.reworded:
        lines += [[], *pen.paragraph(OWN_WORDS, "strong", "  "), *pen.paragraph(note.text, "quiet", "  ")]
    return [*lines, [], *pen.paragraph(about, "quiet", "  ")]
