"""Somebody asks to be contacted about their own care, and a desk notes to whom that went and when it was done."""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding.decision import Context, Decision, Joined, decides, done
from workshop_tui.domain.deciding.phones import MINUTE, must_know
from workshop_tui.domain.deciding.safety import read_reference
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import PEOPLE
from workshop_tui.messages import tr

FULL = tr("There are too many such requests here. Please tell the people running today.")


@decides(cmd.AskContact)
def ask_contact(context: Context, command: cmd.AskContact) -> Decision:
    """A phone asks; who it is is not kept."""
    must_know(context, command.person)
    context.check_phase(command)
    return Decision(answer=Joined(command.person), events=(_new(context, command.key, command.at),))


@decides(cmd.NoteContact)
def note_contact(context: Context, command: cmd.NoteContact) -> Decision:
    """Somebody asked at the desk."""
    noted = _new(context, command.key, command.at)
    row = replace(noted.row, routed_to=command.routed_to, reference=read_reference(command.reference))
    return done(tr("noted that somebody asked to be contacted"), ev.OwnCareNoted(row))


def _new(context: Context, key: str, at: int) -> ev.OwnCareNoted:
    if context.rows.own_care(key) is not None:
        raise CommandRefused(tr("This was noted already."))
    if len(context.rows.all_own_care()) >= PEOPLE:
        raise CommandRefused(FULL)
    return ev.OwnCareNoted(OwnCareRow(key=key, asked_at=at // MINUTE * MINUTE))


@decides(cmd.FollowContact)
def follow_contact(context: Context, command: cmd.FollowContact) -> Decision:
    """Note to whom a request went, and whether somebody was contacted; the first time of that stays."""
    before = context.rows.own_care(command.request)
    if before is None:
        raise CommandRefused(tr("There is no such request."))
    after = replace(
        before,
        routed_to=command.routed_to,
        reference=read_reference(command.reference),
        contacted_at=(before.contacted_at or command.at // MINUTE * MINUTE) if command.contacted else None,
    )
    if after == before:
        raise CommandRefused(tr("It says that already."))
    label = tr("noted what became of a request to be contacted")
    if command.contacted and context.state.phase == "finished":
        # There is nothing more to do for it, and nothing that is done with is kept past the day's end.
        return done(label, ev.OwnCareGone((before.key,)))
    return done(label, ev.OwnCareNoted(after))
