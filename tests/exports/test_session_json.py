"""session.json: its page says every key, its keys are sorted, and it reads back as it was."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from tests.domain.acts import Scene
from tests.exports.workshops import a_workshop, record_of
from workshop_tui.domain import blocks, plain_profiles
from workshop_tui.domain import commands as cmd
from workshop_tui.exports import report as report_module
from workshop_tui.exports.building import build_report
from workshop_tui.exports.report import SCHEMA, Report
from workshop_tui.exports.session_json import session_json
from workshop_tui.kinds.registry import KINDS

DOCS = (Path(__file__).parents[2] / "docs" / "session-json.md").read_text("utf-8")
STRUCTS = {
    name: struct
    for name, struct in inspect.getmembers(report_module, inspect.isclass)
    if issubclass(struct, msgspec.Struct) and struct.__module__ == report_module.__name__
}


def section(heading: str) -> str:
    return re.split("^## ", DOCS.split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_every_key_is_documented_and_no_other(name: str) -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", section(name), re.MULTILINE)) == set(STRUCTS[name].__struct_fields__)


def test_every_block_of_a_result_is_documented_with_its_keys() -> None:
    documented = section("Blocks")

    for struct in (
        blocks.Bars,
        blocks.Bar,
        blocks.Ranking,
        blocks.Place,
        blocks.Distribution,
        blocks.Scaled,
        blocks.Matrix,
        blocks.MatrixRow,
        blocks.Statement,
        blocks.Quotes,
    ):
        for key in struct.__struct_fields__:
            assert f"`{key}`" in documented, key
    assert SCHEMA in DOCS


def test_every_form_of_a_plain_profile_is_documented_with_its_keys() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", section("Plain profiles"), re.MULTILINE))
    forms = get_args(plain_profiles.PlainProfile)

    assert documented == {"form", *(key for form in forms for key in form.__struct_fields__)}
    for form in forms:
        assert f"`{form.__struct_config__.tag}`" in section("Plain profiles")
    for key in plain_profiles.Candidate.__struct_fields__:
        assert f"`{key}`" in section("Plain profiles")


def test_the_file_reads_back_as_the_report_it_was_written_from() -> None:
    report = a_workshop().report()

    assert msgspec.json.decode(session_json(report), type=Report) == report


def test_keys_are_sorted_at_every_level() -> None:
    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs if name != "type"]
        assert names == sorted(names)
        return dict(pairs)

    assert json.loads(session_json(a_workshop().report()), object_pairs_hook=check)["schema"] == SCHEMA


def test_counts_of_the_file_add_up_to_those_of_the_room() -> None:
    found = json.loads(session_json(a_workshop().report()))
    second = next(each for each in found["rounds"] if each["key"] == "i01.2")

    assert sum(line["count"] for line in second["ballots"]) == second["answered"] == 5
    assert {bar["label"]: bar["value"] for bar in second["result"][0]["bars"]} == {
        "Phones": 2, "Letters": 2, "Parking": 1,
    }  # fmt: skip


def test_the_journal_says_who_asked_for_what_and_nothing_of_single_words() -> None:
    day = Scene()
    day.give(cmd.SetPresent(people=12, who="helper"))
    day.give(cmd.TakeBack(person="ana", contribution=day.story))
    day.give(cmd.ClockMoved(by_ms=5, slept=False))

    lines = build_report(record_of(day), KINDS).journal

    assert [(line.who, line.what) for line in lines[-2:]] == [("helper", "present_set"), ("room", "clock_shifted")]
    assert ("facilitator", "result_revealed", "", "i01.1") in {
        (each.who, each.what, each.item, each.round) for each in lines
    }
    assert "phone" not in {line.who for line in lines}
    said = msgspec.json.encode(lines).decode()
    for key in (day.story, day.retold, day.question):
        assert key not in said


def addresses(report: Report) -> dict[tuple[str, str], str]:
    """Everything that a later workshop can point to, by what it is and its name."""
    notes = (*report.concerns, *report.actions, *report.promises, *report.notes)
    said = [each for gathered in (report.stories, *report.words) for each in gathered.shown]
    return (
        {("item", each.key): each.title for each in report.items}
        | {("result", each.key): each.question for each in report.rounds}
        | {("option", f"{r.key} {letter.lower()}"): words for r in report.rounds for letter, words in r.options}
        | {("words", each.key): str(each.parts) for each in said}
        | {("note", each.key): each.text for each in notes}
    )


def test_whatever_can_be_cited_has_a_name_of_its_own_that_stays() -> None:
    day = a_workshop(ended=False)
    first = addresses(day.report())
    day.give(cmd.AddNote(key="another", kind="promise", text="One more"))
    day.open("i03")
    day.story("person0", "Another story, first in the alphabet", "C4")
    later = addresses(day.report())

    assert {what for what, _ in first} == {"item", "result", "option", "words", "note"}
    assert all(name for _, name in later)
    assert len(set(first.values())) > 15
    assert first.items() <= later.items()
    assert len(later) == len(first) + 2
