"""How a round is counted for good, when its key is destroyed, and how two counts of one question are compared.

A question that is asked a second time keeps the key of its first round until the second is sealed: only with both
keys can be counted how many people changed their answer. Then both are destroyed in the same commit. Each round has
a key of its own, so nobody can join the ballots of the two afterwards.

Where the second is left out, the first key goes at that moment: an item can be put back at any time, so waiting until
it no longer could be would keep the key all day. Whoever puts it back is told what can no longer be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import AnyPoll
from workshop_tui.domain.asking import ballots_of, round_poll
from workshop_tui.domain.commands import Command
from workshop_tui.domain.deciding.decision import Context
from workshop_tui.domain.digests import digest_of, salt_for
from workshop_tui.domain.earlier import asks_again, named_item, next_asking
from workshop_tui.domain.evolve import evolve
from workshop_tui.domain.honesty import SMALL_GROUP
from workshop_tui.domain.journal import digest_of_counts
from workshop_tui.domain.names import keyed
from workshop_tui.domain.roles import may_part
from workshop_tui.domain.rows import BallotRow
from workshop_tui.domain.state import Compared, ItemState, Round, SessionState
from workshop_tui.messages import Listed, Message, Text, tr

NOT_COMPARED: Final = tr("Nobody can tell any more who changed their answer.")
"""Of a question that is asked again although the key of the first time is gone."""


def closing(context: Context, round_: Round, at: int) -> tuple[ev.Event, ...]:
    """The events that close one round."""
    return (ev.RoundClosed(at=at, round=round_.key, present=context.state.everybody, joined=context.rows.voters()),)


def sealing(context: Context, round_: Round, command: Command) -> tuple[ev.Event, ...]:
    """The events that count a closed round for good, as the last one of its item so far."""
    later = next_asking(context.state, round_.item)
    kept_for = later if context.rows.round_key(round_.key) is not None else ""
    return (*_sealed(context, round_, command, kept_for), *_comparing(context, round_, command.at))


def setting_aside(context: Context, item: str, command: Command) -> tuple[ev.Event, ...]:
    """The events that make way for a new round of the same item: the old one is counted, and its key destroyed."""
    events: list[ev.Event] = []
    for round_ in context.state.rounds_of(item):
        if round_.status == "closed":
            events += _sealed(context, round_, command)
        if round_.kept_for:
            events += _releasing(round_, command.at)
    return tuple(events)


def _sealed(context: Context, round_: Round, command: Command, kept_for: str = "") -> tuple[ev.Event, ...]:
    ballots = counting(context, round_, command)
    sealed = ev.RoundSealed(
        at=command.at,
        round=round_.key,
        kept_for=kept_for,
        digest=digest_of_counts(ballots),
        reasons=_reasons(context, ballots),
    )
    return (sealed, ballots) if kept_for else (sealed, ballots, ev.RoundKeyDestroyed(round_.key))


def letting_go(
    context: Context, change: ev.ItemSkipped | ev.ItemReplaced | ev.RoundVoided
) -> tuple[tuple[ev.Event, ...], tuple[Message, ...]]:
    """The events that destroy the keys that nothing needs once something is changed, and what is lost with them.

    Args:
        context: What is known before the change.
        change: What is about to happen to what would have asked an earlier question again: an item, or a vote of it.

    Returns:
        The events and sentences for the facilitator; none where every kept key is still needed.
    """
    after = evolve(context.state, change)
    kept = [each for each in after.rounds if each.kept_for and not _is_still_asked(after, each.item)]
    if not kept:
        return (), ()
    titles = [context.item(key).item.title for key in dict.fromkeys(each.item for each in kept)]
    named = Listed(tuple(tr("“{title}”", title=title) for title in titles))
    return tuple(event for each in kept for event in _releasing(each, change.at)), (
        tr("The answers to {titles} are no longer linked to phones.", titles=named),
        tr("If it is asked again after all, nobody can tell who changed their answer."),
    )


def missed(state: SessionState, each: ItemState) -> tuple[Text, ...]:
    """What can no longer be counted if an item asks an earlier question again, as sentences; none for nothing."""
    title = asks_again(each.item)
    source = named_item(state, each.item.key, title) if title else None
    rounds = [round_ for round_ in state.rounds_of(source.item.key) if round_.status != "void"] if source else []
    return (NOT_COMPARED,) if rounds and rounds[-1].status == "sealed" and not rounds[-1].kept_for else ()


def _is_still_asked(state: SessionState, item: str) -> bool:
    """Whether a second count of an item's question may still come: later, or from a vote that is not counted yet."""
    newest = {each.item: each for each in state.rounds}.values()
    waiting = (state.round(each.again) for each in newest if each.again and each.status in ("open", "closed"))
    return bool(next_asking(state, item)) or any(first is not None and first.item == item for first in waiting)


def ending(context: Context, command: Command) -> tuple[ev.Event, ...]:
    """The events that count every round for good and destroy every key of one."""
    events: list[ev.Event] = []
    kept = {round_.key: round_ for round_ in context.state.rounds if round_.kept_for}
    for round_ in context.state.rounds:
        if round_.status == "open":
            events += closing(context, round_, command.at)
        if round_.status in ("open", "closed"):
            events += _sealed(context, round_, command)
            events += _compared(context, round_, command.at)
    for round_ in kept.values():
        events += _releasing(round_, command.at)
    return tuple(events)


