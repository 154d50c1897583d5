"""The state of the room in a few words each, for the lines that are always visible.

Every state is a word, a symbol and a colour: a beamer, a colour-blind eye and NO_COLOR each take one away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct
from rich.cells import cell_len

from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import ENGLISH
from workshop_tui.room.times import clock, minutes_words
from workshop_tui.tui.desk import Desk, countdown
from workshop_tui.tui.lines import Piece, Tone, cut

SCREEN_WORDS: Final = {
    "join": "JOIN", "question": "QUESTION", "results": "RESULTS", "story": "STORY", "blank": "BLANK",
}  # fmt: skip
GAP: Final = "  "


class Sign(Struct, frozen=True):
    """One state, at two lengths."""

    text: str
    tone: Tone = "plain"
    short: str = ""
    """For a narrow window; empty for the same."""

    def words(self, brief: bool) -> str:
        """The text, or the short one."""
        return (self.short or self.text) if brief else self.text


def row(signs: Sequence[Sign], width: int) -> list[Piece]:
    """Signs side by side, as many at full length as fit; the last ones give way first."""
    briefs = next((count for count in range(len(signs)) if _width(signs, count) <= width), len(signs))
    pieces: list[Piece] = []
    for number, sign in enumerate(signs):
        if number:
            pieces.append((GAP, "plain"))
        pieces.append((sign.words(number >= len(signs) - briefs), sign.tone))
    return cut(pieces, width)


def _width(signs: Sequence[Sign], briefs: int) -> int:
    """How wide the signs are with the last `briefs` of them short."""
    full = len(signs) - briefs
    return sum(cell_len(sign.words(number >= full)) for number, sign in enumerate(signs)) + len(GAP) * (len(signs) - 1)


def item_sign(desk: Desk) -> list[Piece]:
    """Which item is open: "4 of 9 VOTE What matters most?"."""
    snapshot = desk.snapshot
    if snapshot.ended_at is not None:
        finished = snapshot.finished_at is not None
        return [("FINISHED " if finished else "ENDED, WRITE-UP ", "strong"), (snapshot.title, "plain")]
    if snapshot.phase == "paused":
        return [("PAUSED ", "warn"), (snapshot.here.item.title if snapshot.here else snapshot.title, "plain")]
    if snapshot.here is None:
        return [(f"0 of {len(snapshot.items)} NOT STARTED ", "strong"), (snapshot.title, "plain")]
    here = snapshot.here
    activity = here.item.activity
    kind = "BREAK" if here.item.is_break else ""
    if activity is not None:
        kind = "VOTE" if here.is_poll else ENGLISH.text(here.gathers).upper()
    number = f"{here.number} of {len(snapshot.items)} {kind}".rstrip() + " "
    return [(number, "strong"), (here.item.title, "plain")]


def time_sign(desk: Desk) -> Piece:
    """The open item's time: "06:42 left of 10:00"."""
    here, left = desk.snapshot.here, desk.left_ms
    if here is None or left is None:
        return ("", "plain")
    of = countdown(here.minutes * MINUTE)
    if left < 0:
        return (f"▲ {countdown(left)} OVER {of}", "bad")
    if not here.running:
        return (f"‖ STANDS at {countdown(left)} of {of}", "warn")
    return (f"{countdown(left)} left of {of}", "warn" if left <= MINUTE else "good")


def day_sign(desk: Desk) -> Piece:
    """How the day stands: "Day: 3 min OVER ▲"."""
    if not desk.snapshot.started:
        return ("Day: not started", "quiet")
    over = desk.day_over_ms
    if abs(over) < MINUTE:
        return ("Day: on time ✓", "good")
    if over > 0:
        return (f"Day: {minutes_words(over)} OVER ▲", "bad")
    return (f"Day: {minutes_words(over)} early ▼", "good")


