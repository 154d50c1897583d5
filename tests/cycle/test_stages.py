"""Stages, levels and duties are dated data; a baton's way round the cycle is worked out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from workshop_tui import cycle
from workshop_tui.cycle import stages
from workshop_tui.cycle.files import is_day
from workshop_tui.cycle.stages import DIRECTION_WORDS, ORDER, cited, direction, duties, frame, next_stage
from workshop_tui.domain.agenda import STAGE_TITLES, Jurisdiction
from workshop_tui.errors import CycleFileError

DATA = sorted((Path(cycle.__file__).parent / "data").glob("*.json"))


def test_stages_are_keyed_by_name_with_both_sets_of_names_and_the_hub() -> None:
    found = {each.key: each for each in stages.stages().stages}

    assert {key: each.title for key, each in found.items()} == {key: str(said) for key, said in STAGE_TITLES.items()}
    assert found["improve"].site_title == "Working with patients and carers to improve quality and safety"
    assert found["needs"].site_title == "", "nobody found one, so there is none"
    assert tuple(key for key in found if key != "hub") == ORDER


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_every_file_of_data_says_where_it_holds_since_when_and_when_somebody_looked(path: Path) -> None:
    found = msgspec.convert(msgspec.json.decode(path.read_bytes())["framework"], stages.Framework)

    assert found.checked_on == "2026-11-21"
    assert found.source_title
    assert all(each == "" or is_day(each) for each in (found.in_force_from, found.in_force_until))
    told = " ".join(map(str, cited([found])))
    assert "21 November 2026" in told
    assert ("not checked" in told) == (not found.checked)


def test_duties_are_data_and_those_that_nobody_looked_up_say_so() -> None:
    assert {each: duties(each).framework.checked for each in get_args(Jurisdiction)} == {
        "ENG": True, "WAL": False, "SCO": False, "NIR": False,
    }  # fmt: skip
    eng = duties("ENG")
    assert "older_14Z2" in {each.id for each in eng.on("2020-01-01")}
    assert "older_14Z2" not in {each.id for each in eng.on("2026-11-21")}
    assert "nhsa2006_14Z45" not in {each.id for each in eng.on("2020-01-01")}
    assert "Health Bill 2026" in " ".join(map(str, cited([eng.framework])))
    assert len(frame("gunning").codes) == 4
    assert [each.code for each in frame("levels").codes] == ["inform", "consult", "involve", "collaborate", "empower"]


def test_nothing_in_the_data_says_more_than_anybody_may() -> None:
    words = " ".join(path.read_text("utf-8") for path in DATA)

    assert not re.findall(r"\b(lawful|compliant|representative|anonymised)\b", words, re.IGNORECASE)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("needs plan", "forward"), ("plan improve", "forward"), ("improve plan", "anticlockwise"),
        ("monitor needs", "loop"), ("monitor plan", "anticlockwise"), ("needs improve", "skip"),
        ("needs monitor", "skip"), ("plan plan", "same_stage"), ("hub plan", "hub"), ("procure hub", "hub"),
    ],
)  # fmt: skip
def test_the_direction_of_a_baton_is_worked_out(way: str, said: str) -> None:
    assert direction(*way.split()) == said


def test_every_two_stages_have_a_direction_with_words() -> None:
    found = {direction(each, other) for each in STAGE_TITLES for other in STAGE_TITLES}

    assert found == set(DIRECTION_WORDS) == set(get_args(stages.Direction))
    assert [next_stage(each) for each in ORDER] == [*ORDER[1:], "needs"]


# Code frames of one's own. ---------------------------------------------------------------------------


def read(text: str) -> stages.CodeFrame:
    return stages.read_code_frame(text, "ours.csv", today="2026-11-28")


def test_a_code_frame_of_ones_own_is_read_from_csv() -> None:
    found = read('\ufeffcode,label,definition,parent\r\nA,Access,"Getting in, and out",\r\nA1,Ramps,,A\r\n')

    assert [(each.code, each.label, each.definition, each.parent) for each in found.codes] == [
        ("A", "Access", "Getting in, and out", ""), ("A1", "Ramps", "", "A"),
    ]  # fmt: skip
    assert found.framework.checked_on == "2026-11-28"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Its first line has to name the columns"), ("a;b\n", "Its first line has to name the columns"),
        ("code,label\n", "There is no code in it."), ("code,label\nA,\n", "Line 2 has no code, or no label."),
        ("code,label\nA,One\nA,Two\n", "Line 3 has the code “A” of line 2."),
        ("code,label,parent\nA,One,B\n", "Line 2 is below “B”, and there is no such code."),
        ("code,label,parent\nA,One,B\nB,Two,A\n", "Line 2 is below itself."),
        ("code,label\nA,One,Two\n", "Line 2 has more cells than the first line names."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_code_frame_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(CycleFileError) as refused:
        read(text)
    assert said in str(refused.value)
    assert "ours.csv" in str(refused.value)
