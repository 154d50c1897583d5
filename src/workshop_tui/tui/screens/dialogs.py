"""Small boxes that ask one thing: choose, type, read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from workshop_tui.tui.lines import Lines
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.widgets.house import Chooser, Field, LongField, Picks, Push, Words, safe
from workshop_tui.tui.widgets.page import Page


class Choose(Dialog[str]):
    """A question with a few answers; gives the chosen key, or "" when it was put away.

    Args:
        title: The question.
        words: What to know before choosing.
        choices: (key, words) in order.
        start: The key under the cursor at first: the one that changes least; None for the first.
        detail: Lines about the choice under the cursor; None for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "away", "Put away", id="away")]

    def __init__(
        self,
        title: str,
        words: str,
        choices: Sequence[tuple[str, str]],
        *,
        start: str | None = None,
        detail: Callable[[str, int], Lines] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._words, self._choices = title, words, choices
        self._start, self._detail = start, detail

    def compose(self) -> ComposeResult:
        """Title, words, choices, detail."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Words(self._title, classes="title")
            yield Words(self._words, classes="words")
            yield Picks(id="choices")
            yield Page(id="detail")

    def on_mount(self) -> None:
        """Fill the list and put the cursor on the quietest choice."""
        picks = self.query_one("#choices", Picks)
        picks.fill([(key, safe(label)) for key, label in self._choices])
        keys = [key for key, _ in self._choices]
        picks.highlighted = keys.index(self._start) if self._start is not None and self._start in keys else 0
        picks.focus()
        self.query_one("#detail", Page).display = self._detail is not None

    @on(Picks.OptionHighlighted)
    def look(self, event: Picks.OptionHighlighted) -> None:
        """Show what the choice under the cursor would do."""
        key, detail = event.option_id or "", self._detail
        if detail is not None:
            self.query_one("#detail", Page).show(lambda width: detail(key, width))

    @on(Picks.OptionSelected)
    def take(self, event: Picks.OptionSelected) -> None:
        """That one."""
        self.answer(event.option_id or "")

    def action_away(self) -> None:
        """None of them."""
        self.answer("")


@dataclass(frozen=True)
class Blank:
    """One thing to type or choose in a form."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    kind: Literal["line", "lines", "choice"] = "line"
    choices: Sequence[tuple[str, str]] = ()


class Form(Dialog[Mapping[str, str] | None]):
    """Things to type; gives them by name, or None when it was put away.

    Args:
        title: What it is for.
        words: What to know.
        blanks: What to fill in.
        button: What sends it.
        check: Says what is wrong, in words; "" when nothing is. The form stays open with everything typed.
        others: Further buttons as (key, label); the one that was pressed is in the result as "button".
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "away", "Put away", id="away"),
        Binding("ctrl+s", "keep", "Keep", id="keep", priority=True),
        Binding("enter", "go_on", "Next", id="go_on", priority=True),
        Binding("tab", "step(1)", "Next field", id="tab", priority=True),
        Binding("shift+tab", "step(-1)", "Field before", id="shift_tab", priority=True),
    ]

    def __init__(
        self,
        title: str,
        words: str,
        blanks: Sequence[Blank],
        button: str,
        *,
        check: Callable[[Mapping[str, str]], str] | None = None,
        others: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self._title, self._words, self._blanks, self._button = title, words, blanks, button
        self._check, self._others = check, others

    def compose(self) -> ComposeResult:
        """Title, words, blanks, what is wrong, buttons."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Words(self._title, classes="title")
            if self._words:
                yield Words(self._words, classes="words")
            for blank in self._blanks:
                yield Words(blank.label, classes="label")
                match blank.kind:
                    case "line":
                        yield Field(blank.value, hint=blank.hint, id=f"blank-{blank.name}")
                    case "lines":
                        yield LongField(blank.value, id=f"blank-{blank.name}")
                    case "choice":
                        yield Chooser(blank.choices, blank.value, id=f"blank-{blank.name}")
            yield Words("", id="wrong", classes="wrong")
            with Horizontal(classes="buttons"):
                yield Push(self._button, id="button-keep")
                for key, label in self._others:
                    yield Push(label, id=f"button-{key}")
                yield Push("Put away (Esc)", id="button-away")

    def on_mount(self) -> None:
        """Start at the first blank."""
        self.set_focus(self._widgets()[0])

    def action_step(self, by: int) -> None:
        """Tab goes on at once, for the same reason as Enter."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_go_on(self) -> None:
        """Enter goes to the next blank, and after the last it sends.

        At once and not by a message: what is typed right after Enter would still land in the blank before.
        """
        field, widgets = self.focused, self._widgets()
        if not isinstance(field, Field):
            raise SkipAction
        after = widgets.index(field) + 1
        if after < len(widgets):
            self.set_focus(widgets[after])
        else:
            # Once what was typed before this Enter is in the field.
            field.call_later(self.action_keep)

    def _widgets(self) -> list[Widget]:
        return [self.query_one(f"#blank-{blank.name}") for blank in self._blanks]

    @on(Push.Pressed)
    def press(self, event: Push.Pressed) -> None:
        """A button."""
        key = (event.button.id or "").removeprefix("button-")
        if key == "away":
            self.answer(None)
        else:
            self._send(key)

    def action_keep(self) -> None:
        """Send it as the first button would."""
        self._send("keep")

    def action_away(self) -> None:
        """Put it away; nothing is kept."""
        self.answer(None)

    def _send(self, button: str) -> None:
        said = {blank.name: self._said(blank) for blank in self._blanks}
        wrong = self._check(said) if self._check is not None else ""
        self.query_one("#wrong", Words).say(f"! {wrong}" if wrong else "")
        if not wrong:
            self.answer({**said, "button": button})

    def _said(self, blank: Blank) -> str:
        match self.query_one(f"#blank-{blank.name}"):
            case Field() as field:
                return field.said
            case LongField() as field:
                return field.said
            case Chooser() as chooser:
                return str(chooser.value)
            case _:
                return ""


class Tell(Dialog[None]):
    """Something to read until it is put away.

    Args:
        title: What it is.
        lines_for: Its lines for a width.
        wide: Whether it takes the width there is: an address in two pieces can be neither clicked nor copied.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,q", "away", "Put away", id="away")]

    def __init__(self, title: str, lines_for: Callable[[int], Lines], *, wide: bool = False) -> None:
        super().__init__()
        self._title, self._lines_for, self._wide = title, lines_for, wide

    def compose(self) -> ComposeResult:
        """Title, words, one button."""
        with VerticalScroll(classes="box wide" if self._wide else "box"):
            yield Words(self._title, classes="title")
            page = Page(id="told")
            page.show(self._lines_for)
            yield page
            with Horizontal(classes="buttons"):
                yield Push("Back (Esc)")

    @on(Push.Pressed)
    def action_away(self) -> None:
        """Read."""
        self.answer(None)
