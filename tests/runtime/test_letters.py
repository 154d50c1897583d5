"""Outputs with few letters, and folders with many: every command says what it says, and no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.platforms import needs_posix
from tests.runtime.laptop import REHEARSED, Laptop, a_laptop, free_port, give
from workshop_tui.domain import commands as cmd
from workshop_tui.runtime import running

FOLDER = "Größe und Łódź – 工作坊 x"
"""Spaces; letters that cp1252 has, that it lacks, and a dash that it has and ASCII lacks."""


class Output(NamedTuple):
    """What the environment says of it, and how its bytes are read."""

    environ: Mapping[str, str]
    encoding: str


OUTPUTS = {
    "utf-8": Output({}, "utf-8"),
    # A redirected output on many Windows systems.
    "cp1252": Output({"PYTHONIOENCODING": "cp1252:strict"}, "cp1252"),
    "ascii": Output({"PYTHONIOENCODING": "ascii:strict"}, "utf-8"),
    # No locale at all, and none of Python's own ways out.
    "no locale": Output({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8"),
}


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    """A laptop whose agenda, sessions, exports, logs and run files lie where few locales have all letters."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    with a_laptop(folder) as laptop:
        laptop.agenda = laptop.agenda.rename(folder / "Größe der Łódź – 工.toml")
        text = laptop.agenda.read_text(encoding="utf-8").replace("On foot", "Zu Fuß 走 – “Łódź”")
        laptop.agenda.write_text(text, encoding="utf-8")
        yield laptop


@pytest.fixture(params=OUTPUTS)
def output(request: pytest.FixtureRequest) -> Output:
    """Where a command's words go."""
    return OUTPUTS[request.param]


class Said(NamedTuple):
    code: int
    out: str
    err: str


def _say(output: Output, *arguments: object) -> Said:
    """Run a command into a file: its bytes are what that output has letters for."""
    done = subprocess.run(
        [sys.executable, "-m", "workshop_tui", *map(str, arguments)],
        env={**os.environ, **output.environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=100,
        check=False,
    )
    said = Said(done.returncode, done.stdout.decode(output.encoding), done.stderr.decode(output.encoding))
    assert "Traceback" not in said.err, said.err
    return said


def test_every_command_of_a_day_can_be_said_on_every_output(laptop: Laptop, output: Output) -> None:
    ran = _say(output, "run", laptop.agenda, *REHEARSED, "--no-console", "--lan", "127.0.0.1", "--port", free_port())
    assert ran.code == 0, ran.err
    (session,) = laptop.folder.glob("*.workshop")
    give(running.find(str(session)), cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""), cmd.CloseVote())
    to = laptop.folder / "Berichte – 工 x"

    said = {
        "check": _say(output, "check", laptop.agenda),
        "status": _say(output, "status"),
        "again": _say(output, "run", laptop.agenda, "--no-console"),
        "export": _say(output, "export", session),
        "stop": _say(output, "stop", session, "--yes"),
        "export --to": _say(output, "export", session, "--to", to),
        "recount": _say(output, "recount", session),
        "help": _say(output, "run", "--help"),
    }

    assert {name: each.code for name, each in said.items()} == dict.fromkeys(said, 0), said
    assert "How you got here" in said["check"].out
    assert "How you got here" in said["status"].out
    assert f"{to.name.split()[-1]}{os.sep}report.html" in said["export --to"].out
    assert {"report.html", "report.docx", "actions.xlsx", "votes.csv"} <= {each.name for each in to.iterdir()}
    assert len(list(laptop.folder.glob("exports/*/report.html"))) == 1
    assert str(session) in said["stop"].out or output.encoding != "utf-8"
    assert laptop.rooms() == []


def test_a_whole_day_is_played_into_any_folder_and_leaves_nothing_in_the_temporary_one(
    laptop: Laptop, output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = laptop.folder / "für 一 Zeit"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    to = laptop.folder / "aus 出"

    played = _say(output, "demo", "--headless", "--people", 2, "--to", to)

    assert played.code == 0, played.err
    assert "every vote and every word that was acknowledged is there once" in played.out
    assert len(list(to.glob("exports/*/report.html"))) == 1
    assert list(temporary.iterdir()) == []


def test_ballots_are_counted_and_what_programs_read_is_utf_8_on_every_output(laptop: Laptop, output: Output) -> None:
    file = laptop.write("Wahl – 工.soc", BALLOTS)

    told = _say(output, "tally", file)
    data = _say(Output(output.environ, "utf-8"), "tally", file, "--json")

    assert (told.code, data.code) == (0, 0), told.err + data.err
    assert "Gr" in told.out
    assert "Łódź 工" in json.dumps(json.loads(data.out), ensure_ascii=False)


BALLOTS = """# FILE NAME: wahl.soc
# TITLE: Größe
# DESCRIPTION:
# DATA TYPE: soc
# MODIFICATION TYPE: original
# RELATES TO:
# RELATED FILES:
# PUBLICATION DATE: 2026-01-01
# MODIFICATION DATE: 2026-01-01
# NUMBER ALTERNATIVES: 2
# NUMBER VOTERS: 3
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: Größe
# ALTERNATIVE NAME 2: Łódź 工
2: 1,2
1: 2,1
"""


@pytest.mark.parametrize("command", ["check", "run", "export", "recount", "tally", "status", "attach", "stop", "demo"])
def test_a_refusal_can_be_said_on_every_output(laptop: Laptop, output: Output, command: str) -> None:
    refused = _say(output, command, laptop.folder / "gibt – es “nicht” 無")

    assert refused.code in (2, 4)
    assert refused.err.startswith("workshop-tui: ")


@needs_posix
@pytest.mark.parametrize("command", ["check", "run", "export", "recount", "tally", "demo"])
def test_a_name_that_is_no_text_is_refused_in_words(laptop: Laptop, command: str) -> None:
    name = os.fsdecode(b"caf\xe9.toml")

    refused = _say(OUTPUTS["utf-8"], command, name)

    assert refused.code == 2
    assert "“caf?.toml” is not written in UTF-8." in refused.err
