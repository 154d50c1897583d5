"""What becomes of texts: read, approved, held, said in other words; one by one, or all from one phone.

A contribution has its handling in its own row; a reason, an answer and a note begin as `domain.texts` says.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import reach, steps, texts
from workshop_tui.domain.asking import gathering_of, round_poll
from workshop_tui.domain.consent import allowed, level_words
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done, too_long
from workshop_tui.domain.digests import digest_of, salt_for
from workshop_tui.domain.identifiers import Candidate
from workshop_tui.domain.identifiers import find as find_candidates
from workshop_tui.domain.names import keyed
from workshop_tui.domain.redaction import OTHER, TOKENS, Redaction, with_decision, without
from workshop_tui.domain.rows import ContributionRow, ReasonRow, Rows
from workshop_tui.domain.state import Screen, SessionState
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import REPLACEMENT_LETTERS, STORY_LETTERS
from workshop_tui.messages import Message, tr, trn

GONE = tr("Those words are not there any more.")

_HANDLING_WORDS = {
    "new": tr("marked one as not read"), "read": tr("marked one as read"), "approved": tr("approved one"),
    "on_hold": tr("held one"),
}  # fmt: skip


_DECISION_WORDS = {
    "accepted": tr("took one piece out"), "edited": tr("said one piece otherwise"),
    "dismissed": tr("left one piece as it is"), "open": tr("left one piece to be decided"),
}  # fmt: skip


class Handled(Struct, frozen=True):
    """A text as deciding finds it."""

    handling: cmd.Handling
    row: ContributionRow | None = None
    """The contribution that it is; None for a reason, an answer or a note."""


def find(state: SessionState, rows: Rows, key: str) -> Handled | None:
    """The text of that key; None where there is none, and for reasons that can still change: nobody sees those."""
    row = rows.contribution(key)
    if row is not None:
        return None if row.gone else Handled(row.moderation, row)
    sort = _sort_of(state, rows, key)
    return None if sort is None else Handled(rows.handling(key) or texts.BEGINS[sort])


def _sort_of(state: SessionState, rows: Rows, key: str) -> texts.Sort | None:
    reason = rows.reason(key)
    if reason is not None:
        round_ = state.round(reason.round)
        return "reason" if round_ is not None and round_.status != "open" else None
    if question := texts.question_of(key):
        return "answer" if rows.answer(question) is not None else None
    return "note" if rows.has_note(key) and not rows.is_dropped(key) else None


@decides(cmd.Moderate)
def moderate(context: Context, command: cmd.Moderate) -> Decision:
    """Mark a text; approving is for the room and, of a contribution, needs its owner's consent."""
    found = _found(context, command.contribution)
    row = found.row
    if command.handling == "approved":
        if row is not None:
            may_be_shown(context, row)
        must_be_decided(context, command.contribution)
    events: tuple[ev.Event, ...] = (
        ev.ContributionModerated(at=command.at, contribution=command.contribution, handling=command.handling),
        ev.ModerationSet(row.key, command.handling)
        if row is not None
        else ev.TextHandled(command.contribution, command.handling),
    )
    if command.handling != "approved":
        events = (*events, *off_the_screen(context, command.contribution, command.at))
    label = _HANDLING_WORDS[command.handling]
    step = steps.Moderated(
        label=label,
        contribution=command.contribution,
        earlier=found.handling,
        later=command.handling,
        act=command.act,
    )
    return done(label, *events, step=step)


@decides(cmd.Reword)
def reword(context: Context, command: cmd.Reword) -> Decision:
    """Say a text in other words wherever it is shown: without a name, say. Its own words stay as they are."""
    found = _found(context, command.contribution)
    if found.row is not None:
        may_be_shown(context, found.row)
    typed = clean_text(command.words)
    if len(typed) > STORY_LETTERS:
        raise CommandRefused(too_long(len(typed) - STORY_LETTERS))
    words = typed if has_words(typed) else ""
    before = context.rows.rewording(command.contribution)
    if before == words:
        raise CommandRefused(tr("It says that already.") if words else tr("Its own words are shown already."))
    if context.rows.has_note(command.contribution):
        _check_wording(context, words, command.contribution)
    label = tr("said one in other words") if words else tr("let one be shown in its own words")
    salt = salt_for(command.salt, command.contribution) if words else b""
    rewritten = ev.RewordingWritten(command.contribution, words, salt)
    decisions = context.rows.redactions(command.contribution)
    # What was decided about the other words of before is about none of these; that about its own words stays.
    kept = tuple(each for each in decisions if not each.place.startswith(OTHER))
    events: tuple[ev.Event, ...] = (
        ev.TextReworded(at=command.at, text=command.contribution, digest=digest_of(salt, words) if words else b""),
        rewritten,
    )
    if kept != decisions:
        events = (*events, *redactions_written(command, command.at, command.contribution, kept))
    dealt = _dealt(context, command.contribution, rewritten, kept)
    many = sum(len(piece.open) for piece in _pieces(context, dealt, command.contribution))
    if many:
        events = (*events, *off_the_screen(context, command.contribution, command.at))
    return done(
        label,
        *events,
        step=steps.Reworded(label=label, text=command.contribution, earlier=before, later=words),
        more=waits(many),
    )


