"""What the facilitator does with words and screens: gather, note, retell, count the room, point the projector."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import reach, steps
from workshop_tui.domain.asking import gathering_of
from workshop_tui.domain.content_warnings import warnings_of
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done, too_long
from workshop_tui.domain.deciding.entries import STAYS_CONCERN, check_received, read_entry, sorted_events
from workshop_tui.domain.deciding.texts import GONE, may_be_shown, must_be_decided, waits
from workshop_tui.domain.digests import digest_of, salt_for
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.journal import digest_of_note
from workshop_tui.domain.points import Tie
from workshop_tui.domain.registers import CONTESTED, register_of, texts_of
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import Screen
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import PEOPLE, SLIP_MS, STORY_LETTERS
from workshop_tui.messages import tr, trn

_SCREEN_LABELS = {
    "join": tr("big screen: how to join"), "question": tr("big screen: the question"),
    "results": tr("big screen: the results"), "story": tr("big screen: what somebody sent"),
    "promise": tr("big screen: what is promised"), "blank": tr("big screen: blank"),
    "closing": tr("big screen: thank you"), "received": tr("big screen: what was handed to us"),
}  # fmt: skip
_NOTE_LABELS = {
    "note": tr("kept a note"), "concern": tr("kept a concern"), "action": tr("kept an action"),
    "promise": tr("kept a promise"),
}  # fmt: skip


STAYS = tr("Concerns and tensions stay, unless whoever said it takes it back. You can say it in other words.")


@decides(cmd.OpenGathering, cmd.CloseGathering)
def run_gathering(context: Context, command: cmd.OpenGathering | cmd.CloseGathering) -> Decision:
    """Let phones send to the open item, or stop it."""
    here = context.here
    if gathering_of(here.item, context.kinds) is None:
        raise CommandRefused(tr("This item does not collect words."))
    opening = isinstance(command, cmd.OpenGathering)
    if here.gathering_open == opening:
        raise CommandRefused(
            tr("Phones can send to this item already.") if opening else tr("Phones cannot send to this item already.")
        )
    event = ev.GatheringOpened if opening else ev.GatheringClosed
    label = tr("let phones send") if opening else tr("stopped phones sending")
    step = steps.GatheringRun(label=label, item=here.item.key, open=opening)
    return done(label, event(at=command.at, item=here.item.key), step=step)


@decides(cmd.SetPresent)
def set_present(context: Context, command: cmd.SetPresent) -> Decision:
    """Say how many people are in the room: the base that answers are held against."""
    if any(many is not None and not 0 <= many <= PEOPLE for many in (command.people, command.by_video)):
        raise CommandRefused(tr("Please give a number from 0 to {most}.", most=PEOPLE))
    label = (
        tr("cleared the head count")
        if command.people is None
        else trn("counted {n} person", "counted {n} people", command.people)
    )
    counted = ev.PresentSet(at=command.at, people=command.people, by_video=command.by_video)
    by_video = None if command.by_video is None else (context.state.by_video, command.by_video)
    step = steps.PresentSet(label=label, earlier=context.state.present, later=command.people, by_video=by_video)
    return done(label, counted, step=step)


@decides(cmd.SetScreen)
def set_screen(context: Context, command: cmd.SetScreen) -> Decision:
    """Choose what the big screen shows; only what was revealed or approved can be chosen."""
    state = context.state
    if command.mode == "story":
        row = _contribution(context, command.subject)
        if row.moderation != "approved":
            raise CommandRefused(tr("Only what was approved can be shown. Read and approve it first."))
        may_be_shown(context, row)
        must_be_decided(context, row.key)
    elif command.mode == "received":
        if command.subject not in {each.id for each in state.agenda.received}:
            raise CommandRefused(tr("No such point was handed to this session."))
    elif command.subject:
        raise CommandRefused(tr("Only what somebody sent has a subject."))
    if command.mode == "results":
        _must_have_results(context)
    wanted = Screen(command.mode, command.subject)
    if wanted == state.screen:
        raise CommandRefused(tr("The big screen shows that already."))
    label = _SCREEN_LABELS[command.mode]
    step = steps.ScreenSet(label=label, earlier=state.screen, later=wanted)
    return done(label, ev.ScreenSet(at=command.at, screen=wanted), step=step)


@decides(cmd.TurnScreen)
def turn_screen(context: Context, command: cmd.TurnScreen) -> Decision:
    """Show another part of what is shown. Turning the other way takes it back, so it is no step to undo."""
    if command.by < 0 and context.state.turn < 1 and _is_warned(context):
        raise CommandRefused(tr("The content warning comes first: there is nothing before it."))
    label = tr("big screen: next part") if command.by > 0 else tr("big screen: part before")
    return done(label, ev.ScreenTurned(at=command.at, turn=context.state.turn + command.by))


def _is_warned(context: Context) -> bool:
    """Whether the big screen has a text before which its content warning stands."""
    screen = context.state.screen
    row = context.rows.contribution(screen.subject) if screen.mode == "story" else None
    return row is not None and bool(warnings_of(row, context.rows.care(row.key).warnings, context.kinds))


def _must_have_results(context: Context) -> None:
    """The result of a vote that was revealed, or the questions from the room that were approved."""
    here, last = context.state.here, context.state.last_round
    gathering = gathering_of(here.item, context.kinds) if here is not None else None
    if here is not None and gathering is not None and gathering.upvoted:
        if not context.rows.approved_in(here.item.key):
            raise CommandRefused(tr("No question is approved yet. Read and approve one first."))
    elif last is None or not last.shown:
        raise CommandRefused(tr("This result has not been revealed. Reveal it first."))


@decides(cmd.AddNote)
def add_note(context: Context, command: cmd.AddNote) -> Decision:
    """Keep a note, concern, action or promise, tied to the open item."""
    text = clean_text(command.text)
    if not has_words(text):
        raise CommandRefused(tr("The note has no words. Nothing was kept."))
    if len(text) > STORY_LETTERS:
        raise CommandRefused(
            trn(
                "The note is {n} letter too long. Please make two.",
                "The note is {n} letters too long. Please make two.",
                len(text) - STORY_LETTERS,
            )
        )
    due = command.due.strip()
    if due:
        try:
            # Python reads 20261224 and 2026-W52-4 too; whoever reads the report is told one way of writing.
            due = dt.date.fromisoformat(due).isoformat()
        except ValueError as problem:
            raise CommandRefused(
                tr("“{typed}” is no date. Write it as 2026-12-24.", typed=clean_line(due))
            ) from problem
    if context.rows.has_note(command.key):
        raise CommandRefused(tr("This note was kept already."))
    if command.register and (command.kind == "concern") != (command.register == "concern"):
        # It would be in no list of concerns, or in one from which anybody could take it.
        raise CommandRefused(STAYS_CONCERN)
    written = ev.NoteWritten(
        key=command.key,
        kind=command.kind,
        item=context.state.current,
        text=text,
        owner=clean_line(command.owner),
        due=due,
        at=command.at,
        salt=salt_for(command.salt, command.key),
    )
    added = ev.NoteAdded(
        at=command.at,
        key=command.key,
        kind=command.kind,
        item=context.state.current,
        digest=digest_of_note(written),
    )
    entry = read_entry(context, command.register, command.fields) if command.register else None
    label = _NOTE_LABELS[command.kind] if entry is None else tr("kept a line in its register")
    check_received(context, entry, text)
    more = sorted_events(command.at, command.salt, command.key, entry) if entry is not None else ()
    if entry is not None and entry.register == "received":
        ties = (Tie(command.key, "received", entry.fields["point"]),)
        more = (*more, ev.NotesTied(at=command.at, ties=ties, tied=True), ev.TiesChanged(ties, True))
        label = tr("noted what became of a point")
    step = steps.NoteDropped(label=label, note=command.key, dropped=False)
    said = (text, *(words for _, words in texts_of(entry)))
    return done(label, added, written, *more, step=step, more=waits(sum(len(find(each)) for each in said)))


@decides(cmd.DropNote)
def drop_note(context: Context, command: cmd.DropNote) -> Decision:
    """Take a note back, or put it back; the words stay in the file. What is contested is its owner's to take back."""
    note = context.rows.note(command.key)
    if note is None:
        raise CommandRefused(tr("There is no such note."))
    if command.drop and register_of(note.kind, context.rows.entry(note.key)) in CONTESTED:
        is_slip = context.is_step and command.at - note.at <= SLIP_MS
        if not command.asked and not is_slip:
            raise CommandRefused(STAYS)
    if context.rows.is_dropped(command.key) == command.drop:
        raise CommandRefused(
            tr("That note was taken back already.") if command.drop else tr("That note is there already.")
        )
    label = tr("took a note back") if command.drop else tr("put a note back")
    return done(
        label,
        ev.NoteDropped(at=command.at, key=command.key, drop=command.drop),
        ev.NoteMarked(key=command.key, dropped=command.drop),
        step=steps.NoteDropped(label=label, note=command.key, dropped=command.drop),
    )


