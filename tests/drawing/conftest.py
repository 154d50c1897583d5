from __future__ import annotations

from collections.abc import Iterator

import pytest

from .stub_room import StubRoom, stub_room


@pytest.fixture
def room() -> Iterator[StubRoom]:
    with stub_room() as stub:
        yield stub
