"""What the facilitator does with the agenda: go on, time, shorten, edit, skip, insert, pause, end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import lifecycle, steps
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.asking import gathering_of, gets_options
from workshop_tui.domain.deciding import sealing
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.earlier import earlier_problem
from workshop_tui.domain.reach import gone_by_the_end
from workshop_tui.domain.state import ItemState, Screen, times_of
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.domain.timing import MINUTE
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import AGENDA_ITEMS, ITEM_MINUTES
from workshop_tui.messages import Listed, Verbatim, tr, trn


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
    events.append(ev.ScreenSet(at=command.at, screen=Screen("question" if state.current else "join")))
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


def return_from(context: Context, step: steps.ItemOpened, at: int) -> Decision:
    """Take the opening of an item back: the room is where it was, and the timer is as if it had never left.

    The time that passed in the item counts for the one before, where that one's timer ran.

    Raises:
        CommandRefused: the room went on, or what happened in the item cannot be unmade.
    """
    here = context.here
    if here.item.key != step.item:
        raise CommandRefused(tr("The room has gone on to another item since."))
    used = bool(context.state.rounds_of(step.item)) or any(
        row.item == step.item for row in context.rows.all_contributions()
    )
    if used and not step.current:
        raise CommandRefused(tr("People have answered already: the workshop has begun."))
    stood = next(times for times in step.items if times.item == step.item)
    # It may have been open before: what it took then is its own.
    meanwhile = here.spent_at(at) - stood.spent_ms
    items = []
    for times in step.items:
        if times.item != step.item:
            ran = times.running_since is not None
            left = context.item(times.item)
            spent = left.spent_at(at) + (meanwhile if ran else 0)
            items.append(replace(times, spent_ms=spent, running_since=at if ran else None))
        elif used and stood.opened_at is None:
            # It was asked and answered there: it stays in the list as done.
            done_ = times_of(here)
            items.append(
                replace(done_, status="done", left_at=at, spent_ms=meanwhile, running_since=None, gathering_open=False)
            )
        else:
            items.append(times)
    back = ev.OpeningTakenBack(
        at=at,
        item=step.item,
        current=step.current,
        items=tuple(items),
        started_at=step.started_at,
        planned_end=step.planned_end if step.started_at is None else context.state.planned_end,
    )
    events: tuple[ev.Event, ...] = (back,)
    round_ = context.state.round(step.closed) if step.closed else None
    if round_ is not None and lifecycle.may_reopen(round_, at):
        events = (*events, ev.RoundReopened(at=at, round=round_.key))
    if context.state.screen != step.screen and _may_come_back(context, step):
        events = (*events, ev.ScreenSet(at=at, screen=step.screen))
    return done(step.label, *events)


def _may_come_back(context: Context, step: steps.ItemOpened) -> bool:
    """Whether what the big screen showed before is still for the room: what was hidden since stays hidden."""
    if context.state.screen.mode == "blank":
        return False
    if step.screen.mode == "story":
        row = context.rows.contribution(step.screen.subject)
        return row is not None and row.moderation == "approved" and not row.gone
    if step.screen.mode == "results":
        rounds = context.state.rounds_of(step.current)
        return not rounds or rounds[-1].shown
    return True


def _start(context: Context, command: cmd.OpenItem) -> ev.WorkshopStarted:
    minutes = sum(each.minutes for each in context.state.items if each.status != "skipped")
    late = 0 if command.scheduled_start is None else command.at - command.scheduled_start
    begin = command.at - late if command.end == "keep" else command.at
    return ev.WorkshopStarted(at=command.at, planned_end=begin + minutes * MINUTE, late_ms=late)


@decides(cmd.StartTimer, cmd.PauseTimer)
def run_timer(context: Context, command: cmd.StartTimer | cmd.PauseTimer) -> Decision:
    """Let the open item's timer run, or stand."""
    here = context.here
    if isinstance(command, cmd.StartTimer):
        if here.running_since is not None:
            raise CommandRefused(tr("The timer is running already."))
        step = steps.TimerRun(label=tr("started the timer"), item=here.item.key, running=True)
        return done(step.label, ev.TimerStarted(at=command.at), step=step)
    if here.running_since is None:
        raise CommandRefused(tr("The timer is standing already."))
    step = steps.TimerRun(label=tr("paused the timer"), item=here.item.key, running=False)
    return done(step.label, ev.TimerPaused(at=command.at), step=step)


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
                tr(
                    "“{title}” cannot have {minutes} minutes: 1 to {most}.",
                    title=each.item.title,
                    minutes=minutes,
                    most=ITEM_MINUTES,
                )
            )
        if each.status == "done":
            raise CommandRefused(tr("“{title}” is over: its minutes cannot change.", title=each.item.title))
        before.append((key, each.minutes))
    changed = ev.MinutesSet(at=command.at, minutes=command.minutes)
    step = steps.MinutesSet(label=tr("applied new times"), earlier=tuple(before), later=command.minutes)
    return done(step.label, changed, step=step)


