"""Writes the agenda of a session that begins from a baton: its points first, so that nobody is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from workshop_tui.cycle.baton import Baton, Point
from workshop_tui.messages import Message, tr, trn

MINUTES_A_POINT: Final = 2
"""Time to read one point out and to say what is known of it."""

LEAST_MINUTES: Final = 10
MOST_MINUTES: Final = 90
"""What can be sat through without a break."""


def agenda_text(baton: Baton, title: str, say: Callable[[Message], str]) -> str:
    """An agenda file with the points of a baton, and items to go on from.

    Args:
        baton: What was handed on.
        title: Of the workshop that is planned; empty for one that names where the points came from.
        say: Puts a sentence into the language of the baton.
    """
    origin = baton.origin
    made = title or say(tr("What we do with “{title}”", title=origin.title))
    head: dict[str, object] = {
        "title": made[:200],
        "stage": baton.to_stage,
        "language": origin.language,
        "baton_in": say(
            trn(
                "{n} point of “{title}” was handed to this workshop.",
                "{n} points of “{title}” were handed to this workshop.",
                len(baton.points),
                title=origin.title,
            )
        ),
    }
    parts = [_lines(head)]
    parts += ["[[received]]\n" + _lines(dict(_received(baton, each))) for each in baton.points]
    parts += ["[[item]]\n" + _lines(each) for each in _items(baton, say)]
    return "\n".join(parts)


def _received(baton: Baton, point: Point) -> Iterator[tuple[str, object]]:
    yield "id", point.id
    yield "words", point.words
    yield "from_session", baton.origin.title[:200]
    yield "from_stage", baton.origin.stage
    for name in ("said_by", "base", "against"):
        if (number := getattr(point, name)) is not None:
            yield name, number
    body = point.body or (baton.to[0].name if len(baton.to) == 1 else "")
    for name, words in (("body", body), ("asked", point.asked), ("by", baton.due_of(point))):
        if words:
            yield name, words


def _items(baton: Baton, say: Callable[[Message], str]) -> Iterator[dict[str, object]]:
    minutes = min(MOST_MINUTES, max(LEAST_MINUTES, MINUTES_A_POINT * len(baton.points)))
    yield {
        "title": say(tr("What was handed to us")),
        "minutes": minutes,
        "type": "information",
        "say": say(tr("Read each point out. Say what is known of it, and what can still change.")),
    }
    yield {
        "title": say(tr("What we do with each point")),
        "minutes": 45,
        "type": "table_discussion",
        "capture": say(tr("For each point: what becomes of it, by when, and who says so to those who raised it.")),
    }
    yield {"title": say(tr("What happens next")), "minutes": 15, "type": "action_planning"}


def _lines(table: dict[str, object]) -> str:
    # A text of JSON is a text of TOML: both escape quotes, backslashes and control signs in the same way.
    return "".join(f"{key} = {msgspec.json.encode(value).decode()}\n" for key, value in table.items())
