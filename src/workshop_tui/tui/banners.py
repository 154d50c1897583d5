"""What must not be missed: the lines above the keys that stay until they are dealt with. Pure."""

from __future__ import annotations

from workshop_tui.room.times import minutes_words
from workshop_tui.tui.desk import Desk
from workshop_tui.tui.lines import Lines, paragraph


def banners(desk: Desk, width: int) -> Lines:
    """Everything that stays until it is dealt with, gravest first."""
    snapshot = desk.snapshot
    lines: Lines = []
    if desk.trouble:
        go = " Enter starts it again; ctrl+q leaves." if desk.stopped else " Trying again by itself."
        lines += paragraph(f"{desk.trouble}{go}", width, "bad", "✗ NO ROOM  ")
    if snapshot.fault:
        lines += paragraph(f"NOT SAVED. {snapshot.fault}", width, "bad", "✗ ")
    if snapshot.still_there:
        lines += paragraph(f"NOT GONE. {snapshot.still_there}", width, "bad", "✗ ")
    for sentence in snapshot.damage:
        lines += paragraph(f"THE FILE: {sentence}", width, "warn", "! ")
    if snapshot.slept_ms:
        slept = minutes_words(snapshot.slept_ms)
        lines += paragraph(f"The laptop slept {slept}. The timer stands. space goes on.", width, "warn", "! ")
    if desk.armed:
        open_now = snapshot.round is not None and snapshot.round.status == "open"
        what = "closes the vote and shows" if open_now else "shows"
        lines += paragraph(f"Press r again within 3 seconds: it {what} the result to the room. People cannot unsee it.",
                           width, "warn", "! ")  # fmt: skip
    if desk.said is not None:
        lines += paragraph(desk.said.text, width, "good" if desk.said.ok else "warn", "✓ " if desk.said.ok else "✗ ")
    if desk.hint and not snapshot.started:
        lines += paragraph(desk.hint, width, "plain", "→ ")
    return lines
