"""session.json: its page says every key, its keys are sorted, and it reads back as it was."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.domain.acts import Scene
from tests.exports.workshops import a_workshop, record_of
from workshop_tui.counting.formats.ours import SCHEMA
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Noun
from workshop_tui.domain.blocks import Column
from workshop_tui.exports.building import build_report
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.exports.report import Report
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH, Figure, Message, Quoted, Verbatim

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "session-json.md").read_text("utf-8")
PUBLISHED = json.loads((ROOT / "docs" / "session.schema.json").read_text("utf-8"))
DEFINED: dict[str, Any] = {"Session": PUBLISHED, **PUBLISHED["$defs"]}
FORMS = [each["$ref"].rpartition("/")[2] for each in DEFINED["PlainProfile"]["oneOf"]]
BLOCKS = [each["$ref"].rpartition("/")[2] for each in DEFINED["Block"]["oneOf"]]
TOLD_TOGETHER = {"PlainProfile", "Candidate", *FORMS, "Block", *BLOCKS}
"""What the page has no table of its own for: all forms of a profile share one, blocks stand in a list."""


def section(heading: str) -> str:
    return re.split("^## ", DOCS.split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def keys(schema: object) -> set[str]:
    """Every key that a part of the schema defines, at any depth."""
    if isinstance(schema, list):
        return {name for each in schema for name in keys(each)}
    if not isinstance(schema, dict):
        return set()
    return {*schema.get("properties", {}), *(name for each in schema.values() for name in keys(each))}


@pytest.mark.parametrize("name", sorted(DEFINED.keys() - TOLD_TOGETHER))
def test_every_key_is_documented_and_no_other(name: str) -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", section(name), re.MULTILINE)) == set(DEFINED[name]["properties"])


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_of_a_result_is_documented_with_its_keys(name: str) -> None:
    (documented,) = re.findall(rf"^- `{name}`: (.*?)(?=^- |\Z)", section("Blocks"), re.MULTILINE | re.DOTALL)

    assert {*re.findall(r"`(\w+)`", documented)} >= keys(DEFINED[name]) - {"type"}
    assert f"`{SCHEMA}`" in DOCS


def test_every_form_of_a_plain_profile_is_documented_with_its_keys() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", section("Plain profiles"), re.MULTILINE))

    assert documented == {key for form in FORMS for key in DEFINED[form]["properties"]}
    for form in FORMS:
        assert f"`{DEFINED[form]['properties']['form']['const']}`" in section("Plain profiles")
    for key in keys(DEFINED["Candidate"]):
        assert f"`{key}`" in section("Plain profiles")


def texts(value: object) -> set[str]:
    """Every text in a value, at any depth, as a reader of English has it."""
    match value:
        case str() | Message():
            return {str(value)}
        case Noun():
            return {str(value.one), str(value.many)}
        case Column():
            return {str(value.name)}
        case Quoted() | Verbatim() | Figure():
            return {ENGLISH.text(value)}
        case msgspec.Struct():
            return texts([getattr(value, name) for name in value.__struct_fields__])
        case dict():
            return texts([*value, *value.values()])
        case list() | tuple():
            return {text for part in value for text in texts(part)}
        case _:
            return set()


def test_everything_that_the_report_says_is_in_the_file() -> None:
    report = a_workshop().report()

    # Several sentences are one text there, and several notes too.
    written = "\n".join(texts(json.loads(session_json(report, ENGLISH))))
    assert [text for text in texts(report) if text not in written] == []
    assert len(texts(report)) > 80


def test_keys_are_sorted_at_every_level() -> None:
    def check(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs if name != "type"]
        assert names == sorted(names)
        return dict(pairs)

    assert json.loads(session_json(a_workshop().report(), ENGLISH), object_pairs_hook=check)["schema"] == SCHEMA


def test_counts_of_the_file_add_up_to_those_of_the_room() -> None:
    found = json.loads(session_json(a_workshop().report(), ENGLISH))
    second = next(each for each in found["rounds"] if each["key"] == "i01.2")

    assert sum(line["count"] for line in second["ballots"]) == second["answered"] == 5
    assert {bar["label"]: bar["value"] for bar in second["result"][0]["bars"]} == {
        "Phones": 2, "Letters": 2, "Parking": 1,
    }  # fmt: skip


def test_the_journal_says_who_asked_for_what_and_nothing_of_single_words() -> None:
    day = Scene()
    day.give(cmd.SetPresent(people=12, who="helper"))
    day.give(cmd.AskToTalk(person="ana"))
    day.give(cmd.HearTalk())
    day.give(cmd.TakeBack(person="ana", contribution=day.story))
    day.give(cmd.ClockMoved(by_ms=5, slept=False))

    lines = build_report(record_of(day), KINDS, "session_report").journal

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
