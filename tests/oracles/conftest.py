"""One environment for each library and run."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where environments are made."""
    return tmp_path_factory.mktemp("oracles")
