"""Keeping something for the record: a note, a concern, an action, a promise; and taking back what was done."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain.commands import Redo, Undo
from workshop_tui.messages import tr
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import carry_out, key_for, perform, way_or_why
from workshop_tui.tui.keys import Key
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.views.act import Act
from workshop_tui.views.acts import act_named
from workshop_tui.views.writing import NOTE_WORDS, item_words


async def _keep(ctx: Context, act: Act) -> None:
    moment = ctx.moment
    way = way_or_why(ctx, act, moment)
    if way is None:
        return
    # One line each, so that Enter goes on and keeps.
    fields = tuple(replace(field, kind="line") if field.kind == "lines" else field for field in way.fields)
    here = moment.snapshot.here
    about = [item_words(moment.line_of(here.item.key) if here is not None else None)]
    about += [tr("Enter goes to the next line, and after the last it keeps.")] if len(fields) > 1 else []
    await carry_out(ctx, replace(way, fields=fields), moment, act.title, about)


def _key(name: str) -> Key:
    return key_for(name, lambda ctx: _keep(ctx, act_named(name)))


KEEPING: Final = tuple(_key(name) for name in NOTE_WORDS)
"""One key for each kind of note."""


async def drop_note(ctx: Context) -> None:
    """Choose a note and take it back."""
    act, moment = act_named("drop_note"), ctx.moment
    notes = {each.key: each for each in reversed(moment.snapshot.notes)}
    if not notes:
        ctx.say(tr("There are no notes yet."), ok=False)
        return
    chosen = await ctx.ask(
        Choose(
            tr("Take which note back?"),
            (tr("Newest first. It stays in the file, marked; u puts it back."),),
            [
                *((key, tr("{kind}: {words}", kind=NOTE_WORDS[each.kind], words=each.text))
                  for key, each in notes.items()),
                ("", tr("None of them")),
            ],
            start="",
        )
    )  # fmt: skip
    if chosen:
        await perform(ctx, act, replace(ctx.moment, note=notes[chosen]))


async def undo(ctx: Context) -> None:
    """Take the last thing back; always sent, because what was done a moment ago may not stand in the snapshot yet."""
    await ctx.send(Undo())


async def redo(ctx: Context) -> None:
    """Do again what was taken back."""
    await ctx.send(Redo())
