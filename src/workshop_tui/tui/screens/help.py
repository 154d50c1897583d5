"""Every key of a page, in a list that scrolls at any size."""

from __future__ import annotations

from workshop_tui.messages import tr
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.views.acts import HELP


def help_screen(keys: Keys, pen: Pen) -> Choose:
    """The list; gives the name of the act that is to be done."""
    listed = {key.act.name: key for key in keys.all if key.act.name != HELP.name}
    wide = max((len(key.act.key) for key in listed.values()), default=1)

    def detail(name: str, pen: Pen) -> Lines:
        return pen.paragraph(listed[name].act.help, "quiet") if name in listed else []

    return Choose(
        tr("Keys"),
        (tr("Enter or a click does it. Esc goes back. ctrl+p finds everything by name."),),
        [(name, _row(key, wide, pen)) for name, key in listed.items()],
        detail=detail,
        whole=True,
    )


def _row(key: Key, wide: int, pen: Pen) -> str:
    return f"{key.act.key or '–':>{wide}}  {pen.text(key.act.title)}"
