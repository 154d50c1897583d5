"""A workshop, its session and its agenda may be called anything: files lie in one folder, under their usual names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cases.hostile_inputs import EXPORT
from tests.cycle.held import Say, held
from tests.exports.workshops import Workshop, agenda
from tests.platforms import needs_posix
from tests.sessions import an_agenda, item
from workshop_tui.domain.text import clean_line
from workshop_tui.exports.files import NAMES, export
from workshop_tui.kinds.registry import KINDS
from workshop_tui.runtime.places import new_path

NAMED = [(name, words) for name, words, where in EXPORT if where == "W"]
FILES = [pytest.param(words, id=name) for name, words in NAMED if words and not re.search("[/\0]|.{200}", words)]
"""What a file may be called on a system that forbids nothing but slash and NUL."""


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words, _ in EXPORT if len(words) < 1_000])
def test_every_format_of_a_workshop_of_any_title_has_its_usual_name_and_lies_in_the_folder(
    words: str, tmp_path: Path
) -> None:
    title = clean_line(words) or "A day"

    export(Workshop(replace(agenda(), title=title)).record(), KINDS, tmp_path / "day")

    found = {str(each.relative_to(tmp_path / "day")) for each in tmp_path.rglob("*") if each.is_file()}
    assert {"report.html", "report.md", "report.docx", "votes.csv", "session.json", "record.json"} <= found
    assert found <= set(NAMES)
    assert json.loads((tmp_path / "day" / "session.json").read_bytes())["title"] == title


@needs_posix
@pytest.mark.parametrize("words", FILES)
def test_what_is_written_of_a_session_file_of_any_name_lies_beside_it_and_goes_with_it(
    words: str, say: Say, tmp_path: Path
) -> None:
    folder = tmp_path / "laptop"
    folder.mkdir()
    session = held(an_agenda(item(1, "Needs")), folder / f"{words}.workshop", "a1" * 8, "One number to ring at night")

    exported = say("export", session)
    handed = say("baton", session, "--because", "not_reached=We ask in May", "--to", folder / "handed")
    reports = folder / "exports" / session.stem
    said = (exported, handed, say("record", folder))

    snapshots = folder / f"{session.name}.snapshots"
    written = {each.parent for each in folder.rglob("*") if each.is_file()}
    assert written <= {folder, folder / "handed", reports, snapshots}
    assert {each.name for each in reports.iterdir()} <= {*NAMES, "baton-for-plan.zip"}
    assert not [each for each in said if re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", each)]
    say("delete", session, "--yes")
    assert {each.name for each in folder.rglob("*") if each.is_file()} == {"baton-for-plan.zip"}


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words in NAMED])
def test_a_session_of_an_agenda_of_any_name_gets_a_plain_one_in_its_own_folder(words: str, tmp_path: Path) -> None:
    path = new_path(tmp_path, Path(f"{words}.toml"))

    assert path.parent == tmp_path
    assert re.fullmatch(r"[A-Za-z0-9-]{1,60}-\d{4}-\d\d-\d\d\.workshop", path.name)
