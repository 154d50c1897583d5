"""From what an item or a round holds as plain data to the kind and its typed config."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from workshop_tui.domain.activity import AnyGathering, AnyKind, AnyPoll, Config, Gathering, Kinds, Poll
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.state import ItemState, Round


def poll_of(item: Item, kinds: Kinds) -> AnyPoll | None:
    """The poll an item runs; None where it runs none."""
    kind = kinds.get(item.activity.kind) if item.activity else None
    return kind if isinstance(kind, Poll) else None


def gathering_of(item: Item, kinds: Kinds) -> AnyGathering | None:
    """The gathering an item runs; None where it runs none."""
    kind = kinds.get(item.activity.kind) if item.activity else None
    return kind if isinstance(kind, Gathering) else None


def asks_names(items: Iterable[ItemState], kinds: Kinds) -> bool:
    """Whether any item asks people for a name: then no page may say that none is asked."""
    polls = (poll_of(each.item, kinds) for each in items)
    return any(poll is not None and poll.is_named for poll in polls)


def wants_ideas(item: Item) -> bool:
    """Whether the item's options are to come from what the room said."""
    return bool(item.activity and not item.activity.again and item.activity.config.get("options_from") == "ideas")


def gets_options(item: Item) -> bool:
    """Whether the item's options only come during the workshop: from ideas, or from an earlier item."""
    return bool(item.activity and (item.activity.again or item.activity.config.get("options_from")))


def config_data(each: ItemState) -> dict[str, object]:
    """The item's config as plain data, with the options the facilitator chose; {} without an activity."""
    if each.item.activity is None:
        return {}
    data = dict(each.item.activity.config)
    if each.options:
        # As it is read from a file again, where a tuple is a list.
        data["options"] = msgspec.json.decode(msgspec.json.encode(each.options))
    return data


def config_of(each: ItemState, kind: AnyKind) -> Any:
    """The item's config in its kind's own type."""
    return msgspec.convert(config_data(each), kind.config_type)


def as_data(config: Config) -> dict[str, object]:
    """A config as the plain data that agendas and rounds hold."""
    plain: dict[str, object] = msgspec.json.decode(msgspec.json.encode(config))
    return plain


def round_config(round_: Round, kind: AnyPoll) -> Any:
    """The config a round was asked with, in its kind's own type."""
    return msgspec.convert(round_.config, kind.config_type)


def round_poll(round_: Round, kinds: Kinds) -> AnyPoll:
    """The kind of a round; a round is only ever opened for a poll."""
    poll = kinds[round_.kind]
    assert isinstance(poll, Poll)  # noqa: S101 - deciding keeps this
    return poll


def ballots_of(poll: AnyPoll, profile: Mapping[str, int]) -> dict[Any, int]:
    """Counts of choices, by canonical JSON, as counts of ballots in their kind's own type and in the same order."""
    return {msgspec.json.decode(choice, type=poll.ballot_type): count for choice, count in profile.items()}