def checked_item(context: Context, item: Item) -> Item:
    """An item typed during the session, cleaned.

    Raises:
        CommandRefused: it cannot be run; the message says what to change.
    """
    title = clean_line(item.title)
    if not has_words(title):
        raise CommandRefused(tr("The item needs a title."))
    if item.activity is not None:
        config = {name: _cleaned(value) for name, value in item.activity.config.items()}
        item = replace(item, activity=replace(item.activity, config=config))
    if not 1 <= item.minutes <= ITEM_MINUTES:
        raise CommandRefused(tr("An item has 1 to {most} minutes.", most=ITEM_MINUTES))
    if item.activity is not None:
        kind = context.kinds.get(item.activity.kind)
        if kind is None:
            raise CommandRefused(
                tr("There is no kind “{kind}”. Kinds: {kinds}.", kind=item.activity.kind, kinds=_names(context.kinds))
            )
        try:
            wrong = kind.problem(msgspec.convert(item.activity.config, kind.config_type))
        except msgspec.ValidationError as problem:
            raise CommandRefused(
                tr("The question does not fit its kind: {problem}.", problem=Verbatim(str(problem)))
            ) from problem
        if wrong and not gets_options(item):
            raise CommandRefused(wrong)
    return replace(
        item,
        title=title,
        question=clean_line(item.question),
        say=clean_text(item.say),
        access=clean_text(item.access),
    )


def _check_earlier(context: Context, item: Item, before: Sequence[ItemState]) -> None:
    """Pass if every earlier item that an item names is among those before it.

    Raises:
        CommandRefused: one is not; the message says which is the nearest.
    """
    if wrong := earlier_problem(item, [each.item for each in before], context.kinds):
        problem, *hints = wrong if isinstance(wrong, tuple) else (wrong,)
        raise CommandRefused((tr("This item does not fit: {problem}", problem=problem), *hints))


def _cleaned(data: object) -> object:
    """Plain data with every text in it through the cleaning door: a config was typed by somebody too."""
    match data:
        case str():
            return clean_line(data)
        case list() | tuple():
            return [_cleaned(each) for each in data]
        case dict():
            return {name: _cleaned(value) for name, value in data.items()}
        case _:
            return data


@decides(cmd.EditItem)
def edit_item(context: Context, command: cmd.EditItem) -> Decision:
    """Replace an item that was not opened yet."""
    each = context.item(command.item.key)
    if each.opened_at is not None:
        raise CommandRefused(tr("This item was opened already. Add a new one instead."))
    item = checked_item(context, command.item)
    _check_earlier(context, item, context.state.items[: context.number(item.key) - 1])
    changed = ev.ItemReplaced(at=command.at, item=item.key, new=item)
    gone, more = sealing.letting_go(context, changed)
    label = tr("edited “{title}”", title=item.title)
    step = steps.ItemEdited(label=label, earlier=each.item, later=item, minutes=each.minutes, edited=each.edited)
    return done(step.label, changed, *gone, step=step, more=more)