def _check_wording(context: Context, words: str, note: str) -> None:
    # What a line rests on is found by what is here.
    from workshop_tui.domain.deciding.evidence import check_wording

    check_wording(context, (words,), context.rows.ties(note))


@decides(cmd.Redact)
def redact(context: Context, command: cmd.Redact) -> Decision:
    """Decide what becomes of a piece of a text that may tell who somebody is. Its own words stay as they are."""
    key = command.contribution
    found = _found(context, key)
    if found.row is not None:
        may_be_shown(context, found.row)
    decisions = context.rows.redactions(key)
    dealt = _dealt(context, key, None, decisions)
    piece = next((each for each in _pieces(context, dealt, key) if each.place == command.place), None)
    candidates = find_candidates(piece.text) if piece is not None else ()
    candidate = next((each for each in candidates if (each.start, each.end) == (command.start, command.end)), None)
    if piece is None or candidate is None:
        raise CommandRefused(GONE)
    before = next((each for each in piece.decisions if (each.start, each.end) == (command.start, command.end)), None)
    made = _decision(command, candidate)
    if (before and (before.decision, before.replacement)) == (made and (made.decision, made.replacement)):
        raise CommandRefused(tr("That was decided so already."))
    after = with_decision(decisions, made) if made else without(decisions, command.place, command.start, command.end)
    events: tuple[ev.Event, ...] = redactions_written(command, command.at, key, after)
    if made is None:
        events = (*events, *off_the_screen(context, key, command.at))
    label = _DECISION_WORDS[command.decision]
    return done(label, *events, step=steps.Redacted(label=label, text=key, earlier=before, later=made))


def _decision(command: cmd.Redact, candidate: Candidate) -> Redaction | None:
    """What is decided; None where it is left open.

    Raises:
        CommandRefused: the words to be read instead do not do.
    """
    if command.decision == "open":
        return None
    words = ""
    if command.decision == "accepted":
        words = TOKENS[candidate.sort]
    elif command.decision == "edited":
        words = clean_line(command.words)
        if len(words) > REPLACEMENT_LETTERS:
            raise CommandRefused(too_long(len(words) - REPLACEMENT_LETTERS))
        if not has_words(words):
            raise CommandRefused(tr("Please type what is to be read instead."))
        if find_candidates(words):
            raise CommandRefused(
                tr("Those words may tell who somebody is too. Please say it without a name or number.")
            )
    return Redaction(
        command.place, candidate.start, candidate.end, candidate.sort, command.decision, words, command.desk, command.at
    )


def redactions_written(
    command: cmd.Command, at: int, key: str, decisions: tuple[Redaction, ...]
) -> tuple[ev.Event, ...]:
    """What happens when the decisions about a text are these from now on."""
    salt = salt_for(command.salt, f"redactions {key}") if decisions else b""
    digest = digest_of(salt, decisions) if decisions else b""
    return ev.TextRedacted(at=at, text=key, digest=digest), ev.RedactionsWritten(key, decisions, salt)


def off_the_screen(context: Context, key: str, at: int) -> tuple[ev.Event, ...]:
    """What others may no longer read must leave the screen in the same breath."""
    if context.state.screen != Screen("story", key):
        return ()
    return (ev.ScreenSet(at=at, screen=Screen("question")),)


def must_be_decided(context: Context, key: str) -> None:
    """Pass if nothing is left open in a text, as far as it is shown.

    Raises:
        CommandRefused: something may tell who somebody is, and nobody has decided what becomes of it.
    """
    words = context.rows.rewording(key)
    rewritten = ev.RewordingWritten(key, words) if words else None
    dealt = _dealt(context, key, rewritten, context.rows.redactions(key))
    many = sum(len(piece.open) for piece in _pieces(context, dealt, key))
    if many:
        raise CommandRefused(to_decide(many))


def to_decide(many: int) -> Message:
    """That so many pieces of a text wait for a decision."""
    return trn(
        "{n} piece of it may tell who somebody is. First take it out, say it otherwise, or leave it as it is.",
        "{n} pieces of it may tell who somebody is. First take each out, say it otherwise, or leave it as it is.",
        many,
    )


def waits(many: int) -> tuple[Message, ...]:
    """That words of a desk are shown only once so many pieces of them are decided; nothing where there are none."""
    if not many:
        return ()
    return (
        trn(
            "{n} piece of it may tell who somebody is. Nobody else reads it until you decide it on the reading page.",
            "{n} pieces of it may tell who somebody is. "
            "Nobody else reads it until you decide each on the reading page.",
            many,
        ),
    )


