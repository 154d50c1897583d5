"""What the facilitator does with a vote: open, close, take back, reveal, hide, void, give it options."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import lifecycle, steps
from workshop_tui.domain.activity import OptionsConfig
from workshop_tui.domain.asking import config_of, poll_of, wants_ideas
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.deciding.earlier import asking
from workshop_tui.domain.deciding.sealing import closing, counting, letting_go, sealing, setting_aside
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.journal import digest_of_counts
from workshop_tui.domain.state import Round, Screen
from workshop_tui.domain.text import clean_line, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import OPTIONS
from workshop_tui.messages import Message, Text, tr, trn


@decides(cmd.OpenVote)
def open_vote(context: Context, command: cmd.OpenVote) -> Decision:
    """Open a new round of the open item's poll; a closed round that was not revealed is sealed first."""
    here = context.here
    poll = poll_of(here.item, context.kinds)
    if poll is None:
        raise CommandRefused(tr("This item has no vote. Add a question of your own instead."))
    last = context.state.last_round
    if last is not None and last.status == "open":
        raise CommandRefused(tr("The vote is already open."))
    asked = asking(context, here, poll, command)
    config = msgspec.convert(asked.config, poll.config_type)
    if isinstance(config, OptionsConfig) and config.options_from and len(config.options) < 2:
        raise CommandRefused(tr("This vote has no options yet. Choose them from the room's ideas first."))
    number = len(context.state.rounds_of(here.item.key)) + 1
    name = f"{here.item.key}.{number}"
    opened = ev.RoundOpened(
        at=command.at,
        round=name,
        item=here.item.key,
        number=number,
        kind=poll.kind,
        question=asked.question,
        config=asked.config,
        again=asked.again,
    )
    label = tr("opened {vote}", vote=_called(context, here.item.key, number))
    return done(
        label,
        *setting_aside(context, here.item.key, command),
        *asked.events,
        *_hiding(context, command.at),
        opened,
        ev.RoundKeyMade(round=name, key=command.key),
        ev.ScreenSet(at=command.at, screen=Screen("question")),
        step=steps.VoteOpened(label=label, round=name),
        more=asked.more,
    )


@decides(cmd.CloseVote)
def close_vote(context: Context, command: cmd.CloseVote) -> Decision:
    """Stop taking ballots; can be taken back for a while."""
    round_ = _to_close(context, command.round)
    lifecycle.check(round_, "close")
    label = tr("closed {vote}", vote=_called(context, round_.item, round_.number))
    return done(label, *closing(context, round_, command.at), step=steps.VoteClosed(label=label, round=round_.key))


@decides(cmd.ReopenVote)
def reopen_vote(context: Context, command: cmd.ReopenVote) -> Decision:
    """Take the closing back, as long as the agenda allows."""
    round_ = _named(context, command.round) if command.round else _last(context)
    lifecycle.check(round_, "reopen")
    seconds = context.state.agenda.reopen_seconds
    if not lifecycle.may_reopen(round_, command.at, seconds):
        raise CommandRefused(
            trn(
                "It was closed more than {n} second ago. Opening it again makes a new round; the first one is kept.",
                "It was closed more than {n} seconds ago. Opening it again makes a new round; the first one is kept.",
                seconds,
            )
        )
    label = tr("reopened {vote}", vote=_called(context, round_.item, round_.number))
    reopened = ev.RoundReopened(at=command.at, round=round_.key)
    return done(label, reopened, step=steps.VoteOpened(label=label, round=round_.key))


@decides(cmd.Reveal)
def reveal(context: Context, command: cmd.Reveal) -> Decision:
    """Close if need be, seal, and show the room the result."""
    round_ = _last(context)
    closed = closing(context, round_, command.at) if round_.status == "open" else ()
    if round_.status in ("open", "closed"):
        sealed = sealing(context, round_, command)
    else:
        lifecycle.check(round_, "reveal")
        sealed = ()
    label = tr("revealed {vote}", vote=_called(context, round_.item, round_.number))
    return done(
        label,
        *closed,
        *sealed,
        *_revealing_first(context, round_, command.at),
        ev.ResultRevealed(at=command.at, round=round_.key),
        ev.ScreenSet(at=command.at, screen=Screen("results")),
        step=_showing(context, round_, label),
    )


@decides(cmd.HideResults, cmd.ShowResults)
def show_results(context: Context, command: cmd.HideResults | cmd.ShowResults) -> Decision:
    """Take a result off every screen, or bring it back; only a revealed one can come back this way."""
    round_ = _last(context)
    lifecycle.check(round_, "hide")
    called = _called(context, round_.item, round_.number)
    if isinstance(command, cmd.HideResults):
        if not round_.shown:
            raise CommandRefused(tr("The results are hidden already."))
        hidden = ev.ResultHidden(at=command.at, round=round_.key)
        screen = ev.ScreenSet(at=command.at, screen=Screen("question"))
        label = tr("hid the results of {vote}", vote=called)
        return done(
            label,
            hidden,
            screen,
            step=steps.ResultShown(label=label, round=round_.key, shown=False, screen=context.state.screen),
        )
    if round_.revealed_at is None:
        raise CommandRefused(tr("This result has not been revealed yet. Reveal it first."))
    shown = ev.ResultRevealed(at=command.at, round=round_.key)
    screen = ev.ScreenSet(at=command.at, screen=Screen("results"))
    label = tr("showed the results of {vote}", vote=called)
    return done(label, shown, screen, step=_showing(context, round_, label))


