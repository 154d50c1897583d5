"""Lists in Excel: text stays text, days are days, the heading stays in sight, what is filled in is of its sort."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.opened import excel_lines, opened_excel, zip_of
from tests.exports.workshops import a_workshop
from workshop_tui.exports.files import Writing
from workshop_tui.exports.formats import excel
from workshop_tui.exports.formats.excel import MOST_LETTERS, for_cell
from workshop_tui.exports.workbook import Column, Sheet, Value, Workbook
from workshop_tui.kinds.registry import KINDS
from workshop_tui.locales import translator_for
from workshop_tui.messages import ENGLISH, Message, Translator, tr

NOON = 1_790_000_000_000

COLUMNS = (
    Column(head=tr("What"), wide=True),
    Column(head=tr("By when"), sort="date"),
    Column(head=tr("How many"), sort="number"),
    Column(head=tr("Status"), sort="choice", choices=(tr("Done"), tr("Not done, with a reason")), to_fill=True),
    Column(head=tr("On which day"), sort="date", to_fill=True),
)


def moment(*of: int) -> dt.datetime:
    """As a workbook has it: without a zone."""
    return dt.datetime(*of, tzinfo=dt.UTC).replace(tzinfo=None)  # type: ignore[misc, arg-type]


def raw(
    *rows: tuple[Value, ...],
    columns: tuple[Column, ...] = COLUMNS,
    names: tuple[Message, ...] = (tr("Actions"),),
    translator: Translator = ENGLISH,
    title: str = "A day",
) -> bytes:
    sheets = tuple(Sheet(name=name, description=tr("What was agreed."), columns=columns, rows=rows) for name in names)
    workbook = Workbook(title=title, made_at=NOON, notes=((tr("For those who do it."),),), sheets=sheets)
    return bytes(excel.FORMAT.write(workbook, translator))


def sheet(*rows: tuple[Value, ...], columns: tuple[Column, ...] = COLUMNS) -> Worksheet:
    return opened_excel(raw(*rows, columns=columns)).worksheets[0]


def one_cell(words: str) -> Worksheet:
    return sheet((words,), columns=(Column(head=tr("What")),))


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1", "-5 pain score", "@SUM(1)", "{=1}", "https://a.example", "mailto:a@b.example", "007", "1e5", "TRUE"],
)
def test_what_looks_like_a_formula_a_link_or_a_number_stays_the_text_that_it_is(words: str) -> None:
    page = one_cell(words)

    assert page["A2"].value == words
    assert page["A2"].data_type == "s"
    assert page["A2"].hyperlink is None
    assert page["A2"].number_format == "@"


@pytest.mark.parametrize("words", ["_x000D_", "_x0041_ and _x005F_", "line\nline", "a\tb"])
def test_what_excel_takes_for_an_escaped_sign_is_escaped_itself(words: str) -> None:
    shared = zip_of(raw((words,), columns=(Column(head=tr("What")),)))["xl/sharedStrings.xml"].decode()

    assert re.sub("_x005F(?=_x)", "", shared).count(words) == 1
    assert not re.search(r"(?<!_x005F)_x(000D|0041)_", shared)


def test_a_day_is_a_day_and_what_is_none_stays_as_it_was_written() -> None:
    page = sheet(
        ("A", "2026-12-01", 3, None, None), ("B", "soon", None, None, None), ("C", "1066-10-14", 1, None, None)
    )

    assert page["B2"].value == moment(2026, 12, 1)
    assert page["B2"].is_date
    assert [page["B3"].value, page["B4"].value] == ["soon", "1066-10-14"]
    assert (page["C2"].value, page["C2"].data_type) == (3, "n")
    assert page["C3"].value is None


def test_the_heading_stays_in_sight_and_can_be_filtered_by() -> None:
    page = sheet(("A", "2026-12-01", 3, None, None), ("B", "", 1, None, None))

    assert page.freeze_panes == "A2"
    (table,) = page.tables.values()
    assert table.ref == "A1:E3"
    assert table.autoFilter.ref == "A1:E3"
    assert [each.name for each in table.tableColumns] == [cell.value for cell in page[1]]
    assert page.print_title_rows == "$1:$1"


def test_a_list_with_nothing_in_it_still_opens() -> None:
    page = sheet()

    assert [cell.value for cell in page[1]] == ["What", "By when", "How many", "Status", "On which day"]
    assert page.tables["List1"].ref == "A1:E2"


def test_the_list_says_what_it_is_to_those_who_hear_it() -> None:
    (drawn,) = [content for name, content in zip_of(raw()).items() if name.startswith("xl/tables/")]

    assert b'altText="Actions"' in drawn
    assert b'altTextSummary="What was agreed."' in drawn


def test_a_choice_takes_what_is_in_its_list_and_a_day_takes_days() -> None:
    book = opened_excel(raw(("A", "", 1, None, None)))
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}

    choice, day = rules["D2"], rules["E2"]
    assert (choice.type, day.type) == ("list", "date")
    found = re.fullmatch(r"'(.*)'!\$A\$(\d+):\$A\$(\d+)", choice.formula1)
    assert found
    page = book[found[1]]
    words = [page.cell(row, 1).value for row in range(int(found[2]), int(found[3]) + 1)]
    assert words == ["Done", "Not done, with a reason"]
    assert page.cell(int(found[2]) - 1, 1).value == "Actions: Status"
    assert day.error == "Only a day can stand here."


def test_only_cells_that_are_to_be_filled_in_can_be_changed_and_no_password_keeps_anybody_out() -> None:
    page = sheet(("A", "", 1, None, None), ("B", "2026-12-01", 1, None, None))

    assert page.protection.sheet
    assert page.protection.password is None
    open_ = [cell.coordinate for line in page.iter_rows() for cell in line if not cell.protection.locked]
    assert open_ == ["D2", "E2", "D3", "E3"]
    assert not page.protection.autoFilter, "the list can still be filtered"
    assert not sheet(("A",), columns=(Column(head=tr("What")),)).protection.sheet, "nothing is to be filled in"


def test_the_last_sheet_says_where_it_comes_from_and_who_may_have_it() -> None:
    book = opened_excel(raw())

    assert book.sheetnames == ["Actions", "About this workbook"]
    assert [book.worksheets[-1].cell(row, 1).value for row in (1, 2)] == ["A day", "For those who do it."]
    assert book.properties.title == "A day"


@pytest.mark.parametrize(
    "words", ["x" * 32_768, "word " * 10_000, "\U0001f600" * 20_000, "x" * 32_767, "\U0001f600" * 16_383]
)
def test_a_text_that_a_cell_has_no_room_for_ends_with_a_word_that_says_so(words: str) -> None:
    found = one_cell(words)["A2"].value

    letters = len(found.encode("utf-16-le")) // 2
    assert letters <= MOST_LETTERS
    if len(words.encode("utf-16-le")) // 2 <= MOST_LETTERS:
        assert found == words
    else:
        assert found.endswith("… [Cut here: a cell has room for 32,767 letters.]")
        assert letters > MOST_LETTERS - 10
        assert words.startswith(found.partition("…")[0])


def test_a_cut_is_made_between_words() -> None:
    assert for_cell("long words " * 5_000, "[cut]").endswith(("long… [cut]", "words… [cut]"))


@pytest.mark.parametrize(
    "name", ["a" * 40, "History", "[a]:*?/\\b", "'quoted'", "", "  ", "a\nb", "\U0001f600" * 31, "=1+1"]
)
def test_any_name_becomes_one_that_a_sheet_can_have(name: str) -> None:
    book = opened_excel(raw(names=(tr("{name}", name=name), tr("{name}", name=name.upper()))))

    found = book.sheetnames
    assert len({each.casefold() for each in found}) == 3
    for each in found:
        assert 0 < len(each.encode("utf-16-le")) // 2 <= 31
        assert not set(each) & set("[]:*?/\\")
        assert not each.startswith("'")
        assert not each.endswith("'")
        assert each.casefold() != "history"


def test_columns_with_the_same_heading_get_headings_of_their_own() -> None:
    page = sheet(("a", "b", "c"), columns=tuple(Column(head=tr(word)) for word in ("What", "what", "What")))

    assert [cell.value for cell in page[1]] == ["What", "what 2", "What 3"]


def test_a_workbook_of_a_language_that_runs_leftwards_begins_at_the_right() -> None:
    right, left = (
        opened_excel(raw(translator=translator_for(language))).worksheets for language in ("ur", "en")
    )  # fmt: skip

    assert all(page.sheet_view.rightToLeft for page in right)
    assert not any(page.sheet_view.rightToLeft for page in left)


def test_the_same_session_gives_the_same_bytes_with_the_time_of_its_last_entry() -> None:
    one, two = (raw(("A", "2026-12-01", 3, None, None)) for _ in range(2))

    assert one == two
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(one)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert opened_excel(one).properties.created == moment(2026, 9, 21, 14, 13, 20)
    assert b"<dc:creator></dc:creator>" in zip_of(one)["docProps/core.xml"]


def test_nothing_in_a_workbook_leads_out_of_it() -> None:
    files = zip_of(raw(("https://a.example", "", 1, None, None)))

    assert b"External" not in b"".join(files.values())
    assert not [name for name in files if "externalLink" in name or "vba" in name]


def test_actions_promises_and_concerns_are_a_sheet_each_with_a_day_and_a_reference() -> None:
    data = bytes(Writing(a_workshop().record(), KINDS, ENGLISH).files("actions.xlsx")["actions.xlsx"])
    book = opened_excel(data)

    assert [page.title for page in book if page.sheet_state == "visible"] == [
        "Actions", "Promises", "Concerns", "About this workbook",
    ]  # fmt: skip
    heads, row = ([cell.value for cell in line] for line in book["Actions"].iter_rows())
    line = dict(zip(heads, row, strict=True))
    assert (line["What is to be done"], line["Name"]) == ("Ring the school", "Facilitator")
    assert line["By when"] == moment(2026, 12, 1)
    assert line["Status"] == "No answer yet"
    assert re.fullmatch(r"\w+:\w+ [0-9a-f]{12}", line["Reference"])
    assert {"Who, by role", "Money it needs", "Hours it needs"} <= set(heads)
    assert book["Concerns"]["A2"].value == "Nobody asked the night staff"
    assert "| For those who run the workshop and those who do what was agreed." in "\n".join(excel_lines(data))


def test_a_promise_is_kept_or_broken_and_an_action_done_or_not() -> None:
    book = opened_excel(bytes(Writing(a_workshop().record(), KINDS, ENGLISH).files("actions.xlsx")["actions.xlsx"]))
    notes = [line[0] for line in book["About this workbook"].iter_rows(values_only=True)]

    def listed(name: str) -> list[object]:
        start = notes.index(name) + 1
        return notes[start : start + 9]

    assert {"Done", "Not done"} < set(listed("Actions: Status"))
    assert {"Kept", "Broken"} < set(listed("Promises: Status"))
    assert not {"Kept", "Broken"} & set(listed("Actions: Status"))
