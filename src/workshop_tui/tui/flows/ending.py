"""Reports, leaving, stopping the room, and the two ends of the day."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.messages import Text, Verbatim, tr, trn
from workshop_tui.room.ending import cautions
from workshop_tui.room.times import clock
from workshop_tui.tui.context import Context
from workshop_tui.tui.flows.acting import perform, way_or_why
from workshop_tui.tui.flows.pages import open_queue
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.screens.dialogs import Choose, Tell
from workshop_tui.views.act import Act
from workshop_tui.views.acts import act_named
from workshop_tui.views.asking import answered, stopping
from workshop_tui.views.reading import FILTERS


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
        endings: dict[str, list[str]] = {}
        for name in written.files:
            stem, _, ending = name.removeprefix(written.folder).lstrip("/\\").partition(".")
            endings.setdefault(stem, []).append(f".{ending}")
        for stem, found in endings.items():
            lines += pen.paragraph(stem + ", ".join(found), lead="✓ ")
        return lines

    await ctx.ask(Tell(tr("Reports written"), lines_for))


async def leave(ctx: Context) -> None:
    """Leave the console; ask first while a workshop runs."""
    if not ctx.has_moment or not ctx.moment.is_live:
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
    moment = ctx.moment
    joined = trn("{n} phone has joined.", "{n} phones have joined.", moment.snapshot.phones)
    open_now: Sequence[Text] = (tr("The vote is open."), answered(moment) or "") if moment.vote_is_open else ()
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
    """Stop the room, once that was asked."""
    asked = stopping(ctx.moment)
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
    act = act_named("end")
    looked = await _looked(ctx, act, tr("Before you end the workshop"), tr("Go on and end the workshop"))
    if looked and await perform(ctx, act):
        time = Verbatim(clock(ctx.moment.now))
        ctx.say(tr("The workshop ended at {time}. The write-up goes on.", time=time))


async def finish(ctx: Context) -> None:
    """Finish the write-up, once the word is typed."""
    act = act_named("finish")
    looked = await _looked(ctx, act, tr("Before you finish the write-up"), tr("Go on and finish the write-up"))
    if looked and await perform(ctx, act):
        ctx.say(tr("The write-up is finished. x writes the reports."))


async def _looked(ctx: Context, act: Act, title: Text, go_on: Text) -> bool:
    """Whether nothing waits to be looked at first, or the facilitator goes on all the same."""
    if way_or_why(ctx, act, ctx.moment) is None:
        return False
    moment = await ctx.fresh()
    if moment is None:
        return False
    write_up = moment.snapshot.write_up
    words = cautions(write_up)
    if not words:
        return True
    choices: list[tuple[str, Text]] = [("unread", tr("Read what is not read yet"))] if write_up.unread else []
    choices += [("on_hold", tr("Look at what is held back"))] if write_up.on_hold else []
    choices += [("untold", tr("Write what stories are about"))] if write_up.untold else []
    chosen = await ctx.ask(Choose(title, words, [*choices, ("go", go_on), ("", tr("Not now"))]))
    if chosen in FILTERS:
        await open_queue(ctx, FILTERS[chosen])
    return chosen == "go"