def _showing(context: Context, round_: Round, label: Text) -> steps.Step:
    """How showing a result is taken back: one that was on the screens already stays there."""
    before = context.state.screen
    if round_.shown:
        return steps.ScreenSet(label=label, earlier=before, later=Screen("results"))
    return steps.ResultShown(label=label, round=round_.key, shown=True, screen=before)


@decides(cmd.VoidRound)
def void_round(context: Context, command: cmd.VoidRound) -> Decision:
    """Declare a round not valid; it stays in the record with the reason."""
    round_ = _named(context, command.round)
    lifecycle.check(round_, "void")
    reason = clean_line(command.reason)
    if not has_words(reason):
        raise CommandRefused(tr("Please type why this round does not count. The reason stays in the report."))
    sealed = () if round_.status == "sealed" else (counting(context, round_, command),)
    digest = digest_of_counts(sealed[0]) if sealed else b""
    voided = ev.RoundVoided(at=command.at, round=round_.key, reason=reason, digest_of_counts=digest)
    gone, more = letting_go(context, voided)
    events: tuple[ev.Event, ...] = (voided, *sealed, ev.RoundKeyDestroyed(round=round_.key), *gone)
    if context.state.screen.mode == "results" and round_.shown:
        events = (*events, ev.ScreenSet(at=command.at, screen=Screen("question")))
    return done(
        tr(
            "declared round {round} of the vote of item {number} void",
            round=round_.number,
            number=context.number(round_.item),
        ),
        *events,
        more=more,
    )


@decides(cmd.ChooseOptions)
def choose_options(context: Context, command: cmd.ChooseOptions) -> Decision:
    """Give a poll the options the facilitator made from the room's ideas; before its vote opens."""
    each = context.item(command.item)
    poll = poll_of(each.item, context.kinds)
    if poll is None or not wants_ideas(each.item):
        raise CommandRefused(tr("This item does not take its options from ideas."))
    rounds = context.state.rounds_of(command.item)
    if rounds and rounds[-1].status == "open":
        raise CommandRefused(tr("The vote is open. Close it before you change the options."))
    cleaned = tuple(replace(option, text=clean_line(option.text)) for option in command.options)
    if not 2 <= len(cleaned) <= OPTIONS:
        raise CommandRefused(
            trn(
                "A vote needs 2 to {most} options; there is {n}.",
                "A vote needs 2 to {most} options; there are {n}.",
                len(cleaned),
                most=OPTIONS,
            )
        )
    texts = [option.text.casefold() for option in cleaned]
    if not all(has_words(clean_line(option.text)) for option in cleaned):
        raise CommandRefused(tr("An option has no words."))
    if len(set(texts)) < len(texts) or len({option.key for option in cleaned}) < len(cleaned):
        raise CommandRefused(tr("Two options are the same. Merge them first."))
    if wrong := poll.problem(replace(config_of(each, poll), options=cleaned)):
        raise CommandRefused(wrong)
    if not command.as_they_are and (naming := naming_options(cleaned)):
        raise CommandRefused(naming)
    label = trn(
        "chose {n} option for “{title}”", "chose {n} options for “{title}”", len(cleaned), title=each.item.title
    )
    chosen = ev.OptionsChosen(at=command.at, item=command.item, options=cleaned)
    if not each.options:
        return done(label, chosen)
    return done(
        label, chosen, step=steps.OptionsChosen(label=label, item=command.item, earlier=each.options, later=cleaned)
    )


def naming_options(options: Sequence[Option]) -> Message | None:
    """That some options may tell who somebody is; None where none does."""
    many = sum(any(find(text) for text in (option.text, *dict(option.texts).values())) for option in options)
    if not many:
        return None
    return trn(
        "{n} option may tell who somebody is. Say it in other words, or keep it as it is.",
        "{n} options may tell who somebody is. Say them in other words, or keep them as they are.",
        many,
    )


def _called(context: Context, item: str, number: int) -> Message:
    """What people call a round: "the vote of item 4", with ", round 2" for a later one."""
    vote = context.number(item)
    return (
        tr("the vote of item {number}, round {round}", number=vote, round=number)
        if number > 1
        else tr("the vote of item {number}", number=vote)
    )


def _named(context: Context, key: str) -> Round:
    round_ = context.state.round(key)
    if round_ is None:
        raise CommandRefused(tr("There is no such round."))
    return round_


def _to_close(context: Context, key: str) -> Round:
    """The round a closing means: the one named, the open item's, or one that was left open."""
    if key:
        return _named(context, key)
    last = context.state.last_round
    left_open = context.state.left_open
    return left_open[-1] if left_open and (last is None or last.status != "open") else _last(context)


def _last(context: Context) -> Round:
    """The newest round of the open item.

    Raises:
        CommandRefused: it has none.
    """
    _ = context.here
    if context.state.last_round is None:
        raise CommandRefused(tr("No vote has been opened for this item. Open the vote first."))
    return context.state.last_round


def _revealing_first(context: Context, second: Round, at: int) -> tuple[ev.Event, ...]:
    """The count of an earlier round stands beside the one of a question asked again: the room sees both."""
    first = context.state.round(second.again) if second.again else None
    if first is None or first.status != "sealed" or first.revealed_at is not None:
        return ()
    return (ev.ResultRevealed(at=at, round=first.key),)


def _hiding(context: Context, at: int) -> tuple[ev.Event, ...]:
    last = context.state.last_round
    return (ev.ResultHidden(at=at, round=last.key),) if last is not None and last.shown else ()