def room_signs(desk: Desk) -> list[Sign]:
    """Phones, answers, vote, results, big screen."""
    snapshot = desk.snapshot
    idle = max(0, snapshot.phones - snapshot.connected)
    phones = f"Phones {snapshot.phones}"
    mode = SCREEN_WORDS[snapshot.screen]
    return [
        Sign(f"{phones} ({idle} idle)" if idle else phones, short=phones),
        _answers_sign(desk),
        _sending_sign(desk),
        _results_sign(desk),
        Sign(f"Big screen: {mode}", "quiet" if mode == "BLANK" else "strong", f"Screen {mode}"),
    ]


def _answers_sign(desk: Desk) -> Sign:
    snapshot = desk.snapshot
    here = snapshot.here
    if here is not None and here.is_gathering:
        return Sign(f"Sent in {here.collected}")
    if snapshot.round is not None:
        done = snapshot.round.answers
        base = _of(desk.expected, "person" if snapshot.round.counted else "phone")
        return Sign(f"Answers {done} of {desk.expected} {base}", short=f"Answers {done} of {desk.expected}")
    present = "people not counted (P)"
    if snapshot.present is not None:
        present = f"{snapshot.present} {_of(snapshot.present, 'person')} here"
    return Sign(present, "quiet", "P count people" if snapshot.present is None else "")


def _of(number: int, one: Literal["person", "phone"]) -> str:
    many = {"person": "people", "phone": "phones"}
    return one if number == 1 else many[one]


def _sending_sign(desk: Desk) -> Sign:
    here, round_ = desk.snapshot.here, desk.snapshot.round
    if desk.snapshot.phase == "paused":
        return Sign("Phones ‖ PAUSED", "warn", "‖ PAUSED")
    if here is not None and here.is_gathering:
        return Sign("Sending ● OPEN", "good") if here.gathering_open else Sign("Sending ○ CLOSED", "quiet")
    if round_ is None:
        return Sign("Vote – not open" if here is not None and here.is_poll else "no question", "quiet")
    match round_.status:
        case "open":
            return Sign("Vote ● OPEN", "good")
        case "closed":
            return Sign("Vote ○ CLOSED", "warn")
        case "sealed":
            return Sign("Vote ■ COUNTED", "plain")
        case "void":
            return Sign("Vote × VOID", "bad")


def _results_sign(desk: Desk) -> Sign:
    round_ = desk.snapshot.round
    if round_ is None:
        return Sign("Results –", "quiet")
    if round_.shown:
        return Sign("Results ► SHOWN", "warn")
    return Sign("Results ▪ HIDDEN", "quiet", "Results HIDDEN")


def waiting_sign(desk: Desk) -> Piece:
    """What waits to be read: a count and no words, so that a passer-by learns nothing."""
    waiting = desk.snapshot.waiting
    if not waiting.unread:
        return ("Nothing to read", "quiet")
    private = f", {waiting.private} only for you" if waiting.private else ""
    return (f"! {waiting.unread} to read{private} (s)", "warn")


def undo_sign(desk: Desk) -> Piece:
    """What `u` takes back."""
    return (f"Undo: {desk.snapshot.undo!s}", "plain") if desk.snapshot.undo else ("Nothing to undo", "quiet")


def saved_sign(desk: Desk) -> Sign:
    """Whether everything is on disk."""
    snapshot = desk.snapshot
    if snapshot.fault:
        first = snapshot.fault.split(". ")[0].rstrip(".")
        return Sign(f"✗ NOT SAVED – {first}", "bad", "✗ NOT SAVED")
    if desk.trouble:
        return Sign("? Saved: no answer", "bad")
    if not snapshot.saved_at:
        return Sign("Nothing to save yet", "quiet")
    return Sign(f"Saved {clock(snapshot.saved_at, seconds=True)} ✓", "good")


def place_signs(desk: Desk) -> list[Sign]:
    """Saved, where to join, how many windows show the big screen."""
    snapshot = desk.snapshot
    screens = snapshot.screens_open
    shown = f"Screen ✓ {screens} open" if screens else "Screen ✗ not open (h)"
    if snapshot.fault:
        # The reason is worth more than the number of windows.
        return [saved_sign(desk), Sign(f"Join {snapshot.join_address}")]
    return [
        Sign(f"Join {snapshot.join_address}"),
        saved_sign(desk),
        Sign(shown, "good" if screens else "warn"),
    ]
