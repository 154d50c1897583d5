# ruff: noqa: RUF001 -- digits of other scripts are what some of these are about
"""A workbook that comes back: read as it was meant, or refused cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.cases.hostile_inputs import EXPORT, TERMINAL, UNICODE
from tests.cycle.answered import COLUMNS, changed, column, filled, workbook_of
from tests.cycle.made import Body, baton_of, needs, point
from workshop_tui.cycle import returned
from workshop_tui.cycle.answers import PROMISE_WORDS, STATUS_WORDS, STATUSES, Answer, Status
from workshop_tui.cycle.returned import HEADS, Row
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CycleFileError
from workshop_tui.exports.formats import excel_back
from workshop_tui.exports.formats.office import for_xml
from workshop_tui.locales import translator_for
from workshop_tui.messages import Translator
from workshop_tui.runtime import returned as taking

TODAY = "2026-12-10"
FAR = "Buses do not go home after six"
DONE = {"status": "Done", "words": "It rings"}
PLANNED = {"status": "Planned", "words": "A late bus", "until": dt.date(2027, 5, 1)}
A = Answer(status="done", words="It rings")
B = Answer(status="planned", words="A late bus", on="2027-05-01")
NIGHT = dt.datetime(2027, 5, 1, 23, 59, tzinfo=dt.UTC).replace(tzinfo=None)
"""As a workbook has it: without a zone."""

N1, N2 = "aaaa:n1", "aaaa:n2"


def workbook(translator: Translator | None = None) -> bytes:
    baton = baton_of(needs(point("n1"), point("n2", words=FAR)), to=[Body(name="Planning group", role="Secretary")])
    return workbook_of(baton, "Planning group", *([translator] if translator else []))


def read(data: bytes, language: str = "en") -> dict[str, Row]:
    marked, sheets = excel_back.read(data, "back.xlsx")
    assert returned.marker_in(marked, "back.xlsx").about == "aaaa:plan"
    return {row.id: row for row in returned.read(sheets, taking.words_of(language, TODAY), "back.xlsx", TODAY)}


def answers(data: bytes, language: str = "en") -> dict[str, Answer]:
    return {id_: row.answer for id_, row in read(data, language).items()}


def refused(data: bytes) -> list[str]:
    """What is told of it, line by line, the file first."""
    with pytest.raises(CycleFileError) as problem:
        read(data)
    told = str(problem.value).split("\n  ")
    assert "back.xlsx cannot be used." in told[0]
    assert "Nothing of it was taken." in told[0]
    return told


def cell(data: bytes, part: str, line: int = 1) -> str:
    """The name of a cell, by its column."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return str(page.cell(line + 1, column(page, part)).coordinate)


# Read as it was meant. -------------------------------------------------------------------------------


def test_what_is_filled_in_is_read_as_it_was_meant() -> None:
    found = read(
        filled(workbook(), {**DONE, "on": dt.date(2026, 12, 1), "where": "The hall", "role": "Chair"}, PLANNED)
    )

    assert found[N1].answer == Answer(status="done", words="It rings", on="2026-12-01", where="The hall")
    assert (found[N1].by_body, found[N1].by_role) == ("Planning group", "Chair")
    assert (found[N2].answer, found[N2].by_role) == (B, "Secretary")


def test_a_workbook_in_which_nobody_wrote_answers_nothing() -> None:
    assert read(workbook()) == {}


def test_it_asks_what_the_baton_asks_and_shows_no_sum_to_whoever_fills_it_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    page = book["Points"]
    heads, first, _ = ([each.value for each in line] for line in page.iter_rows())
    line = dict(zip(heads, first, strict=True))

    assert line["How many said it"] == "9 of 24 people"
    assert line["What is asked of you"] == "Say which number"
    assert line["Answer by"].date() == dt.date(2027, 1, 31)
    assert (line["Status"], line["Who answers"], line["Their role"]) == ("No answer yet", "Planning group", "Secretary")
    assert page.column_dimensions[cell(workbook(), "reference").rstrip("2")].hidden
    assert book["workshop-tui"].sheet_state == "hidden"
    assert page.freeze_panes == "A2"
    assert page.protection.sheet


