"""What phones may do: take a place, vote, and say something."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import lifecycle
from workshop_tui.domain.activity import Poll
from workshop_tui.domain.asking import gathering_of
from workshop_tui.domain.consent import ROOM_ONLY, at_most
from workshop_tui.domain.deciding.decision import Context, Decision, Joined, Kept, Voted, decides
from workshop_tui.domain.digests import salt_for
from workshop_tui.domain.journal import digest_of_contribution
from workshop_tui.domain.names import keyed, upvoter
from workshop_tui.domain.private_codes import code_row
from workshop_tui.domain.roles import LOOKS_ON, TELL_FIRST, TOLD_FOR_GOOD, may_take_part, segment_of
from workshop_tui.domain.rows import BallotRow, ContributionRow, ReasonRow
from workshop_tui.domain.state import Screen
from workshop_tui.domain.wishes import Wish, wishes_in
from workshop_tui.errors import (
    BallotRejected,
    CommandRefused,
    NoVoice,
    Refused,
    RoomBusy,
    SameIdOtherWords,
    TooLate,
    UnknownPhone,
)
from workshop_tui.limits import (
    CONTRIBUTIONS_EACH,
    PEOPLE,
    SENDINGS,
    WAITING_CONTRIBUTIONS,
    WAITING_EACH,
    WAITING_SHARE,
)
from workshop_tui.messages import tr

NO_PLACE = tr("This phone has not joined this workshop. Please scan the square again.")

JOINING_CLOSED = tr("Joining is closed now. Please ask the people running today.")

MINUTE = 60_000
MARK = hashlib.sha256().digest_size
"""Bytes of one keyed name."""

ENDED_HERE = tr("This workshop has ended. Your words are still on this phone.")

CLOSED = tr("This question is closed. Please look at the big screen.")


@decides(cmd.Join)
def join(context: Context, command: cmd.Join) -> Decision:
    """Give a phone its place; doing it twice changes nothing."""
    if context.rows.knows(command.person):
        return Decision(answer=Joined(command.person))
    context.check_phase(command)
    if context.rows.has_left(command.person):
        raise UnknownPhone(NO_PLACE)
    if not context.state.joining.is_open:
        raise Refused(JOINING_CLOSED)
    if context.rows.people() >= PEOPLE:
        raise Refused(tr("This room is full. Please ask for a paper copy."))
    joined = ev.PersonJoined(person=command.person, token_hash=command.token_hash, minute=command.at // MINUTE)
    return Decision(answer=Joined(command.person), events=(joined,))


@decides(cmd.LeavePlace)
def leave(context: Context, command: cmd.LeavePlace) -> Decision:
    """Forget a phone's token: what it sent stays, and nobody can change it any more. Twice changes nothing."""
    if context.rows.has_left(command.person):
        return Decision(answer=Joined(command.person))
    must_know(context, command.person)
    context.check_phase(command)
    return Decision(answer=Joined(command.person), events=(ev.PlaceLeft(command.person),))


@decides(cmd.TellRole)
def tell_role(context: Context, command: cmd.TellRole) -> Decision:
    """Note who somebody is here as; it can change as long as no live ballot was counted under it."""
    must_know(context, command.person)
    if command.role not in context.state.agenda.roles:
        raise BallotRejected(tr("Please choose one."), field="role")
    before = context.rows.role(command.person)
    if before == command.role:
        return Decision(answer=Joined(command.person))
    context.check_phase(command)
    if before and _has_live_ballot(context, command.person):
        raise TooLate(TOLD_FOR_GOOD)
    return Decision(answer=Joined(command.person), events=(ev.RoleTold(command.person, command.role),))


def _has_live_ballot(context: Context, person: str) -> bool:
    """Whether this phone's ballot stands in a round whose key still lives: of the others nobody can tell."""
    keys = ((round_.key, context.rows.round_key(round_.key)) for round_ in context.state.rounds)
    return any(key is not None and context.rows.ballot(name, keyed(key, person)) is not None for name, key in keys)


