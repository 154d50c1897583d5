"""What must not be missed: the lines above the keys that stay until they are dealt with. Pure."""

from __future__ import annotations

from workshop_tui.messages import Verbatim, as_tuple, tr
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.tui.lines import GAP, Lines, Pen, Tone
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.views.facts import talk_words
from workshop_tui.views.lengths import minutes_words


def banners(moment: ConsoleMoment, pen: Pen) -> Lines:
    """Everything that stays until it is dealt with, gravest first."""
    snapshot = moment.snapshot
    lines = _no_room(moment, pen)
    lines += _uncovered(moment, pen)
    lines += _rest(moment, pen, snapshot)
    return lines


def troubles(moment: ConsoleMoment, pen: Pen) -> Lines:
    """What may be read by whoever stands behind: that the room is gone, or that a pause is not there yet."""
    return [*_no_room(moment, pen), *_uncovered(moment, pen)]


def _uncovered(moment: ConsoleMoment, pen: Pen) -> Lines:
    """That the big screen may still show what it showed."""
    return [
        line
        for number, sentence in enumerate(moment.uncovered)
        for line in pen.paragraph(sentence, "bad", "  " if number else f"✗ {pen.text(tr('BIG SCREEN'))}{GAP}")
    ]


def _no_room(moment: ConsoleMoment, pen: Pen) -> Lines:
    lines: Lines = []
    if moment.trouble:
        for number, sentence in enumerate(moment.trouble):
            lines += pen.paragraph(sentence, "bad", "  " if number else f"✗ {pen.text(tr('NO ROOM'))}{GAP}")
        go = (
            tr("Enter asks for the passphrase and starts it again; ctrl+q leaves. Nothing that was received is lost.")
            if moment.locked
            else tr("Enter starts it again; ctrl+q leaves. Started elsewhere, it goes on here by itself.")
            if moment.stopped
            else tr("Trying again by itself.")
        )
        lines += pen.paragraph(go, "bad", "  ")
    return lines


def _rest(moment: ConsoleMoment, pen: Pen, snapshot: Snapshot) -> Lines:
    lines: Lines = []
    if snapshot.fault:
        lines += pen.paragraph(snapshot.fault, "bad", f"✗ {pen.text(tr('NOT SAVED.'))} ")
    for number, left in enumerate(snapshot.still_there):
        lines += pen.paragraph(left, "bad", "  " if number else f"✗ {pen.text(tr('NOT GONE.'))} ")
    for number, trouble in enumerate(as_tuple(snapshot.key_trouble)):
        lines += pen.paragraph(trouble, "bad", "  " if number else f"✗ {pen.text(tr('NO KEY.'))} ")
    for damage in snapshot.damage:
        lines += pen.paragraph(damage, "warn", f"! {pen.text(tr('THE FILE:'))} ")
    for number, sentence in enumerate(talk_words(snapshot)):
        lines += pen.paragraph(sentence, "warn", "  " if number else "! ")
    for number, sentence in enumerate(snapshot.join_alarm):
        lines += pen.paragraph(sentence, "warn", "  " if number else f"! {pen.text(tr('JOINING:'))} ")
    if snapshot.slept_ms:
        slept = tr("The laptop slept {length}. The timer stands. space goes on.",
                   length=minutes_words(snapshot.slept_ms))  # fmt: skip
        lines += pen.paragraph(slept, "warn", "! ")
    if moment.held:
        held = tr("{key} is held down: it counts once. Let go of it for a second to press it again.",
                  key=Verbatim(moment.held))  # fmt: skip
        lines += pen.paragraph(held, "quiet", "· ")
    if moment.said is not None:
        tone: Tone = "good" if moment.said.ok else "warn"
        lines += pen.paragraph(moment.said.words(pen), tone, "✓ " if moment.said.ok else "✗ ")
        lines += pen.paragraphs(moment.said.more, tone, "  ")
    if moment.hint and not snapshot.started:
        lines += pen.paragraph(moment.hint, "plain", "→ ")
    return lines
