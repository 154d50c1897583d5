"""Makes the options of a vote out of the room's ideas: taken, merged, reworded, added to, and shown first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Final

import msgspec
from msgspec import Struct
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content

from workshop_tui.domain.blocks import Option
from workshop_tui.domain.commands import ChooseOptions, FacilitatorCommand, SetScreen
from workshop_tui.limits import OPTIONS
from workshop_tui.room.snapshot import ItemLine, QueueEntry
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Tone, shorten
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form
from workshop_tui.tui.widgets.house import Picks, Words, safe

FIRST_TAB: Final = "Go to the options with Tab first."

_KEYS: Final = "abcdefghijklmnopqrstuvwxyz"


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
        send: Hands a command to the room.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", key_display="esc", id="back"),
        Binding("space", "mark", "Mark", id="mark"),
        Binding("m", "merge", "Merge", id="merge"),
        Binding("e", "reword", "Reword", id="reword"),
        Binding("a", "add", "Add", id="add"),
        Binding("x", "take_out", "Take out", id="take_out"),
        Binding("ctrl+s", "keep", "Keep", id="keep"),
        Binding("S", "show", "Keep, show room", id="show"),
        Binding("K,shift+up", "move(-1)", "Up", id="up"),
        Binding("J,shift+down", "move(1)", "Down", id="down"),
    ]

    def __init__(
        self,
        line: ItemLine,
        ideas: Sequence[QueueEntry],
        chosen: Sequence[Option],
        send: Callable[[FacilitatorCommand], Awaitable[bool]],
    ) -> None:
        super().__init__()
        self._line, self._send = line, send
        self._ideas, self._same = _grouped(ideas)
        self._screen = ""
        self._marked: set[str] = set()
        self._changed = False
        self._drafts = _first_drafts(line, chosen, self._ideas, self._same)

    def body(self) -> ComposeResult:
        """Ideas and options side by side."""
        yield Words("", id="for")
        with Container(classes="body", id="both"):
            with Vertical():
                yield Words(safe("IDEAS  Enter takes, space marks, m merges", "strong"))
                yield Picks(id="ideas")
            with Vertical():
                yield Words(safe("OPTIONS  Tab goes here, J and K move one", "strong"))
                yield Picks(id="drafts")

    def draw(self, desk: Desk) -> None:
        """Show this moment."""
        super().draw(desk)
        self._screen = desk.snapshot.screen

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one("#for", Words).say(f" For item {self._line.number}, “{self._line.title}”")
        self._fill()
        self.query_one("#ideas" if self._ideas else "#drafts", Picks).focus()

    def _fill(self) -> None:
        used = frozenset[str]().union(*(draft.ideas for draft in self._drafts))
        self.query_one("#ideas", Picks).fill(
            [(key, self._idea_row(key, text, key in used)) for key, text in self._ideas.items()]
        )
        self.query_one("#drafts", Picks).fill(
            [(f"draft-{number}", _draft_row(number, draft)) for number, draft in enumerate(self._drafts)]
        )

    def _idea_row(self, key: str, text: str, used: bool) -> Content:
        mark = "● " if key in self._marked else "✓ " if used else "  "
        times = f"  ({len(self._same[key])} times)" if len(self._same[key]) > 1 else ""
        tone: Tone = "strong" if key in self._marked else "quiet" if used else "plain"
        return safe(mark + shorten(text, 300) + times, tone)

    @property
    def _place(self) -> int | None:
        """Which option is under the cursor; None when the ideas have it."""
        picks = self.query_one("#drafts", Picks)
        return picks.highlighted if picks.has_focus and self._drafts else None

    # Ideas. --------------------------------------------------------------------------------------

    @on(Picks.OptionSelected, "#ideas")
    def take(self, event: Picks.OptionSelected) -> None:
        """Make an option of one idea."""
        key = event.option_id or ""
        if not any(key in draft.ideas for draft in self._drafts):
            self._put(Draft(text=self._ideas[key], ideas=self._same[key]))

    def action_mark(self) -> None:
        """Mark the idea under the cursor, to merge."""
        picks = self.query_one("#ideas", Picks)
        if picks.has_focus and picks.picked:
            self._marked ^= {picks.picked}
            self._fill()

    @work(group="options")
    async def action_merge(self) -> None:
        """Make one option of the marked ideas; what they said in other options moves along."""
        marked = [key for key in self._ideas if key in self._marked]
        if len(marked) < 2:
            self.notify("Mark two or more ideas with space, then press m.")
            return
        together = "\n".join(f"· {self._ideas[key]}" for key in marked)
        said = await self.app.push_screen_wait(
            Form("Merge into one option", together, [Blank("text", "In one sentence", self._ideas[marked[0]])],
                 "Merge (Enter)", check=_no_words)
        )  # fmt: skip
        if said is not None:
            self._marked.clear()
            moved = frozenset[str]().union(*(self._same[key] for key in marked))
            kept = [msgspec.structs.replace(draft, ideas=draft.ideas - moved) for draft in self._drafts]
            self._drafts = [new for old, new in zip(self._drafts, kept, strict=True) if new.ideas or not old.ideas]
            self._put(Draft(text=said["text"], ideas=moved))

    # Options. ------------------------------------------------------------------------------------

    def _put(self, draft: Draft) -> None:
        """Add one, before “something else”."""
        if len(self._drafts) >= OPTIONS:
            self.notify(f"A vote has at most {OPTIONS} options.")
            return
        place = next((number for number, each in enumerate(self._drafts) if each.other), len(self._drafts))
        self._drafts.insert(place, draft)
        self._touch()

    def _touch(self) -> None:
        self._changed = True
        self._fill()

    @work(group="options")
    async def action_add(self) -> None:
        """An option of the facilitator's own."""
        said = await self.app.push_screen_wait(
            Form("An option of your own", "", [Blank("text", "The option")], "Add (Enter)", check=_no_words)
        )
        if said is not None:
            self._put(Draft(text=said["text"]))

    @on(Picks.OptionSelected, "#drafts")
    @work(group="options")
    async def action_reword(self) -> None:
        """Other words for the option under the cursor."""
        place = self._place
        if place is None:
            self.notify(FIRST_TAB)
            return
        draft = self._drafts[place]
        said = await self.app.push_screen_wait(
            Form("Reword", "", [Blank("text", "The option", draft.text)], "Keep (Enter)", check=_no_words)
        )
        if said is not None and said["text"] != draft.text:
            self._drafts[place] = msgspec.structs.replace(draft, text=said["text"], texts=())
            self._touch()

    def action_take_out(self) -> None:
        """Take the option out; its ideas stay in the list."""
        place = self._place
        if place is None:
            self.notify(FIRST_TAB)
            return
        del self._drafts[place]
        self._touch()

    def action_move(self, by: int) -> None:
        """Move the option under the cursor."""
        place = self._place
        if place is not None and 0 <= place + by < len(self._drafts):
            self._drafts[place], self._drafts[place + by] = self._drafts[place + by], self._drafts[place]
            self.query_one("#drafts", Picks).highlighted = place + by
            self._touch()

    # Done. ---------------------------------------------------------------------------------------

    @work(group="options-send")
    async def action_keep(self) -> None:
        """Give the vote these options."""
        if await self._keep():
            self.answer()

    @work(group="options-send")
    async def action_show(self) -> None:
        """Give the vote these options and show them to the room before it opens."""
        if await self._keep():
            if self._screen != "question":
                await self._send(SetScreen(mode="question"))
            self.answer()

    async def _keep(self) -> bool:
        options = tuple(
            Option(key=key, text=draft.text, other=draft.other, texts=draft.texts)
            for key, draft in zip(_KEYS, self._drafts, strict=False)
        )
        return await self._send(ChooseOptions(item=self._line.key, options=options))

    def action_back(self) -> None:
        """Leave; asks when something would be lost."""
        if self._changed:
            self._ask_and_leave()
        else:
            self.answer()

    @work(group="options")
    async def _ask_and_leave(self) -> None:
        chosen = await self.app.push_screen_wait(
            Choose(
                "Leave these options?",
                "They are not kept yet.",
                [("keep", "Keep them"), ("away", "Leave without keeping"), ("", "Go on here")],
                start="keep",
            )
        )
        if chosen == "away" or (chosen == "keep" and await self._keep()):
            self.answer()


