"""What the facilitator does with the day: go on, time, shorten, pause, end."""

from __future__ import annotations

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.asking import gathering_of
from workshop_tui.domain.deciding import sealing
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.reach import gone_by_the_end
from workshop_tui.domain.state import Screen, SessionState, times_of
from workshop_tui.domain.timing import MINUTE
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import ITEM_MINUTES
from workshop_tui.messages import tr, trn


@decides(cmd.OpenItem)
def open_item(context: Context, command: cmd.OpenItem) -> Decision:
    """Go to an item. An open vote is never left by accident, and never cleared by coming back."""
    each = context.item(command.item)
    state = context.state
    if each.item.key == state.current:
        raise CommandRefused(tr("This item is open already."))
    if each.status == "skipped":
        raise CommandRefused(tr("This item was skipped. Put it back first."))
    events: list[ev.Event] = []
    closed = ""
    open_round = state.last_round if state.last_round and state.last_round.status == "open" else None
    if open_round is not None:
        if command.vote == "ask":
            raise CommandRefused(
                tr("The vote is still open. Close it and go on, or go on and leave it open: you choose.")
            )
        if command.vote == "close":
            events += sealing.closing(context, open_round, command.at)
            closed = open_round.key
    if state.started_at is None:
        events.append(_start(context, command))
    events.append(ev.ItemOpened(at=command.at, item=each.item.key))
    if gathering_of(each.item, context.kinds) is not None:
        events.append(ev.GatheringOpened(at=command.at, item=each.item.key))
    events.append(ev.ScreenSet(at=command.at, screen=_first_shown(state, each.item)))
    label = tr("opened item {number}, “{title}”", number=context.number(each.item.key), title=each.item.title)
    before = (each,) if state.here is None else (state.here, each)
    step = steps.ItemOpened(
        label=label,
        item=each.item.key,
        end=command.end,
        scheduled_start=command.scheduled_start,
        current=state.current,
        items=tuple(times_of(one) for one in before),
        screen=state.screen,
        started_at=state.started_at,
        planned_end=state.planned_end,
        closed=closed,
    )
    return done(label, *events, step=step)


def _first_shown(state: SessionState, item: Item) -> Screen:
    """What the big screen shows of an item at once: of the day's first how to join, while people still come in."""
    if not state.current:
        return Screen("join")
    if item.shows_received and state.agenda.received:
        return Screen("received", state.agenda.received[0].id)
    return Screen("question")


def _start(context: Context, command: cmd.OpenItem) -> ev.WorkshopStarted:
    minutes = sum(each.minutes for each in context.state.items if each.status != "skipped")
    late = 0 if command.scheduled_start is None else command.at - command.scheduled_start
    begin = command.at - late if command.end == "keep" else command.at
    return ev.WorkshopStarted(at=command.at, planned_end=begin + minutes * MINUTE, late_ms=late)


@decides(cmd.StartTimer, cmd.PauseTimer)
def run_timer(context: Context, command: cmd.StartTimer | cmd.PauseTimer) -> Decision:
    """Let the open item's timer run, or stand."""
    here = context.here
    starts = isinstance(command, cmd.StartTimer)
    if (here.running_since is not None) == starts:
        raise CommandRefused(tr("The timer is running already.") if starts else tr("The timer is standing already."))
    label = tr("started the timer") if starts else tr("paused the timer")
    event = ev.TimerStarted(at=command.at) if starts else ev.TimerPaused(at=command.at)
    return done(label, event, step=steps.TimerRun(label=label, item=here.item.key, running=starts))


@decides(cmd.AddMinutes)
def add_minutes(context: Context, command: cmd.AddMinutes) -> Decision:
    """Give the open item more minutes, or fewer; at least one stays."""
    here = context.here
    minutes = here.minutes + command.minutes
    if not 1 <= minutes <= ITEM_MINUTES:
        raise CommandRefused(tr("An item has 1 to {most} minutes.", most=ITEM_MINUTES))
    label = (
        trn("added {n} minute", "added {n} minutes", command.minutes)
        if command.minutes > 0
        else trn("took {n} minute", "took {n} minutes", -command.minutes)
    )
    later = ((here.item.key, minutes),)
    step = steps.MinutesSet(label=label, earlier=((here.item.key, here.minutes),), later=later)
    return done(label, ev.MinutesSet(at=command.at, minutes=later), step=step)


