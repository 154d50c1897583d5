"""Codes of one's own list: given to lines, taken back, shown with each line, and counted by lines and sessions."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests.cycle.folders import BUS, TODAY, a_folder
from tests.cycle.held import Say
from tests.cycle.schemas import schema
from workshop_tui.cycle import follow_up
from workshop_tui.cycle.follow_up import ENDING
from workshop_tui.cycle.picture import Code, Covered
from workshop_tui.cycle.stages import cited, stages
from workshop_tui.errors import CycleFileError, InputError, SettingsError
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import handing_on, recording

OURS = "code,label,definition,parent\nA,Access,Getting in,\nA1,Buses,,A\nN,Never said,,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(handing_on, "today", lambda *_: TODAY)
    (tmp_path / "workshops").mkdir()
    (tmp_path / "ours.csv").write_text(OURS)
    return a_folder(tmp_path / "workshops")


def load(folder: Path) -> recording.Loaded:
    return recording.load([folder], today=TODAY, since="2026-11-24", codes=folder.parent / "ours.csv")


def code(folder: Path, about: str, *given: str, taken: tuple[str, ...] = ()) -> None:
    recording.Desk(load(folder)).code(about, given, taken)


def codes_of(folder: Path, id_: str) -> list[str]:
    return [each.code for each in load(folder).picture.codes.get(id_, ())]


def test_codes_are_given_taken_back_and_given_again_in_the_chain_of_the_follow_up(folder: Path) -> None:
    code(folder, "aaaa:n2", "A", "A1")
    assert codes_of(folder, "aaaa:n2") == ["A", "A1"]
    code(folder, "aaaa:n2", taken=("A",))
    assert codes_of(folder, "aaaa:n2") == ["A1"]
    code(folder, "aaaa:n2", "A")
    assert codes_of(folder, "aaaa:n2") == ["A1", "A"]

    kept = follow_up.read((folder / f"needs{ENDING}").read_bytes(), "needs")
    assert [(each.what, *each.keys) for each in kept.lines[-4:]] == [
        ("coded", "A"), ("coded", "A1"), ("uncoded", "A"), ("coded", "A"),
    ]  # fmt: skip
    assert (kept.lines[-1].words, kept.lines[-1].reference) == ("Access", "ours.csv")


def test_coverage_counts_points_other_lines_and_sessions_and_shows_codes_that_none_has(folder: Path) -> None:
    for about in ("aaaa:n1", "aaaa:n2", "bbbb:p1", "aaaa:c1"):
        code(folder, about, "A")

    assert load(folder).picture.coverage == (
        Covered(code="A", label="Access", definition="Getting in", parent="", points=3, others=1, sessions=2),
        Covered(code="A1", label="Buses", definition="", parent="A", points=0, others=0, sessions=0),
        Covered(code="N", label="Never said", definition="", parent="", points=0, others=0, sessions=0),
    )


def test_codes_of_another_list_are_shown_with_their_line_and_not_counted(folder: Path) -> None:
    code(folder, "aaaa:n2", "A")
    (folder.parent / "ours.csv").rename(folder.parent / "other.csv")
    loaded = recording.load([folder], today=TODAY, codes=folder.parent / "other.csv")

    assert [each.frame for each in loaded.picture.codes["aaaa:n2"]] == ["ours.csv"]
    assert [each.points for each in loaded.picture.coverage] == [0, 0, 0]


def test_a_code_whose_list_has_another_name_now_or_has_it_no_more_can_be_taken_back(folder: Path) -> None:
    code(folder, "aaaa:n2", "A", "A1", "N")
    ours = folder.parent / "ours.csv"
    ours.write_text(OURS.replace("N,Never said", "M,Ever said"))
    assert "N" not in ours.read_text()

    code(folder, "aaaa:n2", taken=("N",))
    assert codes_of(folder, "aaaa:n2") == ["A", "A1"]

    ours.rename(folder.parent / "other.csv")
    desk = recording.Desk(recording.load([folder], today=TODAY, codes=folder.parent / "other.csv"))
    desk.code("aaaa:n2", ["A"], ["A"])
    assert [(each.frame, each.code) for each in desk_codes(folder, "other.csv")] == [
        ("ours.csv", "A1"), ("other.csv", "A"),
    ]  # fmt: skip
    desk.reload()
    desk.code("aaaa:n2", [], ["A1", "A"])
    assert desk_codes(folder, "other.csv") == ()


def desk_codes(folder: Path, frame: str) -> tuple[Code, ...]:
    loaded = recording.load([folder], today=TODAY, codes=folder.parent / frame)
    return loaded.picture.codes.get("aaaa:n2", ())


def test_text_page_workbook_and_json_show_the_codes_and_when_their_list_was_checked(
    folder: Path, tmp_path: Path
) -> None:
    code(folder, "aaaa:n2", "A1")
    code(folder, "aaaa:c1", "A1")
    loaded = load(folder)
    text = "\n".join(ENGLISH.text(said) for _, said in recording.lines_of(loaded) if said)
    html, xlsx, data = (path.read_bytes() for path in recording.write_files(loaded, tmp_path / "to", ENGLISH))
    made = json.loads(data)
    book = openpyxl.load_workbook(io.BytesIO(xlsx))

    for told in (text, html.decode()):
        assert told.count("Buses") >= 3
        assert "never people" in told
        assert "Never said" in told
        assert "Getting in" in told
        assert "checked on" in told
    jsonschema.validate(made, schema("picture"))
    assert {each["id"]: [one["code"] for one in each["codes"]] for each in made["lines"]}["aaaa:n2"] == ["A1"]
    assert made["frame"]["checked_on"] == TODAY
    assert [(each["code"], each["points"], each["others"]) for each in made["coverage"]] == [
        ("A", 0, 0), ("A1", 1, 1), ("N", 0, 0),
    ]  # fmt: skip
    assert ("A1", "Buses", None, "A", 1, 1, 1) in list(book["Codes"].values)
    assert any(row[0] == BUS and "A1" in row for row in book["Points"].values)


def test_the_page_says_what_its_stages_are_called_elsewhere_and_when_that_was_checked(folder: Path) -> None:
    html = recording.write_files(load(folder), folder.parent / "to", ENGLISH)[0].read_text()

    assert "Working with patients and carers to improve quality and safety" in html
    assert all(ENGLISH.text(said) in unescape(re.sub("<[^>]+>", "", html)) for said in cited([stages().framework]))


def test_without_a_list_nothing_is_counted_and_codes_still_stand_with_their_lines(folder: Path) -> None:
    code(folder, "aaaa:n2", "A1")
    picture = recording.load([folder], today=TODAY).picture

    assert picture.coverage == ()
    assert [each.label for each in picture.codes["aaaa:n2"]] == ["Buses"]


def test_a_code_that_is_not_in_the_list_is_refused_with_the_nearest_and_changes_nothing(folder: Path) -> None:
    before = (folder / f"needs{ENDING}").read_bytes()

    with pytest.raises(SettingsError) as refused:
        code(folder, "aaaa:n2", "A", "a1")

    assert "A1" in str(refused.value)
    assert (folder / f"needs{ENDING}").read_bytes() == before
    with pytest.raises(InputError):
        code(folder, "aaaa:zz", "A")


@pytest.mark.parametrize(
    ("data", "said"), [(b"code,label\nA,\n", "Line 2 has no code"), (b"code,label\nA,\xff\n", "UTF-8")]
)
def test_what_is_wrong_with_the_list_is_said(folder: Path, data: bytes, said: str) -> None:
    (folder.parent / "ours.csv").write_bytes(data)

    with pytest.raises(CycleFileError, match=said):
        load(folder)


def test_the_command_gives_a_code_and_takes_it_back_and_leaves_the_session_as_it_is(folder: Path) -> None:
    session = folder / "needs.workshop"
    session.write_bytes(b"sealed")
    ours = folder.parent / "ours.csv"

    handing_on.typed_codes(session, "n2", ours, ("A", "A1"), ())
    handing_on.typed_codes(session, "n2", ours, (), ("A",))

    assert codes_of(folder, "aaaa:n2") == ["A1"]
    assert session.read_bytes() == b"sealed"


def test_on_the_command_line_codes_are_given_and_taken_back_and_go_with_no_answer(say: Say, folder: Path) -> None:
    (folder / "newer.json").unlink()
    ours, session = folder.parent / "ours.csv", folder / "needs.workshop"

    assert "Noted." in say("answer", session, "n2", "--codes", ours, "--code", "A1", "--code", "A")
    assert "Noted." in say("answer", session, "n2", "--codes", ours, "--without-code", "A")
    assert "Code A1: Buses, of “ours.csv”." in say("record", folder, "--codes", ours)
    assert codes_of(folder, "aaaa:n2") == ["A1"]
    assert "did you mean" in say("answer", session, "n2", "--codes", ours, "--code", "a1", code=2).casefold()
    for wrong in (("--code", "A"), ("--codes", ours), ("--codes", ours, "--code", "A", "--status", "done")):
        assert "Nothing was noted." in say("answer", session, "n2", *wrong, code=2)
    assert codes_of(folder, "aaaa:n2") == ["A1"]
