"""One environment for each library and run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where environments are made; they are large, so they are removed after the run."""
    folder = tmp_path_factory.mktemp("oracles")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
