"""What the facilitator does with the agenda: go on, time, shorten, edit, skip, insert, end."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.asking import gathering_of, gets_options
from workshop_tui.domain.deciding import sealing
from workshop_tui.domain.deciding.decision import Decision, Ground, done
from workshop_tui.domain.earlier import earlier_problem
from workshop_tui.domain.state import ItemState, Screen
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.domain.timing import MINUTE
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import AGENDA_ITEMS, ITEM_MINUTES


def open_item(ground: Ground, command: cmd.OpenItem) -> Decision:
    """Go to an item. An open vote is never left by accident, and never cleared by coming back."""
    each = ground.item(command.item)
    state = ground.state
    if each.item.key == state.current:
        raise CommandRefused("This item is open already.")
    if each.status == "skipped":
        raise CommandRefused("This item was skipped. Put it back first.")
    events: list[ev.Event] = []
    open_round = state.last_round if state.last_round and state.last_round.status == "open" else None
    if open_round is not None:
        if command.vote == "ask":
            raise CommandRefused("The vote is still open. Close it and go on, or go on and leave it open: you choose.")
        if command.vote == "close":
            events += sealing.closing(ground, open_round, command.at)
    if state.started_at is None:
        events.append(_start(ground, command))
    events.append(ev.ItemOpened(at=command.at, item=each.item.key))
    if gathering_of(each.item, ground.kinds) is not None:
        events.append(ev.GatheringOpened(at=command.at, item=each.item.key))
    events.append(ev.ScreenSet(at=command.at, screen=Screen("question" if state.current else "join")))
    label = f"opened item {ground.number(each.item.key)}, “{each.item.title}”"
    if not state.current:
        return done(label, *events)
    back = cmd.OpenItem(item=state.current, vote="keep")
    return done(label, *events, back=back, again=replace(command, vote="keep"))


def _start(ground: Ground, command: cmd.OpenItem) -> ev.WorkshopStarted:
    minutes = sum(each.minutes for each in ground.state.items if each.status != "skipped")
    late = 0 if command.scheduled_start is None else command.at - command.scheduled_start
    begin = command.at - late if command.end == "keep" else command.at
    return ev.WorkshopStarted(at=command.at, planned_end=begin + minutes * MINUTE, late_ms=late)


def run_timer(ground: Ground, command: cmd.StartTimer | cmd.PauseTimer) -> Decision:
    """Let the open item's timer run, or stand."""
    here = ground.here
    if isinstance(command, cmd.StartTimer):
        if here.running_since is not None:
            raise CommandRefused("The timer is running already.")
        started = ev.TimerStarted(at=command.at)
        return done("started the timer", started, back=cmd.PauseTimer(), again=cmd.StartTimer())
    if here.running_since is None:
        raise CommandRefused("The timer is standing already.")
    paused = ev.TimerPaused(at=command.at)
    return done("paused the timer", paused, back=cmd.StartTimer(), again=cmd.PauseTimer())


def add_minutes(ground: Ground, command: cmd.AddMinutes) -> Decision:
    """Give the open item more minutes, or fewer; at least one stays."""
    here = ground.here
    minutes = here.minutes + command.minutes
    if not 1 <= minutes <= ITEM_MINUTES:
        raise CommandRefused(f"An item has 1 to {ITEM_MINUTES} minutes.")
    word = "added" if command.minutes > 0 else "took"
    size = abs(command.minutes)
    label = f"{word} {size} minute{'' if size == 1 else 's'}"
    changed = ev.MinutesSet(at=command.at, minutes=((here.item.key, minutes),))
    return done(label, changed, back=cmd.AddMinutes(minutes=-command.minutes), again=command)


def set_minutes(ground: Ground, command: cmd.SetMinutes) -> Decision:
    """Give items new lengths: a catch-up plan."""
    before = []
    for key, minutes in command.minutes:
        each = ground.item(key)
        if not 1 <= minutes <= ITEM_MINUTES:
            raise CommandRefused(f"“{each.item.title}” cannot have {minutes} minutes: 1 to {ITEM_MINUTES}.")
        if each.status == "done":
            raise CommandRefused(f"“{each.item.title}” is over: its minutes cannot change.")
        before.append((key, each.minutes))
    changed = ev.MinutesSet(at=command.at, minutes=command.minutes)
    return done("applied new times", changed, back=cmd.SetMinutes(minutes=tuple(before)), again=command)


