"""The pages and boxes that only show: what people sent, what was noted, how to join, where everything is."""

from __future__ import annotations

from workshop_tui.messages import Verbatim, tr
from workshop_tui.room.queue_page import QueueFilter
from workshop_tui.tui.context import Context
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.screens.dialogs import Choose, Tell
from workshop_tui.tui.screens.join import JoinScreen
from workshop_tui.tui.screens.queue import QueueScreen
from workshop_tui.tui.screens.record import RecordScreen
from workshop_tui.tui.screens.write_up import WriteUpScreen


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


async def write_up(ctx: Context) -> None:
    """Sort, word and tie what was kept, once it is sure that the room cannot read along."""
    if await is_private(ctx):
        ctx.turn_to(WriteUpScreen(ctx))


async def join(ctx: Context) -> None:
    """The square to scan, here: a spare for when there is no projector."""
    ctx.visit(JoinScreen())


async def places(ctx: Context) -> None:
    """Where everything is: to read, to open in the browser, to copy."""
    snapshot = ctx.moment.snapshot
    parts = (
        (tr("Join, on phones"), snapshot.join_address, "", "j"),
        (tr("Code"), snapshot.join_code, "", ""),
        (tr("Big screen, on the second display of this computer"), snapshot.screen_url, "b", "B"),
        (tr("Host page: these commands as a plain web page, on this computer only"), snapshot.host_url, "o", "c"),
        (tr("Session file"), snapshot.session_path, "", "f"),
    )

    def lines_for(pen: Pen) -> Lines:
        lines: Lines = []
        for label, value, opens, copies in parts:
            lines += [*pen.paragraph(label, "quiet"), *pen.paragraph(value or "–", "strong")]
            if opens:
                keys = tr(
                    "{open} opens it in the browser, {copy} copies it.", open=Verbatim(opens), copy=Verbatim(copies)
                )
                lines += pen.paragraph(keys, "quiet")
            elif copies:
                lines += pen.paragraph(tr("{copy} copies it.", copy=Verbatim(copies)), "quiet")
            lines.append([])
        caution = tr("Do not show the host page to the room: whoever has its address can run the workshop.")
        return [*lines, *pen.paragraph(caution, "warn", "! ")]

    keys = {key: value for _, value, *both in parts for key in both if key and value}
    pressed = await ctx.ask(Tell(tr("Addresses"), lines_for, wide=True, keys=tuple(keys)))
    if not pressed:
        return
    if pressed in {opens for _, _, opens, _ in parts}:
        if ctx.open_page(keys[pressed]):
            ctx.say(tr("Opening it in the browser of this computer."))
        else:
            ctx.say(tr("There is no browser to open it in here. Copy the address instead: press h again."), ok=False)
        return
    ctx.copy_to_clipboard(keys[pressed])
    ctx.say(tr("Copied, if this terminal allows it. If nothing can be pasted, mark the address and copy it by hand."))


async def is_private(ctx: Context) -> bool:
    """Whether the room cannot see this console; asked once, before the first private thing is shown."""
    if ctx.separate_display:
        return True
    chosen = await ctx.ask(
        Choose(
            tr("Is the big screen a separate display?"),
            (
                tr("What comes now is only for you. If the projector shows this very window, everybody in the room "
                   "reads it."),
                tr("ctrl+b covers everything at once."),
            ),
            [("yes", tr("Yes: the room cannot see this window")), ("", tr("No, or I am not sure"))],
            start="",
        )
    )  # fmt: skip
    ctx.separate_display = chosen == "yes"
    if chosen == "":
        ctx.say(tr("Not shown. Move this window to a display the room cannot see, then try again."), ok=False)
    return ctx.separate_display