@pytest.mark.parametrize("status", STATUSES[1:])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_status_is_read_in_every_language_whatever_its_capitals_and_spaces(status: Status, language: str) -> None:
    translator = translator_for(language)
    for words in (STATUS_WORDS, PROMISE_WORDS):
        said = f"\u00a0 {translator.text(words[status]).upper()}  "
        line = {"status": said, "words": "So it is"}
        if status in ("planned", "waiting"):
            line["until"] = "2027-05-01"
        if status == "passed_on":
            line["to"] = "The council"
        assert answers(filled(workbook(), line))[N1].status == status


@pytest.mark.parametrize("apostrophe", ["'", "\u2019"])
def test_an_apostrophe_is_the_same_straight_or_curled(apostrophe: str) -> None:
    said = translator_for("cy").text(STATUS_WORDS["done"])

    assert "'" in said
    found = answers(filled(workbook(), {"status": said.replace("'", apostrophe), "words": "It rings"}))
    assert found[N1].status == "done"


def test_a_workbook_in_welsh_is_read_too() -> None:
    welsh = translator_for("cy")

    def fill(book: Workbook) -> None:
        page = book.worksheets[0]
        heads = {head.value: head.column for head in page[1]}
        page.cell(2, heads[welsh.text(HEADS["status"][0])]).value = welsh.text(STATUS_WORDS["done"])
        page.cell(2, heads[welsh.text(HEADS["words"][0])]).value = "It rings"

    assert answers(changed(workbook(welsh), fill), "en") == {N1: A}


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2027, 5, 1), NIGHT, 46508, 46508.75, "2027-05-01", "1/5/2027", "01.05.2027",
        " 1 May 2027 ", "1 Mai 2027", "1st May 2027", "٠١/٠٥/٢٠٢٧",
    ],
)  # fmt: skip
def test_a_day_is_read_as_a_day_a_text_or_the_number_that_workbooks_count_it_by(day: object) -> None:
    language = "cy" if day == "1 Mai 2027" else "en"

    assert answers(filled(workbook(), {**PLANNED, "until": day}), language) == {N1: B}


def test_a_number_is_the_day_that_this_workbook_counts_it_as() -> None:
    def mac(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        day = book.worksheets[0].cell(2, column(book.worksheets[0], "until"))
        day.value, day.number_format = 46508 - 1462, "0"

    assert answers(changed(filled(workbook(), PLANNED), mac)) == {N1: B}


def test_columns_are_known_by_their_heading_wherever_they_stand() -> None:
    def move(book: Workbook) -> None:
        page = book.worksheets[0]
        lines = [[each.value for each in line] for line in page.iter_rows()]
        page.delete_rows(1, 9)
        page.append(["Our list", None])
        for line in lines:
            page.append([None, "ours", *reversed(line)])
        page.title = "Renamed"

    assert answers(changed(filled(workbook(), DONE, PLANNED), move)) == {N1: A, N2: B}


def test_lines_may_be_sorted_and_taken_out_and_notes_may_stand_beside_them() -> None:
    def sort(book: Workbook) -> None:
        page = book.worksheets[0]
        _, first, second = ([each.value for each in line] for line in page.iter_rows())
        page.delete_rows(2, 2)
        page.append(second)
        page.append(first)
        page.append(["A line of ours", "without a reference"])
        book.create_sheet("Minutes").append(["Anything"])

    data = filled(workbook(), DONE, PLANNED)

    assert list(answers(changed(data, sort))) == [N2, N1]
    assert answers(changed(data, lambda book: book.worksheets[0].delete_rows(2))) == {N2: B}


@pytest.mark.parametrize("value", [111, 111.0])
def test_a_number_where_words_are_asked_for_is_the_words(value: float) -> None:
    assert answers(filled(workbook(), {"status": "Done", "words": value}))[N1].words == "111"


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words, _ in [*EXPORT, *TERMINAL, *UNICODE]])
def test_every_cell_goes_through_the_cleaning_door(words: str) -> None:
    # As a file can hold it: what XML cannot is in none.
    words = for_xml(words.encode("utf-8", "ignore").decode())[:900]
    row = read(written(workbook(), Answer(status="done", words=f"It rings {words}", where=f"Here {words}")))[N1]

    assert row.answer.words == clean_text(f"It rings {words}")
    assert row.answer.where == clean_line(f"Here {words}")


