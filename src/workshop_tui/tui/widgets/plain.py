"""Textual's widgets with plain words only: no markup, and no character that a terminal would obey.

Words from a phone that look like markup would end the app or become a button; control codes reach the terminal
whatever widget shows them. So every text enters a widget through `safe`, and the raw widgets are banned
everywhere else (ruff, TID251).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from textual.content import Content
from textual.events import Paste
from textual.widgets import Button, Checkbox, Input, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from workshop_tui.tui.lines import Lines, Piece, Tone

STYLES: Final[dict[Tone, str]] = {
    "plain": "",
    "quiet": "$foreground 70%",
    "good": "$text-success",
    "warn": "bold $text-warning",
    "bad": "bold $text-error",
    "strong": "bold",
    "bar": "$primary",
    "other": "$secondary",
    "key": "bold $text-primary",
    "here": "bold reverse",
}
"""How each tone looks; theme variables only, so that light, dark and ANSI themes all work."""

# C0 but the newline, DEL, C1, direction marks and overrides, line separators, lone surrogates, tag letters.
_OBEYED: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def plain(text: str) -> str:
    """Text without any character a terminal obeys.

    The second guard: words were cleaned when they came in (domain.text); this one keeps the layout of a line.
    """
    return _OBEYED.sub("", text)


def safe(text: str, tone: Tone = "plain") -> Content:
    """Any text as content that is neither markup nor obeyed by the terminal."""
    return Content.styled(plain(text), STYLES[tone])


def content_of(lines: Lines) -> Content:
    """Lines of pieces as one content."""
    return Content("\n").join([line_of(pieces) for pieces in lines])


def line_of(pieces: Sequence[Piece]) -> Content:
    """One line of pieces as content."""
    return Content.assemble(*(safe(text, tone) for text, tone in pieces))


class PlainStatic(Static):
    """Some words; drawn again only when they changed."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        self._shown = text if isinstance(text, Content) else safe(text)
        super().__init__(self._shown, markup=False, id=id, classes=classes)

    def say(self, text: str | Content) -> None:
        content = text if isinstance(text, Content) else safe(text)
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content)


class PlainButton(Button):
    """A button with plain words; one that is `by_mouse_only` can have no key pressed on it."""

    def __init__(self, label: str, *, id: str | None = None, by_mouse_only: bool = False) -> None:  # noqa: A002
        super().__init__(safe(label), id=id, compact=True)
        self.can_focus = not by_mouse_only


class PlainInput(Input):
    """One line to type; pasted text loses what a terminal would obey."""

    def __init__(self, value: str = "", *, hint: str = "", id: str | None = None,  # noqa: A002
                 is_unseen: bool = False) -> None:  # fmt: skip
        # Typing adds to what is there: a slip of a finger must not wipe a prepared question.
        super().__init__(plain(value), placeholder=plain(hint), id=id, compact=True, select_on_focus=False,
                         password=is_unseen)  # fmt: skip

    def on_paste(self, event: Paste) -> None:
        """Before Textual puts it in: what a terminal would obey goes."""
        event.text = plain(event.text)

    @property
    def said(self) -> str:
        """What stands in it, without spaces around."""
        return plain(self.value).strip()


class PlainTextArea(TextArea):
    """Several lines to type."""

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(plain(value), id=id, tab_behavior="focus", compact=True)

    def on_paste(self, event: Paste) -> None:
        """Before Textual puts it in: what a terminal would obey goes."""
        event.text = plain(event.text)

    def on_unmount(self) -> None:
        """Let the app forget this field: Textual's asks to hear of every change of theme, and never takes that back."""
        watchers = getattr(self.app, "__watchers", {}).get("theme", [])
        watchers[:] = [each for each in watchers if each[0] is not self]

    @property
    def said(self) -> str:
        """What stands in it, without spaces around."""
        return plain(self.text).strip()


class PlainSelect(Select[str]):
    """One of a few, folded away; options are (key, words)."""

    def __init__(self, options: Iterable[tuple[str, str]], value: str, *, id: str | None = None) -> None:  # noqa: A002
        prompts = [(safe(label), key) for key, label in options]
        super().__init__(prompts, value=value, allow_blank=False, id=id, compact=True)


class PlainCheckbox(Checkbox):
    """Yes or no, with plain words."""

    def __init__(self, label: str, value: bool, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(safe(label), value, id=id, compact=True)


class PlainOptionList(OptionList):
    """A list to pick from; rows are contents with a key. It ends at its ends: a step too far would act on another."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False, compact=True)
        self._rows: list[tuple[str, Content]] = []

    def fill(self, rows: Sequence[tuple[str, Content]]) -> None:
        """Show these rows; the cursor stays on its key, or at its place where the key is gone."""
        if len(rows) == len(self._rows) and all(
            key == old and content.is_same(was) for (key, content), (old, was) in zip(rows, self._rows, strict=True)
        ):
            return
        place, key = self.highlighted or 0, self.picked
        self._rows = list(rows)
        self.set_options([Option(content, id=key) for key, content in rows])
        keys = [key for key, _ in rows]
        if rows:
            self.highlighted = keys.index(key) if key in keys else min(place, len(rows) - 1)

    def action_cursor_up(self) -> None:
        """One up, if there is one."""
        if self.highlighted:
            self.highlighted -= 1

    def action_cursor_down(self) -> None:
        """One down, if there is one."""
        if self.highlighted is None:
            self.action_first()
        elif self.highlighted + 1 < len(self._rows):
            self.highlighted += 1

    @property
    def picked(self) -> str:
        """The key under the cursor; empty for none."""
        place = self.highlighted
        return self._rows[place][0] if place is not None and place < len(self._rows) else ""