@decides(cmd.SetMinutes)
def set_minutes(context: Context, command: cmd.SetMinutes) -> Decision:
    """Give items new lengths: a catch-up plan."""
    before = []
    for key, minutes in command.minutes:
        each = context.item(key)
        if not 1 <= minutes <= ITEM_MINUTES:
            raise CommandRefused(
                trn(
                    "“{title}” cannot have {n} minute: 1 to {most}.",
                    "“{title}” cannot have {n} minutes: 1 to {most}.",
                    minutes,
                    title=each.item.title,
                    most=ITEM_MINUTES,
                )
            )
        if each.status == "done":
            raise CommandRefused(tr("“{title}” is over: its minutes cannot change.", title=each.item.title))
        before.append((key, each.minutes))
    changed = ev.MinutesSet(at=command.at, minutes=command.minutes)
    step = steps.MinutesSet(label=tr("applied new times"), earlier=tuple(before), later=command.minutes)
    return done(step.label, changed, step=step)


@decides(cmd.ClockMoved)
def clock_moved(context: Context, command: cmd.ClockMoved) -> Decision:
    """Keep times left as they were when the clock jumped; stand the timer when the laptop slept."""
    return done("", ev.ClockShifted(at=command.at, by_ms=command.by_ms, slept=command.slept, away=command.away))


@decides(cmd.PauseRoom, cmd.ResumeRoom)
def pause(context: Context, command: cmd.PauseRoom | cmd.ResumeRoom) -> Decision:
    """Stop everything at once, or go on and plan the rest of the day anew."""
    state = context.state
    if isinstance(command, cmd.PauseRoom):
        # Two who press at once both meant it: the second hears no refusal.
        return done(tr("paused everything"), *(() if state.pause is not None else (ev.RoomPaused(at=command.at),)))
    if state.pause is None:
        raise CommandRefused(tr("Nothing is paused."))
    timer = state.pause.timer and state.here is not None and state.here.running_since is None
    moves = command.end == "move" and state.planned_end is not None and state.ended_at is None
    end = (state.planned_end or 0) + max(0, command.at - state.pause.since) if moves else None
    resumed = ev.RoomResumed(at=command.at, timer=timer, planned_end=end)
    label = tr("went on after the pause")
    if not command.minutes:
        return done(label, resumed)
    new_times = set_minutes(context, cmd.SetMinutes(at=command.at, minutes=command.minutes))
    return done(label, resumed, *new_times.events, step=new_times.step)


@decides(cmd.EndWorkshop)
def end(context: Context, command: cmd.EndWorkshop) -> Decision:
    """People leave: take nothing more, seal every round, and let nothing from before be taken back."""
    if command.confirm.strip().upper() != "END":
        raise CommandRefused(tr("Type END to end the workshop. Nothing has changed."))
    return done(
        tr("ended the workshop"),
        *sealing.ending(context, command),
        ev.PeopleLeft(at=command.at),
        ev.ScreenSet(at=command.at, screen=Screen("closing")),
        ev.StepsForgotten(),
    )


@decides(cmd.FinishWriteUp)
def finish(context: Context, command: cmd.FinishWriteUp) -> Decision:
    """The day's end: wipe what was only for today, and whatever tells which words are of one phone."""
    if command.confirm.strip().upper() != "FINISH":
        raise CommandRefused(tr("Type FINISH to finish the write-up. Nothing has changed."))
    return done(
        tr("finished the write-up"),
        ev.WriteUpFinished(at=command.at),
        # Nobody knows any more what their owners allowed of those that were changed: the least.
        ev.WordsWiped((*gone_by_the_end(context.rows.all_contributions(), context.kinds), *context.rows.untrusted)),
        ev.StoryKeyDestroyed(),
        # Who was contacted has nothing more to wait for; a request that is still open is kept until somebody is.
        ev.OwnCareGone(tuple(row.key for row in context.rows.all_own_care() if row.contacted_at is not None)),
        ev.StepsForgotten(),
    )
