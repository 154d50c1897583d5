"""The process is killed in the middle of a write: the file opens by itself and holds what was promised."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.faults.lab import shim
from tests.faults.lab.writer import NAME, held
from tests.storage import samples
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.session_file import open_existing

pytestmark = pytest.mark.skipif(bool(shim.missing()), reason=shim.missing())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, key: FileKey | None) -> Path:
    """The shim, and beside it a session file that was never used."""
    del key
    folder = tmp_path_factory.mktemp("lab")
    samples.fresh(folder, NAME).close()
    return shim.build(folder)


@pytest.mark.long_when_locked
@pytest.mark.parametrize("write", range(1, 200, 14))
def test_killed_inside_a_write(library: Path, tmp_path: Path, write: int) -> None:
    shutil.copy(library.with_name(NAME), tmp_path / NAME)

    done = shim.run(library, tmp_path, "full", str(tmp_path), "60", kill_at_write=write)

    assert done.returncode == -signal.SIGKILL
    promised = set(range(done.stdout.count("ACK")))
    store = open_existing(tmp_path / NAME)
    found = held(store.load())
    store.commit([], 1)
    store.close()
    assert promised <= found <= promised | {len(promised)}
