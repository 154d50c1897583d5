"""The state of the room in a few words each, for the lines that are always visible.

Every state is a word, a symbol and a colour: a beamer, a colour-blind eye and NO_COLOR each take one away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

from workshop_tui.domain.state import ScreenMode
from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Message, Text, Verbatim, as_tuple, tr, trc, trn
from workshop_tui.room.times import clock
from workshop_tui.tui.lines import GAP, Pen, Piece, Tone, cut
from workshop_tui.tui.moment import ConsoleMoment, countdown
from workshop_tui.views.lengths import minutes_words

SCREEN_WORDS: Final[dict[ScreenMode, Message]] = {
    "join": trc("on the big screen", "JOIN"), "question": trc("on the big screen", "QUESTION"),
    "results": trc("on the big screen", "RESULTS"), "story": trc("on the big screen", "WORDS"),
    "promise": trc("on the big screen", "PROMISE"),
    "received": trc("on the big screen", "HANDED IN"),
    "blank": trc("on the big screen", "BLANK"), "closing": trc("on the big screen", "THANKS"),
}  # fmt: skip


class Sign(Struct, frozen=True):
    """One state, at two lengths."""

    text: Text
    tone: Tone = "plain"
    short: Text = ""
    """For a narrow window; empty for the same."""

    def words(self, pen: Pen, brief: bool) -> str:
        return pen.text((self.short or self.text) if brief else self.text)


def row(signs: Sequence[Sign], pen: Pen) -> list[Piece]:
    """Signs side by side, as many at full length as fit; the last ones give way first."""
    briefs = next((count for count in range(len(signs)) if _width(signs, count, pen) <= pen.width), len(signs))
    pieces: list[Piece] = []
    for number, sign in enumerate(signs):
        if number:
            pieces.append((GAP, "plain"))
        pieces.append((sign.words(pen, number >= len(signs) - briefs), sign.tone))
    return cut(pieces, pen.width)


def _width(signs: Sequence[Sign], briefs: int, pen: Pen) -> int:
    """How wide the signs are with the last `briefs` of them short."""
    full = len(signs) - briefs
    widths = [cell_len(sign.words(pen, number >= full)) for number, sign in enumerate(signs)]
    return sum(widths) + len(GAP) * (len(signs) - 1)


def item_sign(moment: ConsoleMoment, pen: Pen) -> list[Piece]:
    """Which item is open: "4 of 9 VOTE What matters most?"."""
    snapshot = moment.snapshot
    here = snapshot.here
    if snapshot.paused_since is not None:
        return [(f"{pen.text(tr('PAUSED'))} ", "warn"), (here.item.title if here else snapshot.title, "plain")]
    if snapshot.ended_at is not None:
        ended = tr("FINISHED") if snapshot.finished_at is not None else tr("ENDED, WRITE-UP")
        return [(f"{pen.text(ended)} ", "strong"), (snapshot.title, "plain")]
    if here is None:
        said = tr("0 of {count} NOT STARTED", count=len(snapshot.items))
        return [(f"{pen.text(said)} ", "strong"), (snapshot.title, "plain")]
    number = pen.text(tr("{number} of {count}", number=here.number, count=len(snapshot.items)))
    kind = pen.text(tr("BREAK")) if here.item.is_break else ""
    if here.item.activity is not None:
        kind = pen.text(trc("an item", "VOTE")) if here.is_poll else pen.capitals(here.gathers)
    return [(f"{number} {kind}".rstrip() + " ", "strong"), (here.item.title, "plain")]


def time_sign(moment: ConsoleMoment, pen: Pen) -> Piece:
    """The open item's time: "06:42 left of 10:00"."""
    here, left = moment.snapshot.here, moment.left_ms
    if here is None or left is None:
        return ("", "plain")
    time, of = Verbatim(countdown(left)), Verbatim(countdown(here.minutes * MINUTE))
    if left < 0:
        return (f"▲ {pen.text(tr('{time} OVER {length}', time=time, length=of))}", "bad")
    if not here.running:
        return (f"‖ {pen.text(tr('STANDS at {time} of {length}', time=time, length=of))}", "warn")
    return (pen.text(tr("{time} left of {length}", time=time, length=of)), "warn" if left <= MINUTE else "good")


def day_sign(moment: ConsoleMoment, pen: Pen) -> Piece:
    """How the day stands: "Day: 3 min OVER ▲"."""
    if not moment.snapshot.started:
        return (pen.text(tr("Day: not started")), "quiet")
    if moment.snapshot.paused_since is not None:
        return (f"‖ {pen.text(tr('Day: stands'))}", "warn")
    over = moment.day_over_ms
    if abs(over) < MINUTE:
        return (f"{pen.text(tr('Day: on time'))} ✓", "good")
    length = minutes_words(over)
    if over > 0:
        return (f"{pen.text(tr('Day: {length} OVER', length=length))} ▲", "bad")
    return (f"{pen.text(tr('Day: {length} early', length=length))} ▼", "good")


def room_signs(moment: ConsoleMoment) -> list[Sign]:
    """Phones, answers, vote, results, big screen."""
    snapshot = moment.snapshot
    idle = max(0, snapshot.phones - snapshot.connected)
    phones = tr("Phones {n}", n=snapshot.phones)
    mode = SCREEN_WORDS[snapshot.screen]
    if snapshot.paused_since is not None:
        mode = trc("on the big screen", "PAUSE")
    elif snapshot.is_warning:
        mode = trc("on the big screen", "WARNING, > shows it")
    return [
        Sign(tr("Phones {n} ({idle} idle)", n=snapshot.phones, idle=idle) if idle else phones, short=phones),
        _answers_sign(moment),
        _sending_sign(moment),
        _results_sign(moment),
        Sign(tr("Big screen: {mode}", mode=mode), "quiet" if snapshot.screen == "blank" else "strong",
             tr("Screen {mode}", mode=mode)),
    ]  # fmt: skip


