"""How a round is counted for good, when its key is destroyed, and how two counts of one question are compared.

A question that is asked a second time keeps the key of its first round until the second is sealed: only with both
keys can be counted how many people changed their answer. Then both are destroyed in the same commit. Each round has
a key of its own, so nobody can join the ballots of the two afterwards.

Where the second is left out, the first key goes at that moment: an item can be put back at any time, so waiting until
it no longer could be would keep the key all day. Whoever puts it back is told what can no longer be counted.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import msgspec

from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import AnyPoll
from workshop_tui.domain.asking import ballots_of, round_poll
from workshop_tui.domain.deciding.decision import Ground
from workshop_tui.domain.earlier import asks_again, named_item, next_asking
from workshop_tui.domain.evolve import evolve
from workshop_tui.domain.honesty import listed
from workshop_tui.domain.state import ItemState, Round, SessionState

NOT_COMPARED: Final = "Nobody can tell any more who changed their answer."
"""Of a question that is asked again although the key of the first time is gone."""


def closing(ground: Ground, round_: Round, at: int) -> tuple[ev.Event, ...]:
    """The events that close one round."""
    return (ev.RoundClosed(at=at, round=round_.key, present=ground.state.present, joined=ground.rows.voters()),)


def sealing(ground: Ground, round_: Round, at: int) -> tuple[ev.Event, ...]:
    """The events that count a closed round for good, as the last one of its item so far."""
    later = next_asking(ground.state, round_.item)
    key = ground.rows.round_key(round_.key)
    if later and key is not None:
        sealed: tuple[ev.Event, ...] = (
            ev.RoundSealed(at=at, round=round_.key, kept_for=later),
            ev.RoundCounted(round=round_.key),
        )
    else:
        sealed = (ev.RoundSealed(at=at, round=round_.key), destroying(ground, round_))
    return (*sealed, *_comparing(ground, round_, at))


def setting_aside(ground: Ground, item: str, at: int) -> tuple[ev.Event, ...]:
    """The events that make way for a new round of the same item: the old one is counted, and its key destroyed."""
    events: list[ev.Event] = []
    for round_ in ground.state.rounds_of(item):
        if round_.status == "closed":
            events += (ev.RoundSealed(at=at, round=round_.key), destroying(ground, round_))
        if round_.kept_for:
            events += _releasing(round_, at)
    return tuple(events)


def letting_go(
    ground: Ground, change: ev.ItemSkipped | ev.ItemReplaced | ev.RoundVoided
) -> tuple[tuple[ev.Event, ...], str]:
    """The events that destroy the keys that nothing needs once something is changed, and what is lost with them.

    Args:
        ground: What is known before the change.
        change: What is about to happen to what would have asked an earlier question again: an item, or a vote of it.

    Returns:
        The events, none where every kept key is still needed, and sentences for the facilitator, as empty then.
    """
    after = evolve(ground.state, change)
    kept = [each for each in after.rounds if each.kept_for and not _is_still_asked(after, each.item)]
    if not kept:
        return (), ""
    titles = [ground.item(key).item.title for key in dict.fromkeys(each.item for each in kept)]
    return tuple(event for each in kept for event in _releasing(each, change.at)), (
        f"The answers to {listed(titles)} are no longer linked to phones. If it is asked again after all, nobody can "
        "tell who changed their answer."
    )


def missed(state: SessionState, each: ItemState) -> str:
    """What can no longer be counted if an item asks an earlier question again, as a sentence; empty for nothing."""
    title = asks_again(each.item)
    source = named_item(state, each.item.key, title) if title else None
    rounds = [round_ for round_ in state.rounds_of(source.item.key) if round_.status != "void"] if source else []
    return NOT_COMPARED if rounds and rounds[-1].status == "sealed" and not rounds[-1].kept_for else ""


def _is_still_asked(state: SessionState, item: str) -> bool:
    """Whether a second count of an item's question may still come: later, or from a vote that is not counted yet."""
    newest = {each.item: each for each in state.rounds}.values()
    waiting = (state.round(each.again) for each in newest if each.again and each.status in ("open", "closed"))
    return bool(next_asking(state, item)) or any(first is not None and first.item == item for first in waiting)


def ending(ground: Ground, at: int) -> tuple[ev.Event, ...]:
    """The events that count every round for good and destroy every key."""
    events: list[ev.Event] = []
    kept = {round_.key: round_ for round_ in ground.state.rounds if round_.kept_for}
    for round_ in ground.state.rounds:
        if round_.status == "open":
            events += closing(ground, round_, at)
        if round_.status in ("open", "closed"):
            events += (ev.RoundSealed(at=at, round=round_.key), destroying(ground, round_))
            events += _counting(ground, round_, at)
    for round_ in kept.values():
        events += _releasing(round_, at)
    return tuple(events)


def destroying(ground: Ground, round_: Round) -> ev.RoundKeyDestroyed:
    """The event that destroys a round's key, and takes apart what one person answered where the kind wants that."""
    poll = round_poll(round_, ground.kinds)
    # Not by the key: a copy of a file has none, and what is answered together in it is taken apart all the same.
    if not poll.is_apart or round_.status not in ("open", "closed"):
        return ev.RoundKeyDestroyed(round=round_.key)
    apart = poll.set_apart(ballots_of(poll, ground.rows.profile(round_.key)))
    instead = sorted((msgspec.json.encode(ballot).decode(), count) for ballot, count in apart.items())
    return ev.RoundKeyDestroyed(round=round_.key, instead=tuple(instead))


def _comparing(ground: Ground, second: Round, at: int) -> tuple[ev.Event, ...]:
    """Hold a round against the one whose question it asked again, and let the earlier key go."""
    first = ground.state.round(second.again) if second.again else None
    if first is None:
        return ()
    counted = _counting(ground, second, at)
    if next_asking(ground.state, first.item, besides=second.item):
        return counted
    # Not only the first: a later round of the same question waits for this count too, and it will not be asked again.
    kept = (each for each in ground.state.rounds_of(first.item) if each.kept_for)
    return (*counted, *(event for each in kept for event in _releasing(each, at)))


def _counting(ground: Ground, second: Round, at: int) -> tuple[ev.Event, ...]:
    """How many changed their answer; nothing where a key is gone: then nobody can tell."""
    first = ground.state.round(second.again) if second.again else None
    if first is None or not first.kept_for or first.kind != second.kind:
        return ()
    poll = round_poll(second, ground.kinds)
    counts = ground.rows.compare(first.key, second.key, _Stances(poll).same)
    if counts is None:
        return ()
    return (ev.RoundsCompared(at=at, first=first.key, second=second.key, counts=counts),)


def _releasing(round_: Round, at: int) -> tuple[ev.Event, ...]:
    return (ev.RoundReleased(at=at, round=round_.key), ev.RoundKeyDestroyed(round=round_.key))


class _Stances:
    """Tells equal answers from different ones, and reads each distinct ballot once."""

    def __init__(self, poll: AnyPoll) -> None:
        self._stance = cache(lambda choice: poll.stance(msgspec.json.decode(choice, type=poll.ballot_type)))

    def same(self, first: str, second: str) -> bool:
        """Whether two choices, as canonical JSON, are the same answer."""
        return bool(first == second or self._stance(first) == self._stance(second))
