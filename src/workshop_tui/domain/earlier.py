"""What an item takes from an item before it, which the agenda names by its title.

Rule 1: only an item that comes before can be named, and only one that has a vote.
Rule 2: what is taken is taken when the vote opens, from the newest round that is counted for good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from workshop_tui.domain.activity import AnyPoll, Earlier, Kinds, OptionsConfig, Poll
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.agenda_problems import nearest, shown
from workshop_tui.domain.asking import ballots_of, poll_of, round_config
from workshop_tui.domain.blocks import ViewBlock
from workshop_tui.domain.honesty import listed
from workshop_tui.domain.state import ItemState, Round, SessionState
from workshop_tui.limits import OPTIONS
from workshop_tui.messages import Sentences, Text, Verbatim, tr, trn

_LEADERS: Final = Verbatim("options_from = “leaders”")
_LEADERS_OF: Final = Verbatim("“leaders_of”")

Profiles = Callable[[str], Mapping[str, int]]
"""The counts of choices of a round by its key, by canonical JSON."""


def earlier_problem(item: Item, before: Sequence[Item], kinds: Kinds) -> Sentences:
    """What is wrong with the earlier items that an item names, in words; empty when nothing is.

    Args:
        item: An item whose own config can be used.
        before: The items before it, in the order they run.
        kinds: The registry.
    """
    poll = poll_of(item, kinds)
    if poll is None or item.activity is None:
        return ""
    if item.activity.again:
        source, wrong = _source(item.activity.again, before, kinds)
        return _again_problem(source, poll) if source else wrong
    try:
        config = msgspec.convert(item.activity.config, poll.config_type)
    except msgspec.ValidationError:
        return ""
    if isinstance(config, OptionsConfig) and (wrong := _leaders_problem(config, before, kinds)):
        return wrong
    if isinstance(config, OptionsConfig) and config.ties == "facilitator" and not _puts_in_order(poll):
        return tr(
            "{setting} is for votes that put options in an order; {kind} does not.",
            setting=Verbatim("ties = “facilitator”"),
            kind=poll.title,
        )
    title = poll.earlier(config)
    if not title:
        return ""
    source, wrong = _source(title, before, kinds)
    return poll.misfit(config, source) if source else wrong


def _again_problem(source: Earlier, poll: AnyPoll) -> Text:
    """Why a question cannot be asked a second time; empty when it can."""
    if source.kind != poll.kind:
        return tr("“{title}” is of another kind.", title=source.title)
    if poll.is_named:
        return tr(
            "“{title}” is answered under names: who changes what is no secret, so it is not asked again.",
            title=source.title,
        )
    if poll.is_apart:
        return tr("“{title}” cannot be asked twice: its answers are joined with nothing.", title=source.title)
    return ""


def _leaders_problem(config: OptionsConfig, before: Sequence[Item], kinds: Kinds) -> Sentences:
    """What is wrong with where a run-off takes its options from; empty for a vote that is none."""
    if config.options_from != "leaders":
        return (
            tr("{key} is for votes with {setting} only.", key=_LEADERS_OF, setting=_LEADERS)
            if config.leaders_of
            else ""
        )
    if not config.leaders_of:
        return tr(
            "{setting} needs {key}: the title of the item whose best places go on.", setting=_LEADERS, key=_LEADERS_OF
        )
    if not 2 <= config.leaders <= OPTIONS:
        return tr(
            "{key} is {leaders}; it can be 2 to {most}.",
            key=Verbatim("“leaders”"),
            leaders=config.leaders,
            most=OPTIONS,
        )
    source, wrong = _source(config.leaders_of, before, kinds)
    if source is None:
        return wrong
    if not isinstance(source.config, OptionsConfig) or not _puts_in_order(source.poll):
        return tr("“{title}” does not put options in an order, so none of them leads.", title=source.title)
    return ""


def _puts_in_order(poll: AnyPoll) -> bool:
    """Whether a kind has places, as its own example shows."""
    example = poll.examples()
    return bool(poll.places(example.config, {poll.read(example.config, fields): 1 for fields in example.answers}))


def _source(title: str, before: Sequence[Item], kinds: Kinds) -> tuple[Earlier | None, Sentences]:
    """The earlier item of a title as it is planned, or why it cannot be named."""
    named = by_title(title, before)
    if named is None:
        return None, not_there(title, [each.title for each in before if poll_of(each, kinds) is not None])
    source = _unasked(named, kinds)
    if source is None:
        return None, tr("“{title}” has no vote: there will be no result to take.", title=named.title)
    return source, ""


def asks_again(item: Item) -> str:
    """The title of the earlier item whose question an item asks a second time; empty for none."""
    return item.activity.again if item.activity is not None else ""


def going_on(places: Sequence[Sequence[str]], leaders: int) -> tuple[str, ...]:
    """The keys that go on to a run-off: the best places until there are enough, with all that tie at the edge.

    Args:
        places: Keys, best place first, those that tie together.
        leaders: How many are to go on.
    """
    found: list[str] = []
    for place in places:
        if len(found) >= leaders:
            break
        found += place
    return tuple(found)


def leaders_sentence(config: OptionsConfig) -> Text:
    """Where the options of a run-off come from and whether a tie let more in; empty for other votes."""
    if config.options_from != "leaders" or not config.options:
        return ""
    lead = [option.words for option in config.options if not option.other]
    if len(lead) > config.leaders:
        return tr(
            "{names} go on from “{title}”: {lead} and not {planned}, because some of them tie at the edge.",
            names=listed(lead),
            title=config.leaders_of,
            lead=len(lead),
            planned=config.leaders,
        )
    return trn(
        "{names} go on from “{title}”: the best {n}.",
        "{names} go on from “{title}”: the best {n}.",
        config.leaders,
        names=listed(lead),
        title=config.leaders_of,
    )


def by_title(title: str, items: Sequence[Item]) -> Item | None:
    """The item of that title, in capitals or not; None where there is none."""
    return next((item for item in items if item.title.casefold() == title.casefold()), None)


def not_there(title: str, titles: Sequence[str]) -> Sentences:
    """That no item before this one has that title, and the nearest that there is."""
    said = tr("there is no item {title} with a vote before this one.", title=shown(title))
    return (said, nearest(title, titles)) if titles else said


def named_item(state: SessionState, item: str, title: str) -> ItemState | None:
    """The item before another that has a title now, or had it in the agenda; None where there is none.

    Args:
        state: The session.
        item: The key of the item that names it.
        title: The title as it names it.
    """
    before: list[ItemState] = []
    for each in state.items:
        if each.item.key == item:
            break
        before.append(each)
    found = by_title(title, [each.item for each in before]) or by_title(title, state.agenda.items)
    return next((each for each in before if found is not None and each.item.key == found.key), None)


def next_asking(state: SessionState, item: str, *, besides: str = "") -> str:
    """The first item still to come, or running, that asks the question of `item` again; empty for none.

    Args:
        state: The session.
        item: The key of the item whose question it is.
        besides: An item that does not count.
    """
    for each in state.items:
        title = asks_again(each.item)
        if not title or each.status == "skipped" or each.item.key == besides:
            continue
        source = named_item(state, each.item.key, title)
        sealed = any(round_.status == "sealed" for round_ in state.rounds_of(each.item.key))
        if source is not None and source.item.key == item and not sealed and _same_kind(source.item, each.item):
            return each.item.key
    return ""


def _same_kind(first: Item, second: Item) -> bool:
    """Whether two items ask in the same way: the first of them may have been edited on the day."""
    return bool(first.activity and second.activity and first.activity.kind == second.activity.kind)


def newest_counted(state: SessionState, item: str) -> Round | None:
    """The newest round of an item that takes no more votes and was not declared void; None where there is none."""
    return next((each for each in reversed(state.rounds_of(item)) if each.status == "sealed"), None)


def behind(
    state: SessionState,
    round_: Round,
    poll: AnyPoll,
    ballots: Mapping[Any, int],
    reasons: Sequence[Any],
    profiles: Profiles,
    kinds: Kinds,
) -> tuple[ViewBlock, ...]:
    """What lies behind a result, for the facilitator and the report: `Poll.details`, with the earlier round if any.

    Args:
        state: The session.
        round_: A round that takes no more votes.
        poll: Its kind.
        ballots: Its ballots, in its kind's own type.
        reasons: The reasons given beside them, likewise.
        profiles: The counts of choices of any round by its key, by canonical JSON.
        kinds: The registry.
    """
    config = round_config(round_, poll)
    each, source = looked_at(state, round_, poll)
    earlier = kinds[source.kind] if source else None
    if each is None or source is None or not isinstance(earlier, Poll):
        return poll.details(config, ballots, reasons)
    before = as_earlier(each.item.title, source, earlier, profiles(source.key))
    return poll.details_with(config, ballots, reasons, before)


def looked_at(state: SessionState, round_: Round, poll: AnyPoll) -> tuple[ItemState | None, Round | None]:
    """The item that a round looks at again, and what was counted there before; None for none."""
    title = poll.earlier(round_config(round_, poll))
    each = named_item(state, round_.item, title) if title else None
    return each, _counted_before(state, each.item.key, round_) if each else None


def _counted_before(state: SessionState, item: str, later: Round) -> Round | None:
    """The newest counted round of an item when another round was opened, unless it was declared void since."""
    before = state.rounds[: state.rounds.index(later)]
    rounds = [
        each
        for each in before
        if each.item == item and each.sealed_at is not None and each.sealed_at <= later.opened_at
    ]
    return rounds[-1] if rounds and rounds[-1].status == "sealed" else None


def as_earlier(title: str, round_: Round, poll: AnyPoll, profile: Mapping[str, int]) -> Earlier:
    """A round as a kind gets it to fill a config from.

    Args:
        title: The title of its item.
        round_: A round of `poll`.
        poll: Its kind.
        profile: Counts of choices, by canonical JSON.
    """
    ballots = ballots_of(poll, profile)
    chosen = round_.tie.option if round_.tie is not None else ""
    return Earlier(title=title, poll=poll, config=round_config(round_, poll), profile=ballots, chosen=chosen)


def _unasked(item: Item, kinds: Kinds) -> Earlier | None:
    """An item with a vote as it is planned, without ballots; None where it has no vote."""
    poll = poll_of(item, kinds)
    if poll is None or item.activity is None:
        return None
    config = msgspec.convert(item.activity.config, poll.config_type)
    return Earlier(title=item.title, poll=poll, config=config, profile={})
