"""One fixed day, played through a real room and its file, is seen and exported as it was before.

The golden pages in `golden/` say what was seen, one page for each surface. After a wanted change
`python -m tests.net.write` writes them anew; read what changed before it is kept.
"""

from __future__ import annotations

from typing import get_args

import pytest

from tests.net import golden
from tests.net.replay import Replay, replay
from workshop_tui.domain.commands import Command


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
