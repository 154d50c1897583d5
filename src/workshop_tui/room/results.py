"""What the rounds of a room have given so far, for phones, screen and desk alike: who answered, and the result."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from workshop_tui.domain.asking import ballots_of, round_config, round_poll
from workshop_tui.domain.blocks import ViewBlock
from workshop_tui.domain.honesty import Turnout, before_reveal, cautions, coarse, for_all
from workshop_tui.domain.results import CountedRound, result_blocks
from workshop_tui.domain.roles import may_take_part
from workshop_tui.domain.state import Round, SessionState
from workshop_tui.messages import Text
from workshop_tui.room.room import Room

LIVE_BALLOTS: Final = 40
"""Most different ballots of an open vote that are counted again at each answer, for what to know before a reveal."""


_WARNED: Final[WeakKeyDictionary[Room, tuple[object, tuple[Text, ...]]]] = WeakKeyDictionary()
"""What was found for the newest round, and for which of its numbers: a desk looks ten times a second."""


def shown_round(state: SessionState) -> Round | None:
    """The round whose result the room may see now; None where there is none."""
    last = state.last_round
    return last if last is not None and last.shown else None


def round_result(
    room: Room, round_: Round, *, big: bool = False, for_room: bool = True
) -> tuple[tuple[ViewBlock, ...], tuple[Text, ...]]:
    """A round's result as blocks, and the sentences that must be read with it.

    Args:
        room: The running session.
        round_: The round.
        big: As in `domain.results.result_blocks`.
        for_room: Whether the room sees it: what only warns of publishing it is then left out.
    """
    now = counted_round(room, round_)
    first = room.state.round(round_.again) if round_.again else None
    before = counted_round(room, first) if first is not None and first.status == "sealed" else None
    said = cautions(now.turnout, everybody=not now.poll.is_named, for_room=for_room)
    blocks = result_blocks(now, before, big=big)
    return for_all(blocks) if for_room else blocks, said


def warnings(room: Room, round_: Round) -> tuple[Text, ...]:
    """What the facilitator should know before the room sees a result; nothing once it has, or where nobody answered.

    While a large vote is open only what its numbers tell is looked at: the rest is counted when it closes.
    """
    tally = room.tables.tallies.get(round_.key)
    if round_.revealed_at is not None or round_.status == "void" or tally is None:
        return ()
    present = room.state.everybody if round_.status == "open" else round_.present
    moment = (round_.key, round_.status, tally.answered, tally.skipped, tally.changes, present)
    if room not in _WARNED or _WARNED[room][0] != moment:
        now = counted_round(room, round_)
        counts = round_.status != "open" or len(now.profile) <= LIVE_BALLOTS
        result = result_blocks(now, None) if counts and now.turnout.answered else ()
        _WARNED[room] = (moment, before_reveal(now.turnout, result))
    return _WARNED[room][1]


def counted_round(room: Room, round_: Round) -> CountedRound:
    """A round with its kind, its config and its ballots in the kind's own type."""
    poll = round_poll(round_, room.kinds)
    tally = room.tables.tallies.get(round_.key)
    return CountedRound(
        round=round_,
        poll=poll,
        config=round_config(round_, poll),
        profile=ballots_of(poll, tally.profile if tally else {}),
        turnout=turnout(room, round_),
    )


def turnout(room: Room, round_: Round) -> Turnout:
    """Who answered, who skipped, who could have."""
    tally = room.tables.tallies.get(round_.key)
    open_now = round_.status == "open"
    counted = Turnout(
        answered=tally.answered if tally else 0,
        skipped=tally.skipped if tally else 0,
        joined=room.tables.joined - looking_on(room) if open_now else round_.joined,
        present=room.state.everybody if open_now else round_.present,
    )
    return coarse(counted) if round_poll(round_, room.kinds).is_apart else counted


def looking_on(room: Room) -> int:
    """How many joined who only look on: they are in no base."""
    return sum(count for role, count in room.tables.roles.items() if not may_take_part(role))
