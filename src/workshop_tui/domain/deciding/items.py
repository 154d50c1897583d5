"""What the facilitator does with the items of the agenda: edit, skip, put back, add."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.asking import gets_options
from workshop_tui.domain.deciding import sealing
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.earlier import earlier_problem
from workshop_tui.domain.state import ItemState
from workshop_tui.domain.text import clean_data, clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import AGENDA_ITEMS, ITEM_MINUTES
from workshop_tui.messages import Listed, Verbatim, tr


@decides(cmd.EditItem)
def edit_item(context: Context, command: cmd.EditItem) -> Decision:
    """Replace an item that was not opened yet."""
    each = context.item(command.item.key)
    if each.opened_at is not None:
        raise CommandRefused(tr("This item was opened already. Add a new one instead."))
    item = _checked(context, command.item)
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
    item = replace(_checked(context, command.item), key=_next_key(context))
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


def _checked(context: Context, item: Item) -> Item:
    """An item typed during the session, cleaned.

    Raises:
        CommandRefused: it cannot be run; the message says what to change.
    """
    title = clean_line(item.title)
    if not has_words(title):
        raise CommandRefused(tr("The item needs a title."))
    if item.activity is not None:
        config = {name: clean_data(value) for name, value in item.activity.config.items()}
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
