"""Reports in Word: headings, header rows, languages and directions that a screen reader and a spell-checker need."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from itertools import pairwise

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.opened import opened_word, said_in, word_lines, zip_of
from tests.exports.workshops import Workshop, a_workshop, agenda
from workshop_tui.exports.document import Cell, Document, Part, Prose, Quotation, Section, Table
from workshop_tui.exports.files import Writing
from workshop_tui.exports.formats import html, word
from workshop_tui.exports.formats.marked_up import Run, direction_of_line, kept_together, parts_by_direction
from workshop_tui.exports.outputs import session_report
from workshop_tui.kinds.registry import KINDS
from workshop_tui.locales import translator_for
from workshop_tui.messages import ENGLISH, Quoted, Translator, tr

WELSH, URDU, ARABIC = "Cawson ni ein clywed", "ہمیں تین ہفتے انتظار کرنا پڑا", "انتظرنا ثلاثة أسابيع (مرتين)."
PANJABI, BENGALI = "ਅਸੀਂ ਤਿੰਨ ਹਫ਼ਤੇ ਉਡੀਕ ਕੀਤੀ।", "আমরা তিন সপ্তাহ অপেক্ষা করেছি।"


def made(*parts: Part, translator: Translator = ENGLISH, title: str = "A day") -> WordDocument:
    return opened_word(raw(*parts, translator=translator, title=title))


def raw(*parts: Part, translator: Translator = ENGLISH, title: str = "A day") -> bytes:
    document = Document(
        page=tr("Report: {title}", title=title),
        kicker=tr("Report of a workshop"),
        title=title,
        opening=parts,
        sections=(),
    )
    return bytes(word.FORMAT.write(document, translator))


def report(translator: Translator = ENGLISH, day: Workshop | None = None) -> WordDocument:
    content = Writing((day or a_workshop()).record(), KINDS, translator).files("report.docx")["report.docx"]
    return opened_word(bytes(content))


def runs(document: WordDocument, words: str) -> list[tuple[str, str, bool]]:
    """(text, language, whether leftwards) of the paragraph with these words."""
    (paragraph,) = (each for each in document.paragraphs if words in said_in(each))
    found = []
    for run in paragraph._p.iter(qn("w:r")):
        language = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        tag = "" if language is None else language.get(qn("w:val"))
        text = "".join(each.text for each in run.iter(qn("w:t")))
        found.append((text, tag, run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None))
    return found


def runs_leftwards(document: WordDocument, words: str) -> bool:
    (paragraph,) = (each for each in document.paragraphs if words in said_in(each))
    return paragraph._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None


# What the document is. ---------------------------------------------------------------------------------


def test_headings_are_real_begin_with_one_of_the_first_level_and_leave_out_none() -> None:
    levels = [int(each.style.name[-1]) for each in report().paragraphs if each.style.name.startswith("Heading")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(levels) >= 4
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_header_row_that_is_repeated_and_says_what_it_is() -> None:
    tables = report().tables

    assert len(tables) > 5
    for table in tables:
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True, *[False] * (len(heads) - 1)]
        assert all(cell.text for cell in table.rows[0].cells)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_every_table_with_a_name_has_it_as_alternative_text() -> None:
    described = [table._tbl.tblPr.find(qn("w:tblDescription")) for table in report().tables]

    said = [each.get(qn("w:val")) for each in described if each is not None]
    assert "Result of round 2: Which first" in said
    assert "Stories by who their owners let read them" in said
    assert len(said) == len(described) - 1, "the facts at a glance stand under their heading"


def test_it_says_its_title_and_its_language_and_nothing_of_who_made_it_or_when() -> None:
    said = report().core_properties

    assert said.title == "Report: A test day"
    assert said.language == "en-GB"
    assert (said.author, said.last_modified_by, said.comments, said.keywords) == ("", "", "", "")
    assert said.created is None
    assert said.modified is None


def test_no_part_of_the_template_is_left_that_is_of_another_document() -> None:
    files = zip_of(raw())

    assert not [name for name in files if "thumbnail" in name or "app.xml" in name or "customXml" in name]
    assert b"en-US" not in files["word/styles.xml"]
    assert b"python-docx" not in b"".join(files.values())


@pytest.mark.parametrize(
    ("language", "written"), [("en", "en-GB"), ("cy", "cy-GB"), ("ur", "ur-PK"), ("bn", "bn-BD"), ("pt-BR", "pt-BR")]
)
def test_the_whole_document_is_in_the_language_of_its_reader(language: str, written: str) -> None:
    document = made(translator=translator_for(language))

    default = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert default.get(qn("w:val")) == written
    assert document.core_properties.language == written


def test_the_same_session_gives_the_same_bytes_and_no_file_in_it_has_a_time() -> None:
    one, two = (raw(Prose("Words"), translator=translator_for("cy")) for _ in range(2))

    assert one == two
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(one)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_contents_lead_to_headings_that_are_there() -> None:
    body = report().element.body

    anchors = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert len(anchors) > 5
    assert set(anchors) <= set(names)
    assert len(set(names)) == len(names)
    assert not [name for name, content in zip_of(raw()).items() if b'TargetMode="External"' in content]


def test_no_words_are_told_by_their_colour_alone() -> None:
    document = report()

    assert not list(document.element.body.iter(qn("w:color"), qn("w:highlight"), qn("w:shd")))
    assert {"A Phones", "2 joint highest (some)"} <= {
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    }


# The same words as the page. ---------------------------------------------------------------------------


def test_it_has_every_number_and_every_sentence_of_the_page() -> None:
    built = session_report.build(a_workshop().report())
    page = re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", "", bytes(html.FORMAT.write(built, ENGLISH)).decode())
    page = re.sub(r'<span class="mark" aria-hidden="true">[^<]*</span>', "", page)
    text = unescape(re.sub(r"<[^>]*>", " ", page.partition("<body>")[2]))

    document = " ".join(word_lines(bytes(word.FORMAT.write(built, ENGLISH))))

    assert sorted(re.findall(r"\d+", text)) == sorted(re.findall(r"\d+", document))
    words = set(re.findall(r"\w+", text))
    assert words <= set(re.findall(r"\w+", document))


# Languages and directions. -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", [URDU, ARABIC])
def test_words_that_run_leftwards_do_so_with_their_paragraph_in_an_english_report(words: str) -> None:
    document = made(Prose(f"{words}\n\nIn English"))

    assert runs(document, words) == [(words, "", True)]
    assert runs_leftwards(document, words)
    assert not runs_leftwards(document, "In English")


def test_words_that_run_leftwards_in_an_english_sentence_do_not_turn_it_round() -> None:
    document = made(Section(heading=tr("Story {number}: {words}", number=3, words=ARABIC), parts=()))

    assert not runs_leftwards(document, ARABIC)
    assert [(text, way) for text, _, way in runs(document, ARABIC)] == [("Story 3: ", False), (ARABIC, True)]


@pytest.mark.parametrize("words", [WELSH, PANJABI, BENGALI])
def test_words_that_run_rightwards_are_one_run(words: str) -> None:
    document = made(Quotation((("", words),)))

    assert runs(document, words) == [(words, "", False)]


def test_words_whose_language_is_known_have_it() -> None:
    document = made(Prose(WELSH, "cy"), Prose(URDU, "ur"), Prose("In English", "en"))

    assert runs(document, WELSH)[0][1] == "cy-GB"
    assert runs(document, URDU)[0][1] == "ur-PK"
    assert runs(document, "In English")[0][1] == ""


def test_a_sentence_that_is_not_translated_is_marked_as_english_and_runs_its_own_way() -> None:
    document = report(translator_for("ur"))

    assert runs(document, "Report of a workshop")[0][1:] == ("en-GB", False)
    assert not runs_leftwards(document, "Report of a workshop")


def test_tables_of_a_language_that_runs_leftwards_begin_at_the_right() -> None:
    row = Cell((Quoted(URDU, "ur"),))
    table = Table(caption=tr("Stories"), heads=(tr("Who may read it"),), rows=((row,),))

    document = made(table, translator=translator_for("ur"))

    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert made(table).tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is None


@given(st.text(alphabet="ab אבג1(). ", max_size=30), st.sampled_from(["ltr", "rtl"]))
def test_no_letter_is_lost_or_runs_the_wrong_way_where_directions_change(text: str, base: str) -> None:
    parts = list(parts_by_direction(text, base))  # type: ignore[arg-type]

    assert "".join(part for part, _ in parts) == text
    for part, way in parts:
        assert not set(part) & set("אבג" if way == "ltr" else "ab")
    assert all(one[1] != other[1] for one, other in pairwise(parts))


def test_a_report_that_is_one_page_has_smaller_margins_and_no_number_on_it() -> None:
    content = Writing(a_workshop().record(), KINDS, ENGLISH).files("summary.docx")["summary.docx"]
    summary, whole = opened_word(bytes(content)), report()

    assert summary.sections[0].left_margin < whole.sections[0].left_margin
    assert "PAGE" in whole.sections[0].footer._element.xml
    assert summary.sections[0].footer.is_linked_to_previous
    assert (round(whole.sections[0].page_width.cm, 1), round(whole.sections[0].page_height.cm, 1)) == (21, 29.7)


def test_stories_and_ideas_stand_as_they_were_sent_with_their_line_breaks() -> None:
    day = Workshop(agenda())
    day.join("person0")
    day.open("i03", end="keep")
    day.story("person0", "First line\nsecond line\n\nA paragraph", "C4")

    quotes = [said_in(each) for each in report(day=day).paragraphs if each.style.name == "Quote"]

    assert quotes[-2:] == ["First line\nsecond line", "A paragraph"]


def test_what_somebody_was_asked_is_never_alone_at_the_foot_of_a_page() -> None:
    document = made(Quotation(((tr("What happened?"), "Much"),)))

    (asked,) = (each for each in document.paragraphs if said_in(each) == "What happened?")
    assert asked._p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_a_caption_that_the_heading_says_already_stands_once_and_the_table_keeps_it_as_its_alternative_text() -> None:
    row = (Cell(("Everyone",)),)
    table = Table(caption=tr("Stories"), heads=(tr("Who may read it"),), rows=(row,))
    document = Document(page=tr("A page"), kicker=tr("A page"), title="Title", opening=(),
                        sections=(Section(heading=tr("Stories"), parts=(table,)),))  # fmt: skip

    data = bytes(word.FORMAT.write(document, ENGLISH))
    page = bytes(html.FORMAT.write(document, ENGLISH)).decode()

    assert [line for line in word_lines(data) if "Stories" in line] == ["## Stories"]
    assert b'w:tblDescription w:val="Stories"' in zip_of(data)["word/document.xml"]
    assert '<caption><span class="of">Stories</span></caption>' in page


def test_a_sentence_that_is_not_translated_keeps_its_number_and_full_stop_in_a_line_that_runs_leftwards() -> None:
    assert kept_together("12 of 30 people said this.", "ltr", "rtl") == "\u200e12 of 30 people said this.\u200e"
    assert kept_together("Nobody", "ltr", "rtl") == "Nobody"
    assert kept_together("12 of 30 people.", "ltr", "ltr") == "12 of 30 people."
    words = (Run("Between: ", "en", "ltr"), Run("families", direction="auto"), Run(".", "en", "ltr"))
    assert direction_of_line(words, "rtl") == "ltr"
    assert direction_of_line((*words, Run("خطوط", direction="auto")), "rtl") == "rtl"
