"""The ballots of a PrefLib file: lines such as ``12: 3,{1,2}``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, TypeVar

from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.limits import CANDIDATES
from workshop_tui.messages import tr

Groups = tuple[tuple[str, ...], ...]
"""The places, or the categories, of one ballot, each with the keys in it, sorted by number."""

B = TypeVar("B")

_PLACE: Final = re.compile(r"(\{[^{}]*\}|[^,{}]*)(,|$)")
_SPACE: Final = re.compile(r"\s+")


def read_ballot(source: Source, line: int, text: str, numbers: range) -> tuple[int, Groups]:
    """How often one ballot was given, and its groups; ``{}`` and nothing between two commas are empty groups.

    Args:
        source: The file.
        line: The number of the line.
        text: The line.
        numbers: Those that alternatives have.

    Raises:
        InputError: the line cannot be read, or names an alternative that there is not.
    """
    count, colon, rest = text.strip().partition(":")
    if not colon:
        none = tr("“{given}” is no ballot: a count and a colon come first", given=shown(text.strip()))
        source.refuse(line, none)
    if count != count.strip() or _SPACE.search(rest.strip()):
        source.note(line, tr("A list has stray spaces."), "spaces")
    times = source.whole(count.strip(), line, tr("the count before the colon"))
    if not times:
        source.note(line, tr("A ballot is there 0 times. It was passed over."), "zero")
    return times, _groups(source, line, _SPACE.sub("", rest), numbers)


def add_up(source: Source, counts: dict[B, int], ballot: B, count: int, line: int) -> None:
    """Add a ballot to counts; one that is there already is noted."""
    if ballot in counts:
        source.note(line, tr("The same ballot is on two lines. They were added up."), "twice")
    counts[ballot] = counts.get(ballot, 0) + count


def _groups(source: Source, line: int, text: str, among: range) -> Groups:
    groups: list[tuple[str, ...]] = []
    seen: set[int] = set()
    at, more = 0, bool(text)
    while more:
        match = _PLACE.match(text, at)
        if match is None:
            braces = tr("“{given}” cannot be read: braces do not close, or stand in each other", given=shown(text[at:]))
            source.refuse(line, braces)
        at, more = match.end(), match[2] == ","
        if not match[1] and not more and groups:
            source.note(line, tr("A list ends in a comma."), "comma")
            break
        numbers = [_alternative(source, line, each, among) for each in match[1].strip("{}").split(",") if each]
        new = sorted(dict.fromkeys(number for number in numbers if number not in seen))
        if len(new) < len(numbers):
            source.note(line, tr("A ballot names an alternative twice. The first time counts."), "named twice")
        seen.update(new)
        groups.append(_alone(new[0]) if len(new) == 1 else tuple(map(str, new)))
    return tuple(groups) or ((),)


@lru_cache(maxsize=CANDIDATES)
def _alone(number: int) -> tuple[str, ...]:
    """A group of one: made once, because a large file has millions of them."""
    return (str(number),)


def _alternative(source: Source, line: int, raw: str, among: range) -> int:
    number = source.whole(raw, line, tr("an alternative"))
    if number not in among:
        none = tr(
            "there is no alternative {number}: they are numbered from {first} to {last}",
            number=number,
            first=among.start,
            last=among.stop - 1,
        )
        source.refuse(line, none)
    return number
