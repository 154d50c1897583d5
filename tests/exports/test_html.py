"""The report as a page: sound HTML, nothing fetched, readable aloud, and words from outside that stay words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import html5lib
import pytest

from tests.cases.hostile_inputs import EXPORT, HTML, MARKUP, TERMINAL, UNICODE
from tests.exports.test_session_schema import moments
from tests.exports.workshops import Workshop, a_workshop, agenda, report_html
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.text import clean_line, clean_text
from workshop_tui.locales import translator_for

PLAIN = [pytest.param(payload, id=name) for name, payload, _ in [*TERMINAL, *MARKUP, *HTML, *UNICODE, *EXPORT]]


def page(day: Workshop) -> ET.Element:
    """The page as a tree; a mistake in its HTML is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(report_html(day.report()).decode())


def text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def hrefs(tree: ET.Element) -> list[str]:
    """Where the links of a page lead."""
    assert {str(each.tag) for each in tree.iter() if "href" in each.attrib} <= {"a"}
    return [each.attrib["href"] for each in tree.iter() if "href" in each.attrib]


def test_the_page_is_sound_html_with_a_language_and_a_title() -> None:
    tree = page(a_workshop())

    assert tree.get("lang") == "en"
    assert text(tree.find("head/title")) == "Report: A test day"
    assert len(tree.findall(".//main")) == 1


def test_headings_begin_with_one_h1_and_leave_out_no_level() -> None:
    levels = [int(each.tag[1]) for each in page(a_workshop()).iter() if re.fullmatch("h[1-6]", str(each.tag))]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_runs_and_nothing_is_fetched() -> None:
    raw = report_html(a_workshop().report()).decode()
    tree = page(a_workshop())

    fetching = {"script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "use"}
    assert not [each.tag for each in tree.iter() if str(each.tag).rpartition("}")[2] in fetching]
    names = {name for each in tree.iter() for name in each.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("src", "action", "srcset", "style")]
    assert all(target.startswith("#") for target in hrefs(tree))
    assert not re.search(r"https?://|url\(|@import", raw)
    assert "default-src 'none'" in raw


def test_every_id_is_there_once_and_every_label_points_at_one() -> None:
    tree = page(a_workshop())
    ids = [each.get("id") for each in tree.iter() if each.get("id")]

    assert len(ids) == len(set(ids))
    assert {each.get("aria-labelledby") for each in tree.iter() if each.get("aria-labelledby")} <= set(ids)


def test_the_contents_lead_to_every_section_and_to_every_result() -> None:
    tree = page(a_workshop())
    anchors = {each.get("id") for level in ("h2", "h3") for each in tree.iter(level) if each.get("id")}

    assert {target.removeprefix("#") for target in hrefs(tree)} == anchors - {"contents"}
    assert {"glance", "result-1", "result-5", "made"} <= anchors


def test_no_two_headings_of_results_are_called_the_same() -> None:
    tree = page(a_workshop())
    behind = [text(each) for each in tree.iter("h5")] + [text(each) for each in tree.iter("h4")]

    assert "Behind round 2: Which first" in behind
    assert "Behind this result: What matters" in behind


@pytest.mark.parametrize("moment", ["a day", "every kind"])
def test_no_two_tables_are_called_the_same(moment: str) -> None:
    tree = page(a_workshop() if moment == "a day" else dict(moments())["ended"])
    captions = [text(each) for each in tree.iter("caption")]

    assert len(captions) == len(set(captions)) > 5
    assert any(said.endswith("(Result: What matters)") for said in captions) or moment != "a day"


def test_every_bar_stands_in_a_table_with_a_caption_and_headings() -> None:
    tree = page(a_workshop())
    tables = tree.findall(".//table")

    assert len(tree.findall(".//table//{*}svg")) == len(tree.findall(".//{*}svg")) > 0
    assert all(table.find("caption") is not None for table in tables)
    assert all(cell.get("scope") in ("col", "row") for table in tables for cell in table.iter("th"))


def test_half_a_page_then_the_concerns_come_first_and_their_number_is_on_the_first_page() -> None:
    tree = page(a_workshop())
    headings = [text(each) for each in tree.iter("h2")]
    first = tree.find(".//dl/div")

    assert headings[:6] == [
        "Contents", "In short", "At a glance", "Concerns", "What could change, and what could not", "What people chose",
    ]  # fmt: skip
    assert first is not None
    assert text(first) == "Concerns raised1"


def test_the_page_says_what_a_reader_must_know() -> None:
    said = text(page(a_workshop()))

    for part in (
        "Community engagement to identify needs and aspirations",
        "There are first ideas. Nothing has been decided.",
        "This could change Letters Times",
        "This could not change The budget",
        "5 of 12 people answered; 1 skipped.",
        "tie for the most",
        "Declared void: it does not count. Reason: The wrong question was read out",
        "This result was not shown to the room.",
        "They were not chosen to stand for everyone.",
        "I told it nine times",
        "3 of 5 stories are not in this report. 2 are left out because those who told them did not want that. 1 is",
        "1 of 3 ideas is not in this report. 1 is left out because nobody has read it yet.",
        "The session had ended. Its write-up was not finished when this was written.",
        "skipped: People wanted to go on",
        "added during the session",
        "changed before it was opened (planned as “Quiz”)",
        "owner: Facilitator; by 1 December 2026; item 5",
        "A summary in three weeks",
        "Times are by the clock of the place (UTC+1). Began: 17:34. Ended: 18:47.",
    ):
        assert part in said, part


def test_a_running_session_says_so() -> None:
    said = text(page(a_workshop(ended=False)))

    assert "The session had not ended when this was written" in said
    assert "closed but not sealed yet" in said
    assert "still to come" in said


def test_an_empty_session_still_makes_a_sound_page() -> None:
    said = text(page(Workshop(an_agenda(item(1)))))

    for part in ("No concern was noted down.", "No vote was opened.", "No stories were given.", "did not say"):
        assert part in said


def test_words_in_another_language_are_marked_with_it() -> None:
    tree = page(Workshop(an_agenda(item(1, "Dechrau"), language="cy")))

    assert [each.get("lang") for each in tree.iter("bdi") if text(each) == "Dechrau"] == ["cy"]


def test_a_page_in_a_language_that_runs_leftwards_runs_leftwards_and_its_english_does_not() -> None:
    day = Workshop(an_agenda(item(1, "البداية"), language="ar"))
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        report_html(day.report(), translator_for("ar")).decode()
    )

    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    assert {each.get("dir") for each in tree.iter() if each.tag != "bdi" and each.get("lang") == "en"} == {"ltr"}
    assert [each.get("lang") for each in tree.iter("bdi") if text(each) == "البداية"] == [None]


