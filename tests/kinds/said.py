"""Reading a result in tests: its sentences by what they weigh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyPoll
from workshop_tui.domain.blocks import Statement, ViewBlock
from workshop_tui.messages import ENGLISH, Amount, Figure, Listed, Message, Percent, Quoted, Verbatim

T = TypeVar("T")


def sentences(poll: AnyPoll, config: Any, profile: Mapping[Any, int], weight: str = "plain") -> list[str]:
    """What the result of a profile says, without its charts."""
    return said(poll.show(config, poll.tally(config, profile)), weight)


def said(blocks: tuple[ViewBlock, ...], weight: str = "plain") -> list[str]:
    """The sentences among some blocks."""
    return [ENGLISH.text(block.text) for block in blocks if isinstance(block, Statement) and block.weight == weight]


def english(value: Any) -> Any:
    """A block, or anything in one, with all words in English; numbers stay numbers."""
    match value:
        case Message() | Quoted() | Verbatim() | Figure() | Percent() | Amount() | Listed():
            return ENGLISH.text(value)
        case Statement():
            return Statement(ENGLISH.text(value.text), value.weight)
        case Struct():
            return replace(value, **{name: english(getattr(value, name)) for name in value.__struct_fields__})
        case tuple() | list():
            return type(value)(map(english, value))
        case dict():
            return {name: english(each) for name, each in value.items()}
        case _:
            return value


def apart(poll: AnyPoll, ballots: Iterable[Any]) -> tuple[dict[Any, int], list[Any]]:
    """The profile of some ballots, and the reasons that were in them."""
    given = list(ballots)
    return Counter(map(poll.bare, given)), sorted(reason for ballot in given for reason in poll.reasons(ballot))


def block(kind: type[T], blocks: tuple[ViewBlock, ...], number: int = 0) -> T:
    """The chart of a kind among some blocks, in English."""
    found: T = english([each for each in blocks if isinstance(each, kind)][number])
    return found
