"""What the vote of an item takes from an item before it at the moment when it opens."""

from __future__ import annotations

from typing import Any

from workshop_tui.domain.activity import AnyPoll, Earlier, Poll
from workshop_tui.domain.deciding.decision import Ground
from workshop_tui.domain.earlier import counted, named_item, newest_counted
from workshop_tui.domain.state import ItemState
from workshop_tui.errors import CommandRefused


def filled(ground: Ground, here: ItemState, poll: AnyPoll, config: Any) -> Any:
    """The config with what it takes from the earlier item that it names; unchanged where it names none.

    Raises:
        CommandRefused: that item is gone, has no counted round yet, or cannot be used.
    """
    title = poll.earlier(config)
    if not title:
        return config
    source = source_named(ground, here, title)
    if wrong := poll.misfit(config, source):
        raise CommandRefused(wrong)
    full = poll.fill(config, source)
    if wrong := poll.problem(full):
        raise CommandRefused(wrong)
    return full


def source_named(ground: Ground, here: ItemState, title: str) -> Earlier:
    """The newest counted round of the item before `here` that has that title.

    Raises:
        CommandRefused: there is none, or no such item.
    """
    each = named_item(ground.state, here.item.key, title)
    if each is None:
        raise CommandRefused(f"This vote needs the result of “{title}”, and no such item comes before it.")
    round_ = newest_counted(ground.state, each.item.key)
    if round_ is None:
        raise CommandRefused(f"Show the result of “{each.item.title}” first. This vote is made from it.")
    poll = ground.kinds[round_.kind]
    assert isinstance(poll, Poll)  # noqa: S101 - a round is only ever opened for a poll
    return counted(each.item.title, round_, poll, ground.rows.profile(round_.key))