def _answers_sign(moment: ConsoleMoment) -> Sign:
    snapshot = moment.snapshot
    here, round_ = snapshot.here, snapshot.round
    if here is not None and here.is_gathering:
        return Sign(tr("Sent in {n}", n=here.collected))
    if round_ is not None:
        done, expected = round_.answers, moment.expected
        if round_.beyond is not None:
            return Sign(tr("Answers {answers}, counted {people}", answers=done, people=round_.beyond), "warn")
        if round_.counted:
            said = trn("Answers {answers} of {n} person", "Answers {answers} of {n} people", expected, answers=done)
        else:
            said = trn("Answers {answers} of {n} phone", "Answers {answers} of {n} phones", expected, answers=done)
        return Sign(said, short=tr("Answers {answers} of {n}", answers=done, n=expected))
    if snapshot.present is None:
        return Sign(tr("people not counted (P)"), "quiet", tr("P count people"))
    if snapshot.by_video:
        counted = trn("{n} person here, {video} by video", "{n} people here, {video} by video", snapshot.present,
                   video=snapshot.by_video)  # fmt: skip
        return Sign(counted, "quiet")
    return Sign(trn("{n} person here", "{n} people here", snapshot.present), "quiet")


def _sending_sign(moment: ConsoleMoment) -> Sign:
    here, round_ = moment.snapshot.here, moment.snapshot.round
    if moment.snapshot.phase == "paused":
        return Sign(tr("Phones ‖ PAUSED"), "warn", tr("‖ PAUSED"))
    if here is not None and here.is_gathering:
        return Sign(tr("Sending ● OPEN"), "good") if here.gathering_open else Sign(tr("Sending ○ CLOSED"), "quiet")
    if round_ is None:
        return Sign(tr("Vote – not open") if here is not None and here.is_poll else tr("no question"), "quiet")
    match round_.status:
        case "open":
            return Sign(tr("Vote ● OPEN"), "good")
        case "closed":
            return Sign(tr("Vote ○ CLOSED"), "warn")
        case "sealed":
            return Sign(tr("Vote ■ COUNTED"), "plain")
        case "void":
            return Sign(tr("Vote × VOID"), "bad")


def _results_sign(moment: ConsoleMoment) -> Sign:
    round_ = moment.snapshot.round
    if round_ is None:
        return Sign(tr("Results –"), "quiet")
    if round_.shown:
        return Sign(tr("Results ► SHOWN"), "warn")
    return Sign(tr("Results ▪ HIDDEN"), "quiet", tr("Results HIDDEN"))


def waiting_sign(moment: ConsoleMoment, pen: Pen) -> Piece:
    """What waits to be read: a count and no words, so that a passer-by learns nothing."""
    waiting = moment.snapshot.waiting
    if not waiting.unread:
        return (pen.text(tr("Nothing to read")), "quiet")
    if waiting.now:
        said = trn("READ NOW: {now} of {n} to read (s)", "READ NOW: {now} of {n} to read (s)", waiting.unread,
                   now=waiting.now)  # fmt: skip
        return (f"! {pen.text(said)}", "bad")
    said = trn("{n} to read (s)", "{n} to read (s)", waiting.unread)
    if waiting.private:
        said = trn("{n} to read, {private} only for you (s)", "{n} to read, {private} only for you (s)",
                   waiting.unread, private=waiting.private)  # fmt: skip
    return (f"! {pen.text(said)}", "warn")


def lock_sign(moment: ConsoleMoment, pen: Pen) -> Piece:
    """Whether the session file is locked."""
    snapshot = moment.snapshot
    if snapshot.key_trouble:
        return (pen.text(tr("✗ NO KEY")), "bad")
    if snapshot.locked:
        return (pen.text(tr("Locked ✓")), "good")
    return (pen.text(tr("Not locked")), "quiet")


def undo_sign(moment: ConsoleMoment, pen: Pen) -> Piece:
    """What `u` takes back."""
    if not moment.snapshot.undo:
        return (pen.text(tr("Nothing to undo")), "quiet")
    return (pen.text(tr("Undo: {step}", step=moment.snapshot.undo)), "plain")


def saved_sign(moment: ConsoleMoment, pen: Pen) -> Sign:
    """Whether everything is on disk."""
    snapshot = moment.snapshot
    if snapshot.fault:
        # Its first sentence says what; a banner says all of it.
        why = pen.text(as_tuple(snapshot.fault)[0]).rstrip(".")
        return Sign(tr("✗ NOT SAVED – {why}", why=why), "bad", tr("✗ NOT SAVED"))
    if moment.trouble:
        return Sign(tr("? Saved: no answer"), "bad")
    if not snapshot.saved_at:
        return Sign(tr("Nothing to save yet"), "quiet")
    return Sign(tr("Saved {time} ✓", time=Verbatim(clock(snapshot.saved_at, seconds=True))), "good")


def place_signs(moment: ConsoleMoment, pen: Pen) -> list[Sign]:
    """Saved, where to join, how many windows show the big screen."""
    snapshot = moment.snapshot
    screens = snapshot.screens_open
    shown = tr("Screen ✓ {n} open", n=screens) if screens else tr("Screen ✗ not open (h)")
    join = Sign(tr("Join {address}", address=Verbatim(snapshot.join_address)))
    if not snapshot.joining_open:
        join = Sign(tr("Joining ✗ closed (J)"), "warn")
    if snapshot.fault:
        # The reason is worth more than the number of windows.
        return [saved_sign(moment, pen), join]
    return [join, saved_sign(moment, pen), Sign(shown, "good" if screens else "warn")]
