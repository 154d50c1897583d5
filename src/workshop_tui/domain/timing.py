"""The day's arithmetic: when each item starts, how far over the day is, and how to catch up.

Moments are UTC milliseconds; lengths say their unit in their name.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.state import ItemState, SessionState
from workshop_tui.messages import Message, tr, trn

SHORTEST_MINUTES = 3
"""No catch-up plan leaves an item shorter than this: less is not worth opening."""

MOST_CUT = 0.5
"""The largest share of one item that a catch-up plan takes."""

MINUTE = 60_000

LATE_MS = MINUTE
"""From how late a start it is asked what to do about the end."""

REHEARSAL_MS = 3 * 60 * MINUTE
"""A start further from the planned one than this is a rehearsal: nothing is asked."""


class Line(Struct, frozen=True):
    """One item with its times."""

    key: str
    planned_start: int
    """When it was to start, with the minutes of the agenda."""
    start: int
    """When it did start, or is expected to."""


class Plan(Struct, frozen=True):
    """One way to catch up."""

    title: Message
    """What it does: "Take 3 min from “Your own”"."""
    minutes: tuple[tuple[str, int], ...]
    """(item key, new minutes), only for items that change."""
    saves_min: int
    """How many minutes it gains."""
    end: int
    """When the day would end."""


def later_items(state: SessionState) -> tuple[ItemState, ...]:
    """The items still to come, in order: not skipped, after the open one (all of them before the start).

    After going back, items that were opened before are among them: going on leads through them again.
    """
    keys = [each.item.key for each in state.items]
    here = keys.index(state.current) + 1 if state.current else 0
    return tuple(each for each in state.items[here:] if each.status != "skipped")


def stands_at(state: SessionState, now: int) -> int:
    """The moment that the day's clock shows: it stands from the beginning of a pause until the room goes on."""
    return now if state.pause is None else min(now, state.pause.since)


def projected_end(state: SessionState, now: int) -> int:
    """When the day will end if every item from now on takes the minutes it has left; stands while all is paused."""
    if state.ended_at is not None:
        return state.ended_at
    now = stands_at(state, now)
    here = state.here
    left = _left(here, now) if here is not None else 0
    return now + left + sum(_left(each, now) for each in later_items(state))


def _left(each: ItemState, now: int) -> int:
    return max(0, each.left_ms(now))


def day_over_ms(state: SessionState, now: int) -> int:
    """How far the day runs over its planned end, in milliseconds; negative when there is time in hand.

    0 before the start.
    """
    if state.planned_end is None:
        return 0
    return projected_end(state, now) - state.planned_end


def schedule(state: SessionState, now: int, start: int | None = None) -> tuple[Line, ...]:
    """Every item's planned and actual or expected start.

    Args:
        state: The session.
        now: The present moment.
        start: When the workshop is to start; counts only before it has started. None means now.
    """
    begin = state.started_at if state.started_at is not None else (start if start is not None else now)
    now = stands_at(state, now)
    planned = begin
    if state.planned_end is not None:
        planned = state.planned_end - state.agenda.minutes * MINUTE
    here = state.here
    free = begin if here is None else now + _left(here, now)
    lines = []
    later = {each.item.key for each in later_items(state)}
    for each in state.items:
        if each.item.key in later:
            actual = free
            free += _left(each, now)
        elif each.opened_at is not None:
            actual = each.opened_at
        else:
            actual = planned
        lines.append(Line(key=each.item.key, planned_start=planned, start=actual))
        if not each.inserted:
            planned += each.item.minutes * MINUTE
    return tuple(lines)


def can_give(minutes: int) -> int:
    """How many minutes a catch-up plan can take from an item that may shrink."""
    return max(0, min(int(minutes * MOST_CUT), minutes - SHORTEST_MINUTES))


def catch_up(state: SessionState, now: int) -> tuple[Plan, ...]:
    """Ways to get back on time, best first; empty when the day is not over by a minute or nothing can shrink.

    In a pause, what it would take if the room went on at this moment.

    Breaks and protected items keep their minutes. Each plan says how much it gains: it may be less than what
    is needed.
    """
    state = replace(state, pause=None)
    over = day_over_ms(state, now) // MINUTE
    room = {
        each.item.key: can_give(each.minutes)
        for each in later_items(state)
        if each.status == "planned" and each.item.may_shrink
    }
    room = {key: minutes for key, minutes in room.items() if minutes > 0}
    if over < 1 or not room:
        return ()
    plans = [_share(state, now, room, over)]
    longest = max(room, key=lambda key: room[key])
    if len(room) > 1:
        plans.append(_one(state, now, longest, min(over, room[longest])))
        first = next(iter(room))
        if first != longest:
            plans.append(_one(state, now, first, min(over, room[first])))
    return tuple(plans)


def _share(state: SessionState, now: int, room: dict[str, int], over: int) -> Plan:
    """Spread the cut over all items that can shrink, in proportion to what each can give."""
    goal = min(over, sum(room.values()))
    cuts = {key: goal * give // sum(room.values()) for key, give in room.items()}
    for key in sorted(room, key=lambda key: cuts[key] - room[key]):
        if sum(cuts.values()) < goal and cuts[key] < room[key]:
            cuts[key] += 1
    # Rounding can leave a few minutes: take them where most is left.
    while sum(cuts.values()) < goal:
        cuts[max(room, key=lambda key: room[key] - cuts[key])] += 1
    return _plan(state, now, {key: cut for key, cut in cuts.items() if cut}, tr("Shorten the items to come a little"))


def _one(state: SessionState, now: int, key: str, cut: int) -> Plan:
    each = state.item(key)
    title = each.item.title if each is not None else key
    return _plan(
        state, now, {key: cut}, trn("Take {n} min from “{title}”", "Take {n} min from “{title}”", cut, title=title)
    )


def _plan(state: SessionState, now: int, cuts: dict[str, int], title: Message) -> Plan:
    minutes = {each.item.key: each.minutes for each in state.items}
    saved = sum(cuts.values())
    return Plan(
        title=title,
        minutes=tuple((key, minutes[key] - cut) for key, cut in cuts.items()),
        saves_min=saved,
        end=projected_end(state, now) - saved * MINUTE,
    )


def late_ms(started_at: int | None, scheduled_start: int | None, now: int) -> int | None:
    """How late a start would be now; None where there is nothing to ask: not late, started, or a rehearsal."""
    if started_at is not None or scheduled_start is None:
        return None
    late = now - scheduled_start
    return late if LATE_MS < late < REHEARSAL_MS else None
