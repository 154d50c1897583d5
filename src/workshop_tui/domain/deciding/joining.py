"""What the facilitator does about joining: open and close it, renew the code, free seats that nobody is in."""

from __future__ import annotations

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.names import keyed, upvoter
from workshop_tui.domain.timing import MINUTE
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import tr, trn


@decides(cmd.OpenJoining, cmd.CloseJoining)
def set_joining(context: Context, command: cmd.OpenJoining | cmd.CloseJoining) -> Decision:
    """Let phones join, or no longer."""
    opens = isinstance(command, cmd.OpenJoining)
    if context.state.joining.is_open == opens:
        raise CommandRefused(tr("Joining is open already.") if opens else tr("Joining is closed already."))
    label = tr("opened joining") if opens else tr("closed joining")
    return done(label, ev.JoiningSet(at=command.at, is_open=opens), step=steps.JoiningSet(label=label, is_open=opens))


@decides(cmd.RenewCode)
def renew_code(context: Context, command: cmd.RenewCode) -> Decision:
    """Let phones join by another code only; an empty one is the code that the session was made with."""
    label = tr("renewed the join code")
    step = steps.CodeRenewed(label=label, earlier=context.state.joining.code, later=command.code)
    return done(label, ev.CodeRenewed(at=command.at, code=command.code), step=step)


@decides(cmd.FreeSeats)
def free_seats(context: Context, command: cmd.FreeSeats) -> Decision:
    """Free the seats of those who never did anything; that cannot be taken back, as nobody can tell who they were."""
    idle = _Idle(context, command.at)
    freed = tuple(ev.SeatFreed(person) for person in command.persons if idle.never_acted(person))
    if not freed:
        raise CommandRefused(tr("No seat is empty: everybody who joined is there, or did something."))
    label = trn("freed {n} seat", "freed {n} seats", len(freed))
    return done(label, ev.SeatsFreed(at=command.at, seats=len(freed)), *freed)


class _Idle:
    """Tells who never did anything, as far as anybody can tell."""

    def __init__(self, context: Context, now: int) -> None:
        rows, rounds = context.rows, context.state.rounds
        keys = {round_.key: rows.round_key(round_.key) for round_ in rounds}
        self._rows = rows
        self._keys = {name: key for name, key in keys.items() if key is not None}
        # Who answered in a round that is counted for good, nobody can tell: whoever could have, may have.
        over = [round_.closed_at or now for round_ in rounds if keys[round_.key] is None]
        self._untold_until = max(over, default=-MINUTE) // MINUTE
        self._story_key = rows.story_key()
        self._upvoted = tuple(rows.upvoted())

    def never_acted(self, person: str) -> bool:
        """Whether somebody joined and sent nothing since."""
        rows, story_key = self._rows, self._story_key
        if story_key is None or rows.role(person) or not (rows.knows(person) or rows.has_left(person)):
            return False
        if rows.joined_at(person) <= self._untold_until:
            return False
        if any(rows.ballot(name, keyed(key, person)) is not None for name, key in self._keys.items()):
            return False
        if rows.by_author(keyed(story_key, person)):
            return False
        return not any(rows.has_upvoted(key, upvoter(story_key, person, key)) for key in self._upvoted)
