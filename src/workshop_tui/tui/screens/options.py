"""Makes the options of a vote out of the room's ideas: taken, merged, reworded, added to, and shown first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from workshop_tui.domain.blocks import Option
from workshop_tui.domain.commands import ChooseOptions, SetScreen
from workshop_tui.limits import OPTIONS
from workshop_tui.messages import Message, Text, tr, trn
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import confirm_and_send
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import Tone, shorten
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.screens.own import own
from workshop_tui.tui.widgets.plain import PlainOptionList, PlainStatic, safe
from workshop_tui.views.act import Field
from workshop_tui.views.items import idea_words
from workshop_tui.views.typed import with_words
from workshop_tui.views.typed_config import LETTERS, options_in
from workshop_tui.views.writing import NO_WORDS

FIRST_TAB: Final = tr("Go to the options with Tab first.")


class Draft(Struct, frozen=True):
    """One option as it is being made."""

    text: str
    ideas: frozenset[str] = frozenset()
    """The keys of the ideas in it; none for the facilitator's own."""
    other: bool = False
    texts: tuple[tuple[str, str], ...] = ()


class OptionsScreen(DeskScreen):
    """Ideas at the left, options at the right.

    Args:
        line: The item whose vote they are for.
        ideas: What the room said.
        chosen: The options chosen before; empty for none.
    """

    HOLDS_WORK: ClassVar[bool] = True

    def __init__(self, line: ItemLine, ideas: Sequence[QueueEntry], chosen: Sequence[Option]) -> None:
        super().__init__(Keys(self._own_keys()))
        self._line = line
        self._ideas, self._same = _grouped(ideas)
        self._marked: set[str] = set()
        self._changed = False
        self._drafts = _first_drafts(line, chosen, self._ideas, self._same)

    def _own_keys(self) -> list[Key]:
        return [
            own("back", "Esc", tr("Back"), tr("Leave; asks when something would be lost."), self._back, keys="escape"),
            own("mark", "space", tr("Mark"), tr("Mark the idea under the cursor, to merge."), self._mark),
            own("merge", "m", tr("Merge"), tr("Make one option of the marked ideas."), self._merge),
            own("reword", "e", tr("Reword"), tr("Other words for the option under the cursor."), self._reword),
            own("add", "a", tr("Add"), tr("An option of your own."), self._add),
            own("take_out", "x", tr("Take out"), tr("Take the option out; its ideas stay in the list."),
                self._take_out),
            own("keep", "ctrl+s", tr("Keep"), tr("Give the vote these options."), self._keep_and_go),
            own("show", "S", tr("Keep, show room"), tr("Give the vote these options and show them to the room before "
                "it opens."), self._show),
            own("up", "K", tr("Up"), tr("Move the option under the cursor up."), lambda _: self._move(-1),
                keys="K,shift+up", repeats=True),
            own("down", "J", tr("Down"), tr("Move the option under the cursor down."), lambda _: self._move(1),
                keys="J,shift+down", repeats=True),
        ]  # fmt: skip

    def body(self) -> ComposeResult:
        yield PlainStatic("", id="for")
        with Container(classes="body", id="both"):
            with Vertical():
                yield PlainStatic(safe(self.app.text(tr("IDEAS  Enter takes, space marks, m merges")), "strong"))
                yield PlainOptionList(id="ideas")
            with Vertical():
                yield PlainStatic(safe(self.app.text(tr("OPTIONS  Tab goes here, J and K move one")), "strong"))
                yield PlainOptionList(id="drafts")

    def on_mount(self) -> None:
        about = tr("For item {number}, “{title}”", number=self._line.number, title=self._line.title)
        self.query_one("#for", PlainStatic).say(f" {self.app.text(about)}")
        self._fill()
        self.query_one("#ideas" if self._ideas else "#drafts", PlainOptionList).focus()

    def _fill(self) -> None:
        used = frozenset[str]().union(*(draft.ideas for draft in self._drafts))
        self.query_one("#ideas", PlainOptionList).fill(
            [(key, self._idea_row(key, text, key in used)) for key, text in self._ideas.items()]
        )
        self.query_one("#drafts", PlainOptionList).fill(
            [(f"draft-{number}", self._draft_row(number, draft)) for number, draft in enumerate(self._drafts)]
        )

    def _idea_row(self, key: str, text: str, used: bool) -> Content:
        mark = "● " if key in self._marked else "✓ " if used else "  "
        often = len(self._same[key])
        times = f"  ({self.app.text(trn('{n} time', '{n} times', often))})" if often > 1 else ""
        tone: Tone = "strong" if key in self._marked else "quiet" if used else "plain"
        return safe(mark + shorten(text, 300) + times, tone)

    def _draft_row(self, number: int, draft: Draft) -> Content:
        said = trn("{n} said so", "{n} said so", len(draft.ideas))
        merged = f"  ({self.app.text(said)})" if len(draft.ideas) > 1 else ""
        return Content.assemble(safe(f"{LETTERS[number].upper()} ", "strong"), safe(shorten(draft.text, 300)),
                                safe(merged, "quiet"))  # fmt: skip

    @property
    def _place(self) -> int | None:
        """Which option is under the cursor; None when the ideas have it."""
        picks = self.query_one("#drafts", PlainOptionList)
        return picks.highlighted if picks.has_focus and self._drafts else None

    # Ideas. --------------------------------------------------------------------------------------

    @on(PlainOptionList.OptionSelected, "#ideas")
    def take(self, event: PlainOptionList.OptionSelected) -> None:
        """Make an option of one idea."""
        key = event.option_id or ""
        if not any(key in draft.ideas for draft in self._drafts):
            self._put(Draft(text=self._ideas[key], ideas=self._same[key]))

    async def _mark(self, ctx: Context) -> None:
        del ctx
        picks = self.query_one("#ideas", PlainOptionList)
        if picks.has_focus and picks.picked:
            self._marked ^= {picks.picked}
            self._fill()

    async def _merge(self, ctx: Context) -> None:
        """Make one option of the marked ideas; what they said in other options moves along."""
        marked = [key for key in self._ideas if key in self._marked]
        if len(marked) < 2:
            ctx.say(tr("Mark two or more ideas with space, then press m."), ok=False)
            return
        together = [f"· {self._ideas[key]}" for key in marked]
        label = tr("In one sentence")
        said = await self._words(ctx, tr("Merge into one option"), together, label, self._ideas[marked[0]])
        if said is not None:
            self._marked.clear()
            moved = frozenset[str]().union(*(self._same[key] for key in marked))
            kept = [replace(draft, ideas=draft.ideas - moved) for draft in self._drafts]
            self._drafts = [new for old, new in zip(self._drafts, kept, strict=True) if new.ideas or not old.ideas]
            self._put(Draft(text=said, ideas=moved))

    async def _words(
        self, ctx: Context, title: Message, words: Sequence[Text], label: Message, before: str = ""
    ) -> str | None:
        """What is typed for an option; None for nothing."""
        blank = Field(name="text", label=label, usual=lambda moment: before, wrong=with_words(NO_WORDS))
        said = await ctx.ask(Form(title, words, [blank], tr("Keep (Enter)"), ctx.moment, name="option"))
        return said["text"] if said is not None else None

    # Options. ------------------------------------------------------------------------------------

    def _put(self, draft: Draft) -> None:
        """Add one, before “something else”."""
        if len(self._drafts) >= OPTIONS:
            self.notify(self.app.text(tr("A vote has at most {most} options.", most=OPTIONS)))
            return
        place = next((number for number, each in enumerate(self._drafts) if each.other), len(self._drafts))
        self._drafts.insert(place, draft)
        self._touch()

    def _touch(self) -> None:
        self._changed = True
        self._fill()

    async def _add(self, ctx: Context) -> None:
        said = await self._words(ctx, tr("An option of your own"), (), tr("The option"))
        if said is not None:
            self._put(Draft(text=said))

    @on(PlainOptionList.OptionSelected, "#drafts")
    def click(self) -> None:
        """Enter or a click rewords the option under the cursor."""
        self.app.simulate_key("e")

    async def _reword(self, ctx: Context) -> None:
        place = self._place
        if place is None:
            ctx.say(FIRST_TAB, ok=False)
            return
        draft = self._drafts[place]
        said = await self._words(ctx, tr("Reword"), (), tr("The option"), draft.text)
        if said is not None and said != draft.text:
            self._drafts[place] = replace(draft, text=said, texts=())
            self._touch()

    async def _take_out(self, ctx: Context) -> None:
        place = self._place
        if place is None:
            ctx.say(FIRST_TAB, ok=False)
            return
        del self._drafts[place]
        self._touch()

    async def _move(self, by: int) -> None:
        place = self._place
        if place is not None and 0 <= place + by < len(self._drafts):
            self._drafts[place], self._drafts[place + by] = self._drafts[place + by], self._drafts[place]
            self.query_one("#drafts", PlainOptionList).highlighted = place + by
            self._touch()

    # Done. ---------------------------------------------------------------------------------------

    async def _keep_and_go(self, ctx: Context) -> None:
        if await self._keep(ctx):
            self.answer()

    async def _show(self, ctx: Context) -> None:
        if await self._keep(ctx):
            if ctx.moment.snapshot.screen != "question":
                await ctx.send(SetScreen(mode="question"))
            self.answer()

    async def _keep(self, ctx: Context) -> bool:
        options = tuple(
            Option(key=key, text=draft.text, other=draft.other, texts=draft.texts)
            for key, draft in zip(LETTERS, self._drafts, strict=False)
        )
        return await confirm_and_send(ctx, ChooseOptions(item=self._line.key, options=options), ctx.moment)

    async def _back(self, ctx: Context) -> None:
        if not self._changed:
            self.answer()
            return
        chosen = await ctx.ask(
            Choose(
                tr("Leave these options?"),
                (tr("They are not kept yet."),),
                [("keep", tr("Keep them")), ("away", tr("Leave without keeping")), ("", tr("Go on here"))],
                start="keep",
            )
        )
        if chosen == "away" or (chosen == "keep" and await self._keep(ctx)):
            self.answer()


def _grouped(ideas: Sequence[QueueEntry]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Ideas in the same words as one: (words by the first one's key, every key by the first one's)."""
    first: dict[str, str] = {}
    texts: dict[str, str] = {}
    same: dict[str, frozenset[str]] = {}
    for idea in ideas:
        text = idea_words(idea)
        key = first.setdefault(text.casefold(), idea.key)
        texts.setdefault(key, text)
        same[key] = same.get(key, frozenset()) | {idea.key}
    return texts, same


def _first_drafts(
    line: ItemLine, chosen: Sequence[Option], ideas: dict[str, str], same: dict[str, frozenset[str]]
) -> list[Draft]:
    """The options chosen before, or those the agenda adds to the ideas, such as “Something else”."""
    config = line.item.activity.config if line.item.activity is not None else {}
    options = chosen or options_in(config)
    by_text = {text: same[key] for key, text in ideas.items()}
    return [
        Draft(text=each.text, other=each.other, texts=each.texts, ideas=by_text.get(each.text, frozenset()))
        for each in options
    ]
