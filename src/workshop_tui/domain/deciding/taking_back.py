"""Words that go because their owner wants that: from the phone that sent them, or by their private code."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import points
from workshop_tui.domain.asking import gets_options
from workshop_tui.domain.deciding.decision import Context, Decision, Kept, decides, done
from workshop_tui.domain.deciding.entries import sorted_events
from workshop_tui.domain.deciding.evidence import said_as_reason, said_in
from workshop_tui.domain.deciding.phones import MINUTE, must_know
from workshop_tui.domain.deciding.texts import off_the_screen, redactions_written
from workshop_tui.domain.digests import digest_of, salt_for
from workshop_tui.domain.evolve import evolve
from workshop_tui.domain.journal import digest_of_answer, digest_of_note
from workshop_tui.domain.names import keyed
from workshop_tui.domain.private_codes import code_row, plain, text_of
from workshop_tui.domain.promise import as_written
from workshop_tui.domain.quoting import without
from workshop_tui.domain.redaction import OTHER, redacted, texts_in
from workshop_tui.domain.registers import EntryRow, Fields, register_of, spec_of
from workshop_tui.domain.rows import AnswerRow, ContributionRow, IssuedRow, ReasonRow, Rows
from workshop_tui.domain.state import Screen
from workshop_tui.domain.texts import answer_key, question_of
from workshop_tui.domain.unquoted import texts_of
from workshop_tui.errors import CommandRefused, TooLate
from workshop_tui.messages import Listed, Message, Verbatim, tr

NOBODY_S = tr("The write-up is finished. Nobody can tell any more which words came from this phone.")

ASK = tr("Delete them, and ask everybody who got one to delete it. Then write the reports again.")

NOT_THERE = tr("Those words are not there any more.")

NO_SUCH_CODE = tr("No words have this code. Look at each letter. Or the words are gone already.")
"""One answer for a code that never was, one that was replaced, and one whose words are gone: it tells nothing."""


@decides(cmd.TakeBack)
def take_back(context: Context, command: cmd.TakeBack) -> Decision:
    """Empty what somebody sent, for good: their words leave the screen, the file and its copies.

    Twice changes nothing. Who tries it on words that are not theirs gets the answer for words that are not there.
    """
    reason = context.rows.reason(command.contribution)
    if reason is not None:
        return _reason_back(context, reason, command)
    row = _own(context, command.person, command.contribution)
    if row.gone:
        return Decision(answer=Kept(row.key, again=True))
    context.check_phase(command)
    return Decision(answer=Kept(row.key), events=taken_out(context, row, command, command.at // MINUTE * MINUTE))


def _reason_back(context: Context, reason: ReasonRow, command: cmd.TakeBack) -> Decision:
    """The same for a reason beside a vote, as long as the vote's key tells that it is this phone's."""
    must_know(context, command.person)
    key = context.rows.round_key(reason.round)
    if key is None or not reason.voter or reason.voter != keyed(key, command.person):
        raise TooLate(NOT_THERE)
    context.check_phase(command)
    return Decision(answer=Kept(reason.key), events=reason_out(context, reason, command, command.at // MINUTE * MINUTE))


@decides(cmd.TakeBackByCode)
def take_back_by_code(context: Context, command: cmd.TakeBackByCode) -> Decision:
    """The same for whoever has the code."""
    row = context.rows.contribution(text_of(plain(command.code), context.rows.codes()))
    if row is None or row.gone:
        raise TooLate(NO_SUCH_CODE)
    return Decision(answer=Kept(row.key), events=taken_out(context, row, command, command.at // MINUTE * MINUTE))


@decides(cmd.WithdrawWords)
def withdraw(context: Context, command: cmd.WithdrawWords) -> Decision:
    """The same for an owner who asks a desk, by the code or by what the words are; nothing brings them back."""
    key = text_of(plain(command.code), context.rows.codes()) if command.code else command.contribution
    row, reason = context.rows.contribution(key), context.rows.reason(key)
    if reason is not None and _can_be_read(context, reason):
        events = reason_out(context, reason, command, command.at)
    elif row is not None and not row.gone:
        events = taken_out(context, row, command, command.at)
    else:
        raise CommandRefused(NO_SUCH_CODE if command.code else NOT_THERE)
    return done(tr("took words back for good"), *events, more=issued_words(context.rows))


def issued_words(rows: Rows) -> tuple[Message, ...]:
    """What taking back does not reach, as sentences: what was heard, and files that were written before."""
    files = [Verbatim(f"{each.folder}/{name}") for each in rows.issued() for name in each.names]
    return (
        tr("What was already read aloud or shown cannot be unseen."),
        *(
            [tr("These files were written before and may still have it: {files}.", files=Listed(tuple(files))), ASK]
            if files
            else []
        ),
    )


@decides(cmd.NoteIssued)
def note_issued(context: Context, command: cmd.NoteIssued) -> Decision:
    """Keep which files were written: once for each folder and name."""
    known = {(each.folder, name) for each in context.rows.issued() for name in each.names}
    names = tuple(name for name in command.names if (command.folder, name) not in known)
    if not names:
        return done("")
    return done("", ev.FilesIssued(IssuedRow(command.at, command.folder, names)))


@decides(cmd.NewCode)
def new_code(context: Context, command: cmd.NewCode) -> Decision:
    """Give somebody a code for what they sent."""
    row = _own(context, command.person, command.text)
    if row.gone:
        raise TooLate(NOT_THERE)
    context.check_phase(command)
    code = code_row(row.key, salt_for(command.salt, f"code {row.key}"), command.code)
    return Decision(answer=Kept(row.key), events=(ev.CodeGiven(code),))


def taken_out(context: Context, row: ContributionRow, command: cmd.Command, at: int) -> tuple[ev.Event, ...]:
    """What happens when the words of a contribution go, with all that was written of them and all that repeats them."""
    events: tuple[ev.Event, ...] = (
        ev.ContributionWithdrawn(at=at, contribution=row.key),
        ev.ContributionEmptied(row.key),
    )
    if context.state.screen == Screen("story", row.key):
        events = (*events, ev.ScreenSet(at=at, screen=Screen("question")))
    return (*events, *_quotations(context, row.key, _words_of(context, row), command, at))


def reason_out(context: Context, reason: ReasonRow, command: cmd.Command, at: int) -> tuple[ev.Event, ...]:
    """The same for a reason: what was answered stays, and is counted as it was.

    Before its vote is closed nobody has seen it, and people change their reasons: the journal has no line of that.
    """
    noted = [ev.ContributionWithdrawn(at=at, contribution=reason.key)] if _can_be_read(context, reason) else []
    words = _words_in(context, reason)
    return (*noted, ev.ReasonGone(reason.key), *_quotations(context, reason.key, words, command, at))


def _can_be_read(context: Context, reason: ReasonRow) -> bool:
    round_ = context.state.round(reason.round)
    return round_ is not None and round_.status != "open"


def _quotations(
    context: Context, key: str, words: tuple[str, ...], command: cmd.Command, at: int
) -> Iterator[ev.Event]:
    """Whatever a desk typed or chose on the day, in any place, repeats these words no more.

    What other people sent is theirs, also where they say the same.
    """
    if not words:
        return
    items = tuple(each.item.key for each in context.state.items if gets_options(each.item))
    taken_out = ev.QuotationsTakenOut(at=at, items=items, words=words)
    if replace(evolve(context.state, taken_out), version=context.state.version) != context.state:
        yield taken_out
    # Older lines of the journal may repeat them all the same; that leaves none.
    spared = texts_of(as_written(context.state.agenda, context.state.earlier_promises))
    yield ev.QuotationsGone(items, words, spared)
    for text in _desk_texts(context):
        if text not in (key, answer_key(key)):
            yield from _requoted(context, text, words, command, at)
    for note in context.rows.all_notes():
        entry = context.rows.entry(note.key)
        is_point = register_of(note.kind, entry) == "point"
        # A point is a sentence of its own, and is looked at as when it was worded: it stands without the story.
        text = points.without(note.text, words) if is_point else without(note.text, words)
        fields = _unquoted_fields(entry, words) if entry is not None else {}
        after = replace(note, text=text, owner=without(note.owner, words))
        is_other = entry is not None and fields != entry.fields
        if after == note and not is_other:
            continue
        # Of a line in which only a field goes too: an export from before has it as it was (`follow_ups`), and what was
        # decided of its fields held places in other words.
        after = replace(after, salt=salt_for(command.salt, f"note {note.key}"))
        yield ev.NoteRequoted(at=at, key=note.key, digest=digest_of_note(after))
        yield ev.NoteRewritten(note.key, text, after.salt, after.owner)
        if entry is not None and is_other:
            yield from sorted_events(at, command.salt, note.key, replace(entry, fields=fields))


def _unquoted_fields(entry: EntryRow, words: tuple[str, ...]) -> Fields:
    """What is said of a note without what it repeats."""
    spec = spec_of(entry.register)
    texts = {field.name for field in spec.fields if field.sort == "text"} if spec is not None else set()
    return {name: without(said, words) if name in texts else said for name, said in entry.fields.items()}


def _desk_texts(context: Context) -> Iterator[str]:
    """The keys of all texts of which a desk wrote something: what people sent is not looked through."""
    answered, others = context.rows.written_of()
    yield from sorted({*others, *map(answer_key, answered)})


def _requoted(context: Context, key: str, words: tuple[str, ...], command: cmd.Command, at: int) -> Iterator[ev.Event]:
    """What a desk wrote of a text, or instead of it or of pieces of it, without those words."""
    rows, question = context.rows, question_of(key)
    answer, freed_answer = (rows.answer(question) if question else None), None
    if answer is not None:
        freed_answer = AnswerRow(without(answer.words, words), without(answer.owner, words))
    if question and freed_answer is not None and freed_answer != answer:
        salt = salt_for(command.salt, key)
        digest = digest_of_answer(salt, freed_answer)
        yield ev.QuestionAnswered(at=at, contribution=question, answered=True, digest=digest)
        yield ev.AnswerWritten(question, freed_answer, salt)
    told = rows.retelling(key)
    if told and (freed := without(told, words)) != told:
        salt = salt_for(command.salt, f"retelling {key}")
        yield ev.StoryRetold(at=at, contribution=key, digest=digest_of(salt, freed))
        yield ev.RetellingWritten(key, freed, salt)
    instead = rows.rewording(key)
    freed = without(instead, words)
    if instead and (freed != instead or freed_answer != answer):
        # A new answer takes its other words with it: those that stay are written once more.
        salt = salt_for(command.salt, key)
        yield ev.TextReworded(at=at, text=key, digest=digest_of(salt, freed))
        yield ev.RewordingWritten(key, freed, salt)
    decided = () if freed_answer != answer else rows.redactions(key)
    # What was decided about other words holds places in them; those are others now.
    kept = tuple(
        replace(each, replacement=without(each.replacement, words))
        for each in decided
        if freed == instead or not each.place.startswith(OTHER)
    )
    if kept != decided:
        yield from redactions_written(command, at, key, kept)
    if freed != instead or kept != decided:
        yield from off_the_screen(context, key, at)


def _words_of(context: Context, row: ContributionRow) -> tuple[str, ...]:
    """What somebody said, and what was written in place of it."""
    written = (context.rows.rewording(row.key), context.rows.retelling(row.key))
    said = (*said_in(context, row), *written, *_as_shown(context, row))
    return tuple(words for words in said if words)


def _words_in(context: Context, reason: ReasonRow) -> tuple[str, ...]:
    """The same of a reason."""
    written = context.rows.rewording(reason.key)
    said = (said_as_reason(context, reason), written, *_as_shown(context, reason))
    return tuple(words for words in said if words)


def _as_shown(context: Context, row: ContributionRow | ReasonRow) -> Iterator[str]:
    """Those of its texts in which a piece was taken out: an option repeats them as they were shown."""
    decided = context.rows.redactions(row.key)
    if not decided or not row.body:
        return
    texts = (*texts_in(msgspec.json.decode(row.body)), (OTHER, context.rows.rewording(row.key)))
    for place, text in texts:
        here = [each for each in decided if each.place == place]
        if here:
            yield redacted(text, here)


def _own(context: Context, person: str, key: str) -> ContributionRow:
    """What this person sent.

    Raises:
        TooLate: nobody can tell any more whose it is; or it is not theirs, or not there.
    """
    must_know(context, person)
    story_key, row = context.rows.story_key(), context.rows.contribution(key)
    if story_key is None:
        raise TooLate(NOBODY_S)
    if row is None or row.author != keyed(story_key, person):
        raise TooLate(NOT_THERE)
    return row
