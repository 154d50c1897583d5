"""What commands ask, name and point to, and that nothing they print can work a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.platforms import needs_posix
from tests.runtime.laptop import Laptop, free_port, give
from workshop_tui import agendas, cli
from workshop_tui.cli import commands, run_command_line
from workshop_tui.counting.methods import METHODS
from workshop_tui.domain import commands as cmd
from workshop_tui.exports.files import NAMES
from workshop_tui.runtime import documents, running
from workshop_tui.voice import Voice

SOURCE = Path(cli.__file__).parent
RAW = "d\x1b[31m\x07\x9b\u202ea\u2066y"
"""What a file may be called: it would turn the rest red, ring, and write from right to left."""

# Stopping. -------------------------------------------------------------------------------------------


def _answering(laptop: Laptop, typed: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workshop_tui", *map(str, arguments)],
        input=typed, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("typed", ["", "\n", "no\n", "stop\n"])
def test_stop_says_what_it_would_stop_and_stops_nothing_without_a_yes(laptop: Laptop, named: bool, typed: str) -> None:
    run = laptop.begin("morning.workshop")
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))

    asked = _answering(laptop, typed, "stop", *(["morning"] if named else []))

    assert asked.returncode == 2
    assert "“morning.workshop”, A short evening" in asked.stdout
    assert "0 phones joined" in asked.stdout
    assert "The vote is open." in asked.stdout
    assert asked.stderr.splitlines()[0] == "workshop-tui: Nothing was stopped."
    assert "--yes" in asked.stderr
    assert running.find_all() == [run]


def test_stop_stops_what_it_named_after_a_yes(laptop: Laptop) -> None:
    laptop.begin()

    stopped = _answering(laptop, "yes\n", "stop")

    assert stopped.returncode == 0, stopped.stderr
    assert running.find_all() == []


# Where things are. -----------------------------------------------------------------------------------


def test_a_room_without_a_console_says_where_screen_and_host_page_are(laptop: Laptop) -> None:
    started = laptop.cli("run", laptop.agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port())
    (run,) = laptop.rooms()

    for address in (run.join_address, run.screen_url, run.host_url):
        assert address in started.stdout
    again = laptop.cli("run", laptop.agenda, "--no-console")
    assert run.host_url in again.stdout


@pytest.mark.parametrize("command", ["export", "recount"])
def test_a_session_that_runs_can_be_meant_by_its_name(laptop: Laptop, command: str) -> None:
    laptop.begin("morning.workshop")

    for name in ("morning", "morning.workshop"):
        done = subprocess.run(
            [sys.executable, "-m", "workshop_tui", command, name],
            cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


# Demos. ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [("--agenda", "{}"), ("{}",)])
def test_a_demo_plays_a_persons_own_agenda(laptop: Laptop, way: tuple[str, ...]) -> None:
    to = laptop.folder / "out"

    played = laptop.cli(
        "demo", "--headless", "--people", 3, "--to", to, *(each.format(laptop.agenda) for each in way)
    )  # fmt: skip

    assert played.returncode == 0, played.stdout + played.stderr
    assert "A short evening" in next(to.glob("exports/*/report.md")).read_text("utf-8")
    (session,) = to.glob("*.workshop")
    assert f"workshop-tui delete {session}" in played.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nosuch",), "No agenda called “nosuch” comes with this program."),
        (("three-department",), "Did you mean “three-departments”?"),
        (("tell-it-once", "--agenda", "one-year-on"), "given twice"),
        (("--to", "somewhere"), "--to has no meaning without --headless."),
        (("--headless", "--speed", "3"), "--speed has no meaning together with --headless."),
        (("--headless", "--no-people"), "--no-people has no meaning together with --headless."),
    ],
)
def test_a_demo_that_cannot_be_as_asked_says_so_before_it_looks_for_a_terminal(
    laptop: Laptop, arguments: tuple[str, ...], said: str
) -> None:
    refused = laptop.cli("demo", *arguments)

    assert refused.returncode == 2
    assert said in refused.stderr
    assert "terminal" not in refused.stderr
    assert refused.stdout == ""
    assert laptop.rooms() == []


# Names. ----------------------------------------------------------------------------------------------


def test_help_and_completion_name_what_there_is() -> None:
    assert sorted(cli.AGENDAS) == agendas.shipped_names()
    assert tuple(METHODS) == cli.RULES
    assert cli.FORMATS == NAMES


VISIBLE = [name for name, command in commands.commands.items() if not command.hidden]


def _help(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run_command_line([*([name] if name else []), "--help"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["", *VISIBLE])
def test_every_help_has_examples_that_the_command_takes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = _help(name, capsys)
    examples = [
        shlex.split(line)[1:] for line in re.findall(r"^  (workshop-tui .*)$", told.split("Examples:")[1], re.MULTILINE)
    ]

    assert examples
    for command, *arguments in examples:
        meant = commands.get_command(click.Context(commands), command)
        assert meant is not None
        with meant.make_context(command, list(arguments), resilient_parsing=False, parent=click.Context(commands)):
            pass


@pytest.mark.parametrize("name", ["run", "attach", "status", "stop", "export", "recount", "delete"])
def test_help_says_what_an_argument_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = " ".join(_help(name, capsys).split())

    assert re.search(r"(AGENDA|SESSION) is (an agenda file|the path)", told)


def test_help_of_run_says_that_a_session_file_is_resumed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "a session file (.workshop), which is resumed" in " ".join(_help("run", capsys).split())


def test_the_first_help_says_what_exit_codes_mean_and_how_names_are_completed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = " ".join(_help("", capsys).split())

    assert "Exit codes: 0 done; 1 a difference or a fault; 2 wrong input; 3 a damaged session file; 4 the" in told
    assert "_WORKSHOP_TUI_COMPLETE=bash_source" in told


@needs_posix
def test_names_are_completed() -> None:
    def completed(*words: str) -> str:
        environ = {
            **os.environ, "_WORKSHOP_TUI_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("workshop-tui", *words)), "COMP_CWORD": str(len(words)),
        }  # fmt: skip
        program = "from workshop_tui.__main__ import main; main()"
        done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=False)
        return done.stdout

    assert "plain,three-departments" in completed("demo", "three")
    assert "plain,majority-judgment" in completed("tally", "--method", "maj")
    assert "plain,summary.html" in completed("export", "--only", "summ")


# Pages. ----------------------------------------------------------------------------------------------


def test_every_page_can_be_read_and_is_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["help"]) == 0
    listed = capsys.readouterr().out

    for name, path in documents.pages().items():
        assert f"  {name} " in listed
        assert run_command_line(["help", name]) == 0
        assert capsys.readouterr().out.strip() == path.read_text("utf-8").strip()
    assert {"agenda", "voting", "tally", "exports", "readme", "security"} <= set(documents.pages())


def test_an_installed_program_has_every_page_too() -> None:
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    installed = {Path(place).stem.lower() for place in included.values() if place.startswith("workshop_tui/docs/")}

    assert installed == set(documents.pages())


def test_help_of_a_command_is_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    run_command_line(["help", "recount"])

    assert capsys.readouterr().out.strip() == _help("recount", capsys).strip()


def test_every_page_that_a_message_points_to_is_there_and_no_message_points_into_the_repository() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    named = {*re.findall(r'help_on\("([a-z-]+)"\)', code), *re.findall(r'nearest\([^()]*, "([a-z-]+)"\)', code)}
    sayings = (SOURCE / "locales" / "workshop_tui.pot").read_text("utf-8")

    assert {"agenda", "exports", "tally"} <= named <= set(documents.pages())
    assert not re.findall(r'^msg.*docs/|Verbatim\("docs/', sayings + code, re.MULTILINE)


# What a terminal would obey. -------------------------------------------------------------------------


def _is_harmless(text: str) -> bool:
    return not [
        letter for letter in text
        if letter != "\n" and (unicodedata.category(letter) == "Cc" or unicodedata.bidirectional(letter) in
                               ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
    ]  # fmt: skip


RAW_COMMANDS: dict[str, Callable[[Path], tuple[object, ...]]] = {
    "run": lambda folder: ("run", folder / f"{RAW}.toml"),
    "run --no-console": lambda folder: ("run", folder / "evening.toml", "--no-console", "--lan", "127.0.0.1"),
    "attach": lambda folder: ("attach", RAW),
    "status": lambda folder: ("status", RAW),
    "status of one": lambda folder: ("status",),
    "status --json": lambda folder: ("status", "--json"),
    "stop": lambda folder: ("stop",),
    "demo": lambda folder: ("demo", RAW),
    "demo --to": lambda folder: ("demo", "--headless", "--to", folder / "evening.toml" / RAW),
    "check": lambda folder: ("check", folder / f"{RAW}.toml", folder / "evening.toml"),
    "export": lambda folder: ("export", folder / "day.workshop"),
    "export --to": lambda folder: ("export", folder / "day.workshop", "--to", folder / RAW),
    "export --only": lambda folder: ("export", folder / "day.workshop", "--only", RAW),
    "recount": lambda folder: ("recount", folder / RAW),
    "delete": lambda folder: ("delete", folder / "stays.workshop"),
    "tally": lambda folder: ("tally", folder / f"{RAW}.soi"),
    "tally --json": lambda folder: ("tally", folder / f"{RAW}.soi", "--json"),
    "tally --method": lambda folder: ("tally", folder / f"{RAW}.soi", "--method", RAW),
    "tally of noise": lambda folder: ("tally", folder / f"{RAW}.pb"),
    "help": lambda folder: ("help", RAW),
    "a wrong option": lambda folder: ("check", f"--{RAW}"),
    "a wrong command": lambda folder: (RAW,),
    "a wrong number": lambda folder: ("run", "a", "--port", RAW),
    "a wrong language": lambda folder: ("--language", RAW, "status"),
}
"""Every command, with what somebody may call a file in every place that it can say again."""

BALLOTS = f"""# FILE NAME: v.soi
# TITLE: {RAW}
# DATA TYPE: soi
# NUMBER ALTERNATIVES: 2
# NUMBER VOTERS: 1
# NUMBER UNIQUE ORDERS: 1
# ALTERNATIVE NAME 1: A{RAW}
# ALTERNATIVE NAME 2: B
1: 1,2
"""


@pytest.fixture
def raw_folder(laptop: Laptop) -> Path:
    """A folder of such a name, with a session that runs and files of such names and contents."""
    folder = laptop.folder / f"x{RAW}"
    folder.mkdir()
    text = laptop.agenda.read_text("utf-8").replace("A short evening", "A \\u009b31m \\u202e evening")
    (folder / "evening.toml").write_text(text, encoding="utf-8")
    (folder / f"{RAW}.toml").write_text("title = \x9b\n", encoding="utf-8")
    (folder / f"{RAW}.soi").write_text(BALLOTS, encoding="utf-8")
    (folder / f"{RAW}.pb").write_text(RAW * 5, encoding="utf-8")
    stays = laptop.begin("stays.workshop")
    laptop.stop(stays)
    Path(stays.session_path).rename(folder / "stays.workshop")
    laptop.begin(session_path=str(folder / "day.workshop"))
    return folder


@needs_posix
def test_no_command_prints_what_a_terminal_would_obey(
    raw_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    said = {}
    for name, arguments in RAW_COMMANDS.items():
        run_command_line([str(each) for each in arguments(raw_folder)])
        told = capsys.readouterr()
        said[name] = told.out + told.err

    assert [name for name, text in said.items() if not _is_harmless(text)] == []
    assert [name for name, text in said.items() if not text] == []
    assert "day.workshop" in said["status of one"] or "Join at" in said["status of one"]
    assert "\\u001b[31m" in said["export"], "a path is shown whole, with what would be obeyed as a number"
    assert json.loads(said["tally --json"])["votes"]


def test_only_the_voice_prints() -> None:
    printing = re.compile(r"click\.echo|\bprint\(|sys\.std(?:out|err)\.write")
    found = {path.name for path in SOURCE.rglob("*.py") if printing.search(path.read_text("utf-8"))}

    assert found == {"voice.py"}


# Lines. ----------------------------------------------------------------------------------------------


def test_on_a_terminal_lines_end_at_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "50")
    words = "Whoever reads this on a terminal of few columns finds no word of it in two pieces."

    Voice({}).say(words)
    Voice({}).show(Path("/a/path/that/is/longer/than/the/terminal/is/wide/and/stays/whole"))

    *lines, path = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 50 for line in lines)
    assert " ".join(line.strip() for line in lines) == words
    assert path == "/a/path/that/is/longer/than/the/terminal/is/wide/and/stays/whole"


def test_what_goes_into_a_file_is_not_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    Voice({}).say("word " * 60)

    assert len(capsys.readouterr().out.splitlines()) == 1
