"""A box with things to type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Key as Pressed
from textual.widget import Widget

from workshop_tui.messages import Message, Sentences, Text, tr
from workshop_tui.tui.screens.base import Dialog
from workshop_tui.tui.screens.dialogs import told
from workshop_tui.tui.widgets.plain import (
    PlainButton,
    PlainCheckbox,
    PlainInput,
    PlainSelect,
    PlainStatic,
    PlainTextArea,
)
from workshop_tui.views.act import Field, Typed
from workshop_tui.views.days import day_of, read_day, that_is
from workshop_tui.views.moment import Moment

AWAY: Final = tr("Put away (Esc)")
FURTHER: Final = tr("More, with Tab. Most of it can stay as it is.")


class Form(Dialog[Mapping[str, str] | None]):
    """Things to type; gives them by name, or None when it was put away.

    Args:
        title: What it is for.
        words: What to know, sentence by sentence.
        fields: What to fill in.
        button: What sends it.
        moment: What the fields are filled with at first.
        asked: All fields, out of what was chosen so far, where a choice says what else is asked.
        check: Says what is wrong; None when nothing is. The form stays open with everything typed.
        others: Further buttons as (key, label); the one that was pressed is in the result as "button".
        name: What it is for, in code.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "away", "", id="away"),
        Binding("ctrl+s", "keep", "", id="keep", priority=True),
        Binding("enter", "go_on", "", id="go_on", priority=True),
        Binding("tab", "step(1)", "", id="tab", priority=True),
        Binding("shift+tab", "step(-1)", "", id="shift_tab", priority=True),
    ]

    def __init__(
        self,
        title: Text,
        words: Sequence[Text],
        fields: Sequence[Field],
        button: Text,
        moment: Moment,
        *,
        asked: Callable[[Typed], Sequence[Field]] | None = None,
        check: Callable[[Mapping[str, str]], Sentences | None] | None = None,
        others: Sequence[tuple[str, Message]] = (),
        name: str = "",
    ) -> None:
        super().__init__()
        self.title_, self._words, self.fields, self._button = title, words, fields, button
        self.moment, self._check, self._others, self.form_name = moment, check, others, name
        self._asked = asked
        self._typed: dict[str, str] = {}
        """What was typed, also in fields that are not there any more: they may come back."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box", can_focus=False):
            yield PlainStatic(self.app.text(self.title_), classes="title")
            yield from told(self.app.text, self._words)
            lead = next((at for at, field in enumerate(self.fields, 1) if field.leads), len(self.fields))
            yield from self._rows(self.fields[:lead])
            with Vertical(id="rest"):
                yield from self._rows(self.fields[lead:])
            yield PlainStatic("", id="wrong", classes="wrong")
            with Horizontal(classes="buttons"):
                yield PlainButton(self.app.text(self._button), id="button-keep")
                for key, label in self._others:
                    yield PlainButton(self.app.text(label), id=f"button-{key}")
                yield PlainButton(self.app.text(AWAY), id="button-away")

    def _rows(self, fields: Sequence[Field]) -> Iterator[Widget]:
        """Each field with its label; what is right as it is most of the time comes below a line that says so."""
        further = next((field for field in fields if field.is_further), None)
        for field in fields:
            if field is further:
                yield PlainStatic(self.app.text(FURTHER), classes="label quiet")
            if field.kind != "tick":
                yield PlainStatic(self.app.text(field.label), classes="label")
            yield self._widget(field)
            if field.kind == "day":
                yield PlainStatic("", id=f"day-{field.name}", classes="quiet")

    @on(PlainInput.Changed)
    def echo(self, event: PlainInput.Changed) -> None:
        """Say which day was meant, before it is kept."""
        name = (event.input.id or "").removeprefix("field-")
        for each in self.query(f"#day-{name}").results(PlainStatic):
            day = self._day(event.input.value)
            each.say(self.app.text(that_is(day)) if day else "")

    def _day(self, typed: str) -> date | None:
        return read_day(typed, day_of(self.moment.now), self.app.translator)

    @on(PlainSelect.Changed)
    async def lead(self, event: PlainSelect.Changed) -> None:
        """Ask for what the choice needs; what was typed stays."""
        leads = next((field for field in self.fields if field.leads), None)
        if self._asked is None or leads is None or event.select.id != f"field-{leads.name}":
            return
        self._typed |= {field.name: self._said(field) for field in self.fields}
        fields = list(self._asked(self._typed))
        if [(field.name, field.label) for field in fields] == [(field.name, field.label) for field in self.fields]:
            return
        self.fields = fields
        rest = self.query_one("#rest")
        # Painted once all of it is there: what is half mounted has no styles to be painted with yet.
        with self.app.batch_update():
            await rest.remove_children()
            await rest.mount_all(self._rows(fields[fields.index(leads) + 1 :]))

    def _widget(self, field: Field) -> Widget:
        value, id_ = self._typed.get(field.name, field.usual(self.moment)), f"field-{field.name}"
        match field.kind:
            case "line" | "number" | "day":
                return PlainInput(value, hint=self.app.text(field.hint or ""), id=id_)
            case "lines":
                return PlainTextArea(value, id=id_)
            case "choice":
                choices = field.choices(self.moment)
                usual = value if any(each.key == value for each in choices) else choices[0].key
                return PlainSelect([(each.key, self.app.text(each.words)) for each in choices], usual, id=id_)
            case "tick":
                return PlainCheckbox(self.app.text(field.label), value == "yes", id=id_)

    def on_mount(self) -> None:
        self.set_focus(self._widgets()[0])

    def may_repeat(self, pressed: Pressed) -> bool:
        """Enter held down goes to the last field, but does not send."""
        if pressed.key == "enter" and isinstance(self.focused, PlainInput):
            return self.focused not in self._last()
        return super().may_repeat(pressed)

    def action_step(self, by: int) -> None:
        """Tab goes on at once, for the same reason as Enter."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_go_on(self) -> None:
        """Enter goes to the next field, and after the last it sends.

        At once and not by a message: what is typed right after Enter would still land in the field before.
        """
        focused, widgets = self.focused, self._widgets()
        if not isinstance(focused, PlainInput):
            raise SkipAction
        after = widgets.index(focused) + 1
        if focused not in self._last():
            self.set_focus(widgets[after])
        else:
            # Once what was typed before this Enter is in the field.
            focused.call_later(self.action_keep)

    def _last(self) -> tuple[Widget, ...]:
        """Where Enter sends: at the end, and at the end of what has to be filled in."""
        widgets = self._widgets()
        needed = [widget for widget, field in zip(widgets, self.fields, strict=True) if not field.is_further]
        return (*needed[-1:], *widgets[-1:])

    def _widgets(self) -> list[Widget]:
        return [self.query_one(f"#field-{field.name}") for field in self.fields]

    @on(PlainButton.Pressed)
    def press(self, event: PlainButton.Pressed) -> None:
        key = (event.button.id or "").removeprefix("button-")
        if key == "away":
            self.answer(None)
        else:
            self._send(key)

    def action_keep(self) -> None:
        self._send("keep")

    def action_away(self) -> None:
        self.answer(None)

    def _send(self, button: str) -> None:
        said = {field.name: self._said(field) for field in self.fields}
        wrong = next((why for field in self.fields if (why := field.wrong(said[field.name])) is not None), None)
        wrong_ = wrong or (self._check(said) if self._check is not None else None)
        self.query_one("#wrong", PlainStatic).say(f"! {self.app.text(wrong_)}" if wrong_ else "")
        if not wrong_:
            self.answer({**said, "button": button})

    def _said(self, field: Field) -> str:
        match self.query_one(f"#field-{field.name}"):
            case PlainInput() as widget if field.kind == "day" and (day := self._day(widget.said)) is not None:
                return day.isoformat()
            case (PlainInput() | PlainTextArea()) as widget:
                return widget.said
            case PlainSelect() as chooser:
                return str(chooser.value)
            case PlainCheckbox() as tick:
                return "yes" if tick.value else ""
            case _:
                return ""
