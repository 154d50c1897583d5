"""Reports of a session that runs: written again by the same key, beside the earlier ones."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.runtime.laptop import Laptop, give
from workshop_tui.domain import commands as cmd
from workshop_tui.protocol.answers import Exported
from workshop_tui.runtime import running


def exported(run: running.RunFile) -> Exported:
    """Write the reports as the console and the host page do, without saying where."""
    return msgspec.json.decode(running.ask(run, "POST", "/control/export", {"to": "", "only": []}), type=Exported)


def test_reports_can_be_written_during_the_workshop_and_again_after_it(laptop: Laptop) -> None:
    run = laptop.begin()
    first = exported(run)
    give(run, cmd.AddNote(key="0" * 32, kind="note", text="Said after the first export."))

    again = exported(run)

    assert Path(first.folder) == laptop.folder / "exports" / "day"
    assert Path(again.folder) == laptop.folder / "exports" / "day-version-2"
    assert "Said after" not in (Path(first.folder) / "report.md").read_text("utf-8")
    assert "Said after" in (Path(again.folder) / "report.md").read_text("utf-8")


def test_the_command_line_does_the_same_and_refuses_only_a_folder_it_was_given(laptop: Laptop) -> None:
    run = laptop.begin()
    first = laptop.cli("export", run.session_path, "--only", "report.md")
    give(run, cmd.AddNote(key="0" * 32, kind="note", text="Said after the first export."))

    again = laptop.cli("export", run.session_path, "--only", "report.md")
    there = laptop.cli("export", run.session_path, "--only", "report.md", "--to", laptop.folder / "exports" / "day")

    assert first.stdout.strip() == str(laptop.folder / "exports" / "day" / "report.md")
    assert again.stdout.strip() == str(laptop.folder / "exports" / "day-version-2" / "report.md")
    assert there.returncode == 2
    assert "Nothing was written and nothing was changed." in there.stderr
