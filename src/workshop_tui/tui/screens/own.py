"""Keys of one screen that no other desk has: going back, marking, turning pages."""

from __future__ import annotations

from collections.abc import Callable

from workshop_tui.messages import Message, tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.keys import Do, Key
from workshop_tui.views.act import Act


def own(
    name: str, shown: str, label: Message, help_: Message, does: Do, *,
    keys: str = "", title: Message | None = None, repeats: bool = False,
) -> Key:  # fmt: skip
    """A key of a screen.

    Args:
        name: In code.
        shown: As people know it.
        label: One or two words for the bottom line.
        help_: What it does, in a sentence.
        does: What it does.
        keys: As the terminal names it, apart by commas; empty where that is the same.
        title: As something to do; None for the label.
        repeats: Whether holding it down goes on.
    """
    act = Act(name=name, key=shown, keys=keys, label=label, title=title or label, help=help_, in_footer=True)
    return Key(act, does, repeats)


def back(answer: Callable[[], None], keys: str = "escape", label: Message | None = None, *, shown: str = "Esc") -> Key:
    """The key that goes back to what is below."""

    async def does(ctx: Context) -> None:
        del ctx
        answer()

    return own("back", shown, label or tr("Back"), tr("Go back to the page below."), does, keys=keys)