@decides(cmd.Cast)
def cast(context: Context, command: cmd.Cast) -> Decision:
    """Count a vote: one live ballot for each person and round, changeable until the round closes."""
    must_know(context, command.person)
    role = voice(context, command.person)
    round_ = context.state.round(command.round)
    if round_ is None:
        raise TooLate(tr("That question is no longer there. Please look at the big screen."))
    key = context.rows.round_key(command.round)
    if key is None:
        raise TooLate(CLOSED)
    voter = keyed(key, command.person)
    before = context.rows.ballot(command.round, voter)
    number, sent = keyed(key, command.submission_id), keyed(key, _said(command))
    if before is not None and _is_again(before, number, sent):
        # However late it comes: it was counted in time.
        return Decision(answer=Voted(before.revision, again=True))
    if not lifecycle.may(round_, "vote"):
        raise TooLate(CLOSED)
    context.check_phase(command)
    older = b"" if before is None else before.receipt[:MARK] + before.receipt[2 * MARK :]
    marks = b"".join((sent, number, *(keyed(key, each) for each in command.instead), older))
    revision = 1 if before is None else before.revision + 1
    ballot = ev.BallotCast(
        round=command.round,
        voter=voter,
        old=None if before is None else before.choice,
        new=command.choice,
        first=before is None,
        revision=revision,
        receipt=marks[: MARK * SENDINGS],
        segment=_segment(context, role, round_.kind) if before is None else before.segment,
    )
    events: tuple[ev.Event, ...] = (ballot,)
    gone = tuple(row.key for row in context.rows.reasons_by(command.round, voter))
    if command.reasons or gone:
        reasons = tuple(ReasonRow(name, command.round, voter, body) for name, body in command.reasons)
        events = (*events, ev.ReasonsGiven(command.round, voter, reasons, gone))
        story_key = context.rows.story_key()
        if story_key is not None and context.rows.is_held(keyed(story_key, command.person)):
            events = (*events, *(ev.TextHandled(row.key, "on_hold") for row in reasons))
    return Decision(answer=Voted(revision), events=events)


def _said(command: cmd.Cast) -> str:
    """Everything that makes one sending another: its id, the choice and the words beside it."""
    vote = f"{command.submission_id} {command.choice}"
    return " ".join((vote, *(body for _, body in command.reasons))) if command.reasons else vote


def _segment(context: Context, role: str, kind: str) -> str:
    """The group a first ballot is counted in; empty for none."""
    poll = context.kinds[kind] if role else None
    return segment_of(role) if isinstance(poll, Poll) and poll.has_groups else ""


def _is_again(before: BallotRow, number: bytes, sent: bytes) -> bool:
    """Whether a sending was counted before, or was replaced by a newer one on its way.

    A page that a browser shows again without asking us sends another choice under the number it had: that is a
    change, and so is going back to the first choice in the same way.

    Args:
        before: The ballot as it is.
        number: The keyed id of the sending.
        sent: The keyed id, choice and reasons together.
    """
    last_sent, last_number, older = before.receipt[:MARK], before.receipt[MARK : 2 * MARK], before.receipt[2 * MARK :]
    return sent == last_sent or number in older or (sent in older and number != last_number)


@decides(cmd.Contribute)
def contribute(context: Context, command: cmd.Contribute) -> Decision:
    """Keep a story, an idea or a private word; the same sending counts once."""
    must_know(context, command.person)
    voice(context, command.person)
    wishes = _wishes(context, command)
    if wishes:
        # What is said goes before what is ticked. What was ticked stays in the body.
        command = replace(command, consent=at_most(command.consent, ROOM_ONLY))
    before = context.rows.sent(command.submission_id)
    story_key = context.rows.story_key()
    if story_key is None:
        raise TooLate(ENDED_HERE)
    author = keyed(story_key, command.person)
    if before is not None:
        # One answer for "not yours" and "not the same", so that nothing is learned about other people's words.
        if before.author != author or before.digest != digest_of_contribution(_as_sent(before, command)):
            raise SameIdOtherWords(tr("These words were sent before. Please send them again from the question page."))
        return Decision(answer=Kept(before.key, again=True))
    context.check_phase(command)
    each = context.state.item(command.item)
    if each is None:
        raise TooLate(tr("This question is closed. Your words are still on this phone."))
    kind = gathering_of(each.item, context.kinds)
    if kind is None:
        raise CommandRefused(tr("This item does not take words."))
    if not each.gathering_open:
        raise TooLate(tr("This question is closed. Your words are still on this phone."))
    _leave_room_for_others(context, author)
    mine = [row for row in context.rows.by_author(author) if row.item == command.item]
    if len(mine) >= CONTRIBUTIONS_EACH:
        raise Refused(tr("You have sent {most}. Thank you! Please tell us more on paper.", most=CONTRIBUTIONS_EACH))
    row = ContributionRow(
        key=command.key,
        item=command.item,
        kind=kind.kind,
        body=command.body,
        consent=command.consent,
        author=author,
        moderation="on_hold" if wishes or context.rows.is_held(author) else "new",
        minute=command.at // MINUTE,
        submission_id=command.submission_id,
        digest=b"",
        salt=salt_for(command.salt, command.key),
    )
    events = words_kept(row, command.salt, command.code)
    if "delete" in wishes:
        events = (*events, *_holding(context, author, row.minute * MINUTE))
    if kind.upvoted:
        # Whoever asks wants to know: the first of those who do, under a name like all the others.
        events = (*events, ev.Upvoted(row.key, upvoter(story_key, command.person, row.key), on=True))
    return Decision(answer=Kept(command.key), events=events)


