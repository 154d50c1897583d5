"""How a session is kept: why it is not locked, until when, and whether somebody holds it."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done, too_long
from workshop_tui.domain.text import clean_line, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import SHORT_TEXT_LETTERS
from workshop_tui.messages import Day, tr


@decides(cmd.RefuseLock)
def refuse_lock(context: Context, command: cmd.RefuseLock) -> Decision:
    """Note why a session is not locked; the record keeps it."""
    del context
    reason = _reason(command.reason)
    return done(tr("noted why the session is not locked"), ev.LockRefused(at=command.at, reason=reason))


@decides(cmd.SetRetention)
def set_retention(context: Context, command: cmd.SetRetention) -> Decision:
    """Say until when the session is kept, or that this was not decided yet."""
    if context.state.keeping.until == command.until:
        raise CommandRefused(tr("That is what is noted already."))
    label = tr("noted that it was not decided yet how long the session is kept")
    if command.until:
        try:
            day = dt.date.fromisoformat(command.until)
        except ValueError:
            day = None
        if day is None or day.isoformat() != command.until:
            raise CommandRefused(tr("Please give the day as YYYY-MM-DD."))
        label = tr("noted that the session is kept until {day}", day=Day(command.until))
    return done(label, ev.RetentionSet(at=command.at, until=command.until))


@decides(cmd.PlaceHold, cmd.LiftHold)
def hold(context: Context, command: cmd.PlaceHold | cmd.LiftHold) -> Decision:
    """Let nobody delete the session, or let its time be over again."""
    places = isinstance(command, cmd.PlaceHold)
    if context.state.keeping.is_held == places:
        raise CommandRefused(
            tr("The session is on legal hold already.") if places else tr("The session is not on legal hold.")
        )
    reason = _reason(command.reason)
    if places:
        return done(tr("placed a legal hold on the session"), ev.HoldPlaced(at=command.at, reason=reason))
    return done(tr("lifted the legal hold on the session"), ev.HoldLifted(at=command.at, reason=reason))


def _reason(typed: str) -> str:
    reason = clean_line(typed)
    if not has_words(reason):
        raise CommandRefused(tr("Please type a reason. The record keeps it."))
    if len(reason) > SHORT_TEXT_LETTERS:
        raise CommandRefused(too_long(len(reason) - SHORT_TEXT_LETTERS))
    return reason
