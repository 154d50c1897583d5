"""A pause, and the two moments at the end: people leave, and the write-up is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop_tui.domain.commands import EndWorkshop, FinishWriteUp, PauseRoom, ResumeRoom
from workshop_tui.room.ending import END_WORDS, FINISH_WORDS, by_itself, cautions
from workshop_tui.room.times import clock
from workshop_tui.tui.flows.words import open_queue
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form
from workshop_tui.tui.screens.queue import FILTER_WORDS

if TYPE_CHECKING:
    from workshop_tui.tui.app import ConsoleApp


async def pause(app: ConsoleApp) -> None:
    """Take nothing from phones for a while, or go on."""
    await app.send(ResumeRoom() if app.desk.snapshot.phase == "paused" else PauseRoom())


async def end(app: ConsoleApp) -> None:
    """Let people leave, once the word is typed."""
    if not await _looked(app, "Before you end the workshop", "Go on and end the workshop"):
        return
    words = (*END_WORDS, by_itself(app.desk.snapshot.write_up))
    if await _typed(app, "End the workshop", words, "END") and await app.send(EndWorkshop(confirm="END")):
        app.say(f"The workshop ended at {clock(app.desk.now)}. The write-up goes on.")


async def finish(app: ConsoleApp) -> None:
    """Finish the write-up, once the word is typed."""
    if app.desk.snapshot.ended_at is None:
        app.say("People are still here. First “End the workshop” (ctrl+p), then finish the write-up.", ok=False)
        return
    if not await _looked(app, "Before you finish the write-up", "Go on and finish the write-up"):
        return
    words = (*FINISH_WORDS, by_itself(app.desk.snapshot.write_up))
    if await _typed(app, "Finish the write-up", words, "FINISH") and await app.send(FinishWriteUp(confirm="FINISH")):
        app.say("The write-up is finished. x writes the reports.")


async def _looked(app: ConsoleApp, title: str, go_on: str) -> bool:
    """Whether nothing waits to be looked at first, or the facilitator goes on all the same."""
    desk = await app.fresh()
    if desk is None:
        return False
    write_up = desk.snapshot.write_up
    words = cautions(write_up)
    if not words:
        return True
    choices = [("unread", "Read what is not read yet")] if write_up.unread else []
    choices += [("held", "Look at what is held back")] if write_up.held else []
    choices += [("untold", "Write what stories are about")] if write_up.untold else []
    chosen = await app.push_screen_wait(Choose(title, "\n\n".join(words), [*choices, ("go", go_on), ("", "Not now")]))
    if chosen in FILTER_WORDS:
        await open_queue(app, chosen)
    return chosen == "go"


async def _typed(app: ConsoleApp, title: str, words: tuple[str, ...], word: str) -> bool:
    """Whether the word was typed that this needs."""
    said = await app.push_screen_wait(
        Form(
            title,
            "\n\n".join(filter(None, words)),
            [Blank("confirm", f"Type {word} to do it")],
            title,
            check=lambda said: "" if said["confirm"].upper() == word else f"Type the word {word}, or press Esc.",
        )
    )
    return said is not None
