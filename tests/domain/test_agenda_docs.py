"""docs/agenda.md says what the reader knows: every key, no other, and an example that works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from workshop_tui.domain.activity import OptionsConfig
from workshop_tui.domain.agenda import STAGE_TITLES, EngagementKind, Level, ProposalState
from workshop_tui.domain.agenda_check import warnings
from workshop_tui.domain.agenda_file import AGENDA_KEYS, ITEM_KEYS, ITEM_TYPES, parse_agenda
from workshop_tui.domain.agenda_phone import PHONE_KEYS
from workshop_tui.kinds.registry import KINDS

DOCS = (Path(__file__).parents[2] / "docs" / "agenda.md").read_text("utf-8")


def section(heading: str) -> str:
    return re.split(r"^#{2,3} ", DOCS.split(f"{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(heading: str) -> dict[str, str]:
    """The lines of the table under a heading, by the key in its first column."""
    return {match[1]: match[0] for match in re.finditer(r"^\| `(\w+)` \|.*$", section(heading), re.MULTILINE)}


def kind_keys() -> dict[str, set[str]]:
    """The keys of each kind, beside `kind`."""
    return {
        name: {field.encode_name for field in msgspec.structs.fields(kind.config_type)}
        | ({"extra"} if issubclass(kind.config_type, OptionsConfig) else set())
        for name, kind in KINDS.items()
    }


def test_every_key_of_the_head_is_documented_and_no_other() -> None:
    assert set(rows("## The head")) == set(AGENDA_KEYS)


def test_every_key_of_an_item_is_documented_and_no_other() -> None:
    assert set(rows("## Items")) == set(ITEM_KEYS)


def test_every_key_of_what_phones_do_is_documented_and_no_other() -> None:
    assert set(rows("## What phones do")) == set(PHONE_KEYS).union(*kind_keys().values())


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_documented_with_its_keys(name: str) -> None:
    table = rows("## What phones do")
    shared = "all with options" if issubclass(KINDS[name].config_type, OptionsConfig) else f"`{name}`"
    documented = {key for key, line in table.items() if f"`{name}`" in (of := line.split("|")[3]) or shared in of}

    assert documented == kind_keys()[name]
    assert f"\n- `{name}`: " in section("## What phones do")


def test_every_stage_type_and_status_word_is_documented() -> None:
    words = re.findall(r'`"(\w+)"`', section("### Stages") + section("### Types") + section("### What people are told"))
    levels = re.search(r"- `level` is one of ((?:`\"\w+\"`,? ?)+)", DOCS)

    assert set(words) == {*STAGE_TITLES, *ITEM_TYPES, *get_args(EngagementKind), *get_args(ProposalState)}
    assert levels is not None
    assert re.findall(r"\w+", levels[1]) == [*get_args(Level)]


def test_the_example_is_an_agenda_with_every_kind_and_nothing_to_warn_of_but_a_language() -> None:
    agenda = parse_agenda(re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)[0], KINDS, file="example.toml")

    assert {item.activity.kind for item in agenda.items if item.activity} == set(KINDS)
    assert agenda.languages == ("en", "cy")
    assert all("“cy”" in str(warning) for warning in warnings(agenda))


def blocks_of(heading: str) -> list[str]:
    """The examples under a heading of the second level, as files that begin with a head."""
    part = DOCS.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    head = 'title = "A day"\nstage = "plan"\n'
    return [head + block for block in re.findall(r"```toml\n(.*?)```", part, re.DOTALL)]


def test_every_example_of_items_that_build_on_each_other_is_an_agenda() -> None:
    run_off, twice, delphi, ideas = (
        parse_agenda(text, KINDS, file="example.toml") for text in blocks_of("## One item after another")
    )

    assert run_off.items[1].activity is not None
    assert run_off.items[1].activity.config["leaders_of"] == run_off.items[0].title
    assert twice.items[2].activity is not None
    assert twice.items[2].activity.again == twice.items[0].title
    assert [item.activity.config["agree_at"] for item in delphi.items if item.activity] == [70, 70, 70]
    assert [item.activity.kind if item.activity else "" for item in ideas.items] == ["ideas", "", "rank"]


def test_every_word_that_a_vote_takes_its_options_or_its_ties_by_is_documented() -> None:
    hints = {field.name: field.type for field in msgspec.structs.fields(OptionsConfig)}
    table = rows("## What phones do")

    for key in ("options_from", "ties"):
        words = {word for word in get_args(hints[key]) if word not in ("", "report")}
        assert set(re.findall(r'`"(\w+)"`', table[key])) == words


def test_every_limit_in_the_page_is_the_limit_of_the_reader() -> None:
    assert "1 to 100" in rows("## The head")["item"]
    assert "1 to 480" in rows("## Items")["minutes"]
    assert "2 to 26" in rows("## What phones do")["options"]
