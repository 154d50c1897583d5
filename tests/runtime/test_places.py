"""Which session file `run AGENDA` goes on with."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop
from tests.storage import samples
from workshop_tui.domain import events as ev
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.places import saved_of, to_go_on_with
from workshop_tui.settings import HOME_VARIABLE
from workshop_tui.storage.session_file import create

ALIVE = samples.START + 10


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path


def session(folder: Path, name: str, *, ended: bool, id_: str = "0123456789abcdef", alive: int = ALIVE) -> Path:
    store = create(folder / name, samples.info(id=id_), samples.AGENDA_TEXT, samples.STORY_KEY)
    store.commit([*samples.started(), *([ev.PeopleLeft(at=samples.START + 1)] if ended else [])], alive)
    store.close()
    shutil.rmtree(folder / f"{name}.snapshots")
    return store.path


def going_on(folder: Path) -> Path | None:
    left = to_go_on_with(folder, folder / "tell-it-once.toml", KeyRing())
    return None if left is None else left.path


def test_a_copy_rescued_from_a_session_that_is_still_there_is_not_gone_on_with(folder: Path) -> None:
    session(folder, "day.workshop", ended=True)
    session(folder, "rescued-1-day.workshop", ended=False)

    assert going_on(folder) is None


def test_a_rescued_copy_is_gone_on_with_when_it_is_all_there_is(folder: Path) -> None:
    rescued = session(folder, "rescued-2-day.workshop", ended=False)
    session(folder, "rescued-day.workshop", ended=True, id_="f" * 16)

    assert going_on(folder) == rescued


def of_an_earlier_program(folder: Path) -> Path:
    path = session(folder, "day.workshop", ended=False)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 4")
    return path


def test_a_session_of_an_earlier_program_is_passed_over(folder: Path) -> None:
    path = of_an_earlier_program(folder)
    before = path.read_bytes()

    assert going_on(folder) is None
    assert path.read_bytes() == before


def test_what_was_saved_of_a_session_that_another_program_has_gone_on_with_is_not_gone_on_with(folder: Path) -> None:
    store = samples.fresh(folder, "day.workshop")
    store.commit(samples.started(), ALIVE)
    store.close()
    assert saved_of(store.path, KeyRing(), newer=False) is not None
    with closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 99")

    assert going_on(folder) is None
    assert saved_of(store.path, KeyRing(), newer=False) is None


def test_of_file_rescue_and_snapshots_the_one_that_was_written_last_is_gone_on_with(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (folder / "day.workshop.snapshots").mkdir()
    rescued = folder / "rescued-1-day.workshop"
    for path, alive in (
        (folder / "day.workshop", ALIVE),
        (rescued, ALIVE + 5),
        (folder / "day.workshop.snapshots" / "0123456789abcdef-000001.workshop", ALIVE + 3),
    ):
        # Made elsewhere: a room removes what was saved of its session before.
        made = tmp_path_factory.mktemp("made")
        session(made, "made.workshop", ended=False, alive=alive).rename(path)
    assert going_on(folder) == rescued

    session(folder, "other.workshop", ended=False, id_="f" * 16, alive=ALIVE + 9)
    assert going_on(folder) == folder / "other.workshop"


def test_a_rescue_that_says_no_more_than_its_file_is_not_gone_on_with(folder: Path) -> None:
    path = session(folder, "day.workshop", ended=False)
    session(folder, "rescued-1-day.workshop", ended=False)

    assert going_on(folder) == path
    assert saved_of(path, KeyRing(), newer=True) is None


@pytest.mark.parametrize("command", ["export", "recount", "run"])
def test_every_command_says_that_an_earlier_program_made_a_file(laptop: Laptop, command: str) -> None:
    path = of_an_earlier_program(laptop.folder)
    before = path.read_bytes()

    refused = laptop.cli(command, path)

    assert refused.returncode == 2
    assert "“day.workshop” was made by an earlier workshop-tui, before its files were settled." in refused.stderr
    assert path.read_bytes() == before
    assert [each.name for each in laptop.folder.glob("*day*")] == ["day.workshop"]
