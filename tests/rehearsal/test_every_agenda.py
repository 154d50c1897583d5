"""Every agenda that comes with the program: nothing to warn of, and played to the end by simulated people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop
from workshop_tui.agendas import read_agenda, shipped_agenda
from workshop_tui.domain.agenda_check import warnings
from workshop_tui.domain.asking import poll_of
from workshop_tui.kinds.registry import KINDS

SHIPPED = sorted(path.stem for path in (Path(__file__).parents[2] / "sessions").glob("*.toml"))

every_agenda = pytest.mark.parametrize("name", SHIPPED)


def test_an_agenda_for_each_stage_comes_with_the_program() -> None:
    stages = {read_agenda(shipped_agenda(name), KINDS)[0].stage for name in SHIPPED}

    assert stages == {"needs", "plan", "improve", "procure", "monitor"}


@every_agenda
def test_a_shipped_agenda_has_nothing_to_warn_of(name: str) -> None:
    assert warnings(read_agenda(shipped_agenda(name), KINDS)[0]) == []


@every_agenda
def test_simulated_people_play_a_shipped_agenda_to_the_end_and_the_file_agrees(name: str, laptop: Laptop) -> None:
    to = laptop.folder / "out"

    played = laptop.cli("demo", name, "--headless", "--people", 7, "--to", to)

    assert played.returncode == 0, played.stdout + played.stderr
    assert "every vote and every word that was acknowledged is there once" in played.stdout
    assert ": different" not in played.stdout
    items = read_agenda(shipped_agenda(name), KINDS)[0].items
    assert played.stdout.count(": same.") == sum(poll_of(item, KINDS) is not None for item in items)