@pytest.mark.parametrize("payload", PLAIN)
def test_words_from_outside_stay_words(payload: str) -> None:
    line, words = clean_line(payload) or "x", clean_text(payload) or "x"
    day = Workshop(
        an_agenda(
            item(1, line, kind="single", options=options(line[:200], "B"), question=line),
            item(3, "Your story", kind="vignette"),
            item(4, "Ideas", kind="ideas"),
            purpose=words,
            can_change=(line,),
        )
    )
    day.join("ana")
    day.open("i01")
    day.open_vote()
    day.vote("ana", "a")
    day.give(cmd.VoidRound(round="i01.1", reason=f"because {line}"))
    day.note("concern", f"note {words}"[:4_000])
    day.open("i03")
    day.story("ana", words, "C4")
    day.open("i04")
    day.idea("ana", words)
    plain = {str(each.tag) for each in page(a_workshop()).iter()}

    raw = report_html(day.report()).decode()
    tree = page(day)

    assert {str(each.tag) for each in tree.iter()} <= {*plain, "br"}
    assert not [each for each in tree.iter() for name in each.attrib if name.startswith("on") or name == "src"]
    assert all(target.startswith("#") for target in hrefs(tree))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", raw)
    assert text(tree).count(" ".join(line.split())) >= 4


def test_the_same_session_gives_the_same_bytes() -> None:
    assert report_html(a_workshop().report()) == report_html(a_workshop().report())


def test_an_agenda_in_the_page_has_its_question_in_the_results() -> None:
    tree = page(a_workshop())

    assert "Your top two?" in [text(each) for each in tree.findall(".//p[@class='question']")]
    assert text(next(each for each in tree.iter("h3") if "What matters" in text(each))) == "5. What matters"
    assert agenda().title in text(tree)
