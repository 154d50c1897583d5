"""The report as Markdown, read by a real Markdown reader."""

from __future__ import annotations

import re

import html5lib
import pytest
from markdown_it import MarkdownIt

from tests.cases.hostile_inputs import EXPORT, HTML, MARKUP, TERMINAL, UNICODE
from tests.exports.workshops import Workshop, a_workshop, report_markdown
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.text import clean_line, clean_text
from workshop_tui.exports.formats.markdown import WIDTH, escaped

READER = MarkdownIt("commonmark", {"html": True}).enable("table")

MARKDOWN = [
    "# heading", "- item", "+ item", "1. item", "2) item", "> quote", "```", "~~~", "| a | b |", "[x](http://evil.example)",
    "![x](y)", "<http://evil.example>", "http://evil.example", "www.evil.example", "**bold** _it_ `code`", "---", "===",
    "a\\", "&lt;b&gt;", "<b onclick=x>", "[x]: http://evil.example", "$x$", "    code", "\\# a", "a  \nb",
    "someone@evil.example",
]  # fmt: skip
PAYLOADS = [pytest.param(payload, id=name) for name, payload, _ in [*TERMINAL, *MARKUP, *HTML, *UNICODE, *EXPORT]]
PAYLOADS += [pytest.param(payload, id=payload) for payload in MARKDOWN]


def tags(markdown: str) -> set[str]:
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(READER.render(markdown))
    return {str(each.tag) for each in tree.iter()}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_escaped_line_is_one_paragraph_that_reads_as_it_was_said(payload: str) -> None:
    line = clean_line(payload) or "x"
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(READER.render(escaped(line)))

    assert [each.tag for each in tree] == ["p"]
    assert "".join(tree.itertext()).strip() == line


@pytest.mark.parametrize(
    "address", ["http://evil.example", "www.evil.example", "a@evil.example", "see WWW.Evil.example"]
)
def test_no_bare_address_is_left_for_a_reader_to_link(address: str) -> None:
    assert not re.search(r"(?<!\\)://|www\.|(?<!\\)@", escaped(address), re.IGNORECASE)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_from_outside_add_nothing_to_the_report(payload: str) -> None:
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
    day.give(cmd.Reveal())
    day.note("concern", f"note {words}"[:4_000])
    day.open("i03")
    day.story("ana", words, "C4")
    day.open("i04")
    day.idea("ana", words)

    assert tags(report_markdown(day.report()).decode()) <= tags(report_markdown(a_workshop().report()).decode())


def test_results_are_drawn_as_lines_that_fit_a_page() -> None:
    text = report_markdown(a_workshop().report()).decode()
    drawn = re.findall(r"```text\n(.*?)```", text, re.DOTALL)

    assert len(drawn) - len(re.findall(r"^#+ Behind", text, re.MULTILINE)) == 3
    assert any("joint highest" in each for each in drawn)
    assert all(len(line) <= WIDTH for each in drawn for line in each.splitlines())


def test_the_text_has_the_sections_of_the_page() -> None:
    text = report_markdown(a_workshop().report()).decode()

    assert re.findall("^## (.*)$", text, re.MULTILINE) == [
        "In short", "At a glance", "Concerns", "What could change, and what could not", "What people chose", "Stories",
        "Ideas", "Actions", "Promises", "Notes", "The day as planned and as it went",
        "Where this came from and where it goes", "What was left out, and why", "How this report was made",
    ]  # fmt: skip
    assert "| Concerns raised | 1 |" in text
    assert "| 2\\. Break" not in text
    assert "| 2. Break | 17:40 | - | 15 | - | skipped: People wanted to go on |" in text
