"""The process is killed in the middle of a write: the file opens by itself and holds what was promised."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.faults.lab import shim
from tests.faults.lab.replay import read_log
from tests.faults.lab.writer import NAME, held
from tests.storage import doors, samples
from workshop_tui.storage import opening
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
    # What a killed room left of a second copy is gone, and what has its name is whole.
    assert not list(tmp_path.glob("**/*.part*"))
    for snapshot in tmp_path.glob("*.snapshots/*.workshop"):
        assert held(opening.examine(snapshot, doors.in_use()).stored) <= found


@pytest.mark.long_when_locked
@pytest.mark.parametrize("back", range(1, 60, 8))
def test_killed_while_a_lost_file_is_saved(library: Path, tmp_path: Path, back: int) -> None:
    """Counted from the last write: what is saved is absent or whole, and never half of it has its name."""
    whole = shim.run(library, tmp_path, "losing", str(tmp_path), "20", log=tmp_path / "log")
    writes = sum(operation.kind == "W" for operation in read_log(tmp_path / "log"))
    assert whole.returncode == 0, whole.stderr
    (tmp_path / "again").mkdir()

    done = shim.run(library, tmp_path, "losing", str(tmp_path / "again"), "20", kill_at_write=writes - back + 1)

    assert done.returncode == -signal.SIGKILL
    saved = list((tmp_path / "again").glob("rescued-*"))
    assert "ACK" not in done.stdout or saved
    for each in saved:
        assert held(opening.examine(each, doors.in_use()).stored) == set(range(20))
