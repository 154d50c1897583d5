"""What each event makes of the state, and of what a desk can take back. Never refuses: what happened, happened.

The room, a restart and a reader of an old file all come to the same state through this one function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import assert_never

from msgspec.structs import asdict, replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.promise import EarlierPromise, as_written, promise_of, with_promise
from workshop_tui.domain.state import ItemState, ItemTimes, Keeping, Pause, Round, SessionState, TieBreak
from workshop_tui.domain.steps import Step, of_one_act
from workshop_tui.domain.unquoted import (
    texts_of,
    unquoted,
    unquoted_config,
    unquoted_item,
    unquoted_plain,
    unquoted_promise,
)
from workshop_tui.limits import UNDO_MOST, UNDO_STEPS

Steps = tuple[Step, ...]


def evolve(state: SessionState, event: ev.JournalEvent) -> SessionState:
    """The state after one more event; the version grows by one, but for words that came in."""
    if isinstance(event, ev.ContributionNoted):
        return state
    return replace(_after(state, event), version=state.version + 1)


def evolve_all(state: SessionState, happened: Iterable[ev.JournalEvent]) -> SessionState:
    """The state after several events, in order."""
    for event in happened:
        state = evolve(state, event)
    return state


def after_step(
    undo: Steps, redo: Steps, event: ev.StepDone | ev.StepUndone | ev.StepRedone | ev.StepsForgotten
) -> tuple[Steps, Steps]:
    """What a desk can take back and what it can do again after one more event, newest last."""
    match event:
        case ev.StepDone():
            return _newest((*undo, event.step)), ()
        case ev.StepUndone():
            return undo[:-1], redo if event.dropped else (*redo, undo[-1])
        case ev.StepRedone():
            return undo if event.dropped else _newest((*undo, redo[-1])), redo[:-1]
        case ev.StepsForgotten():
            return (), ()
        case _:
            assert_never(event)


def _newest(listed: Steps) -> Steps:
    """What is still listed: steps of one act count as one."""
    if len(listed) <= UNDO_STEPS:
        return listed
    at = len(listed)
    for _ in range(UNDO_STEPS):
        at -= len(of_one_act(listed[:at]))
    return listed[max(at, len(listed) - UNDO_MOST) :]


def _after(state: SessionState, event: ev.JournalEvent) -> SessionState:
    if isinstance(event, ev.ItemEvent):
        return _item_after(state, event)
    if isinstance(event, ev.RoundEvent):
        return replace(state, rounds=_rounds_after(state, event))
    if isinstance(event, ev.NotedEvent):
        return state
    if isinstance(event, ev.KeepingEvent):
        return replace(state, keeping=_keeping_after(state.keeping, event))
    match event:
        case ev.WorkshopStarted():
            return replace(state, started_at=event.at, planned_end=event.planned_end)
        case ev.PeopleLeft():
            return replace(_leave(state, event.at), ended_at=event.at, pause=None)
        case ev.WriteUpFinished():
            return replace(state, finished_at=event.at)
        case ev.RoomPaused():
            here = state.here
            paused = replace(state, pause=Pause(event.at, here is not None and here.running_since is not None))
            return _change(paused, state.current, lambda each: _stopped(each, event.at))
        case ev.RoomResumed():
            end = state.planned_end if event.planned_end is None else event.planned_end
            resumed = replace(state, pause=None, planned_end=end)
            return _started(resumed, event.at) if event.timer else resumed
        case ev.QuotationsTakenOut():
            return _unquoted(state, event)
        case ev.JoiningSet():
            return replace(state, joining=replace(state.joining, is_open=event.is_open))
        case ev.CodeRenewed():
            return replace(state, joining=replace(state.joining, code=event.code))
        case ev.SeatsFreed():
            return state
        case ev.TalkAsked():
            return replace(state, talks=state.talks + 1)
        case ev.TalkHeard():
            return replace(state, talks=0)
        case ev.PresentSet():
            by_video = state.by_video if event.by_video is None else event.by_video
            return replace(state, present=event.people, by_video=by_video)
        case ev.PromiseChanged():
            before = EarlierPromise(event.at, promise_of(state.agenda, state.why_promised))
            earlier = state.earlier_promises
            return replace(
                state, agenda=with_promise(state.agenda, event.promise), why_promised=event.promise.why_changed,
                earlier_promises=earlier[:-1] if event.slip else (*earlier, before),
            )  # fmt: skip
        case ev.ScreenSet():
            return replace(state, screen=event.screen, turn=0)
        case ev.ScreenTurned():
            return replace(state, turn=event.turn)
        case _:
            assert_never(event)


def _keeping_after(keeping: Keeping, event: ev.KeepingEvent) -> Keeping:
    match event:
        case ev.LockRefused():
            return replace(keeping, unlocked=event.reason)
        case ev.RetentionSet():
            return replace(keeping, until=event.until)
        case ev.HoldPlaced():
            return replace(keeping, is_held=True, hold=event.reason)
        case ev.HoldLifted():
            return replace(keeping, is_held=False, hold="")
        case _:
            assert_never(event)


def _unquoted(state: SessionState, event: ev.QuotationsTakenOut) -> SessionState:
    """The state in which whatever was typed or chosen on the day repeats nothing of these words."""
    words = event.words
    if not words:
        return state
    # What was promised on the day is in the agenda too, and is none of its own words.
    spared = texts_of(as_written(state.agenda, state.earlier_promises))

    def item(each: ItemState) -> ItemState:
        new = unquoted_item(each.item, words, spared) if each.inserted or each.edited else each.item
        options = unquoted(each.options, words) if each.item.key in event.items else each.options
        return replace(each, item=new, options=options, reason=said(each.reason))

    def round_(each: Round) -> Round:
        config = unquoted_plain(each.config, words, spared, "config")
        return replace(
            each,
            question=said(each.question),
            config=unquoted_config(config, words) if each.item in event.items else config,
            reason=said(each.reason),
            tie=replace(each.tie, reason=said(each.tie.reason)) if each.tie is not None else None,
        )

    def said(text: str) -> str:
        return unquoted_plain(text, words, spared, "text")

    keeping = replace(state.keeping, unlocked=said(state.keeping.unlocked), hold=said(state.keeping.hold))
    freed = replace(
        state, items=tuple(map(item, state.items)), rounds=tuple(map(round_, state.rounds)), keeping=keeping
    )
    if not state.earlier_promises:
        return freed
    told = unquoted_promise(promise_of(state.agenda, state.why_promised), words, spared)
    earlier = (replace(each, promise=unquoted_promise(each.promise, words, spared)) for each in state.earlier_promises)
    return replace(
        freed, agenda=with_promise(state.agenda, told), why_promised=told.why_changed, earlier_promises=tuple(earlier)
    )


def _item_after(state: SessionState, event: ev.ItemEvent) -> SessionState:
    match event:
        case ev.ItemOpened():
            left = _leave(state, event.at)
            opened = _change(left, event.item, lambda each: _opened(each, event.at))
            return replace(opened, current=event.item)
        case ev.OpeningTakenBack():
            stood = {times.item: times for times in event.items}
            return replace(
                state,
                items=tuple(_as_it_stood(each, stood.get(each.item.key)) for each in state.items),
                current=event.current,
                started_at=event.started_at,
                planned_end=event.planned_end,
            )
        case ev.ItemReplaced():
            return _change(
                state,
                event.item,
                lambda each: replace(
                    each,
                    item=event.new,
                    minutes=event.new.minutes if event.minutes is None else event.minutes,
                    edited=event.edited,
                ),
            )
        case ev.ItemSkipped():
            return _change(state, event.item, lambda each: replace(each, status="skipped", reason=event.reason))
        case ev.ItemRestored():
            return _change(state, event.item, lambda each: replace(each, status="planned", reason=""))
        case ev.ItemInserted():
            return _insert(state, event)
        case ev.MinutesSet():
            minutes = dict(event.minutes)
            items = (replace(each, minutes=minutes.get(each.item.key, each.minutes)) for each in state.items)
            return replace(state, items=tuple(items))
        case ev.TimerStarted():
            return replace(_started(state, event.at), slept_ms=0)
        case ev.TimerPaused():
            return _change(state, state.current, lambda each: _stopped(each, event.at))
        case ev.ClockShifted():
            return _shift(state, event)
        case ev.GatheringOpened():
            return _change(state, event.item, lambda each: replace(each, gathering_open=True))
        case ev.GatheringClosed():
            return _change(state, event.item, lambda each: replace(each, gathering_open=False))
        case ev.OptionsChosen():
            return _change(state, event.item, lambda each: replace(each, options=event.options))
        case _:
            assert_never(event)


def _rounds_after(state: SessionState, event: ev.RoundEvent) -> tuple[Round, ...]:
    match event:
        case ev.RoundOpened():
            opened = Round(
                key=event.round,
                item=event.item,
                number=event.number,
                question=event.question,
                config=event.config,
                kind=event.kind,
                opened_at=event.at,
                again=event.again,
            )
            return (*state.rounds, opened)
        case ev.RoundClosed():
            change = {
                "status": "closed", "closed_at": event.at, "present": event.present, "joined": event.joined,
            }  # fmt: skip
        case ev.RoundReopened():
            change = {"status": "open", "closed_at": None, "present": None, "joined": 0}
        case ev.RoundSealed():
            change = {"status": "sealed", "sealed_at": event.at, "kept_for": event.kept_for}
        case ev.RoundReleased():
            change = {"kept_for": ""}
        case ev.RoundsCompared():
            return _with(state.rounds, event.second, {"compared": event.counts})
        case ev.TieBroken():
            change = {"tie": TieBreak(option=event.option, reason=event.reason), "taken_back": ""}
        case ev.TieLeft():
            return tuple(_without_choice(each) if each.key == event.round else each for each in state.rounds)
        case ev.ResultRevealed():
            first = next((each.revealed_at for each in state.rounds if each.key == event.round), None)
            change = {"shown": True, "revealed_at": first or event.at}
        case ev.ResultHidden():
            change = {"shown": False}
        case ev.RoundVoided():
            change = {"status": "void", "shown": False, "reason": event.reason, "kept_for": ""}
        case _:
            assert_never(event)
    return _with(state.rounds, event.round, change)


def _without_choice(round_: Round) -> Round:
    """A round whose tie stands again; what the room has seen stays known."""
    seen = round_.tie.option if round_.tie is not None and round_.revealed_at is not None else ""
    return replace(round_, tie=None, taken_back=seen)


def _with(rounds: tuple[Round, ...], key: str, change: Mapping[str, object]) -> tuple[Round, ...]:
    return tuple(replace(each, **change) if each.key == key else each for each in rounds)


def _change(state: SessionState, key: str, how: Callable[[ItemState], ItemState]) -> SessionState:
    return replace(state, items=tuple(how(each) if each.item.key == key else each for each in state.items))


def _stopped(each: ItemState, at: int) -> ItemState:
    return replace(each, spent_ms=each.spent_at(at), running_since=None)


def _started(state: SessionState, at: int) -> SessionState:
    return _change(state, state.current, lambda each: replace(each, running_since=each.running_since or at))


def _as_it_stood(each: ItemState, times: ItemTimes | None) -> ItemState:
    if times is None:
        return each
    stood = asdict(times)
    del stood["item"]
    return replace(each, **stood)


def _opened(each: ItemState, at: int) -> ItemState:
    return replace(each, status="open", opened_at=each.opened_at or at, left_at=None, running_since=at, reason="")


def _leave(state: SessionState, at: int) -> SessionState:
    """Stand the open item's timer, stop its gathering and mark it done."""
    if not state.current:
        return state
    return _change(
        state,
        state.current,
        lambda each: replace(_stopped(each, at), status="done", left_at=at, gathering_open=False),
    )


