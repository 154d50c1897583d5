"""Looking for words in a list, and turning its pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from workshop_tui.messages import Message, Text, tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.keys import Key
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.screens.own import own
from workshop_tui.views.act import Field, Typed
from workshop_tui.views.moment import Moment

Asks = Callable[[Form], Awaitable[Typed | None]]


class Found(Protocol):
    """A page of what was found: each looks as far as it needs to."""

    @property
    def offset(self) -> int:
        """Where it begins."""

    @property
    def next(self) -> int:
        """Where the next one begins; 0 after the last."""


async def find_words(asks: Asks, moment: Moment, title: Text, words: str, *more: Text) -> str | None:
    """Which words are searched for; None where the form was put away.

    Args:
        asks: Puts the form to whoever sits there.
        moment: What is so now.
        title: Where it is looked for.
        words: What is searched for until now; empty for nothing.
        more: What is to be known of it.
    """
    field = Field(name="words", label=tr("Which words?"), usual=lambda moment: words)
    about = [*more, tr("Nothing typed shows all again.")]
    typed = await asks(Form(title, about, [field], tr("Find"), moment, name="find"))
    return None if typed is None else typed["words"].strip()


def finding(does: Callable[[Context], Awaitable[None]], help_: Message, title: Message) -> Key:
    """The key that looks for words."""
    return own("find", "/", tr("Find"), help_, does, keys="slash", title=title)


def looked_on(before: tuple[int, ...], page: Found, by: int) -> tuple[tuple[int, ...], int] | None:
    """Where the page after this one, or before it, begins, and those before that; None where there is none."""
    if by > 0 and page.next:
        return (*before, page.offset), page.next
    if by < 0 and before:
        return before[:-1], before[-1]
    return None


def turning(turn: Callable[[int], Awaitable[None]]) -> tuple[Key, Key]:
    """The keys that turn the pages of a list."""
    return (
        own("more", "n", tr("More"), tr("The next page of the list."), lambda _: turn(1),
            title=tr("Turn to the next page of the list"), repeats=True),
        own("less", "p", tr("Less"), tr("The page of the list before this one."), lambda _: turn(-1),
            title=tr("Turn to the page of the list before"), repeats=True),
    )  # fmt: skip
