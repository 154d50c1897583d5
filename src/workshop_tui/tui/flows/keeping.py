"""Keeping something for the record: a note, a concern, an action, a promise; and taking back what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from workshop_tui.domain.commands import Redo, Undo
from workshop_tui.messages import Text, tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import go
from workshop_tui.tui.keys import Key
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.views.act import Act
from workshop_tui.views.acts import act_named


async def _keep(ctx: Context, act: Act) -> None:
    moment = ctx.moment
    way = act.way(moment)
    if way is None:
        ctx.say(act.why_not(moment) or "", ok=False)
        return
    # One line each, so that Enter goes on and keeps.
    fields = [replace(field, kind="line") if field.kind == "lines" else field for field in way.fields]
    about = [_about(moment)]
    about += [tr("Enter goes to the next line, and after the last it keeps.")] if len(fields) > 1 else []
    await go(ctx, way, moment, act.title, about, fields=fields)


def _about(moment: ConsoleMoment) -> Text:
    here = moment.snapshot.here
    if here is None:
        return tr("Before the first item.")
    return tr("With item {number}, “{title}”.", number=here.number, title=here.item.title)


def _key(name: str) -> Key:
    act = act_named(name)
    return Key(act, lambda ctx: _keep(ctx, act))


KEEPING: Final[Sequence[Key]] = tuple(_key(name) for name in ("note", "concern", "action", "promise"))
"""One key for each kind of note."""


async def undo(ctx: Context) -> None:
    """Take the last thing back; always sent, because what was done a moment ago may not stand in the snapshot yet."""
    await ctx.send(Undo())


async def redo(ctx: Context) -> None:
    """Do again what was taken back."""
    await ctx.send(Redo())
