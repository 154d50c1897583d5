"""Which session file `run AGENDA` goes on with."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    store.commit([*samples.started(), *([ev.WorkshopEnded(at=samples.START + 1)] if ended else [])], 1)
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