@decides(cmd.SkipItem)
def skip_item(context: Context, command: cmd.SkipItem) -> Decision:
    """Leave an item out, with a reason that goes into the report; a key that was kept for it alone is destroyed."""
    each = context.item(command.item)
    if each.status != "planned":
        raise CommandRefused(tr("Only an item that was not opened yet can be skipped."))
    reason = clean_line(command.reason)
    if not has_words(reason):
        raise CommandRefused(tr("Please type why. The reason goes into the report."))
    skipped = ev.ItemSkipped(at=command.at, item=command.item, reason=reason)
    gone, more = sealing.letting_go(context, skipped)
    step = steps.ItemSkipped(
        label=tr("skipped “{title}”", title=each.item.title), item=command.item, skipped=True, reason=reason
    )
    return done(step.label, skipped, *gone, step=step, more=more)


@decides(cmd.RestoreItem)
def restore_item(context: Context, command: cmd.RestoreItem) -> Decision:
    """Put a skipped item back."""
    each = context.item(command.item)
    if each.status != "skipped":
        raise CommandRefused(tr("This item was not skipped."))
    restored = ev.ItemRestored(at=command.at, item=command.item)
    label = tr("put back “{title}”", title=each.item.title)
    step = steps.ItemSkipped(label=label, item=command.item, skipped=False, reason=each.reason)
    return done(label, restored, step=step, more=sealing.missed(context.state, each))


@decides(cmd.InsertItem)
def insert_item(context: Context, command: cmd.InsertItem) -> Decision:
    """Add an item that is not in the agenda; the room can be asked anything with one key."""
    if len(context.state.items) >= AGENDA_ITEMS:
        raise CommandRefused(tr("An agenda holds {most} items.", most=AGENDA_ITEMS))
    item = replace(checked_item(context, command.item), key=_next_key(context))
    keys = [each.item.key for each in context.state.items]
    if command.after and command.after not in keys:
        raise CommandRefused(tr("The item it is to follow is not in this agenda."))
    after = keys.index(command.after) if command.after else -1
    if context.state.current and after < keys.index(context.state.current):
        raise CommandRefused(tr("A new item goes behind the open one."))
    _check_earlier(context, item, context.state.items[: after + 1])
    inserted = ev.ItemInserted(at=command.at, item=item.key, new=item, after=command.after)
    step = steps.ItemInserted(label=tr("added “{title}”", title=item.title), item=item.key)
    return done(step.label, inserted, step=step)


def _names(kinds: Iterable[str]) -> Listed:
    return Listed(tuple(Verbatim(name) for name in kinds))


def _next_key(context: Context) -> str:
    numbers = [int(each.item.key[1:]) for each in context.state.items]
    return f"i{max(numbers, default=0) + 1:02d}"


@decides(cmd.ClockMoved)
def clock_moved(context: Context, command: cmd.ClockMoved) -> Decision:
    """Keep times left as they were when the clock jumped; stand the timer when the laptop slept."""
    return done("", ev.ClockShifted(at=command.at, by_ms=command.by_ms, slept=command.slept, away=command.away))


@decides(cmd.PauseRoom, cmd.ResumeRoom)
def pause(context: Context, command: cmd.PauseRoom | cmd.ResumeRoom) -> Decision:
    """Take nothing from phones for a while, or take words and votes again."""
    state = context.state
    if isinstance(command, cmd.PauseRoom):
        if state.pause is not None:
            raise CommandRefused(tr("The room is paused already."))
        return done(tr("paused the room"), ev.RoomPaused(at=command.at))
    if state.pause is None:
        raise CommandRefused(tr("The room is not paused."))
    timer = state.pause.timer and state.here is not None and state.here.running_since is None
    return done(tr("went on after the pause"), ev.RoomResumed(at=command.at, timer=timer))


@decides(cmd.EndWorkshop)
def end(context: Context, command: cmd.EndWorkshop) -> Decision:
    """People leave: take nothing more, seal every round, and let nothing from before be taken back."""
    if command.confirm.strip().upper() != "END":
        raise CommandRefused(tr("Type END to end the workshop. Nothing has changed."))
    return done(
        tr("ended the workshop"),
        *sealing.ending(context, command),
        ev.PeopleLeft(at=command.at),
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
        ev.StepsForgotten(),
    )