def _dealt(
    context: Context, key: str, rewritten: ev.RewordingWritten | None, decisions: tuple[Redaction, ...]
) -> texts.Dealt:
    """What was done with one text."""
    if rewritten is None and (words := context.rows.rewording(key)):
        rewritten = ev.RewordingWritten(key, words)
    rewordings = {key: rewritten} if rewritten is not None and rewritten.words else {}
    return texts.Dealt({}, rewordings, {key: ev.RedactionsWritten(key, decisions)})


def _pieces(context: Context, dealt: texts.Dealt, key: str) -> tuple[texts.Piece, ...]:
    """The texts of a contribution, a reason, an answer or a note, as far as they are shown."""
    rows = context.rows
    row, reason = rows.contribution(key), rows.reason(key)
    if row is not None:
        each = context.state.item(row.item)
        kind = gathering_of(each.item, context.kinds) if each is not None else None
        return () if kind is None or not row.body else dealt.pieces(key, kind, row.body)
    if reason is not None:
        round_ = context.state.round(reason.round)
        return () if round_ is None else dealt.pieces(key, round_poll(round_, context.kinds), reason.body)
    if question := texts.question_of(key):
        answer = rows.answer(question)
        return () if answer is None else (dealt.piece(key, answer.words),)
    note = rows.note(key)
    return () if note is None else (dealt.piece(key, note.text), *dealt.field_pieces(key, rows.entry(key)))


@decides(cmd.HoldPhone)
def hold_phone(context: Context, command: cmd.HoldPhone) -> Decision:
    """Hold everything from the phone that sent this, now and later, without saying whose it is.

    Taking it back makes all of it unread again: the journal must not tell which words belong together. What somebody
    read or approved while the phone was held is not changed by letting it go, nor by taking that back.
    """
    found, author = _found(context, command.contribution), author_of(context.rows, command.contribution)
    if not author:
        raise CommandRefused(nobodys(found))
    rows = context.rows.by_author(author)
    events: list[ev.Event] = [ev.PhoneHeld(at=command.at, contribution=command.contribution, hold=command.hold)]
    events.append(ev.AuthorHeld(author=author, hold=command.hold))
    after: cmd.Handling = "on_hold" if command.hold else "new"
    changed = [each for each in rows if not each.gone and (each.moderation == "on_hold") != command.hold]
    events += [ev.ModerationSet(key=each.key, handling=after) for each in changed]
    for reason in reasons_from(context, author):
        if (context.rows.handling(reason.key) == "on_hold") != command.hold:
            events.append(ev.TextHandled(reason.key, after))
    if command.hold and any(context.state.screen == Screen("story", each.key) for each in rows):
        events.append(ev.ScreenSet(at=command.at, screen=Screen("question")))
    label = tr("held everything from one phone") if command.hold else tr("stopped holding one phone")
    if context.rows.is_held(author) == command.hold:
        # Somebody else did it: taking this one back must not let that phone go.
        return done(label, *events)
    return done(label, *events, step=steps.PhoneHeld(label=label, contribution=command.contribution, hold=command.hold))


def author_of(rows: Rows, key: str) -> bytes:
    """The phone that sent a text, as contributions name it; empty where nobody can tell, and for none of a phone.

    Of a reason that is known only as long as its round's key lives; then every phone that joined is tried.
    """
    row, story_key = rows.contribution(key), rows.story_key()
    if row is not None:
        return row.author
    reason = rows.reason(key)
    round_key = rows.round_key(reason.round) if reason is not None and reason.voter else None
    if reason is None or round_key is None or story_key is None:
        return b""
    person = next((each for each in rows.persons() if keyed(round_key, each) == reason.voter), None)
    return b"" if person is None else keyed(story_key, person)


def nobodys(found: Handled) -> Message:
    """Why the phone that sent a text cannot be held."""
    if found.row is not None:
        return GONE
    return tr("Nobody can tell any more which phone sent this.")


def reasons_from(context: Context, author: bytes) -> Iterator[ReasonRow]:
    """The reasons of one phone in rounds whose keys live: of the others nobody can tell whose they are."""
    story_key = context.rows.story_key()
    keys = [(each.key, key) for each in context.state.rounds if (key := context.rows.round_key(each.key)) is not None]
    if story_key is None or not keys:
        return
    person = next((each for each in context.rows.persons() if keyed(story_key, each) == author), None)
    if person is not None:
        for round_, key in keys:
            yield from context.rows.reasons_by(round_, keyed(key, person))


def may_be_shown(context: Context, row: ContributionRow) -> None:
    """Pass if the room may see a contribution at all.

    Raises:
        CommandRefused: its kind or its owner does not allow it.
    """
    if reach.readers_of(row, context.kinds) == "facilitator":
        raise CommandRefused(tr("These words are only for you: nobody else may read them, so they cannot be approved."))
    if not allowed(row.level, "room_screen", "approved"):
        # The level's own words, because it is they that say whether a story may be told in other words.
        raise CommandRefused(tr("It cannot be approved. Its owner chose: {level}", level=level_words(row.level)))


def _found(context: Context, key: str) -> Handled:
    found = find(context.state, context.rows, key)
    if found is None:
        raise CommandRefused(GONE)
    return found