# Refused cell by cell. -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "part", "said"),
    [
        ({"status": "Done"}, "words", "“Done” needs words"),
        ({"status": "Not done"}, "words", "needs a reason"),
        ({"status": "Planned", "words": "A bus"}, "until", "needs a date"),
        ({"status": "Waiting", "words": "Money"}, "until", "a date on which to ask again"),
        ({**PLANNED, "on": dt.date(2026, 12, 1)}, "on", "“Planned” has its day under “By when, or when to ask again”"),
        ({**DONE, "until": dt.date(2027, 5, 1)}, "until", "“Done” has its day under “Since when, or on which day”"),
        ({**DONE, "on": dt.date(2027, 5, 1)}, "on", "a date that is still to come"),
        ({"status": "Not done", "words": "No", "until": "2027-05-01"}, "until", "“Not done” has no date"),
        ({"status": "Passed on"}, "to", "needs the body"),
        ({**DONE, "to": "The council"}, "to", "“Done” names a body"),
        ({**PLANNED, "where": "Here"}, "where", "cannot be seen anywhere yet"),
        ({"words": "It rings"}, "status", "no answer was chosen"),
        ({"on": "2026-12-01"}, "status", "no answer was chosen"),
        ({**DONE, "status": "Donne"}, "status", "There is no status “Donne”. Did you mean “Done”?"),
        ({**DONE, "status": "=A1"}, "status", "There is a formula in it"),
        ({**DONE, "words": "=1+1"}, "words", "There is a formula in it"),
        ({**PLANNED, "until": "=TODAY()"}, "until", "There is a formula in it"),
        ({**PLANNED, "until": "#N/A"}, "until", "There is an error in it, #N/A."),
        ({**PLANNED, "until": "in spring"}, "until", "in spring is no date such as 2026-12-24"),
        ({**PLANNED, "until": "Friday"}, "until", "Friday is no date"),
        ({**PLANNED, "until": "1 May"}, "until", "1 May is no date"),
        ({**PLANNED, "until": 7}, "until", "7 is no date"),
        ({**PLANNED, "until": 1e300}, "until", "There is an error in it"),
        ({**PLANNED, "until": dt.date(1999, 12, 31)}, "until", "1999-12-31 is no date"),
        ({**PLANNED, "until": dt.time(12, 30)}, "until", "12:30:00 is no date"),
        ({**DONE, "words": "a" * 4_001}, "words", "It is 1 letter too long: there is room for 4,000."),
        ({**DONE, "body": "a" * 1_001}, "body", "1 letter too long"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_by_the_name_of_its_cell(
    line: dict[str, object], part: str, said: str
) -> None:
    data = filled(workbook(), line, PLANNED)

    (first, problem) = refused(data)

    assert "1 cell in it cannot be taken" in first
    assert problem.startswith(f"Points, {cell(data, part)}: ")
    assert said in problem


def test_all_that_is_wrong_is_told_at_once() -> None:
    data = filled(workbook(), {"status": "Done"}, {"status": "Planned", "words": "A bus", "until": "soon"})

    assert [line.split(":")[0] for line in refused(data)[1:]] == [
        f"Points, {cell(data, 'words')}", f"Points, {cell(data, 'until', 2)}",
    ]  # fmt: skip


def test_an_answer_in_a_line_that_somebody_added_is_refused() -> None:
    def add(book: Workbook) -> None:
        page = book.worksheets[0]
        page.cell(7, 1).value = "Another thing"
        page.cell(7, column(page, "status")).value = "Done"

    told = refused(changed(filled(workbook(), DONE), add))

    assert "7: This line has no reference" in told[1]


def test_lines_whose_cells_were_mixed_are_refused() -> None:
    def mix(book: Workbook) -> None:
        page = book.worksheets[0]
        page["A2"].value, page["A3"].value = page["A3"].value, page["A2"].value

    told = refused(changed(filled(workbook(), DONE), mix))

    assert len(told) == 3
    assert all("do not belong together" in line for line in told[1:])


@pytest.mark.parametrize("forged", ["bbbb:n1", "aaaa:n9 0123456789ab", "aaaa:n1 0123456789ab", "x", 7, "=A1"])
def test_a_forged_reference_is_refused(forged: object) -> None:
    told = refused(filled(workbook(), {**DONE, "reference": forged}))

    assert "do not belong together" in told[1]


def test_a_heading_that_was_renamed_taken_out_or_doubled_is_named() -> None:
    def renamed(book: Workbook) -> None:
        book.worksheets[0].cell(1, column(book.worksheets[0], "until")).value = "When"

    def out(book: Workbook) -> None:
        book.worksheets[0].delete_cols(column(book.worksheets[0], "where"))

    def doubled(book: Workbook) -> None:
        book.worksheets[0]["A1"].value = COLUMNS["status"]

    data = filled(workbook(), DONE)
    assert "No column has the heading “By when, or when to ask again”." in refused(changed(data, renamed))[1]
    assert "No column has the heading “Where one can see it”." in refused(changed(data, out))[1]
    assert "“Status” stands over two columns." in "".join(refused(changed(data, doubled)))


def test_cells_that_were_made_one_are_named_and_others_may_be() -> None:
    data = filled(workbook(), DONE, PLANNED)
    at = cell(data, "status")

    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells(f"{at}:{at[:-1]}3")

    def below(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A9:C12")

    assert f"Points, {at}:{at[:-1]}3: These cells were made one" in refused(changed(data, merge))[1]
    assert answers(changed(data, below)) == {N1: A, N2: B}


def test_one_line_answered_in_two_ways_is_refused_and_in_one_is_taken() -> None:
    def copy(book: Workbook) -> None:
        page = book.copy_worksheet(book.worksheets[0])
        page.title = "Copy"

    def other(book: Workbook) -> None:
        copy(book)
        page = book["Copy"]
        page.cell(2, column(page, "words")).value = "It does not"

    data = filled(workbook(), DONE)
    assert answers(changed(data, copy)) == {N1: A}
    told = refused(changed(data, other))
    assert told[1].startswith("Copy, ")
    assert "The same line is answered in another way in Points" in told[1]


# What is no such workbook. ---------------------------------------------------------------------------


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return made.getvalue()


FOREIGN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is no Excel workbook"),
    "text": (b"Status,Words\nDone,Yes\n", "it is no Excel workbook"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "it is no Excel workbook"),
    "old or locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password, or of an old kind"),
    "other zip": (zipped(baton_json=b"{}"), "it is no Excel workbook"),
    "no sheets": (with_part(zipped(x=b""), "x", bytes).replace(b"x", b"x"), "it is no Excel workbook"),
    "too large": (bytes(5_000_001), "It is larger than 5 MB."),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_workbook_is_refused_before_anything_is_unpacked(name: str) -> None:
    data, said = FOREIGN[name]

    assert said in refused(data)[0]


def test_a_workbook_of_somebody_elses_is_refused() -> None:
    book = Workbook()
    book.active.append(["Status", "Reference"])  # type: ignore[union-attr]
    made = io.BytesIO()
    book.save(made)

    assert "This program did not make it" in refused(made.getvalue())[0]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("workshop-tui/answers/2", "A newer version of this program made it"),
        ("workshop-tui/baton/1", "It is “workshop-tui/baton/1”"),
        ("somebody/else", "This program did not make it"),
        (None, "This program did not make it"),
    ],
)
def test_a_workbook_of_another_version_is_told_apart(schema: str | None, said: str) -> None:
    def other(book: Workbook) -> None:
        book["workshop-tui"]["A1"].value = schema

    assert said in refused(changed(filled(workbook(), DONE), other))[0]