@decides(cmd.Retell)
def retell(context: Context, command: cmd.Retell) -> Decision:
    """Write in the facilitator's words what a story is about whose owner allows that and no more."""
    row = _contribution(context, command.contribution)
    if not reach.is_to_be_retold(row, context.kinds):
        raise CommandRefused(
            tr("Its owner did not ask for that: only words for “this room, but not my words” are retold.")
        )
    typed = clean_text(command.words)
    if len(typed) > STORY_LETTERS:
        raise CommandRefused(too_long(len(typed) - STORY_LETTERS))
    words = typed if has_words(typed) else ""
    before = context.rows.retelling(row.key)
    if before == words:
        raise CommandRefused(tr("It says that already.") if words else tr("Please write what the story is about."))
    label = tr("wrote what a story is about") if words else tr("took away what a story is about")
    salt = salt_for(command.salt, row.key) if words else b""
    return done(
        label,
        ev.StoryRetold(at=command.at, contribution=row.key, digest=digest_of(salt, words) if words else b""),
        ev.RetellingWritten(row.key, words, salt),
        step=steps.StoryRetold(label=label, contribution=row.key, earlier=before, later=words),
    )


def _contribution(context: Context, key: str) -> ContributionRow:
    row = context.rows.contribution(key)
    if row is None or row.gone:
        raise CommandRefused(GONE)
    return row
