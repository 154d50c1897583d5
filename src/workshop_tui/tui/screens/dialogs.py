"""Small boxes that ask one thing: choose, confirm, read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Key

from workshop_tui.messages import Text, Verbatim, tr
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainButton, PlainOptionList, PlainStatic, safe
from workshop_tui.views.act import Question

AROUND: Final = 12
"""Rows of a dialog around its list."""


class Choose(Dialog[str]):
    """A question with a few answers; gives the chosen key, or "" when it was put away.

    Args:
        title: The question.
        words: What to know before choosing, sentence by sentence.
        choices: (key, words) in order.
        start: The key under the cursor at first: the one that changes least; None for the first.
        detail: Lines about the choice under the cursor; None for none.
        whole: Whether the list takes the window there is: it may be long.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "away", "", id="away")]

    def __init__(
        self,
        title: Text,
        words: Sequence[Text],
        choices: Sequence[tuple[str, Text]],
        *,
        start: str | None = None,
        detail: Callable[[str, Pen], Lines] | None = None,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._words, self.choices = title, words, choices
        self._start, self._detail, self._whole = start, detail, whole

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box whole" if self._whole else "box", can_focus=False):
            yield PlainStatic(self.app.text(self._title), classes="title")
            yield from told(self.app.text, self._words)
            yield PlainOptionList(id="choices")
            yield Pane(id="detail")

    def on_mount(self) -> None:
        """Fill the list and put the cursor on the quietest choice."""
        picks = self.query_one("#choices", PlainOptionList)
        picks.fill([(key, safe(self.app.text(label))) for key, label in self.choices])
        keys = [key for key, _ in self.choices]
        picks.highlighted = keys.index(self._start) if self._start is not None and self._start in keys else 0
        self.set_focus(picks)
        self.query_one("#detail", Pane).display = self._detail is not None

    def on_resize(self) -> None:
        """A list that may be long scrolls by itself, so that what is around it stays to be seen."""
        if self._whole:
            self.query_one("#choices", PlainOptionList).styles.max_height = max(3, self.app.size.height - AROUND)

    @on(PlainOptionList.OptionHighlighted)
    def look(self, event: PlainOptionList.OptionHighlighted) -> None:
        key, detail = event.option_id or "", self._detail
        if detail is not None:
            self.query_one("#detail", Pane).show(lambda pen: detail(key, pen))

    @on(PlainOptionList.OptionSelected)
    def take(self, event: PlainOptionList.OptionSelected) -> None:
        self.answer(event.option_id or "")

    def action_away(self) -> None:
        self.answer("")


class Confirm(Dialog[bool]):
    """What cannot be undone, asked for with a key of its own: no repeat of the key that asked, nor Enter, can do it.

    Args:
        question_at: The question as things stand; None once there is nothing to ask any more, and then it goes away.
        moment: This moment.
    """

    YES: ClassVar[str] = "y"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", "", id="away"),
        Binding("y", "answer(True)", "", id="yes"),
    ]

    def __init__(self, question_at: Callable[[ConsoleMoment], Question | None], moment: ConsoleMoment) -> None:
        super().__init__()
        self._question_at, self._moment = question_at, moment

    def compose(self) -> ComposeResult:
        question = self._question_at(self._moment)
        assert question is not None  # noqa: S101 - asked only where there is one
        yes = next(answer for answer in question.answers if answer.command is not None)
        no = next(answer for answer in question.answers if answer.command is None)
        with VerticalScroll(classes="box", can_focus=False):
            yield PlainStatic(self.app.text(question.title), classes="title")
            yield Pane(id="told")
            with Horizontal(classes="buttons"):
                said = tr("{what} ({key})", what=yes.words, key=Verbatim(self.YES))
                yield PlainButton(self.app.text(said), id="yes", by_mouse_only=True)
                said = tr("{what} ({key})", what=no.words, key=Verbatim("Esc"))
                yield PlainButton(self.app.text(said), id="no", by_mouse_only=True)

    def on_mount(self) -> None:
        self.draw(self._moment)

    def draw(self, moment: ConsoleMoment) -> None:
        """Say it anew for each moment: more may have answered meanwhile, or somebody else has done it."""
        question = self._question_at(moment)
        if question is None:
            self.answer(False)
        else:
            self.query_one("#told", Pane).show(lambda pen: pen.paragraphs(question.words))

    @on(PlainButton.Pressed)
    def press(self, event: PlainButton.Pressed) -> None:
        self.answer(event.button.id == "yes")

    def action_answer(self, sure: bool) -> None:
        self.answer(sure)


class Tell(Dialog[str]):
    """Something to read until it is put away, or until one of its own keys is pressed; gives that key.

    Args:
        title: What it is.
        lines_for: Its lines for a width.
        wide: Whether it takes the width there is: an address in two pieces can be neither clicked nor copied.
        keys: Keys that put it away and are told to whoever asked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,q", "away", "", id="away")]

    def __init__(
        self, title: Text, lines_for: Callable[[Pen], Lines], *, wide: bool = False, keys: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self._title, self._lines_for, self._wide, self._keys = title, lines_for, wide, keys

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box wide" if self._wide else "box"):
            yield PlainStatic(self.app.text(self._title), classes="title")
            page = Pane(id="told")
            page.show(self._lines_for)
            yield page
            with Horizontal(classes="buttons"):
                yield PlainButton(self.app.text(tr("Back (Esc)")))

    def on_key(self, event: Key) -> None:
        if event.character in self._keys:
            event.stop()
            self.answer(event.character)

    @on(PlainButton.Pressed)
    def action_away(self) -> None:
        self.answer("")


def told(text: Callable[[Text], str], said: Sequence[Text]) -> list[PlainStatic]:
    """What to know before choosing, one below the other."""
    return [PlainStatic(text(each), classes="words") for each in said if each]
