"""The write-up: notes sorted into registers, given other words, and tied to what they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.answers import wrong_in
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done, too_long
from workshop_tui.domain.deciding.evidence import NOT_HANDED_IN, check_can_be_tied, check_wording, is_handed_in
from workshop_tui.domain.deciding.texts import redactions_written, waits
from workshop_tui.domain.digests import salt_for
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.journal import digest_of_entry, digest_of_note
from workshop_tui.domain.points import Tie
from workshop_tui.domain.received import Dealt
from workshop_tui.domain.registers import CONTESTED, EntryRow, FieldWrong, read_fields, register_of, spec_of, texts_of
from workshop_tui.domain.text import clean_text, has_words
from workshop_tui.domain.texts import FIELD
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import STORY_LETTERS, TIES_AT_ONCE, TIES_EACH
from workshop_tui.messages import tr, trn

NO_NOTE = tr("There is no such note.")

HANDED_IN = tr("These are the words in which it was handed to us. Say what became of it instead.")

STAYS_CONCERN = tr(
    "A concern stays a concern, and a tension a tension. Say it in other words on the reading page, or take it back "
    "for whoever said it."
)


WORDS_STAY = tr("The words of concerns and tensions stay. Say it in other words on the reading page.")


def note_there(context: Context, key: str) -> ev.NoteWritten:
    """A note that was not taken back.

    Raises:
        CommandRefused: there is none of that key.
    """
    note = context.rows.note(key)
    if note is None or context.rows.is_dropped(key):
        raise CommandRefused(NO_NOTE)
    return note


def read_entry(context: Context, register: str, fields: Mapping[str, str]) -> EntryRow:
    """How a note is to be sorted.

    Raises:
        CommandRefused: there is no such register, or what is said does not fit its fields.
    """
    spec = spec_of(register)
    if spec is None:
        raise CommandRefused(tr("There is no such register."))
    try:
        entry = EntryRow(spec.name, read_fields(spec, fields))
    except FieldWrong as wrong:
        raise CommandRefused(wrong.words) from wrong
    if entry.register == "received" and not is_handed_in(context, entry.fields.get("point", "")):
        raise CommandRefused(NOT_HANDED_IN)
    return entry


def sorted_events(at: int, secret: bytes, note: str, entry: EntryRow | None) -> tuple[ev.Event, ...]:
    """What happens when a note is sorted."""
    if entry is None:
        return ev.NoteSorted(at=at, key=note, register=""), ev.EntrySorted(note, None)
    salt = salt_for(secret, f"entry {note}")
    noted = ev.NoteSorted(at=at, key=note, register=entry.register, digest=digest_of_entry(salt, entry))
    return noted, ev.EntrySorted(note, entry, salt)


def check_stays(before: str, after: str, *, is_step: bool = False) -> None:
    """Pass if a line may go from one register to another.

    Args:
        before: Where it is.
        after: Where it is to be.
        is_step: Whether a desk takes back how it sorted it itself.

    Raises:
        CommandRefused: it is contested and stays where it is, or is no concern: those are kept as such.
    """
    is_of_a_concern = "concern" in (before, after)
    if before != after and (is_of_a_concern or (before in CONTESTED and not is_step)):
        raise CommandRefused(STAYS_CONCERN)


def is_handed_in_words(context: Context, text: str) -> bool:
    """Whether these are the words of a point that was handed in."""
    return text in {each.words for each in context.state.agenda.received}


def check_received(context: Context, entry: EntryRow | None, text: str, note: str = "") -> None:
    """Pass if a line that says what became of a point says enough, and no other line answers that point.

    Args:
        context: The room.
        entry: How the line is to be sorted.
        text: The words of the line.
        note: The line, where it is there.

    Raises:
        CommandRefused: it does not.
    """
    if entry is None or entry.register != "received":
        return
    point, rows = entry.fields.get("point", ""), context.rows
    handed = next(each for each in context.state.agenda.received if each.id == point)
    if wrong := wrong_in(Dealt(point=handed, text=text, fields=entry.fields).answer):
        raise CommandRefused(wrong[0].said)
    others = (each.key for each in rows.all_notes() if each.key != note and not rows.is_dropped(each.key))
    entries = (rows.entry(key) for key in others)
    if any(each is not None and each.register == "received" and each.fields.get("point") == point for each in entries):
        raise CommandRefused(tr("It was noted already what became of this point. Please change that."))


@decides(cmd.SortNote)
def sort_note(context: Context, command: cmd.SortNote) -> Decision:
    """Put a note into a register with what is said of it there."""
    note, before = note_there(context, command.note), context.rows.entry(command.note)
    entry = read_entry(context, command.register, command.fields) if command.register else None
    check_stays(register_of(note.kind, before), register_of(note.kind, entry), is_step=context.is_step)
    check_received(context, entry, note.text, note.key)
    if entry == before:
        raise CommandRefused(tr("It stands so already."))
    check_wording(context, _texts_of(entry), context.rows.ties(note.key))
    if entry is None:
        label = tr("put a line back to be sorted")
    elif before is not None and before.register == entry.register:
        label = tr("said more of a line")
    else:
        label = tr("sorted a line")
    step = steps.NoteSorted(label=label, note=note.key, earlier=before, later=entry, act=command.act)
    events = (*sorted_events(command.at, command.salt, note.key, entry), *_undecided(context, command, before, entry))
    many = sum(len(find(said)) for _, said in texts_of(entry))
    return done(label, *events, step=step, more=waits(many))


def _texts_of(entry: EntryRow | None) -> tuple[str, ...]:
    return tuple(words for _, words in texts_of(entry))


def _undecided(
    context: Context, command: cmd.SortNote, before: EntryRow | None, after: EntryRow | None
) -> tuple[ev.Event, ...]:
    """What was decided of names in words that are others now is decided anew."""
    decisions = context.rows.redactions(command.note)
    stay = {f"{FIELD}{field.name}" for field, said in set(texts_of(before)) & set(texts_of(after))}
    kept = tuple(each for each in decisions if not each.place.startswith(FIELD) or each.place in stay)
    return () if kept == decisions else redactions_written(command, command.at, command.note, kept)


@decides(cmd.RewriteNote)
def rewrite_note(context: Context, command: cmd.RewriteNote) -> Decision:
    """Give a note other words, which quote nothing that it rests on."""
    note, text = note_there(context, command.note), clean_text(command.text)
    register = register_of(note.kind, context.rows.entry(note.key))
    if register in CONTESTED:
        raise CommandRefused(WORDS_STAY)
    if register == "received" and is_handed_in_words(context, note.text):
        raise CommandRefused(HANDED_IN)
    if context.rows.rewording(note.key):
        raise CommandRefused(tr("It is shown in other words. Change those on the reading page."))
    if not has_words(text):
        raise CommandRefused(tr("The note has no words. Nothing was kept."))
    if len(text) > STORY_LETTERS:
        raise CommandRefused(too_long(len(text) - STORY_LETTERS))
    if text == note.text:
        raise CommandRefused(tr("It says that already."))
    check_wording(context, (text,), context.rows.ties(note.key))
    after = replace(note, text=text, salt=salt_for(command.salt, f"note {note.key}"))
    label = tr("gave a line other words")
    return done(
        label,
        ev.NoteChanged(at=command.at, key=note.key, digest=digest_of_note(after)),
        ev.NoteRewritten(note.key, text, after.salt),
        step=steps.NoteRewritten(label=label, note=note.key, earlier=note.text, later=text),
        more=waits(len(find(text))),
    )


@decides(cmd.TieNotes)
def tie_notes(context: Context, command: cmd.TieNotes) -> Decision:
    """Tie notes to what they rest on, or untie them: all of them, or none where one does not fit."""
    if len(command.ties) > TIES_AT_ONCE:
        raise CommandRefused(tr("That is too much at once. Please tie at most {most}.", most=TIES_AT_ONCE))
    by_note: defaultdict[str, set[Tie]] = defaultdict(set)
    for tie in command.ties:
        by_note[tie.note].add(tie)
    changed: list[Tie] = []
    for key, ties in sorted(by_note.items()):
        note, there = note_there(context, key), {*context.rows.ties(key)}
        new = sorted(ties - there if command.tied else ties & there)
        if command.tied:
            if len(there) + len(new) > TIES_EACH:
                raise CommandRefused(tr("A line can rest on at most {most} things.", most=TIES_EACH))
            for tie in new:
                check_can_be_tied(context, tie)
            said = (note.text, context.rows.rewording(key), *_texts_of(context.rows.entry(key)))
            check_wording(context, said, tuple(new))
        changed += new
    if not changed:
        raise CommandRefused(tr("That is tied already.") if command.tied else tr("That is not tied."))
    many = tuple(changed)
    label = (
        trn("tied {n} thing to a line", "tied {n} things to lines", len(many))
        if command.tied
        else trn("untied {n} thing from a line", "untied {n} things from lines", len(many))
    )
    return done(
        label,
        ev.NotesTied(at=command.at, ties=many, tied=command.tied),
        ev.TiesChanged(many, command.tied),
        step=steps.NotesTied(label=label, ties=many, tied=command.tied),
    )