def words_kept(row: ContributionRow, salt: bytes, code: str) -> tuple[ev.Event, ...]:
    """What happens when a story, an idea or a private word is kept.

    Args:
        row: It, without its digest.
        salt: The command's randomness.
        code: The private code with which its owner can take it back; empty for none.
    """
    row = replace(row, digest=digest_of_contribution(row))
    noted = ev.ContributionNoted(at=row.minute * MINUTE, contribution=row.key, item=row.item, digest=row.digest)
    given = (ev.CodeGiven(code_row(row.key, salt_for(salt, f"code {row.key}"), code)),) if code else ()
    return noted, ev.ContributionKept(row), *given


def _wishes(context: Context, command: cmd.Contribute) -> frozenset[Wish]:
    """What a story says against its own tick, or against an earlier story."""
    each = context.state.item(command.item)
    kind = gathering_of(each.item, context.kinds) if each is not None else None
    return wishes_in(command.body) if kind is not None and kind.asks_consent else frozenset()


def _holding(context: Context, author: bytes, at: int) -> Iterator[ev.Event]:
    """Everything that a phone told before is held until somebody has read what it asks for; it leaves the screen."""
    for row in context.rows.by_author(author):
        if not row.gone and row.moderation != "on_hold":
            # No line of the journal for each: it must not tell which words are of one phone.
            yield ev.ModerationSet(row.key, "on_hold")
        if context.state.screen == Screen("story", row.key):
            yield ev.ScreenSet(at=at, screen=Screen("question"))


def _leave_room_for_others(context: Context, author: bytes) -> None:
    """Refuse what would be more than a phone's share of what waits to be read.

    As long as there is room, the share is the same for all. Once there is none it is what each of those who sent would
    have if they shared alike, so that who sent little is not stopped by who sent much.

    Raises:
        RoomBusy: this phone has its share waiting already.
    """
    rows, share = context.rows, WAITING_EACH
    if rows.is_held(author):
        # What is held is not in the way of anybody.
        return
    if rows.unread() >= WAITING_CONTRIBUTIONS:
        share = max(WAITING_SHARE, min(share, WAITING_CONTRIBUTIONS // max(1, rows.waiting_authors())))
    if rows.unread_of(author) >= share:
        raise RoomBusy(tr("So many words came in that they have to be read first. Yours are still on this phone."))


def _as_sent(before: ContributionRow, command: cmd.Contribute) -> ContributionRow:
    """The words of a sending under the salt that those of its number were kept with."""
    return replace(before, item=command.item, consent=command.consent, body=command.body)


def must_know(context: Context, person: str) -> None:
    """Refuse a phone that has no place here.

    Raises:
        UnknownPhone: it has not joined.
    """
    if not context.rows.knows(person):
        raise UnknownPhone(NO_PLACE)


def voice(context: Context, person: str) -> str:
    """The role of somebody who takes part; empty where the agenda asks nobody.

    Raises:
        NoVoice: they have not said who they are here as, or they look on.
    """
    if not context.state.agenda.roles:
        return ""
    role = context.rows.role(person)
    if not role:
        raise NoVoice(TELL_FIRST)
    if not may_take_part(role):
        raise NoVoice(LOOKS_ON)
    return role
