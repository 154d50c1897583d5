"""The tables for spreadsheets: whole, quoted, and never a formula."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.cases.hostile_inputs import EXPORT, HTML, MARKUP, TERMINAL, UNICODE
from tests.exports.workshops import Workshop, a_workshop, agenda
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Poll
from workshop_tui.domain.blocks import Bars
from workshop_tui.domain.text import clean_text
from workshop_tui.exports.formats.spreadsheets import (
    REASON_COLUMNS,
    STORY_COLUMNS,
    VOTE_COLUMNS,
    safe_cell,
    stories_csv,
    votes_csv,
)
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
PAYLOADS = [pytest.param(payload, id=name) for name, payload, _ in [*TERMINAL, *MARKUP, *HTML, *UNICODE, *EXPORT]]


def lines(raw: bytes) -> list[dict[str, str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def documented(heading: str) -> set[str]:
    section = re.split(r"^#{2,3} ", DOCS.split(f"### {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE))


def test_votes_have_one_line_for_each_ballot_of_a_sealed_round() -> None:
    found = lines(votes_csv(a_workshop().report(), ENGLISH))

    assert [(line["round"], line["choice"], line["words"]) for line in found if line["kind"] == "single"] == [
        ("i01.2", "a", "Phones"), ("i01.2", "a", "Phones"), ("i01.2", "b", "Letters"), ("i01.2", "b", "Letters"),
        ("i01.2", "c", "Parking"),
    ]  # fmt: skip
    assert [(line["place_1"], line["place_2"], line["shown_to_room"]) for line in found if line["kind"] == "rank"] == [
        ("a", "b", "no"), ("b", "", "no"),
    ]  # fmt: skip


def test_a_line_names_its_options_so_that_the_table_can_be_read_alone() -> None:
    found = lines(votes_csv(a_workshop().report(), ENGLISH))

    assert {line["options"] for line in found if line["round"] == "i01.2"} == {"A Phones\nB Letters\nC Parking"}
    assert all(line["options"] for line in found if line["kind"] == "rank")


def test_votes_that_nobody_can_link_are_the_only_ones() -> None:
    found = lines(votes_csv(a_workshop(ended=False).report(), ENGLISH))

    assert {line["round"] for line in found} == {"i01.2"}


def test_a_void_round_is_not_summed_up_with_the_rest() -> None:
    assert not [line for line in lines(votes_csv(a_workshop().report(), ENGLISH)) if line["round"] == "i01.1"]


def test_the_lines_do_not_tell_who_voted_first() -> None:
    def table(*choices: str) -> bytes:
        day = Workshop(agenda())
        day.join("p0", "p1", "p2")
        day.open("i01")
        day.open_vote()
        for number, choice in enumerate(choices):
            day.vote(f"p{number}", choice)
        day.give(cmd.Reveal())
        return votes_csv(day.report(), ENGLISH)

    assert table("c", "a", "b") == table("b", "c", "a")


def test_totals_are_the_same_in_the_table_the_result_and_the_base() -> None:
    report = a_workshop().report()
    found = lines(votes_csv(report, ENGLISH))

    for round_ in report.rounds:
        votes = [line for line in found if line["round"] == round_.key]
        assert len(votes) == (round_.answered if round_.status == "sealed" else 0)
        bars = [bar for block in round_.result if isinstance(block, Bars) for bar in block.bars]
        if round_.status == "sealed" and bars:
            assert {ENGLISH.text(bar.label): bar.value for bar in bars} == Counter(line["words"] for line in votes)


def test_stories_and_ideas_have_one_line_each() -> None:
    found = lines(stories_csv(a_workshop().report(), ENGLISH))

    assert [(line["kind"], line["number"], line["what_happened"] or line["idea"]) for line in found] == [
        ("vignette", "1", "I told it nine times"), ("vignette", "2", "They rang me"),
        ("ideas", "1", "A named person"), ("ideas", "2", "One letter"),
    ]  # fmt: skip
    assert [line["consent"] for line in found] == ["C2", "C4", "", ""]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_is_a_formula_and_no_words_are_lost(payload: str) -> None:
    words = clean_text(payload) or "x"
    day = Workshop(an_agenda(item(1, kind="single", options=options(words[:200], "B")), item(4, kind="ideas")))
    day.join("ana")
    day.open("i01")
    day.open_vote()
    day.vote("ana", "a")
    day.give(cmd.Reveal())
    day.open("i04")
    day.idea("ana", words)

    for found, said in ((votes_csv(day.report(), ENGLISH), words[:200]), (stories_csv(day.report(), ENGLISH), words)):
        rows = list(csv.reader(io.StringIO(found.decode("utf-8-sig"), newline="")))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠\t\r]", cell)]  # noqa: RUF001
        assert said in cells or f"'{said}" in cells
        assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (3, "3"), (-5, "-5"), ("-5", "-5"), ("+4.25", "+4.25"), ("-", "'-"), ("-5 pain", "'-5 pain"), ("=1", "'=1"),
        ("  =1", "'  =1"), ("\u00a0@x", "'\u00a0@x"), ("＝1", "'＝1"), ("-٥", "'-٥"), ("a=1", "a=1"), ("", ""),  # noqa: RUF001
        ("- 5", "'- 5"), ("--5", "'--5"), ("-5\n=1", "'-5\n=1"),
    ],
)  # fmt: skip
def test_a_plain_number_stays_a_number_and_all_else_that_begins_like_a_formula_is_text(
    value: str | int, cell: str
) -> None:
    assert safe_cell(value) == cell


def test_every_column_is_documented_and_no_other() -> None:
    polls = {
        name
        for kind in KINDS.values()
        for name in (_columns(kind) if isinstance(kind, Poll) else ())
        if name == "a_or_b" or not re.fullmatch(r"\w+\.[b-z]|place_[2-9]|c[2-9]\.a|[a-z]_or_[a-z]", name)
    }
    assert documented("votes.csv") == {*VOTE_COLUMNS, *polls}

    assert documented("reasons.csv") == {*REASON_COLUMNS}

    words = {
        name
        for kind in KINDS.values()
        if not isinstance(kind, Poll) and kind.readers == "room"
        for name in _columns(kind)
    }
    upvoted = {"votes", "answered", "answer", "taken_by"}
    assert documented("stories.csv") == {*STORY_COLUMNS, *words, *upvoted, "story"}


def _columns(kind: object) -> list[str]:
    example = kind.examples()  # type: ignore[attr-defined]
    ballot = kind.read(example.config, example.answers[0])  # type: ignore[attr-defined]
    return list(kind.rows(example.config, ballot))  # type: ignore[attr-defined]
