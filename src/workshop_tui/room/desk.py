"""Makes what the desk sees out of a room: snapshots and pages of the reading queue. Only reads."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from workshop_tui.domain import timing
from workshop_tui.domain.activity import AnyGathering, AnyPoll, Gathering
from workshop_tui.domain.agenda import status_sentence
from workshop_tui.domain.asking import (
    ballots_of,
    config_of,
    gathering_of,
    poll_of,
    round_config,
    round_poll,
    wants_ideas,
)
from workshop_tui.domain.blocks import Option, ViewBlock
from workshop_tui.domain.consent import allowed
from workshop_tui.domain.earlier import behind
from workshop_tui.domain.honesty import Turnout, cautions, coarse
from workshop_tui.domain.lifecycle import may_reopen
from workshop_tui.domain.results import CountedRound, result_blocks
from workshop_tui.domain.roles import apart, may_take_part, parted, roles_sentence
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import ItemState, Round, SessionState
from workshop_tui.domain.upvotes import place
from workshop_tui.limits import REOPEN_MS
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import (
    SHOWN_NOTES,
    Details,
    ItemLine,
    ItemView,
    NoteLine,
    QueueEntry,
    QueueFilter,
    QueuePage,
    RoundView,
    Snapshot,
    Unread,
    Waiting,
)


class Place(Struct, frozen=True, kw_only=True):
    """Where this room can be found; known to the process that runs it, not to the session."""

    boot_id: str
    session_path: str
    join_url: str
    screen_url: str
    host_url: str


def snapshot(room: Room, place: Place, *, peek: bool, connected: int, screens: int) -> Snapshot:
    """The desk's view of this moment.

    Args:
        room: The running session.
        place: Its addresses.
        peek: Whether to count the open vote: live results are hidden from the facilitator too until asked for.
        connected: Phones that were heard of lately.
        screens: Windows that show the big screen.
    """
    state, now = room.state, room.clock.now_ms()
    last = state.last_round
    visible = last is not None and ((peek and not _is_secret(room, last)) or last.shown)
    result, words = round_result(room, last) if visible and last is not None else (None, ())
    return Snapshot(
        desk_version=room.hub.desk_version,
        boot_id=place.boot_id,
        now=now,
        title=state.agenda.title,
        stage=state.agenda.stage,
        status=status_sentence(state.agenda),
        session_path=place.session_path,
        join_url=place.join_url,
        join_code=room.info.code,
        screen_url=place.screen_url,
        host_url=place.host_url,
        items=_lines(room, now),
        here=_here(room, now),
        round=_round(room, last, now),
        left_open=tuple(_named(state, round_) for round_ in state.left_open),
        result=result,
        result_words=words,
        phones=room.tables.joined,
        roles=roles_sentence(state.agenda.roles, room.tables.roles),
        looking_on=_looking_on(room),
        connected=connected,
        present=state.present,
        screen=state.screen.mode,
        screens_open=screens,
        scheduled_start=room.info.scheduled_start,
        started_at=state.started_at,
        ended_at=state.ended_at,
        planned_end=state.planned_end,
        projected_end=timing.projected_end(state, now),
        day_over_ms=timing.day_over_ms(state, now),
        slept_ms=state.slept_ms,
        plans=timing.catch_up(state, now),
        waiting=_waiting(room),
        notes=tuple(
            NoteLine(key=n.key, kind=n.kind, item=n.item, text=n.text, owner=n.owner, due=n.due)
            for n in room.tables.notes[-SHOWN_NOTES:]
        ),
        undo=state.undo[-1].label if state.undo else "",
        redo=state.redo[-1].label if state.redo else "",
        fault=room.fault,
        saved_at=room.saved_at,
    )


def _named(state: SessionState, round_: Round) -> str:
    keys = [each.item.key for each in state.items]
    number = keys.index(round_.item)
    return f"{number + 1}, “{state.items[number].item.title}”"


def round_result(
    room: Room, round_: Round, *, most_rows: int | None = None
) -> tuple[tuple[ViewBlock, ...], tuple[str, ...]]:
    """A round's result as blocks, and the sentences that must be read with it.

    Args:
        room: The running session.
        round_: The round.
        most_rows: As in `domain.results.result_blocks`.
    """
    first = room.state.round(round_.again) if round_.again else None
    beside = _counted_round(room, first) if first is not None and first.status == "sealed" else None
    blocks = result_blocks(_counted_round(room, round_), beside, most_rows=most_rows)
    return blocks, cautions(turnout(room, round_))


def _counted_round(room: Room, round_: Round) -> CountedRound:
    return CountedRound(round_, *_counted(room, round_), turnout(room, round_))


def round_details(room: Room) -> Details:
    """What lies behind the result of the newest round; nothing while people can still change their answers."""
    last = room.state.last_round
    if last is None:
        return Details(refusal="There is no vote to look behind.")
    if last.status == "open":
        return Details(question=last.question, refusal="Close the vote first (v): answers can still change.")
    kind, config, profile = _counted(room, last)
    behind_it = behind(room.state, last, kind, profile, room.tables.profile, room.kinds)
    blocks = (*behind_it, *_apart(room, last, kind, config))
    return Details(
        question=last.question,
        blocks=blocks,
        refusal="" if blocks else "There is nothing more behind this result than the result itself.",
    )


def _is_secret(room: Room, round_: Round) -> bool:
    """Whether not even the facilitator may see a result yet: who watches it change could tell who changed it."""
    kind = round_poll(round_, room.kinds)
    return round_.status == "open" and (kind.is_named or kind.is_apart)


def _counted(room: Room, round_: Round) -> tuple[AnyPoll, Any, dict[Any, int]]:
    """A round's kind, its config and its ballots in the kind's own type."""
    kind = round_poll(round_, room.kinds)
    tally = room.tables.tallies.get(round_.key)
    return kind, round_config(round_, kind), ballots_of(kind, tally.profile if tally else {})


def _apart(room: Room, round_: Round, kind: AnyPoll, config: Any) -> tuple[ViewBlock, ...]:
    """What staff and public chose, where they may be told apart; nothing while that could still change."""
    tally = room.tables.tallies.get(round_.key)
    if tally is None or round_.status != "sealed":
        return ()
    return apart(kind, config, {each: ballots_of(kind, profile) for each, profile in parted(tally.parts).items()})


def turnout(room: Room, round_: Round) -> Turnout:
    """Who answered, who skipped, who could have."""
    tally = room.tables.tallies.get(round_.key)
    open_now = round_.status == "open"
    counted = Turnout(
        answered=tally.answered if tally else 0,
        skipped=tally.skipped if tally else 0,
        joined=room.tables.joined - _looking_on(room) if open_now else round_.joined,
        present=room.state.present if open_now else round_.present,
    )
    return coarse(counted) if round_poll(round_, room.kinds).is_apart else counted


def _looking_on(room: Room) -> int:
    return sum(count for role, count in room.tables.roles.items() if not may_take_part(role))


def queue_page(room: Room, which: QueueFilter, offset: int, count: int) -> QueuePage:
    """One page of the reading queue: unread first, then newest first; questions with votes as phones list them."""
    rows = [row for row in room.tables.contributions.values() if _wanted(row, which) and row.body]
    rows.reverse()
    rows.sort(key=lambda row: row.handling != "new")
    if which == "approved":
        rows.sort(key=lambda row: _place(room, row))
    entries = tuple(entry for row in rows[offset : offset + count] if (entry := queue_entry(room, row)))
    return QueuePage(entries=entries, total=len(rows), offset=offset)


def _place(room: Room, row: ContributionRow) -> tuple[object, ...]:
    """What is sorted by where everything was approved: open questions by their votes, then whatever else."""
    entry = queue_entry(room, row)
    if entry is None or not entry.upvoted:
        return (1,)
    return (0, *place(entry.votes, entry.answer, entry.parts))


def queue_entry(room: Room, row: ContributionRow) -> QueueEntry | None:
    """One contribution as its kind quotes it; None when its item or kind is gone."""
    each = room.state.item(row.item)
    kind = gathering_of(each.item, room.kinds) if each is not None else None
    if each is None or kind is None or not row.body:
        return None
    said = msgspec.json.decode(row.body, type=kind.ballot_type)
    return QueueEntry(
        key=row.key,
        kind=row.kind,
        noun=kind.noun[0],
        only_you=kind.readers == "facilitator",
        asks_consent=kind.asks_consent,
        item=row.item,
        item_title=each.item.title,
        parts=kind.quote(config_of(each, kind), said).parts,
        consent=row.consent,
        handling=row.handling,
        may_show=kind.readers == "room" and allowed(row.consent, "room_screen", "approved"),
        minute=row.minute,
        upvoted=kind.upvoted,
        votes=room.tables.votes[row.key],
        answer=room.tables.kept_answer(row.key),
    )


def _wanted(row: ContributionRow, which: QueueFilter) -> bool:
    return which == "all" or row.handling == ("new" if which == "unread" else which)


def _lines(room: Room, now: int) -> tuple[ItemLine, ...]:
    state = room.state
    times = {line.key: line for line in timing.schedule(state, now, _start(room, now))}
    return tuple(
        ItemLine(
            key=each.item.key,
            number=number,
            title=each.item.title,
            minutes=each.minutes,
            planned_minutes=each.item.minutes,
            status=each.status,
            planned_start=times[each.item.key].planned_start,
            start=times[each.item.key].start,
            kind=each.item.activity.kind if each.item.activity else "",
            is_poll=poll_of(each.item, room.kinds) is not None,
            is_break=each.item.is_break,
            keeps_time=not each.item.may_shrink,
            inserted=each.inserted,
            reason=each.reason,
            item=each.item,
        )
        for number, each in enumerate(state.items, 1)
    )


def _start(room: Room, now: int) -> int:
    """When the workshop is to start: as the agenda says, unless that is past."""
    return max(now, room.info.scheduled_start or now)


def _here(room: Room, now: int) -> ItemView | None:
    here = room.state.here
    if here is None:
        return None
    poll, gathering = poll_of(here.item, room.kinds), gathering_of(here.item, room.kinds)
    return ItemView(
        item=here.item,
        number=[each.item.key for each in room.state.items].index(here.item.key) + 1,
        minutes=here.minutes,
        left_ms=here.left_ms(now),
        running=here.running_since is not None,
        is_poll=poll is not None,
        is_gathering=gathering is not None,
        gathers=gathering.noun[1] if gathering is not None else "",
        only_you=gathering is not None and gathering.readers == "facilitator",
        gathering_open=here.gathering_open,
        collected=sum(1 for row in room.tables.contributions.values() if row.item == here.item.key),
        listed=_listed(room, here.item.key) if gathering is not None and gathering.upvoted else 0,
        wants_ideas=wants_ideas(here.item),
        options=_options(here, room) if poll is not None else (),
    )


def _listed(room: Room, item: str) -> int:
    return sum(row.item == item and row.handling == "approved" for row in room.tables.contributions.values())


def _options(here: ItemState, room: Room) -> tuple[Option, ...]:
    poll = poll_of(here.item, room.kinds)
    return tuple(getattr(config_of(here, poll), "options", ())) if poll is not None else ()


def _round(room: Room, last: Round | None, now: int) -> RoundView | None:
    if last is None:
        return None
    tally, out_of = room.tables.tallies.get(last.key), turnout(room, last)
    return RoundView(
        key=last.key,
        number=last.number,
        status=last.status,
        shown=last.shown,
        revealed=last.revealed_at is not None,
        reopen_until=(last.closed_at or 0) + REOPEN_MS if may_reopen(last, now) else None,
        answered=out_of.answered,
        skipped=out_of.skipped,
        changes=tally.changes if tally and not out_of.rounded else 0,
        rounded=out_of.rounded,
        base=out_of.base,
        counted=out_of.present is not None,
        named=round_poll(last, room.kinds).is_named,
        kept=bool(last.kept_for),
        again=bool(last.again),
        tied=_tied(room, last),
        chosen=last.tie.option if last.tie is not None else "",
    )


def _tied(room: Room, round_: Round) -> tuple[Option, ...]:
    """Those that tie for the first place, where the agenda lets the facilitator name one."""
    if round_.status != "sealed" or round_.config.get("ties") != "facilitator":
        return ()
    kind, config, profile = _counted(room, round_)
    first = next(iter(kind.places(config, profile)), ())
    return tuple(option for option in config.options if option.key in first) if len(first) > 1 else ()


def _waiting(room: Room) -> Waiting:
    new: dict[str, int] = {}
    approved = held = 0
    for row in room.tables.contributions.values():
        if row.handling == "new" and row.body:
            new[row.kind] = new.get(row.kind, 0) + 1
        approved += row.handling == "approved"
        held += row.handling == "held"
    unread = (_unread(kind, new.get(name, 0)) for name, kind in room.kinds.items() if isinstance(kind, Gathering))
    return Waiting(new=tuple(each for each in unread if each.count), approved=approved, held=held)


def _unread(kind: AnyGathering, count: int) -> Unread:
    if kind.readers == "facilitator":
        return Unread(count=count, words=f"{count} only for you", only_you=True)
    return Unread(count=count, words=f"{count} {kind.noun[count != 1]}")


def shown_round(state: SessionState) -> Round | None:
    """The round whose result the room may see now; None where there is none."""
    last = state.last_round
    return last if last is not None and last.shown else None
