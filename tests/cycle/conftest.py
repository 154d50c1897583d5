"""A command line for the tests of the cycle."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cycle.held import Say
from tests.cycle.turned import made_once, printed_by
from workshop_tui.cli import run_command_line


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """A command line of our own; gives what it printed."""
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))

    def run(*arguments: object, code: int = 0) -> str:
        found = run_command_line([str(each) for each in arguments])
        printed = capsys.readouterr()
        assert found == code, printed.err
        return printed.err if code else printed.out

    return run


@pytest.fixture(scope="session")
def turn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `workshop-tui cycle-demo` filled, made once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    folder = made_once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    code, printed = printed_by(folder)
    assert code == 0, printed
    return folder
