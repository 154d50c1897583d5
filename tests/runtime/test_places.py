"""Which session file `run AGENDA` goes on with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop
from tests.storage import samples
from workshop_tui.domain import events as ev
from workshop_tui.runtime.places import unfinished
from workshop_tui.settings import HOME_VARIABLE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path


def session(folder: Path, name: str, *, ended: bool) -> Path:
    store = samples.fresh(folder, name)
    store.commit([*samples.started(), *([ev.PeopleLeft(at=samples.START + 1)] if ended else [])], 1)
    store.close()
    return store.path


def test_a_copy_rescued_from_a_session_that_is_still_there_is_not_gone_on_with(folder: Path) -> None:
    session(folder, "day.workshop", ended=True)
    session(folder, "rescued-1-day.workshop", ended=False)

    assert unfinished(folder, folder / "tell-it-once.toml") is None


def test_a_rescued_copy_is_gone_on_with_when_it_is_all_there_is(folder: Path) -> None:
    rescued = session(folder, "rescued-2-day.workshop", ended=False)
    session(folder, "rescued-day.workshop", ended=True)

    assert unfinished(folder, folder / "tell-it-once.toml") == rescued


def of_an_earlier_program(folder: Path) -> Path:
    path = session(folder, "day.workshop", ended=False)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 4")
    return path


def test_a_session_of_an_earlier_program_is_passed_over(folder: Path) -> None:
    path = of_an_earlier_program(folder)
    before = path.read_bytes()

    assert unfinished(folder, folder / "tell-it-once.toml") is None
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["export", "recount", "run"])
def test_every_command_says_that_an_earlier_program_made_a_file(laptop: Laptop, command: str) -> None:
    path = of_an_earlier_program(laptop.folder)
    before = path.read_bytes()

    refused = laptop.cli(command, path)

    assert refused.returncode == 2
    assert "“day.workshop” was made by an earlier workshop-tui, before its files were settled." in refused.stderr
    assert path.read_bytes() == before
    assert [each.name for each in laptop.folder.glob("*day*")] == ["day.workshop"]
