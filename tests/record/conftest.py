"""The day is played once for all that is looked for in what is left of it."""

from __future__ import annotations

import pytest

from tests.record.played import Played, play_the_day


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The day, played."""
    return play_the_day(tmp_path_factory.mktemp("day") / "day.workshop")
