"""Every command in the documents is one, those of a day run in their order, and every snippet and link is sound."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
from bench.settings import Settings

from tests.platforms import needs_posix
from tests.runtime.laptop import Laptop, free_port, give
from workshop_tui import limits
from workshop_tui.cli import commands
from workshop_tui.domain import commands as cmd
from workshop_tui.web.http.quotas import PhoneSettings

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
}
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:workshop-tui|make|python -m) .*|`((?:workshop-tui|make|python -m) [^`\n]*)`", re.MULTILINE)


def _commands(program: str) -> list[tuple[str, str]]:
    """Every command of a program in the documents, each once, with where it stands."""
    found = {}
    for name, text in DOCUMENTS.items():
        if name == "CHANGELOG.md":
            text = text.split("\n## ")[1]
        for match in COMMAND.finditer(text):
            said = (match[1] or match[0]).split("  #")[0].replace("…", "").strip()
            if said.startswith(program):
                found.setdefault(said, name)
    return list(found.items())


def _words(said: str) -> list[str]:
    """What is typed, with all that may be left out and something in every place."""
    said = re.sub(r"[\[\]]", "", said)
    places = {"N": "2", "KEY": "i01.1", "TAG": "cy", "pl": "cy"}
    return [places.get(word, word) for word in shlex.split(said)[1:]]


@pytest.mark.parametrize(("said", "where"), [pytest.param(*each, id=each[0]) for each in _commands("workshop-tui")])
def test_a_command_in_the_documents_is_one(said: str, where: str) -> None:
    words = _words(said)
    with commands.make_context("workshop-tui", list(words), resilient_parsing=True) as context:
        typed = [*context._protected_args, *context.args]
    if not typed:
        return
    command = commands.get_command(click.Context(commands), typed[0])

    assert command is not None, where
    needed = [each for each in command.params if isinstance(each, click.Argument) and each.required]
    # Where running text names a command it need not say of what.
    more = typed[1:] if len(typed) > 1 else [each.name or "" for each in needed]
    command.make_context(typed[0], list(more), parent=click.Context(commands))


def test_the_commands_of_a_day_run_in_the_order_of_the_readme(laptop: Laptop) -> None:
    (block,) = [text for _, text in FENCED.findall(DOCUMENTS["README.md"]) if "workshop-tui status" in text]
    typed = [_words(line.split("  #")[0]) for line in block.splitlines() if line.startswith("workshop-tui")]
    agenda = laptop.agenda.rename(laptop.folder / "my-agenda.toml")
    without_terminal = {"run": ["--no-console", "--lan", "127.0.0.1", "--port", str(free_port())],
                        "stop": ["--yes"], "delete": ["--yes"]}  # fmt: skip
    ran = []
    for name, *rest in typed:
        (session,) = laptop.folder.glob("*.workshop") if "run" in ran and name not in ("run",) else (Path(),)
        report = laptop.folder / "exports" / session.stem / "session.json"
        files = {"my-agenda.toml": str(agenda), "SESSION.workshop": str(session), "FILE": str(report)}
        done = laptop.cli(name, *(files.get(word, word) for word in rest), *without_terminal.get(name, []))
        if name == "attach":
            assert "There is no terminal here for the console. The room is running." in done.stderr
        else:
            assert done.returncode == 0, (name, done.stdout, done.stderr)
        if name == "run":
            (run,) = laptop.rooms()
            give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32), cmd.CloseVote(), cmd.Reveal())
        ran.append(name)
        if name == "delete":
            break

    assert {"check", "run", "attach", "status", "stop", "export", "tally", "recount", "delete"} == set(ran)
    assert not session.exists()


@needs_posix
@pytest.mark.skipif(not shutil.which("make"), reason="make is not here")
@pytest.mark.parametrize("said", [said for said, _ in _commands("make")])
def test_a_target_of_make_in_the_documents_is_one(said: str) -> None:
    made = subprocess.run(
        ["make", "-n", *shlex.split(said)[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize("said", [said for said, _ in _commands("python -m")])
def test_a_module_in_the_documents_is_one(said: str) -> None:
    module, *rest = shlex.split(said)[2:]
    assert importlib.util.find_spec(module) is not None
    if "--only" in rest:
        only = rest[rest.index("--only") + 1]
        assert f'"{only}"' in (ROOT / "bench" / "__main__.py").read_text("utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_snippet_of_data_can_be_read(name: str) -> None:
    for language, text in FENCED.findall(DOCUMENTS[name]):
        if language == "toml":
            tomllib.loads(text)
        elif language == "json":
            json.loads(text)
        elif language == "python":
            compile(text, name, "exec")


def _anchors(text: str) -> set[str]:
    """What headings are called in addresses."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_the_bounds_that_the_page_on_speed_names_are_those_of_the_program() -> None:
    page, quotas = " ".join(DOCUMENTS["docs/performance.md"].split()), PhoneSettings(hosts=())

    people = f"{limits.PEOPLE:,}"
    assert f"A full room: {people} phones" in page
    assert f"| {people} votes at one moment" in page
    assert f"| {people} phones hear of a change" in page
    assert (limits.INBOX, limits.CONNECTIONS, limits.STREAMS) == (2 * limits.PEOPLE, 2 * limits.PEOPLE, limits.PEOPLE)
    assert "The inbox takes two commands of everybody, the listener two connections of everybody" in page
    # One answer a second is held back and comes all the same.
    assert quotas.looks_per_s + 1 / quotas.slowed_s == 6
    assert f"six answers a second after its first {quotas.looks_burst}." in page
    assert Settings(folder=Path()).crowd == limits.PEOPLE


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", DOCUMENTS[name])):
        path, _, anchor = link.partition("#")
        if path.startswith("http"):
            continue
        target = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        is_there = target.exists()
        if is_there and anchor and target.suffix == ".md":
            is_there = anchor in _anchors(target.read_text("utf-8"))
        if not is_there:
            lost.append(link)

    assert lost == []
