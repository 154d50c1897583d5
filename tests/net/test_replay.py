"""One fixed day, played through a real room and its file, is seen and exported as it was before.

The golden pages in `golden/` say what was seen, one page for each surface. After a wanted change
`python -m tests.net.write` writes them anew; read what changed before it is kept.
"""

from __future__ import annotations

import re
from typing import get_args

import pytest

from tests.net import golden
from tests.net.replay import Replay, replay
from workshop_tui.domain.commands import Command

LEVEL = re.compile(r"\bC[0-4]\b")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return replay(tmp_path_factory.mktemp("net"))


def test_the_same_surfaces_are_seen_as_before(played: Replay) -> None:
    assert sorted(played.pages) == sorted(golden.read())


@pytest.mark.parametrize("name", sorted(golden.read()))
def test_a_surface_is_as_it_was(name: str, played: Replay) -> None:
    if found := golden.difference(name, golden.read()[name], played.pages.get(name, "")):
        pytest.fail(found, pytrace=False)


def test_every_sort_of_command_is_given_on_the_day(played: Replay) -> None:
    assert {*get_args(Command)} <= played.given


FOR_PROGRAMS = ("export-session.json.txt", "export-stories.csv.txt", "export-pabulib.txt", "queue.txt")
"""What no person reads on a page: files for programs, and what a console gets before it draws."""


@pytest.mark.parametrize("name", sorted({*golden.read()} - {*FOR_PROGRAMS}))
def test_no_letters_of_a_level_stand_where_people_read_who_may_read_it(name: str, played: Replay) -> None:
    # What a form sends is no word on its page.
    words = [
        line for line in played.pages[name].splitlines() if not re.fullmatch(r"<\w+ level = C\d( checked)?>", line)
    ]

    assert [line for line in words if LEVEL.search(line)] == []
