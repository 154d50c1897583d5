"""Reads the worked examples of docs/voting.md: an item of an agenda, the answers of the room, the result."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from workshop_tui.domain.activity import AnyPoll
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.drawing.text import draw_text
from workshop_tui.kinds.registry import KINDS

VOTING = Path(__file__).parents[2] / "docs" / "voting.md"
WIDTH = 76

_SECTION = re.compile(r"^## .*?\(`(\w+)`\)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ANSWER = re.compile(r"^- (\d+) (?:person|people): `([^`]*)`$", re.MULTILINE)


class Worked(NamedTuple):
    """One worked example."""

    kind: str
    poll: AnyPoll
    config: Any
    profile: dict[Any, int]
    result: str
    """As it is printed in the page."""

    def counted(self) -> str:
        """What the program makes of the answers."""
        blocks = self.poll.show(self.config, self.poll.tally(self.config, self.profile))
        return "\n".join(draw_text(blocks, WIDTH))


def worked_examples(page: str) -> list[Worked]:
    """Every section of a page that has an item, answers and a result."""
    return [_worked(kind, section) for kind, section in _SECTION.findall(page) if _ANSWER.search(section)]


def _worked(kind: str, section: str) -> Worked:
    item = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
    result = re.search(r"```text\n(.*?)\n```", section, re.DOTALL)
    assert item, f"{kind}: no item of an agenda"
    agenda = parse_agenda(f'title = "A day"\nstage = "plan"\n\n{item[1]}', KINDS, file="docs/voting.md")
    poll = KINDS[kind]
    activity = agenda.items[0].activity
    assert activity, f"{kind}: phones do nothing"
    config = msgspec.convert(activity.config, poll.config_type)
    profile: dict[Any, int] = {}
    for people, fields in _ANSWER.findall(section):
        ballot = poll.bare(poll.read(config, _fields(fields)))
        profile[ballot] = profile.get(ballot, 0) + int(people)
    return Worked(kind, poll, config, profile, result[1] if result else "")


def _fields(said: str) -> dict[str, list[str]]:
    """ "score.a = 5; score.b = 4" as a form would post it."""
    parts = (part.partition(" = ") for part in said.split("; "))
    return {name: values.split(", ") for name, _, values in parts}
