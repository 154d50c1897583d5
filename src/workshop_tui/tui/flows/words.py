"""Words: what people sent, what the facilitator keeps, how to join."""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.messages import tr
from workshop_tui.room.queue_page import QueueFilter
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import perform
from workshop_tui.tui.flows.votes import is_private
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.join import JoinScreen
from workshop_tui.tui.screens.queue import QueueScreen
from workshop_tui.tui.screens.record import RecordScreen
from workshop_tui.views.acts import act_named
from workshop_tui.views.writing import NOTE_WORDS


async def run(ctx: Context) -> None:
    """The page that is below all others."""
    ctx.turn_to(None)


async def queue(ctx: Context) -> None:
    """Read what people sent, once it is sure that the room cannot read along."""
    if await is_private(ctx):
        ctx.turn_to(QueueScreen(ctx))


async def open_queue(ctx: Context, which: QueueFilter) -> None:
    """The same, beginning with some of it, also where another part of it is read."""
    if await is_private(ctx):
        ctx.turn_to(QueueScreen(ctx, which), anew=True)


async def record(ctx: Context) -> None:
    """What was noted today."""
    ctx.turn_to(RecordScreen())


async def join(ctx: Context) -> None:
    """The square to scan, here: a spare for when there is no projector."""
    ctx.visit(JoinScreen())


async def drop_note(ctx: Context) -> None:
    """Choose a note and take it back."""
    act, desk = act_named("drop_note"), ctx.desk
    notes = {each.key: each for each in reversed(desk.snapshot.notes)}
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
        await perform(ctx, act, replace(ctx.desk, note=notes[chosen]))
