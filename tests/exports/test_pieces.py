"""Large files are made as they are written: never whole in memory, and the same to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.exports.workshops import a_workshop
from workshop_tui.exports import files
from workshop_tui.exports.document import Document
from workshop_tui.exports.files import export
from workshop_tui.exports.formats import DATA, html, markdown
from workshop_tui.exports.formats.session_json import Each, pieces_of_json, session_json
from workshop_tui.exports.formats.spreadsheets import votes_csv
from workshop_tui.exports.output import PageFormat, Pieces, pieces_of
from workshop_tui.exports.outputs import session_report
from workshop_tui.exports.report import BallotLine, ReasonLine, Report
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

LARGEST = 300_000
"""Bytes that are in memory at once, of files of many times that."""


def large(many: int) -> Report:
    """A workshop whose second vote many people answered, each with other words and some alike."""
    report = a_workshop().report()
    ballots = [
        BallotLine(count=n % 3 + 1, group="", columns={"choice": f"{n}", "words": "a" * 20}) for n in range(many)
    ]
    ballots.append(BallotLine(count=20 * many, group="", columns={"choice": "alike"}))
    reasons = tuple(ReasonLine(option="A", answer="", name="", words=f"because {n}") for n in range(many))
    rounds = [
        replace(each, ballots=tuple(ballots), reasons=reasons) if each.status == "sealed" else each
        for each in report.rounds
    ]
    return replace(report, rounds=tuple(rounds))


@pytest.mark.parametrize("name", ["votes.csv", "reasons.csv", "session.json"])
def test_no_piece_of_a_large_file_grows_with_the_file(name: str) -> None:
    data = next(each for each in DATA if each.name == name)

    found = {many: list(pieces_of(data.write(large(many), ENGLISH)[name])) for many in (300, 3_000)}

    assert sum(map(len, found[3_000])) > 5 * sum(map(len, found[300]))
    assert max(map(len, found[3_000])) < LARGEST


def told(many: int) -> Report:
    """A workshop in which many people told a story that may be read, and sent an idea."""
    report = a_workshop().report()
    story = report.stories.shown[0]
    stories = tuple(replace(story, number=n, parts=(("", f"{'a' * 20} {n}"),)) for n in range(1, many + 1))
    words = [
        replace(each, shown=tuple(replace(each.shown[0], number=n) for n in range(1, many + 1))) if each.shown else each
        for each in report.words
    ]
    return replace(report, stories=replace(report.stories, told=many, shown=stories), words=tuple(words))


@pytest.mark.parametrize("page", [html.FORMAT, markdown.FORMAT], ids=lambda page: page.ending)
def test_no_piece_of_a_report_to_read_grows_with_what_was_told(page: PageFormat[Document]) -> None:
    found = {many: list(pieces_of(page.write(session_report.build(told(many)), ENGLISH))) for many in (30, 3_000)}

    assert sum(map(len, found[3_000])) > 10 * sum(map(len, found[30]))
    assert max(map(len, found[3_000])) <= max(map(len, found[30])) + len("3000")


def test_as_many_lines_as_ballots_are_written_however_many_are_alike() -> None:
    report = large(2_000)
    sealed = [each for each in report.rounds if each.status == "sealed"]

    told = votes_csv(report, ENGLISH).decode("utf-8-sig")

    # Each line of a vote without its options ends once, and the options have lines of their own.
    assert told.count('"alike"') == len(sealed) * 40_000
    assert told.count('"1999"') == len(sealed) * (1999 % 3 + 1)


def plain(value: object) -> object:
    """The same without what is made as it is written."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def lazy(value: object) -> object:
    """The same with every list of objects made as it is written."""
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return Each(lazy, value)  # type: ignore[arg-type]
    return {key: lazy(each) for key, each in value.items()} if isinstance(value, dict) else value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_json_in_pieces_is_the_same_to_the_byte(value: dict[str, object]) -> None:
    whole = msgspec.json.format(msgspec.json.encode(plain(value), order="sorted"), indent=2)

    assert b"".join(pieces_of_json(lazy(value))) == whole


def test_session_json_is_sorted_and_indented_as_ever() -> None:
    made = session_json(a_workshop().report(), ENGLISH)

    read = msgspec.json.decode(made)
    assert made == msgspec.json.format(msgspec.json.encode(read, order="sorted"), indent=2) + b"\n"


def test_what_lies_there_already_is_compared_piece_by_piece(tmp_path: Path) -> None:
    content = Pieces(lambda: iter((b"one ", b"two")))
    there = tmp_path / "file"

    for found, is_other in (
        (b"one two", False),
        (b"one tw", True),
        (b"one two!", True),
        (b"One two", True),
        (b"", True),
    ):
        there.write_bytes(found)
        assert files._is_other(there, content) is is_other


def test_a_file_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = a_workshop().record()

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    monkeypatch.setattr("workshop_tui.exports.formats.spreadsheets._table", lambda first, lines: Pieces(broken))
    with pytest.raises(ZeroDivisionError):
        export(record, KINDS, tmp_path / "reports", ["votes.csv"])

    assert list(tmp_path.iterdir()) == []