def test_a_workbook_cut_or_changed_anywhere_is_refused_or_says_the_same() -> None:
    data = filled(workbook(), DONE)

    for at in range(0, len(data), max(1, len(data) // 80)):
        refused(data[:at])
        broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            assert answers(broken) == {N1: A}
        except CycleFileError:
            continue


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_workbook_with_a_part_that_is_damaged_is_refused(part: str) -> None:
    data = filled(workbook(), DONE)

    for content in (b"", b"<", b"<a/>", b"\xff\xfe"):
        refused(with_part(data, part, lambda _, content=content: content))


def test_a_workbook_that_unpacks_to_a_disk_full_is_refused_by_what_it_says_of_itself() -> None:
    data = workbook()
    bomb = with_part(data, "xl/sharedStrings.xml", lambda _: bytes(31_000_000))
    assert len(bomb) < 100_000

    assert "It unpacks to more than 30 MB." in refused(bomb)[0]


def test_entities_that_multiply_are_not_followed() -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY e0 "{"a" * 10}">{grow}]>'.encode()

    def laugh(part: bytes) -> bytes:
        return laughs + part.partition(b"?>")[2].replace(b"It rings", b"&e9;")

    data = filled(workbook(), DONE)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        part = next(name for name in file.namelist() if b"It rings" in file.read(name))

    refused(with_part(data, part, laugh))


def test_more_rows_than_any_list_has_and_what_stands_far_below_are_refused() -> None:
    def many(book: Workbook) -> None:
        for _ in range(5_001):
            book.worksheets[0].append(["x"])

    def far(book: Workbook) -> None:
        book.worksheets[0].cell(200_000, 1).value = "x"

    assert "more than 5,000 rows" in refused(changed(workbook(), many))[0]
    assert "in row 200,000" in refused(changed(workbook(), far))[0]


def test_rows_that_only_look_like_something_are_none() -> None:
    def format_(book: Workbook) -> None:
        for line in range(4, 200_000, 40_000):
            book.worksheets[0].cell(line, 1).number_format = "@"

    assert answers(changed(filled(workbook(), DONE), format_)) == {N1: A}


# There and back. -------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).map(clean_text).filter(has_words)
LINES = WORDS.map(clean_line).filter(has_words)
PAST = st.dates(dt.date(2000, 1, 1), dt.date(2026, 12, 10)).map(dt.date.isoformat)
TO_COME = st.dates(dt.date(2000, 1, 1), dt.date(2199, 12, 31)).map(dt.date.isoformat)
HAPPENED = st.builds(
    Answer, status=st.sampled_from(["done", "already", "changed_in_part"]), words=WORDS, on=PAST | st.just(""),
    where=LINES | st.just(""),
)  # fmt: skip
LEGAL = st.one_of(
    st.just(Answer()),
    st.builds(Answer, status=st.just("acknowledged"), words=WORDS | st.just("")),
    st.builds(Answer, status=st.sampled_from(["planned", "waiting"]), words=WORDS, on=TO_COME),
    HAPPENED,
    st.builds(Answer, status=st.just("not_done"), words=WORDS),
    st.builds(Answer, status=st.just("passed_on"), words=WORDS | st.just(""), to=LINES),
)


def written(data: bytes, *all_: Answer, language: str = "en") -> bytes:
    """The workbook, with these answers typed into it as texts and days."""
    translator = translator_for(language)

    def fill(book: Workbook) -> None:
        page = book.worksheets[0]
        for number, answer in enumerate(all_, 2):
            day = dt.date.fromisoformat(answer.on) if answer.on else None
            until = answer.status in ("planned", "waiting")
            line = {
                "status": translator.text(STATUS_WORDS[answer.status]), "words": answer.words,
                "on": None if until else day, "until": day if until else None, "where": answer.where, "to": answer.to,
            }  # fmt: skip
            for part, value in line.items():
                of = page.cell(number, column(page, part))
                of.value = value or None
                if isinstance(value, str) and value:
                    # A person types into cells of text: nothing in them is a formula, and signs are kept as they are.
                    of.value = value.replace("_x", "_x005F_x")
                    of.data_type = "s"

    return changed(data, fill)


@settings(max_examples=60, deadline=None)
@given(LEGAL, LEGAL)
def test_any_legal_answers_that_are_written_in_are_read_back_the_same(first: Answer, second: Answer) -> None:
    found = answers(written(workbook(), first, second))

    said = {N1: first, N2: second}
    assert found == {id_: answer for id_, answer in said.items() if answer.status != "none"}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_they_are_the_same_once_libreoffice_saved_them(tmp_path: Path) -> None:
    said = {
        N1: Answer(status="done", words="=1+1 is two,\nand 007 stays", on="2026-12-01", where="https://a.example/ü"),
        N2: Answer(status="planned", words="Ddydd Llun – শুভ – مرحبا 👩‍⚕️", on="2027-05-01"),
    }
    (tmp_path / "back.xlsx").write_bytes(written(workbook(), *said.values()))

    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "saved"), str(tmp_path / "back.xlsx")],
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip

    assert answers((tmp_path / "saved" / "back.xlsx").read_bytes()) == said
