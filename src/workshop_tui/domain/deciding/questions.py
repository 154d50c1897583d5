"""Questions from the room: who else wants to know, and what became of them."""

from __future__ import annotations

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.asking import gathering_of
from workshop_tui.domain.deciding.decision import Context, Decision, Voted, decides, done, too_long
from workshop_tui.domain.deciding.phones import must_know, voice
from workshop_tui.domain.deciding.texts import waits
from workshop_tui.domain.digests import salt_for
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.journal import digest_of_answer
from workshop_tui.domain.names import upvoter
from workshop_tui.domain.rows import AnswerRow, ContributionRow
from workshop_tui.domain.text import clean_line, has_words
from workshop_tui.errors import CommandRefused, Refused, TooLate
from workshop_tui.limits import ANSWER_LETTERS, UPVOTES_EACH
from workshop_tui.messages import tr, trn


@decides(cmd.Upvote)
def upvote(context: Context, command: cmd.Upvote) -> Decision:
    """Count who wants to know this too, once for each phone, or take it back; as long as phones can send."""
    must_know(context, command.person)
    voice(context, command.person)
    key = context.rows.story_key()
    if key is None:
        raise TooLate(tr("This workshop has ended. Thank you for coming."))
    row = _upvoted(context, command.contribution)
    if row is None or row.moderation != "approved":
        # One answer for "not read yet", "held" and "never there", so that nothing is learned of other people's words.
        raise TooLate(tr("That question is no longer there."))
    name = upvoter(key, command.person, row.key)
    before = context.rows.has_upvoted(row.key, name)
    if before == command.on:
        return Decision(answer=Voted(revision=1, again=True))
    if command.seen is not None and command.seen != context.rows.presses(row.key, name):
        # An older press that was late on its way: the newer ones were counted, and they stand.
        return Decision(answer=Voted(revision=1, again=True))
    context.check_phase(command)
    each = context.state.item(row.item)
    if each is None or not each.gathering_open:
        raise TooLate(tr("This question time is closed. Please look at the big screen."))
    if command.on and _pressed(context, key, command.person, row.item) >= UPVOTES_EACH:
        raise Refused(
            trn(
                "You have chosen {n} question. Please take it back first.",
                "You have chosen {n} questions. Please take one back first.",
                UPVOTES_EACH,
            )
        )
    return Decision(answer=Voted(revision=1), events=(ev.Upvoted(row.key, name, command.on),))


def _pressed(context: Context, key: bytes, person: str, item: str) -> int:
    """How many approved questions of an item somebody wants to know; 0 where there are too few to reach the bound."""
    if context.rows.approved_in(item) <= UPVOTES_EACH:
        return 0
    approved = context.rows.approved(item)
    return sum(context.rows.has_upvoted(each, upvoter(key, person, each)) for each in approved)


@decides(cmd.MarkAnswered)
def mark_answered(context: Context, command: cmd.MarkAnswered) -> Decision:
    """Note that a question was answered, or who took it away; the room sees it beside the question."""
    row = _upvoted(context, command.contribution)
    if row is None:
        raise CommandRefused(tr("Only a question from the room can be marked as answered."))
    before = context.rows.answer(row.key)
    after = _read_answer(command) if command.answered else None
    if before == after:
        raise CommandRefused(tr("It is marked so already.") if after else tr("It is not marked as answered."))
    if after is not None and row.moderation != "approved":
        raise CommandRefused(tr("Approve it first: only questions that the room can see are marked as answered."))
    if after is None:
        label = tr("marked a question as not answered")
    else:
        label = tr("noted who takes a question away") if after.owner else tr("marked a question as answered")
    salt = salt_for(command.salt, row.key)
    digest = digest_of_answer(salt, after) if after is not None else b""
    return done(
        label,
        ev.QuestionAnswered(at=command.at, contribution=row.key, answered=command.answered, digest=digest),
        ev.AnswerWritten(row.key, after, salt if after is not None else b""),
        step=steps.QuestionAnswered(label=label, contribution=row.key, earlier=before, later=after),
        more=waits(len(find(after.words)) if after is not None else 0),
    )


def _read_answer(command: cmd.MarkAnswered) -> AnswerRow:
    texts = [clean_line(text) for text in (command.words, command.owner)]
    for text in texts:
        if len(text) > ANSWER_LETTERS:
            raise CommandRefused(too_long(len(text) - ANSWER_LETTERS))
    return AnswerRow(*(text if has_words(text) else "" for text in texts))


def _upvoted(context: Context, key: str) -> ContributionRow | None:
    """A contribution of a kind that takes votes; None where there is none."""
    row = context.rows.contribution(key)
    each = context.state.item(row.item) if row is not None else None
    kind = gathering_of(each.item, context.kinds) if each is not None else None
    return row if kind is not None and kind.upvoted else None