def _grouped(ideas: Sequence[QueueEntry]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Ideas in the same words as one: (words by the first one's key, every key by the first one's)."""
    first: dict[str, str] = {}
    texts: dict[str, str] = {}
    same: dict[str, frozenset[str]] = {}
    for idea in ideas:
        text = " ".join(" ".join(said for _, said in idea.parts).split())
        key = first.setdefault(text.casefold(), idea.key)
        texts.setdefault(key, text)
        same[key] = same.get(key, frozenset()) | {idea.key}
    return texts, same


def _first_drafts(
    line: ItemLine, chosen: Sequence[Option], ideas: dict[str, str], same: dict[str, frozenset[str]]
) -> list[Draft]:
    """The options chosen before, or those the agenda adds to the ideas, such as “Something else”."""
    config = line.item.activity.config if line.item.activity is not None else {}
    options = chosen or msgspec.convert(config.get("options") or (), tuple[Option, ...])
    by_text = {text: same[key] for key, text in ideas.items()}
    return [
        Draft(text=each.text, other=each.other, texts=each.texts, ideas=by_text.get(each.text, frozenset()))
        for each in options
    ]


def _draft_row(number: int, draft: Draft) -> Content:
    merged = f"  ({len(draft.ideas)} said so)" if len(draft.ideas) > 1 else ""
    return Content.assemble(safe(f"{_KEYS[number].upper()} ", "strong"), safe(shorten(draft.text, 300)),
                            safe(merged, "quiet"))  # fmt: skip


def _no_words(said: object) -> str:
    return "" if isinstance(said, dict) and said.get("text") else "There are no words yet."
