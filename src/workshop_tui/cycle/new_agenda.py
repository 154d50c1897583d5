"""Writes the agenda of a session that begins from batons: what they handed in first, so that nobody is asked again.

To a session that monitors, promises come too, each with room for its measure. Whatever else a stage had to hand on
stands in comments below the head, for whoever writes the rest of the agenda.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from workshop_tui.cycle.baton import Baton, Point
from workshop_tui.cycle.payload import LABELS, Line
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError
from workshop_tui.messages import Listed, Message, Verbatim, tr, trn

MINUTES_A_POINT: Final = 2
"""Time to read one point out and to say what is known of it."""

LEAST_MINUTES: Final = 10
MOST_MINUTES: Final = 90
"""What can be sat through without a break."""

IN_FIELDS: Final = ("needs", "ideas", "promises")
"""What of a payload is handed in itself, and in no comment; promises where the session monitors."""

MEASURE: Final = ("metric", "source", "period", "baseline")

Say = Callable[[Message], str]
Table = dict[str, object]


def agenda_text(batons: Sequence[Baton], title: str, say: Say) -> str:
    """An agenda file with what batons handed in, and items to go on from.

    Args:
        batons: What was handed on, for one stage.
        title: Of the workshop that is planned; empty for one that names where the points came from.
        say: Puts a sentence into the language of the first.

    Raises:
        InputError: they are for different stages.
    """
    first = batons[0]
    _of_one_stage(batons, first.to_stage)
    handed = _handed(batons)
    titles = Listed(tuple(dict.fromkeys(each.origin.title for each in batons)))
    head: Table = {
        "title": (title or say(tr("What we do with {titles}", titles=titles)))[:200],
        "stage": first.to_stage,
        "language": first.origin.language,
        "baton_in": say(
            trn("{n} thing of {titles} was handed to this workshop.",
                "{n} things of {titles} were handed to this workshop.", len(handed), titles=titles)
        ),
    }  # fmt: skip
    items = ["[[item]]\n" + _lines(each) for each in _items(first.to_stage, len(handed), say)]
    return "\n".join([_lines(head), *_comments(batons, say), *_tables(handed), *items])


def added_to(agenda: str, batons: Sequence[Baton], stage: str, after: int, say: Say) -> str:
    """An agenda that somebody wrote, with what batons handed in; of what stands in it nothing is changed.

    Args:
        agenda: The file.
        batons: What was handed on, for its stage.
        stage: Its stage.
        after: After so many of its items comes one that shows what was handed in; -1 where it has one.
        say: Puts a sentence into its language.

    Raises:
        InputError: a baton is for another stage.
    """
    _of_one_stage(batons, stage)
    handed = _handed(batons)
    starts = [found.start() for found in _ITEM.finditer(agenda)]
    opening = next(_items(stage, len(handed), say))
    # Tables of points may stand anywhere between items: TOML keeps each list by its name.
    at = starts[max(after, 0)] if max(after, 0) < len(starts) else len(agenda)
    parts = [*_comments(batons, say), *_tables(handed), *(("[[item]]\n" + _lines(opening),) if after >= 0 else ())]
    return agenda[:at] + "\n".join([*parts, agenda[at:]])


_ITEM: Final = re.compile(r"^[ \t]*\[\[[ \t]*item[ \t]*\]\]", re.MULTILINE)


def _of_one_stage(batons: Sequence[Baton], stage: str) -> None:
    """Pass if all batons are for one stage.

    Raises:
        InputError: one is not.
    """
    if other := next((each for each in batons if each.to_stage != stage), None):
        raise InputError(
            tr("These are for different stages: “{first}” and “{other}”.", first=Verbatim(stage),
               other=Verbatim(other.to_stage)),
            advice=tr("Give one workshop only what was handed on for its stage."),
        )  # fmt: skip


def _tables(handed: Sequence[Table]) -> Iterator[str]:
    for each in handed:
        empty = "".join(f'# {key} = ""\n' for key in MEASURE) if each.get("sort") == "promise" else ""
        yield "[[received]]\n" + _lines(each) + empty


def handed_in(batons: Sequence[Baton]) -> int:
    """How many points and promises an agenda of them opens with."""
    return len(_handed(batons))


def _handed(batons: Sequence[Baton]) -> list[Table]:
    """Points and, for a session that monitors, promises; what two batons hand in is there once, as the newer has it."""
    found: dict[str, tuple[tuple[int, str], Table]] = {}

    def take(id_: str, table: Table) -> None:
        if id_ not in found or found[id_][0] < age:
            found[id_] = (age, table)

    for baton in batons:
        age = (baton.origin.made_at, baton.handed_on)
        for point in baton.points:
            take(point.id, dict(_received(baton, point)))
        for line in baton.promises:
            take(line.id, dict(_promise(baton, line)))
    return [table for _, table in found.values()]


def _received(baton: Baton, point: Point) -> Iterator[tuple[str, object]]:
    yield "id", point.id
    yield "words", point.words
    yield from _origin(baton)
    for name in ("said_by", "base", "against"):
        if (number := getattr(point, name)) is not None:
            yield name, number
    body = point.body or (baton.to[0].name if len(baton.to) == 1 else "")
    for name, words in (("body", body), ("asked", point.asked), ("by", baton.due_of(point))):
        if words:
            yield name, words


def _promise(baton: Baton, line: Line) -> Iterator[tuple[str, object]]:
    yield "id", line.id
    yield "words", line.words
    yield from _origin(baton)
    yield "sort", "promise"
    if line.said:
        yield "about", line.said
    if line.by:
        yield "by", line.by


def _origin(baton: Baton) -> Iterator[tuple[str, object]]:
    yield "from_session", baton.origin.title[:200]
    yield "from_stage", baton.origin.stage


def _comments(batons: Sequence[Baton], say: Say) -> Iterator[str]:
    """What else was handed on, line by line."""
    for baton in batons:
        lines = []
        for name, given in baton.payload.items():
            if not given or name not in LABELS or name in IN_FIELDS[:2]:
                continue
            if name == "promises" and baton.to_stage == "monitor":
                continue
            lines.append(f"# {say(LABELS[name])}:")
            lines += [f"# - {_comment(each)}" for each in given]
        for each in baton.overrides:
            lines.append(f"# - {say(tr('Why it goes on without: {reason}', reason=clean_line(each.reason)))}")
        if lines:
            heading = say(tr("“{title}” handed this on too:", title=clean_line(baton.origin.title)))
            yield "\n".join((f"# {heading}", *lines, ""))


def _comment(line: Line) -> str:
    # A comment ends with its line, so that nothing of it may begin another one.
    words, said = str(clean_line(line.words)), str(clean_line(line.said))
    return f"{words} ({said})" if said else words


def _items(stage: str, many: int, say: Say) -> Iterator[Table]:
    yield {
        "title": say(tr("What was handed to us")),
        "minutes": min(MOST_MINUTES, max(LEAST_MINUTES, MINUTES_A_POINT * many)),
        "type": "received",
        "say": say(tr("Read each point out. Say what is known of it, and what can still change.")),
    }
    if stage == "monitor":
        yield {
            "title": say(tr("What was promised, and what people see")),
            "minutes": 45,
            "type": "table_discussion",
            "say": say(tr("Hold the figures beside what people tell. Neither is shown without the other.")),
            "capture": say(tr("For each promise: kept, kept in part or broken, and what shows it. What is to change "
                              "goes back to an earlier stage as a point.")),
        }  # fmt: skip
    else:
        yield {
            "title": say(tr("What we do with each point")),
            "minutes": 45,
            "type": "table_discussion",
            "capture": say(tr("For each point: what becomes of it, by when, and who says so to those who raised it.")),
        }
    yield {"title": say(tr("What happens next")), "minutes": 15, "type": "action_planning"}


def _lines(table: Table) -> str:
    # A text of JSON is a text of TOML: both escape quotes, backslashes and control signs in the same way.
    return "".join(f"{key} = {msgspec.json.encode(value).decode()}\n" for key, value in table.items())
