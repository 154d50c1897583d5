"""A laptop, and browsers as people have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop, a_laptop


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    """A laptop of this test's own."""
    with a_laptop(tmp_path) as laptop:
        yield laptop
