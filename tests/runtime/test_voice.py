"""The command line speaks the language of whoever types: the one they ask for, else their computer's."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from tests.messages import pseudo
from workshop_tui import cli, cycle_commands
from workshop_tui.errors import RoomUnreachable, SettingsError
from workshop_tui.locales import LANGUAGE_VARIABLE, system_language, translator_for
from workshop_tui.messages import tr
from workshop_tui.runtime.consoles import open_console
from workshop_tui.voice import Voice

Typed = Callable[..., tuple[int, str]]

NAMED = (
    *cli.AGENDAS,
    *cli.FORMATS,
    *cli.RULES,
    *cycle_commands.STATUSES,
    *cycle_commands.STAGES,
    *cycle_commands.SOURCES,
)
NO_WORDS = re.compile(
    r"Usage:|Options:|Commands:|Show (the version|this message) and exit\.|\b[A-Z_]{2,}\b|--?[a-z-]+|\[[^\]]*\]"
    r"|^  (workshop-tui|eval) .*|workshop-tui( [a-z-]+)?|^  [a-z-]+  |"
    + "|".join(rf"\b{re.escape(name)}\b" for name in sorted(NAMED, key=len, reverse=True)),
    re.MULTILINE,
)
"""What click says itself, and what is the same in every language: names of commands, options and places, of agendas,
rules and files, and what is typed."""


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """Types a command and gives its exit code and what it said, in the product that speaks the pseudo-locale too."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", LANGUAGE_VARIABLE):
        # Set first, so that what a choice sets goes again with the test.
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def type_(*arguments: str) -> tuple[int, str]:
        code = cli.run_command_line(arguments)
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    with pseudo.spoken():
        yield type_


@pytest.mark.parametrize(
    "command",
    ["", "run", "attach", "status", "stop", "demo", "check", "export", "recount", "list", "keep", "hold", "purge",
     "passphrase", "delete", "tally", "help", "baton", "new", "receipt", "answer", "record", "cycle-demo"],
)  # fmt: skip
def test_all_help_is_in_the_language_asked_for(typed: Typed, command: str) -> None:
    code, told = typed("--language", "el", *filter(None, [command]), "--help")

    assert code == 0
    assert "⟦" in told
    assert pseudo.bare(NO_WORDS.sub(" ", told)) == []


def test_what_went_wrong_and_what_to_do_are_lines_of_their_own(
    typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = Voice({"LANG": "el"})
    voice.complain(RoomUnreachable(tr("No workshop is running."), advice=tr("Start one: workshop-tui run AGENDA.")))

    what, advice = capsys.readouterr().err.splitlines()
    assert what == f"workshop-tui: {pseudo.told('No workshop is running.')}"
    assert advice == f"  {pseudo.told('Start one: workshop-tui run AGENDA.')}"


def test_without_asking_it_is_the_computers_language(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "el_GR.UTF-8")

    assert "⟦" in typed("--help")[1]
    assert "⟦" not in typed("--language", "en", "--help")[1]


def test_a_language_that_there_is_not_is_refused_with_those_there_are(typed: Typed) -> None:
    code, told = typed("--language", "qaa", "status")

    assert code == SettingsError.exit_code
    assert told.splitlines() == [
        "workshop-tui: This program does not speak “qaa”.", "  Give --language one of: en or el."
    ]  # fmt: skip


@pytest.mark.parametrize(("languages", "told_of_it"), [('language = "el"', 1), ('language = "cy"', 0)])
def test_a_check_names_a_translation_that_no_speaker_has_read(
    typed: Typed, tmp_path: Path, languages: str, told_of_it: int
) -> None:
    agenda = tmp_path / "a.toml"
    agenda.write_text(f'title = "A"\nstage = "needs"\n{languages}\n[[item]]\ntitle = "B"\nminutes = 5\n')

    _, told = typed("check", str(agenda))

    assert told.count("The translation to el is a draft that no speaker has read.") == told_of_it


def test_a_check_names_a_language_that_the_program_does_not_speak(typed: Typed, tmp_path: Path) -> None:
    agenda = tmp_path / "a.toml"
    agenda.write_text(
        'title = "A"\nstage = "needs"\nlanguages = ["en", "el", "ur"]\n[[item]]\ntitle = "B"\nminutes = 5\n'
    )

    _, told = typed("--language", "en", "check", str(agenda))

    said = "This program does not speak “{}”: its own sentences and buttons are shown in English on those phones."
    assert said.format("ur") in told
    assert said.format("el") not in told
    assert said.format("en") not in told


def test_a_room_hears_which_language_was_asked_for(typed: Typed) -> None:
    typed("--language", "el", "status")

    assert system_language(os.environ) == "el"


class AConsole:
    """What a console is opened with."""

    return_code = 0
    opened: ClassVar[list[dict[str, object]]] = []

    def __init__(self, client: object, **options: object) -> None:
        self.opened.append(options)

    def run(self) -> None:
        """Leave at once."""


def test_the_console_speaks_the_language_asked_for(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    room = SimpleNamespace(control_port=1, token="t")
    monkeypatch.setattr("workshop_tui.runtime.running.find", lambda session: room)
    monkeypatch.setattr("workshop_tui.runtime.consoles._client", lambda run: None)
    monkeypatch.setattr("workshop_tui.tui.app.ConsoleApp", AConsole)
    monkeypatch.setattr("gc.freeze", lambda: None)
    typed("--language", "el", "status")

    open_console(Path("day.workshop"))

    assert AConsole.opened[-1]["translator"] is translator_for("el")