def _insert(state: SessionState, event: ev.ItemInserted) -> SessionState:
    new = ItemState(item=event.new, minutes=event.new.minutes, inserted=True)
    at = next((n + 1 for n, each in enumerate(state.items) if each.item.key == event.after), 0)
    return replace(state, items=(*state.items[:at], new, *state.items[at:]))


def _shift(state: SessionState, event: ev.ClockShifted) -> SessionState:
    """Move what was noted by the wall clock, so that the time left stays as it was.

    A sleeping laptop also stands the timer: what was left when it fell asleep is left when it wakes. The planned end
    moves only with a clock that was set: sleeping or being away makes the day as late as it really is.
    """

    def moved(each: ItemState) -> ItemState:
        if each.running_since is None:
            return each
        later = replace(each, running_since=each.running_since + event.by_ms)
        return _stopped(later, event.at) if event.slept else later

    shifted = replace(state, items=tuple(moved(each) for each in state.items))
    if event.slept:
        return replace(shifted, slept_ms=event.by_ms)
    if event.away:
        return shifted
    shifted = replace(shifted, clock_set_ms=state.clock_set_ms + event.by_ms)
    if state.pause is not None:
        shifted = replace(shifted, pause=replace(state.pause, since=state.pause.since + event.by_ms))
    if state.ended_at is not None:
        return shifted
    end = state.planned_end
    return replace(shifted, planned_end=None if end is None else end + event.by_ms)
