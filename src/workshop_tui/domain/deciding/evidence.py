"""What notes can rest on, and in whose words it was said: looked up in the tables."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import msgspec

from workshop_tui.domain import points, reach
from workshop_tui.domain.activity import Gathering, OptionsConfig
from workshop_tui.domain.asking import config_of, gets_options, round_config, round_poll
from workshop_tui.domain.consent import LEAST
from workshop_tui.domain.deciding.decision import Context
from workshop_tui.domain.deciding.texts import GONE, find
from workshop_tui.domain.points import Tie
from workshop_tui.domain.rows import ContributionRow, ReasonRow
from workshop_tui.domain.texts import question_of
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Message, tr

HELD = tr("It is held back, so nothing can rest on it.")
NOT_HANDED_IN = tr("No such point was handed to this session.")
NOT_FOR_ANYBODY = tr("Its words are for nobody else, so nothing can rest on them.")


def said_in(context: Context, row: ContributionRow) -> tuple[str, ...]:
    """What somebody said in a contribution, in their own words."""
    each, kind = context.state.item(row.item), context.kinds.get(row.kind)
    if each is not None and isinstance(kind, Gathering) and row.body:
        with contextlib.suppress(msgspec.DecodeError):
            quote = kind.quote(config_of(each, kind), msgspec.json.decode(row.body, type=kind.ballot_type))
            return tuple(words for _, words in quote.parts)
    return ()


def said_as_reason(context: Context, reason: ReasonRow) -> str:
    """The same of a reason beside a vote."""
    round_ = context.state.round(reason.round)
    poll = round_poll(round_, context.kinds) if round_ is not None else None
    if round_ is not None and poll is not None:
        with contextlib.suppress(msgspec.DecodeError):
            given = poll.explained(round_config(round_, poll), msgspec.json.decode(reason.body, type=poll.ballot_type))
            return given.words if given is not None else ""
    return ""


def is_handed_in(context: Context, point: str) -> bool:
    """Whether an earlier session handed this point to this one."""
    return point in {each.id for each in context.state.agenda.received}


def check_can_be_tied(context: Context, tie: Tie) -> None:
    """Pass if a note can rest on this.

    Raises:
        CommandRefused: it is not there, is for nobody, or is held back.
    """
    match tie.kind:
        case "result":
            round_ = context.state.round(tie.ref)
            if round_ is None or round_.status != "sealed":
                raise CommandRefused(tr("Only a result that is counted for good can stand behind something."))
        case "received":
            if not is_handed_in(context, tie.ref):
                raise CommandRefused(NOT_HANDED_IN)
        case _:
            _check_text(context, tie)


def _check_text(context: Context, tie: Tie) -> None:
    rows, found = context.rows, find(context.state, context.rows, tie.ref)
    is_it = {
        "contribution": rows.contribution(tie.ref) is not None,
        "reason": rows.reason(tie.ref) is not None,
        "answer": bool(question_of(tie.ref)),
        "note": rows.has_note(tie.ref),
    }[tie.kind]
    if found is None or not is_it:
        raise CommandRefused(GONE)
    if tie.ref == tie.note:
        raise CommandRefused(tr("A note cannot rest on itself."))
    if found.row is not None and (
        found.row.level == LEAST or reach.readers_of(found.row, context.kinds) == "facilitator"
    ):
        raise CommandRefused(NOT_FOR_ANYBODY)
    if found.handling == "on_hold":
        raise CommandRefused(HELD)


def _said(context: Context, tie: Tie) -> Iterator[str]:
    """The words that something was said in."""
    rows = context.rows
    match tie.kind:
        case "contribution":
            row = rows.contribution(tie.ref)
            yield from said_in(context, row) if row is not None else ()
        case "reason":
            reason = rows.reason(tie.ref)
            yield said_as_reason(context, reason) if reason is not None else ""
        case "answer":
            answer = rows.answer(question_of(tie.ref))
            yield answer.words if answer is not None else ""
        case "note":
            note = rows.note(tie.ref)
            yield note.text if note is not None else ""
        case "result":
            yield from _ideas_in(context, tie.ref)
        case "received":
            pass


def _ideas_in(context: Context, key: str) -> Iterator[str]:
    """The options of a vote that were made of what the room sent: they may be somebody's own words."""
    round_ = context.state.round(key)
    each = context.state.item(round_.item) if round_ is not None else None
    if round_ is None or each is None or not gets_options(each.item):
        return
    config = round_config(round_, round_poll(round_, context.kinds))
    if isinstance(config, OptionsConfig):
        yield from (option.text for option in config.options)


def check_wording(context: Context, texts: Iterable[str], ties: tuple[Tie, ...]) -> None:
    """Pass if words repeat nothing that they rest on.

    Args:
        context: The room.
        texts: The words of a line, those in which it is shown instead, and what is said of it in its register.
        ties: What it rests on.

    Raises:
        CommandRefused: six words in a row are somebody's own; the message shows them.
    """
    wanted = [each for each in texts if each]
    for tie in ties:
        for said in _said(context, tie):
            for text in wanted:
                found = points.shared(text, said)
                if found is not None:
                    start, end = found
                    raise CommandRefused(_own_words(tie, text[start:end]))


def _own_words(tie: Tie, words: str) -> Message:
    match tie.kind:
        case "contribution":
            return points.own_words(words)
        case "reason":
            return tr("These are somebody's own words: “{words}”. They stand in a reason. Please say it otherwise.",
                      words=words)  # fmt: skip
        case "result":
            return tr("These may be somebody's own words: “{words}”. They stand in an option of the vote. "
                      "Please say it otherwise.", words=words)  # fmt: skip
        case _:
            return tr("These words stand in what it rests on: “{words}”. Please say it otherwise.", words=words)
