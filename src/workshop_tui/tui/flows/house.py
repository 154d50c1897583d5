"""The house around the workshop: addresses, reports, leaving, and the ends of the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workshop_tui.messages import Text, Verbatim, tr, trn
from workshop_tui.room.ending import cautions
from workshop_tui.room.queue_page import QueueFilter
from workshop_tui.room.times import clock
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import perform
from workshop_tui.tui.flows.words import open_queue
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.screens.dialogs import Choose, Tell
from workshop_tui.views.acts import act_named
from workshop_tui.views.asking import answered, stopping

_LOOK: Final[dict[str, QueueFilter]] = {"unread": "unread", "on_hold": "on_hold", "untold": "untold"}


async def places(ctx: Context) -> None:
    """Where everything is."""
    snapshot = ctx.desk.snapshot
    parts = (
        (tr("Join, on phones"), snapshot.join_address),
        (tr("Code"), snapshot.join_code),
        (tr("Big screen, on the second display of this computer"), snapshot.screen_url),
        (tr("Host page: these commands as a plain web page, on this computer only"), snapshot.host_url),
        (tr("Session file"), snapshot.session_path),
    )

    def lines_for(pen: Pen) -> Lines:
        lines: Lines = []
        for label, value in parts:
            lines += [*pen.paragraph(label, "quiet"), *pen.paragraph(value or "–", "strong"), []]
        caution = tr("Do not show the host page to the room: whoever has its address can run the workshop.")
        return [*lines, *pen.paragraph(caution, "warn", "! ")]

    await ctx.ask(Tell(tr("Addresses"), lines_for, wide=True))


async def export(ctx: Context) -> None:
    """Write the reports, and say where they are."""
    ctx.say(tr("Writing the reports…"))
    written = await ctx.asked(ctx.feed.client.export())
    if written is None:
        return
    ctx.say(trn("Wrote {n} file to {folder}.", "Wrote {n} files to {folder}.", len(written.files),
                folder=Verbatim(written.folder)))  # fmt: skip

    def lines_for(pen: Pen) -> Lines:
        lines = [*pen.paragraph(tr("In this folder:"), "quiet"), *pen.paragraph(written.folder, "strong"), []]
        for name in written.files:
            lines += pen.paragraph(name.removeprefix(written.folder).lstrip("/\\"), lead="✓ ")
        return lines

    await ctx.ask(Tell(tr("Reports written"), lines_for))


async def leave(ctx: Context) -> None:
    """Leave the console; ask first while a workshop runs."""
    if not ctx.has_desk or not ctx.desk.is_live:
        ctx.leave("left")
        return
    if ctx.takes_room:
        chosen = await ctx.ask(
            Choose(
                tr("End the demo?"),
                (tr("Its room and its people end with it. Everything stays saved."),),
                [("left", tr("End the demo")), ("stay", tr("Stay here"))],
                start="stay",
            ),
            over=True,
        )
        if chosen == "left":
            ctx.leave("left")
        return
    desk = ctx.desk
    joined = trn("{n} phone has joined.", "{n} phones have joined.", desk.snapshot.phones)
    open_now: Sequence[Text] = (tr("The vote is open."), answered(desk) or "") if desk.vote_is_open else ()
    chosen = await ctx.ask(
        Choose(
            tr("Leave the console?"),
            (*open_now, joined, tr("Everything received is saved either way.")),
            [
                ("left", tr("Leave the room running: phones can go on; “workshop-tui attach” comes back")),
                ("stopped", tr("Stop collecting: phones can no longer send")),
                ("stay", tr("Stay here")),
            ],
            start="stay",
        ),
        over=True,
    )
    if chosen == "left":
        ctx.leave("left")
    elif chosen == "stopped":
        await _stop(ctx)


async def stop(ctx: Context) -> None:
    """Stop the room, once it was said twice."""
    asked = stopping(ctx.desk)
    words = (*asked.words, tr("“workshop-tui run” with the same agenda goes on at the same place."))
    choices = [(each.key, each.words) for each in asked.answers]
    chosen = await ctx.ask(Choose(asked.title, words, choices, start=choices[-1][0]))
    if chosen == choices[0][0]:
        await _stop(ctx)


async def _stop(ctx: Context) -> None:
    async def stopped() -> bool:
        await ctx.feed.client.stop()
        return True

    if await ctx.asked(stopped()):
        ctx.leave("stopped")


# The two moments at the end. --------------------------------------------------------------------------


async def end(ctx: Context) -> None:
    """Let people leave, once the word is typed."""
    if await _looked(ctx, "end", tr("Before you end the workshop"), tr("Go on and end the workshop")) and await perform(
        ctx, act_named("end")
    ):
        time = Verbatim(clock(ctx.desk.now))
        ctx.say(tr("The workshop ended at {time}. The write-up goes on.", time=time))


async def finish(ctx: Context) -> None:
    """Finish the write-up, once the word is typed."""
    if await _looked(
        ctx, "finish", tr("Before you finish the write-up"), tr("Go on and finish the write-up")
    ) and await perform(ctx, act_named("finish")):
        ctx.say(tr("The write-up is finished. x writes the reports."))


async def _looked(ctx: Context, name: str, title: Text, go_on: Text) -> bool:
    """Whether nothing waits to be looked at first, or the facilitator goes on all the same."""
    why = act_named(name).why_not(ctx.desk)
    if why is not None:
        ctx.say(why, ok=False)
        return False
    desk = await ctx.fresh()
    if desk is None:
        return False
    write_up = desk.snapshot.write_up
    words = cautions(write_up)
    if not words:
        return True
    choices: list[tuple[str, Text]] = [("unread", tr("Read what is not read yet"))] if write_up.unread else []
    choices += [("on_hold", tr("Look at what is held back"))] if write_up.on_hold else []
    choices += [("untold", tr("Write what stories are about"))] if write_up.untold else []
    chosen = await ctx.ask(Choose(title, words, [*choices, ("go", go_on), ("", tr("Not now"))]))
    if chosen in _LOOK:
        await open_queue(ctx, _LOOK[chosen])
    return chosen == "go"