def checked_item(ground: Ground, item: Item) -> Item:
    """An item typed during the session, cleaned.

    Raises:
        CommandRefused: it cannot be run; the message says what to change.
    """
    title = clean_line(item.title)
    if not has_words(title):
        raise CommandRefused("The item needs a title.")
    if item.activity is not None:
        config = {name: _cleaned(value) for name, value in item.activity.config.items()}
        item = replace(item, activity=replace(item.activity, config=config))
    if not 1 <= item.minutes <= ITEM_MINUTES:
        raise CommandRefused(f"An item has 1 to {ITEM_MINUTES} minutes.")
    if item.activity is not None:
        kind = ground.kinds.get(item.activity.kind)
        if kind is None:
            raise CommandRefused(f"There is no kind “{item.activity.kind}”. Kinds: {', '.join(ground.kinds)}.")
        try:
            wrong = kind.problem(msgspec.convert(item.activity.config, kind.config_type))
        except msgspec.ValidationError as problem:
            raise CommandRefused(f"The question does not fit its kind: {problem}.") from problem
        if wrong and not gets_options(item):
            raise CommandRefused(wrong)
    return replace(
        item,
        title=title,
        question=clean_line(item.question),
        say=clean_text(item.say),
        access=clean_text(item.access),
    )


def _check_earlier(ground: Ground, item: Item, before: Sequence[ItemState]) -> None:
    """Pass if every earlier item that an item names is among those before it.

    Raises:
        CommandRefused: one is not; the message says which is the nearest.
    """
    if wrong := earlier_problem(item, [each.item for each in before], ground.kinds):
        raise CommandRefused(wrong[:1].upper() + wrong[1:])


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


def edit_item(ground: Ground, command: cmd.EditItem) -> Decision:
    """Replace an item that was not opened yet."""
    each = ground.item(command.item.key)
    if each.opened_at is not None:
        raise CommandRefused("This item was opened already. Add a new one instead.")
    item = checked_item(ground, command.item)
    _check_earlier(ground, item, ground.state.items[: ground.number(item.key) - 1])
    changed = ev.ItemReplaced(at=command.at, item=item)
    gone, said = sealing.letting_go(ground, changed)
    back = cmd.EditItem(item=each.item)
    return done(f"edited “{item.title}”", changed, *gone, back=back, again=command, said=said)


def skip_item(ground: Ground, command: cmd.SkipItem) -> Decision:
    """Leave an item out, with a reason that goes into the report; a key that was kept for it alone is destroyed."""
    each = ground.item(command.item)
    if each.status != "planned":
        raise CommandRefused("Only an item that was not opened yet can be skipped.")
    reason = clean_line(command.reason)
    if not has_words(reason):
        raise CommandRefused("Please type why. The reason goes into the report.")
    skipped = ev.ItemSkipped(at=command.at, item=command.item, reason=reason)
    gone, said = sealing.letting_go(ground, skipped)
    back = cmd.RestoreItem(item=command.item)
    return done(f"skipped “{each.item.title}”", skipped, *gone, back=back, again=command, said=said)


def restore_item(ground: Ground, command: cmd.RestoreItem) -> Decision:
    """Put a skipped item back."""
    each = ground.item(command.item)
    if each.status != "skipped":
        raise CommandRefused("This item was not skipped.")
    restored = ev.ItemRestored(at=command.at, item=command.item)
    back = cmd.SkipItem(item=command.item, reason=each.reason)
    said = sealing.missed(ground.state, each)
    return done(f"put back “{each.item.title}”", restored, back=back, again=command, said=said)


def insert_item(ground: Ground, command: cmd.InsertItem) -> Decision:
    """Add an item that is not in the agenda; the room can be asked anything with one key."""
    if len(ground.state.items) >= AGENDA_ITEMS:
        raise CommandRefused(f"An agenda holds {AGENDA_ITEMS} items.")
    item = replace(checked_item(ground, command.item), key=_next_key(ground))
    keys = [each.item.key for each in ground.state.items]
    if command.after and command.after not in keys:
        raise CommandRefused("The item it is to follow is not in this agenda.")
    after = keys.index(command.after) if command.after else -1
    if ground.state.current and after < keys.index(ground.state.current):
        raise CommandRefused("A new item goes behind the open one.")
    _check_earlier(ground, item, ground.state.items[: after + 1])
    inserted = ev.ItemInserted(at=command.at, item=item, after=command.after)
    back = cmd.SkipItem(item=item.key, reason="added, then taken back")
    return done(f"added “{item.title}”", inserted, back=back, again=cmd.RestoreItem(item=item.key))


def _next_key(ground: Ground) -> str:
    numbers = [int(each.item.key[1:]) for each in ground.state.items]
    return f"i{max(numbers, default=0) + 1:02d}"


def clock_moved(ground: Ground, command: cmd.ClockMoved) -> Decision:
    """Keep times left as they were when the clock jumped; stand the timer when the laptop slept."""
    return done("", ev.ClockShifted(at=command.at, by_ms=command.by_ms, slept=command.slept, away=command.away))


def end(ground: Ground, command: cmd.EndWorkshop) -> Decision:
    """End for good: seal every round, wipe what only the facilitator could read, destroy the keys."""
    if command.confirm.strip().upper() != "END":
        raise CommandRefused("Type END to end the workshop. Nothing has changed.")
    return done(
        "ended the workshop",
        *sealing.ending(ground, command.at),
        ev.WorkshopEnded(at=command.at),
        ev.PrivateWiped(),
    )
