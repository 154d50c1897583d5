"""A page is opened by a real program, never a shell, and its address stands on no command line."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from workshop_tui.runtime import openers
from workshop_tui.runtime.openers import open_page, opener

HOST = "http://127.0.0.1:9000/a1b2&c/host"


def test_the_program_gets_a_file_of_its_owner_that_leads_to_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openers, "opener", lambda environ, platform: ("/usr/bin/xdg-open",))
    started: list[list[str]] = []

    assert open_page(HOST, tmp_path, started.append)

    ((program, name),) = started
    assert program == "/usr/bin/xdg-open"
    assert "a1b2" not in name
    assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600
    assert 'content="0;url=http://127.0.0.1:9000/a1b2&amp;c/host"' in Path(name).read_text(encoding="utf-8")


def test_the_file_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[tuple[object, ...]] = []

    class Timer:
        def __init__(self, after: float, act: object, given: tuple[object, ...]) -> None:
            timers.append((act, *given))

        def start(self) -> None:
            act, file = timers[0]
            act(file)  # type: ignore[operator]

    monkeypatch.setattr(openers, "opener", lambda environ, platform: ("open",))
    monkeypatch.setattr(openers.threading, "Timer", Timer)

    assert open_page(HOST, tmp_path, lambda command: None)
    assert list(tmp_path.iterdir()) == []


def test_where_no_window_can_be_shown_nothing_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert opener({}, "linux") == ()
    monkeypatch.setattr(openers.sys, "platform", "linux")
    assert not open_page(HOST, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_cannot_be_started_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openers, "opener", lambda environ, platform: (str(tmp_path / "nothing-here"),))

    assert not open_page(HOST, tmp_path)
    assert list(tmp_path.iterdir()) == []
