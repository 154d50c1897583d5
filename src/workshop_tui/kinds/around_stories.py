"""What may be said beside a story: who tells it and for whom, where and how it felt, and what to be warned of.

None of it is asked of anybody, and none of it says how old somebody is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workshop_tui.domain.activity import Fields
from workshop_tui.domain.blocks import Group
from workshop_tui.domain.content_warnings import CONTENT_WARNINGS
from workshop_tui.domain.text import clean_line, has_words, must_fit
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.options import UNKNOWN, picked
from workshop_tui.messages import Message, tr

NAMES: Final = ("narrator", "whom", "helper", "touchpoints", "feelings", "warnings", "young")
"""The groups, as their fields are called."""

OWN_LETTERS: Final = 60
"""Longest word of one's own, in code points."""

Beside = tuple[tuple[str, tuple[str, ...]], ...]
"""(name of the group, what was chosen in it), in the order of the form; words of one's own under ``name.own``."""

_NARRATORS: Final[tuple[tuple[str, Message], ...]] = (
    ("patient", tr("Someone who was cared for")), ("carer", tr("A carer")), ("parent", tr("A parent")),
    ("relative", tr("Family or a friend")), ("child", tr("A child")), ("young_adult", tr("A young person")),
    ("staff", tr("Someone who works in care")), ("public", tr("Someone who lives here")),
    ("advocate", tr("Someone who speaks up for others")),
)  # fmt: skip
_FOR_WHOM: Final[tuple[tuple[str, Message], ...]] = (
    ("self", tr("For myself")), ("on_behalf", tr("For someone else")), ("representing_group", tr("For a group")),
)  # fmt: skip
_HELPERS: Final[tuple[tuple[str, Message], ...]] = (
    ("none", tr("Nobody")), ("family", tr("Someone in my family, or a friend")), ("staff", tr("Someone from staff")),
    ("interpreter", tr("An interpreter")), ("helper", tr("A helper here")),
)  # fmt: skip
_FEELINGS: Final[tuple[tuple[str, Message], ...]] = (
    ("safe", tr("Safe")), ("listened_to", tr("Listened to")), ("relieved", tr("Relieved")),
    ("hopeful", tr("Hopeful")), ("proud", tr("Proud")), ("grateful", tr("Grateful")), ("calm", tr("Calm")),
    ("ignored", tr("Ignored")), ("frightened", tr("Frightened")), ("ashamed", tr("Ashamed")), ("angry", tr("Angry")),
    ("alone", tr("Alone")), ("confused", tr("Confused")), ("rushed", tr("Rushed")), ("a_burden", tr("A burden")),
)  # fmt: skip
"""Where the agenda names none of its own."""

YOUNG: Final[tuple[tuple[str, Message], ...]] = (
    ("young", tr("It is by or about a child or a young person")),
    ("young_yes", tr("The young person wants it told")),
    ("young_no", tr("The young person does not want it told, or not all of it")),
    ("parent_yes", tr("A parent agrees")), ("parent_no", tr("A parent does not agree")),
)  # fmt: skip


def groups_of(touchpoints: Sequence[str], feelings: Sequence[str]) -> tuple[Group, ...]:
    """Everything that can be added, with the agenda's own words where it has some."""
    felt = tuple((each, each) for each in feelings) or _FEELINGS
    return (
        Group("narrator", tr("Who tells this?"), _NARRATORS),
        Group("whom", tr("For whom?"), _FOR_WHOM),
        Group("helper", tr("Who helps you to tell it?"), _HELPERS),
        Group(
            "touchpoints",
            tr("Where was it?"),
            tuple((each, each) for each in touchpoints),
            several=True,
            own=tr("Somewhere else"),
        ),
        Group("feelings", tr("How did it feel?"), felt, several=True, own=tr("Another feeling")),
        Group(
            "warnings",
            tr("Should people be warned before they hear it?"),
            tuple(CONTENT_WARNINGS.items()),
            several=True,
        ),
        Group("young", tr("Children and young people"), YOUNG, several=True),
    )


def names_of(groups: Sequence[Group]) -> tuple[str, ...]:
    """Under which names something can be said besides: of each group, and of one's own words where it takes some."""
    return tuple(name for each in groups for name in (each.name, *([f"{each.name}.own"] if each.own else [])))


def read_beside(groups: Sequence[Group], fields: Fields) -> Beside:
    """What was chosen; nothing has to be."""
    said: list[tuple[str, tuple[str, ...]]] = []
    for group in groups:
        chosen = picked(group.name, fields)
        keys = [key for key, _ in group.choices]
        if not chosen <= set(keys):
            raise BallotRejected(UNKNOWN, field=group.name)
        if len(chosen) > 1 and not group.several:
            raise BallotRejected(tr("Please choose only one answer."), field=group.name)
        if chosen:
            said.append((group.name, tuple(key for key in keys if key in chosen)))
        own = clean_line(" ".join(fields.get(f"{group.name}.own", ()))) if group.own else clean_line("")
        must_fit(len(own), OWN_LETTERS, group.own or group.label, field=group.name)
        if has_words(own):
            said.append((f"{group.name}.own", (own,)))
    return tuple(said)


def needs_both(beside: Beside) -> bool:
    """Whether a young person's wish, a parent's agreement or both are still missing."""
    said: Mapping[str, tuple[str, ...]] = dict(beside)
    young = set(said.get("young", ()))
    return bool(young) and not {"young_yes", "parent_yes"} <= young
