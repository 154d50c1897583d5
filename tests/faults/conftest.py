"""Every test of the store runs twice: over plain files and over locked ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage import doors
from workshop_tui.storage.keys import FileKey


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    doors.run_both_ways(metafunc)


@pytest.fixture(autouse=True, scope="module")
def key(request: pytest.FixtureRequest) -> Iterator[FileKey | None]:
    """What the files of this test are locked with; None for plain ones."""
    yield from doors.used_for_a_test(request.param)
