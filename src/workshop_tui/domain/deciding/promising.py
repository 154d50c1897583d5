"""What the room is promised, changed on the day."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.agenda_reader import LINE_LETTERS, TEXT_LETTERS
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.promise import Promise, promise_of
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import HEAR_BACK_DAYS, PROMISE_CHANGES, PROMISE_LINES
from workshop_tui.messages import tr

SLIP_MS: Final = 60_000
"""What is taken back within a minute was a slip of a key, and hardly anybody read it."""


@decides(cmd.ChangePromise)
def change_promise(context: Context, command: cmd.ChangePromise) -> Decision:
    """Tell the room something else; what it was told before stays in the record with its time."""
    state = context.state
    before, promise = promise_of(state.agenda, state.why_promised), _checked(command.promise)
    if replace(promise, why_changed="") == replace(before, why_changed=""):
        raise CommandRefused(tr("That is what the room is told already."))
    if len(state.earlier_promises) >= PROMISE_CHANGES:
        raise CommandRefused(tr("What is promised was changed too often: {most} times.", most=PROMISE_CHANGES))
    label = tr("changed what is promised to the room")
    since = state.earlier_promises[-1].until if state.earlier_promises else None
    slip = command.back and since is not None and command.at - since <= SLIP_MS
    changed = ev.PromiseChanged(at=command.at, promise=promise, slip=slip)
    return done(label, changed, step=steps.PromiseChanged(label=label, earlier=before, later=promise))


def _checked(promise: Promise) -> Promise:
    """The same, cleaned.

    Raises:
        CommandRefused: it cannot be shown; the message says what to change.
    """
    for day in (promise.decides_on, promise.hear_back_by):
        if day and not _is_day(day):
            raise CommandRefused(tr("This is no day we can read. Write it as 24 December 2026, or leave it empty."))
    if promise.hear_back_days is not None and not 0 <= promise.hear_back_days <= HEAR_BACK_DAYS:
        raise CommandRefused(tr("Please give a number from 0 to {most}.", most=HEAR_BACK_DAYS))
    can = tuple(line for line in map(clean_line, promise.can_change) if has_words(line))
    cannot = [(clean_line(text), clean_line(why)) for text, why in _pairs(promise) if has_words(clean_line(text))]
    if max(len(can), len(cannot)) > PROMISE_LINES:
        raise CommandRefused(tr("Please give at most {most} lines.", most=PROMISE_LINES))
    because = tuple(why for _, why in cannot)
    cleaned = replace(
        promise,
        why_now=clean_text(promise.why_now),
        how=clean_text(promise.how),
        can_change=can,
        cannot_change=tuple(text for text, _ in cannot),
        cannot_because=because if any(because) else (),
        who_decides=clean_line(promise.who_decides),
        hear_back=clean_text(promise.hear_back),
        why_changed=clean_line(promise.why_changed),
    )
    lines = (*can, *cleaned.cannot_change, cleaned.who_decides, cleaned.why_changed)
    texts = (cleaned.why_now, cleaned.how, cleaned.hear_back, *because)
    if any(len(each) > LINE_LETTERS for each in lines) or any(len(each) > TEXT_LETTERS for each in texts):
        raise CommandRefused(tr("A line has room for {most} letters. Please write it shorter.", most=LINE_LETTERS))
    return cleaned


def _pairs(promise: Promise) -> list[tuple[str, str]]:
    reasons = (*promise.cannot_because, *([""] * len(promise.cannot_change)))
    return list(zip(promise.cannot_change, reasons, strict=False))


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
