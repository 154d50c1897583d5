"""What the vote of an item takes from an item before it at the moment when it opens."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import AnyPoll, Config, Earlier, OptionsConfig
from workshop_tui.domain.asking import as_data, config_data, round_poll
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.commands import OpenVote
from workshop_tui.domain.deciding.decision import Context
from workshop_tui.domain.deciding.sealing import NOT_COMPARED, sealing
from workshop_tui.domain.earlier import as_earlier, going_on, leaders_sentence, named_item, newest_counted
from workshop_tui.domain.state import ItemState
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Text, tr


class Asking(Struct, frozen=True):
    """How the vote of an item is to be asked."""

    question: str
    config: dict[str, object]
    again: str = ""
    """The round whose question is asked a second time; empty for none."""
    events: tuple[ev.Event, ...] = ()
    """What happens before: the options that were made, the earlier round counted."""
    more: tuple[Text, ...] = ()
    """What came from where, as sentences for the facilitator."""


def asking(context: Context, here: ItemState, poll: AnyPoll, command: OpenVote) -> Asking:
    """The question and the config of the next round of an item, with all they take from earlier items.

    Raises:
        CommandRefused: an earlier item that is needed is gone, not yet counted, or of no use.
    """
    assert here.item.activity is not None  # noqa: S101 - it has a poll
    if here.item.activity.again:
        return _again(context, here, poll, here.item.activity.again, command)
    question = here.item.question or here.item.title
    planned = msgspec.convert(config_data(here), poll.config_type)
    config = _with_leaders(context, here, planned)
    if title := poll.earlier(config):
        config = _filled(poll, config, source_named(context, here, title))
    if config == planned:
        return Asking(question, config_data(here))
    if wrong := poll.problem(config):
        raise CommandRefused(wrong)
    said = leaders_sentence(config) if isinstance(config, OptionsConfig) else ""
    return Asking(question, as_data(config), events=_chosen(here, config, command.at), more=(said,) if said else ())


def _again(context: Context, here: ItemState, poll: AnyPoll, title: str, command: OpenVote) -> Asking:
    source = _item_named(context, here, title)
    rounds = [each for each in context.state.rounds_of(source.item.key) if each.status != "void"]
    if not rounds:
        raise CommandRefused(tr("Ask “{title}” first. This vote asks it a second time.", title=source.item.title))
    first = rounds[-1]
    if first.status == "open":
        raise CommandRefused(tr("The vote of “{title}” is still open. Close it first.", title=source.item.title))
    if first.kind != poll.kind:
        raise CommandRefused(
            tr("“{title}” was asked in another way in the end. Add it as a new question.", title=source.item.title)
        )
    config = msgspec.convert(first.config, poll.config_type)
    before = sealing(context, first, command) if first.status == "closed" else ()
    return Asking(
        here.item.question or first.question,
        first.config,
        again=first.key,
        events=(*before, *_chosen(here, config, command.at)),
        more=() if first.kept_for or before else (NOT_COMPARED,),
    )


def _with_leaders(context: Context, here: ItemState, config: Any) -> Any:
    """The config with the best places of an earlier item as its options, where it wants them."""
    if not isinstance(config, OptionsConfig) or config.options_from != "leaders":
        return config
    source = source_named(context, here, config.leaders_of)
    leaders = going_on(source.places, config.leaders)
    if len(leaders) < 2:
        raise CommandRefused(
            tr("Fewer than two options of “{title}” can go on: nobody answered it.", title=source.title)
        )
    found: tuple[Option, ...] = source.config.options
    options = [replace(option, other=False) for option in found if option.key in leaders]
    letters = iter(sorted({*ascii_lowercase} - {option.key for option in options}))
    planned = here.item.activity.config.get("options", ()) if here.item.activity else ()
    own = [replace(each, key=next(letters)) for each in msgspec.convert(planned, tuple[Option, ...])]
    return replace(config, options=(*options, *own))


def _filled(poll: AnyPoll, config: Any, source: Earlier) -> Any:
    """The config with what its kind takes from the earlier item that it names."""
    if wrong := poll.misfit(config, source):
        raise CommandRefused(wrong)
    return poll.fill(config, source)


def source_named(context: Context, here: ItemState, title: str) -> Earlier:
    """The newest counted round of the item before `here` that has that title.

    Raises:
        CommandRefused: there is none, or no such item.
    """
    each = _item_named(context, here, title)
    round_ = newest_counted(context.state, each.item.key)
    if round_ is None:
        raise CommandRefused(
            tr("Show the result of “{title}” first. This vote is made from it.", title=each.item.title)
        )
    return as_earlier(each.item.title, round_, round_poll(round_, context.kinds), context.rows.profile(round_.key))


def _item_named(context: Context, here: ItemState, title: str) -> ItemState:
    each = named_item(context.state, here.item.key, title)
    if each is None:
        raise CommandRefused(tr("This vote needs “{title}”, and no such item comes before it.", title=title))
    return each


def _chosen(here: ItemState, config: Config, at: int) -> tuple[ev.Event, ...]:
    """The options that came from elsewhere, as the item's own from now on."""
    if not isinstance(config, OptionsConfig):
        return ()
    known = msgspec.convert(config_data(here).get("options", ()), tuple[Option, ...])
    if config.options == known:
        return ()
    return (ev.OptionsChosen(at=at, item=here.item.key, options=config.options),)
