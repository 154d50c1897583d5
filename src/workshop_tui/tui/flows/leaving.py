"""The house around the workshop: help, undo, addresses, export, covering up, leaving, ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop_tui.domain.commands import Redo, Undo
from workshop_tui.tui.keys import KEYS
from workshop_tui.tui.lines import Lines, paragraph
from workshop_tui.tui.screens.dialogs import Choose, Tell
from workshop_tui.tui.screens.shade import ShadeScreen

if TYPE_CHECKING:
    from workshop_tui.tui.app import ConsoleApp


_KEPT = " What is only for the day stays in the file until the write-up is finished."


async def help_(app: ConsoleApp) -> None:
    """Every key; Enter or a click does it."""
    texts = {key.name: key.help for key in KEYS}
    chosen = await app.push_screen_wait(
        Choose(
            "Keys",
            "Enter or a click does it. Keys do nothing while you type. ctrl+p finds everything by name. Esc goes back.",
            [(key.name, f"{key.shown or 'ctrl+p':>7}  {key.title}") for key in KEYS if key.name != "help"],
            detail=lambda name, width: paragraph(texts.get(name, ""), width, "quiet"),
        )
    )
    if chosen:
        app.action_do(chosen)


async def undo(app: ConsoleApp) -> None:
    """Take back the last thing that was done."""
    await app.send(Undo())


async def redo(app: ConsoleApp) -> None:
    """Do again what was taken back."""
    await app.send(Redo())


async def places(app: ConsoleApp) -> None:
    """Where everything is."""
    snapshot = app.desk.snapshot
    parts = (
        ("Join, on phones", snapshot.join_address),
        ("Code", snapshot.join_code),
        ("Big screen, on the second display of this computer", snapshot.screen_url),
        ("Host page: these commands as a plain web page, on this computer only", snapshot.host_url),
        ("Session file", snapshot.session_path),
    )

    def lines_for(width: int) -> Lines:
        lines: Lines = []
        for label, value in parts:
            lines += [*paragraph(label, width, "quiet"), *paragraph(value or "–", width, "strong"), []]
        caution = "Do not show the host page to the room: whoever has its address can run the workshop."
        return [*lines, *paragraph(caution, width, "warn", "! ")]

    app.push_screen(Tell("Addresses", lines_for, wide=True))


async def export(app: ConsoleApp) -> None:
    """Write the reports, and say where they are."""
    app.say("Writing the reports…")
    written = await app.asked(app.feed.client.export())
    if written is None:
        return
    app.say(f"Wrote {len(written.files)} files to {written.folder}.")

    def lines_for(width: int) -> Lines:
        lines = [*paragraph("In this folder:", width, "quiet"), *paragraph(written.folder, width, "strong"), []]
        for name in written.files:
            lines += paragraph(name.removeprefix(written.folder).lstrip("/\\"), width, lead="✓ ")
        return lines

    app.push_screen(Tell("Reports written", lines_for))


async def shade(app: ConsoleApp) -> None:
    """Cover everything private, or uncover it."""
    if isinstance(app.screen, ShadeScreen):
        app.screen.answer()
    else:
        app.push_screen(ShadeScreen())


async def leave(app: ConsoleApp) -> None:
    """Leave the console; ask first while a workshop runs."""
    if not app.has_desk or not app.desk.is_live:
        app.exit("left")
        return
    if app.takes_room:
        chosen = await app.push_screen_wait(
            Choose(
                "End the demo?",
                "Its room and its people end with it. Everything stays saved.",
                [("left", "End the demo"), ("stay", "Stay here")],
                start="stay",
            )
        )
        if chosen == "left":
            app.exit("left")
        return
    snapshot = app.desk.snapshot
    open_now = "The vote is open. " if snapshot.round is not None and snapshot.round.status == "open" else ""
    chosen = await app.push_screen_wait(
        Choose(
            "Leave the console?",
            f"{open_now}{snapshot.joined}. Everything received is saved either way.",
            [
                ("left", "Leave the room running: phones can go on; “workshop-tui attach” comes back"),
                ("stopped", "Stop collecting: phones can no longer send"),
                ("stay", "Stay here"),
            ],
            start="stay",
        )
    )
    if chosen == "left":
        app.exit("left")
    elif chosen == "stopped":
        await _stop(app)


async def stop(app: ConsoleApp) -> None:
    """Stop the room, once it was said twice."""
    chosen = await app.push_screen_wait(
        Choose(
            "Stop the room?",
            "Phones can no longer send, and this console closes. Everything is saved; “workshop-tui run” with the "
            f"same agenda goes on at the same place.{_KEPT if app.desk.snapshot.finished_at is None else ''}",
            [("stopped", "Stop the room"), ("", "Stay")],
            start="",
        )
    )
    if chosen == "stopped":
        await _stop(app)


async def _stop(app: ConsoleApp) -> None:
    if await app.asked(_stopping(app)):
        app.exit("stopped")


async def _stopping(app: ConsoleApp) -> bool:
    await app.feed.client.stop()
    return True
