"""Every output in the formats that it names: whatever people send, nothing breaks or runs, and all say the same."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest

from tests.broken_disk import broken, failing
from tests.cases.hostile_inputs import EXPORT, HTML, MARKUP, TERMINAL, UNICODE
from tests.exports.opened import excel_lines, opened_excel, word_lines, zip_of
from tests.exports.workshops import Workshop, a_workshop, agenda
from workshop_tui.domain.blocks import Bar, Bars, Matrix, MatrixRow, Quote, Quotes, Statement
from workshop_tui.domain.text import clean_text, has_words
from workshop_tui.errors import FolderUnusable, InputError
from workshop_tui.exports.dates import Date, Dates
from workshop_tui.exports.document import (
    Bullets,
    Cell,
    Document,
    Entries,
    Entry,
    Facts,
    Paragraph,
    Part,
    Prose,
    Quotation,
    Result,
    Section,
    Table,
)
from workshop_tui.exports.files import NAMES, Writing, export
from workshop_tui.exports.formats import PAGES, calendar, excel, word
from workshop_tui.exports.formats.excel import MOST_LETTERS
from workshop_tui.exports.formats.office import for_xml
from workshop_tui.exports.outputs import OUTPUTS
from workshop_tui.exports.workbook import Column, Sheet, Workbook
from workshop_tui.kinds.registry import KINDS
from workshop_tui.limits import STORY_LETTERS
from workshop_tui.messages import ENGLISH, tr

CASES = [pytest.param(words, id=name) for name, words, _ in [*EXPORT, *TERMINAL, *MARKUP, *HTML, *UNICODE]]

DOCS = Path(__file__).parents[2] / "docs"


def everywhere(words: str) -> tuple[Part, ...]:
    """The words in every place of a page that can hold some."""
    blocks = (
        Bars(unit="people", bars=(Bar(words, 3, letter="A", notes=(words,), leads=True),)),
        Matrix(title=words, corner=words, columns=(words,), rows=(MatrixRow(words, (words,)),)),
        Statement(words, "caution"),
        Quotes(quotes=(Quote(parts=((words, words),)),), title=words),
    )
    cell = Cell((words,), number=1)
    return (
        Paragraph((words,), "remark"),
        Prose(words),
        Bullets(((words, words),)),
        Entries((Entry(((words, words),), (words,), "; "),), quoted=True),
        Entries((Entry((("", words),), (words, words), "; "),)),
        Quotation(((words, words),)),
        Facts(heads=(tr("What"), tr("Number")), lines=((words, (words,)),)),
        Table(caption=tr("Of {words}", words=words), heads=(tr("One"), tr("Two")), rows=((cell, cell),)),
        Result(blocks, tr("Result: {item}", item=words)),
        Section(heading=words, number=1, anchor="x-1", parts=()),
    )


def a_document(words: str) -> bytes:
    page = Document(
        page=tr("Report: {title}", title=words), kicker=tr("About {words}", words=words), title=words,
        opening=everywhere(words), sections=(), contents=tr("Contents"),
    )  # fmt: skip
    return bytes(word.FORMAT.write(page, ENGLISH))


def a_workbook(words: str) -> bytes:
    columns = (
        Column(head=tr("{words}", words=words)),
        Column(head=tr("{words}", words=words), sort="date"),
        Column(head=tr("Status"), sort="choice", choices=(tr("{words}", words=words),), to_fill=True),
    )
    name = tr("{words}", words=words)
    page = Sheet(name=name, description=name, columns=columns, rows=((words, words, words),))
    book = Workbook(title=words, made_at=0, notes=((words, words),), sheets=(page,))
    return bytes(excel.FORMAT.write(book, ENGLISH))


def shown(words: str) -> str:
    """What is left of words where XML can hold them."""
    return for_xml(words).strip()


@pytest.mark.parametrize("words", CASES)
def test_whatever_somebody_sends_a_document_opens_and_says_it_as_text(words: str) -> None:
    data = a_document(words)

    parts = zip_of(data)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            assert b"<!DOCTYPE" not in content
            ElementTree.fromstring(content)
    lines = "\n".join(word_lines(data))
    assert "".join(shown(words).split()) in "".join(lines.split())
    assert not re.search(b"<w:(instrText|fldSimple)", parts["word/document.xml"])
    assert not [name for name, content in parts.items() if b"External" in content]


@pytest.mark.parametrize("words", CASES)
def test_whatever_somebody_sends_a_workbook_opens_and_says_it_as_text(words: str) -> None:
    data = a_workbook(words)

    for name, content in zip_of(data).items():
        ElementTree.fromstring(content)
        assert b"<f>" not in content
        assert b"hyperlink" not in content or "rels" in name
    page = opened_excel(data).worksheets[0]
    for cell in page[2]:
        assert cell.data_type in ("s", "n")
        if len(words) <= MOST_LETTERS and shown(words):
            assert cell.value == for_xml(words)
            assert cell.data_type == "s"


@pytest.mark.parametrize("words", CASES)
def test_whatever_somebody_sends_a_calendar_has_one_event_with_it_as_text(words: str) -> None:
    date = Date(key="k", day="2026-12-01", title=tr("To be done: {words}", words=words), said=(words,))
    dates = Dates(title=words, session="s", made_at=0, sequence=0, dates=(date,))

    data = bytes(calendar.FORMAT.write(dates, ENGLISH))

    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["DESCRIPTION"]) == for_xml(words).replace("\t", " ")
    assert max(map(len, data.split(b"\r\n"))) <= calendar.LONGEST_LINE


def a_day_of(words: str) -> Workshop:
    """A workshop in which the words stand wherever somebody can write some."""
    day = Workshop(agenda())
    day.join("person0", "person1")
    day.open("i03", end="keep")
    day.story("person0", words, "C4")
    day.open("i04")
    day.idea("person0", words)
    for kind in ("concern", "action", "promise", "note"):
        day.note(kind, words, owner=words, due="2026-12-01")
    return day


@pytest.mark.parametrize("words", CASES)
def test_every_file_of_a_session_with_such_words_opens_and_has_its_name(words: str, tmp_path: Path) -> None:
    cleaned = clean_text(words)[:STORY_LETTERS]
    if not has_words(cleaned):
        pytest.skip("nothing is left of it to note")
    day = a_day_of(cleaned)

    paths = export(day.record(), KINDS, tmp_path / "out")

    assert {path.name for path in paths} <= {*NAMES}
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {tmp_path / "out"}
    for path in paths:
        if path.suffix in (".docx", ".xlsx"):
            lines = (word_lines if path.suffix == ".docx" else excel_lines)(path.read_bytes())
            assert len(lines) > 3


# All say the same. -------------------------------------------------------------------------------------


def test_an_output_names_formats_that_there_are_and_not_every_output_has_every_format() -> None:
    endings = {page.ending for page in PAGES}

    assert all(set(output.formats) <= endings for output in OUTPUTS)
    assert any(set(output.formats) < endings for output in OUTPUTS)


def test_every_total_is_the_same_in_every_format_of_a_page() -> None:
    writing = Writing(a_workshop().record(), KINDS, ENGLISH)
    page, text = (bytes(writing.files(name)[name]).decode() for name in ("report.html", "report.md"))
    document = "\n".join(word_lines(bytes(writing.files("report.docx")["report.docx"])))

    facts = re.findall(r"<dt>(?:<bdi>)?(.*?)(?:</bdi>)?</dt><dd>(\d+)\b", page)
    assert len(facts) > 5
    for what, number in facts:
        assert f"| {what} | {number}" in text
        assert f"| {what} | {number}" in document
    bars = re.findall(r'</b> <bdi[^>]*>(\w+)</bdi></th>\n<td>.*?<b class="value">(\d+)</b>', page)
    assert ("Phones", "2") in bars
    for what, number in bars:
        assert re.search(rf"\| [A-Z] {what} \| {number}\b", document)


def test_every_list_has_as_many_lines_in_each_format() -> None:
    day = a_workshop(ended=False)
    for number in range(7):
        day.note("action", f"Action number {number}", due=f"2026-12-0{number + 1}")
    writing = Writing(day.record(), KINDS, ENGLISH)
    found = {
        name: bytes(writing.files(name)[name]) for name in ("report.md", "report.docx", "actions.xlsx", "dates.ics")
    }

    # The half page at the head has some of them once more.
    for text in (found["report.md"].decode(), "\n".join(word_lines(found["report.docx"]))):
        assert text.rpartition("Actions\n")[2].count("Action number") == 7
    assert opened_excel(found["actions.xlsx"])["Actions"].max_row == 1 + 8
    assert len(icalendar.Calendar.from_ical(found["dates.ics"]).walk("VEVENT")) == 8


def test_the_documents_say_which_output_comes_in_which_format() -> None:
    page = (DOCS / "exports.md").read_text("utf-8")
    table = page.split("## Which file is for whom")[1].split("\n## ")[0]
    lines = re.findall(r"^\| `([\w-]+)\.(\w+)`([^|]*)\|", table, re.MULTILINE)
    said = {name: {first, *re.findall(r"`\.(\w+)`", others)} for name, first, others in lines}

    for output in OUTPUTS:
        assert said[output.name] == set(output.formats), output.name


# A file that cannot be written. ------------------------------------------------------------------------


def test_a_workbook_that_is_open_elsewhere_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "actions.xlsx").write_bytes(b"open")
    _lock(monkeypatch)

    with pytest.raises(InputError) as caught:
        export(a_workshop().record(), KINDS, tmp_path)

    assert "actions.xlsx in" in str(caught.value)
    assert "is open in another program, or you may not read it. Nothing was written." in str(caught.value)
    assert "Please close it there, or choose another folder" in str(caught.value)
    assert [each.name for each in tmp_path.iterdir()] == ["actions.xlsx"]


def test_where_a_workbook_is_open_elsewhere_the_next_version_is_written_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "actions.xlsx").write_bytes(b"open")
    _lock(monkeypatch)

    paths = export(a_workshop().record(), KINDS, tmp_path / "day", numbered=True)

    assert {path.parent.name for path in paths} == {"day-version-2"}


def test_a_document_that_cannot_be_put_in_its_place_leaves_none_of_the_others(tmp_path: Path) -> None:
    fault = failing("link", "rename", code=errno.EACCES, exact=("summary.docx",))

    with broken(tmp_path, fault), pytest.raises(FolderUnusable, match="Permission denied"):
        export(a_workshop().record(), KINDS, tmp_path)

    assert list(tmp_path.iterdir()) == []


def _lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system keep a workbook for whoever has it open, as Windows does."""
    real = Path.open

    def opened(path: Path, *args: Any, **more: Any) -> Any:
        if path.name == "actions.xlsx" and not path.parent.name.startswith(".export"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **more)

    monkeypatch.setattr(Path, "open", opened)