def _reasons(context: Context, ballots: ev.BallotsSealed) -> tuple[tuple[str, bytes], ...]:
    salts = dict(ballots.reasons)
    rows = sorted(context.rows.reasons_in(ballots.round), key=lambda row: row.key)
    return tuple((row.key, digest_of(salts[row.key], row.body)) for row in rows)


def counting(context: Context, round_: Round, command: Command) -> ev.BallotsSealed:
    """What a round's ballots say for good, with those that wait in the same batch.

    What one person answered is taken apart where the kind wants that, and which ballots are of staff goes unless both
    groups are large enough.
    """
    ballots = dict(context.rows.ballots(round_.key))
    instead = _taken_apart(context, round_, ballots)
    choices = {voter: instead.get(voter, row.choice) for voter, row in ballots.items()}
    counts = Counter(choices.values())
    groups = Counter(row.segment for row in ballots.values() if row.segment and row.choice is not None)
    return ev.BallotsSealed(
        round=round_.key,
        counts=tuple(sorted(counts.items(), key=lambda each: (each[0] is not None, each[0] or ""))),
        changes=sum(row.revision - 1 for row in ballots.values()),
        groups="kept" if may_part(groups) else "none",
        instead=tuple(sorted(instead.items())),
        salt=salt_for(command.salt, round_.key),
        reasons=tuple(
            sorted((row.key, salt_for(command.salt, row.key)) for row in context.rows.reasons_in(round_.key))
        ),
    )


def _taken_apart(context: Context, round_: Round, ballots: Mapping[bytes, BallotRow]) -> dict[bytes, str]:
    """What stands in place of what each voter chose, where a kind lets nobody's answers be read together.

    It goes to them in the order of their names, which are random: whose answer is where tells nothing.
    """
    poll = round_poll(round_, context.kinds)
    if not poll.is_apart:
        return {}
    given = Counter(row.choice for row in ballots.values() if row.choice is not None)
    apart = poll.set_apart(ballots_of(poll, given))
    parts = sorted((msgspec.json.encode(ballot).decode(), count) for ballot, count in apart.items())
    voters = sorted(voter for voter, row in ballots.items() if row.choice is not None)
    return dict(zip(voters, (choice for choice, count in parts for _ in range(count)), strict=True))


def _comparing(context: Context, second: Round, at: int) -> tuple[ev.Event, ...]:
    """Hold a round against the one whose question it asked again, and let the earlier key go."""
    first = context.state.round(second.again) if second.again else None
    if first is None:
        return ()
    counted = _compared(context, second, at)
    if next_asking(context.state, first.item, besides=second.item):
        return counted
    # Not only the first: a later round of the same question waits for this count too, and it will not be asked again.
    kept = (each for each in context.state.rounds_of(first.item) if each.kept_for)
    return (*counted, *(event for each in kept for event in _releasing(each, at)))


def _compared(context: Context, second: Round, at: int) -> tuple[ev.Event, ...]:
    """How many changed their answer; nothing where a key is gone: then nobody can tell."""
    first = context.state.round(second.again) if second.again else None
    if first is None or not first.kept_for or first.kind != second.kind:
        return ()
    poll = round_poll(second, context.kinds)
    keys = context.rows.round_key(first.key), context.rows.round_key(second.key)
    if keys[0] is None or keys[1] is None:
        return ()
    pairs = (
        (_choice(context, first.key, keyed(keys[0], person)), _choice(context, second.key, keyed(keys[1], person)))
        for person in context.rows.persons()
    )
    counts = _changes(pairs, _same_answer(poll))
    return (ev.RoundsCompared(at=at, first=first.key, second=second.key, counts=counts),)


def _choice(context: Context, round_: str, voter: bytes) -> str | None:
    ballot = context.rows.ballot(round_, voter)
    return None if ballot is None else ballot.choice


def _changes(pairs: Iterable[tuple[str | None, str | None]], same: Callable[[str, str], bool]) -> Compared:
    """How the answers of two rounds differ, person by person: only these counts ever leave."""
    both = changed = only_before = only_now = 0
    for then, now in pairs:
        if then is not None and now is not None:
            both += 1
            changed += not same(then, now)
        only_before += then is not None and now is None
        only_now += then is None and now is not None
    if both < SMALL_GROUP:
        return Compared(few=True)
    return Compared(few=False, both=both, changed=changed, only_before=only_before, only_now=only_now)


def _releasing(round_: Round, at: int) -> tuple[ev.Event, ...]:
    return (ev.RoundReleased(at=at, round=round_.key), ev.RoundKeyDestroyed(round=round_.key))


def _same_answer(poll: AnyPoll) -> Callable[[str, str], bool]:
    """Tells equal answers, as canonical JSON, from different ones; reads each distinct ballot once."""
    stance = cache(lambda choice: poll.stance(msgspec.json.decode(choice, type=poll.ballot_type)))
    return lambda first, second: bool(first == second or stance(first) == stance(second))
