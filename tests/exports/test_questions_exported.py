"""Questions from the room in the files: every approved one with its votes and what became of it, in order."""

from __future__ import annotations

import csv
import io
import json
import re

import html5lib

from tests.exports.workshops import Workshop, report_html, report_markdown
from tests.sessions import an_agenda, item
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.exports.formats.spreadsheets import stories_csv
from workshop_tui.exports.report import Report
from workshop_tui.messages import ENGLISH


def asked() -> Report:
    """Four questions: one with three votes, one with a star and one vote, one answered, one never approved."""
    desk = Workshop(an_agenda(item(1, "Questions of fact", kind="questions", question="What is unclear?")))
    desk.join("ann", "bob", "cid")
    desk.open("i01")
    keys = {}
    for person, words in (("ann", "Who pays?"), ("bob", "How *far*?"), ("cid", "When?"), ("cid", "canary")):
        desk.tell(person, json.dumps({"text": words}), item_="i01")
        keys[words] = list(desk.tables.contributions)[-1]
        if words != "canary":
            desk.give(cmd.Moderate(contribution=keys[words], handling="approved"))
    for person, words in (("bob", "Who pays?"), ("cid", "Who pays?"), ("ann", "When?"), ("bob", "When?")):
        desk.give(cmd.Upvote(person=person, contribution=keys[words], on=True))
    desk.give(cmd.MarkAnswered(contribution=keys["When?"], words="In *May*", owner="the <chair>"))
    desk.give(cmd.EndWorkshop(confirm="END"))
    return desk.report()


def test_questions_stand_in_order_with_votes_and_answers() -> None:
    (gathered,) = asked().words

    assert [(said.parts[0][1], said.votes, said.answer) for said in gathered.shown] == [
        ("Who pays?", 3, None),
        ("How *far*?", 1, None),
        ("When?", 3, AnswerRow("In *May*", "the <chair>")),
    ]
    assert (gathered.kind, str(gathered.noun.many), gathered.told) == ("questions", "Questions", 4)


def test_what_was_never_approved_is_only_counted() -> None:
    report = asked()

    for made in (
        report_html(report),
        report_markdown(report),
        session_json(report, ENGLISH),
        stories_csv(report, ENGLISH),
    ):
        assert b"canary" not in made
    assert (
        "1 of 4 questions is not in this report. 1 is left out because nobody has read it yet."
        in report_markdown(report).decode()
    )


def test_both_reports_say_the_same_of_each() -> None:
    report = asked()
    page = html5lib.parse(report_html(report).decode(), namespaceHTMLElements=False)
    details = ["".join(each.itertext()) for each in page.iter("p") if each.get("class") == "details"]
    text = report_markdown(report).decode()

    said = ["3 people want to know. Not answered.", "1 person wants to know. Not answered.",
            "3 people want to know. Taken away by the <chair>: In *May*"]  # fmt: skip
    assert [each for each in details if "to know" in each] == said
    lines = [line for line in text.replace("  \n ", "").splitlines() if "to know" in line]
    assert lines == [
        "- Who pays? 3 people want to know. Not answered.",
        r"- How \*far\*? 1 person wants to know. Not answered.",
        r"- When? 3 people want to know. Taken away by the \<chair\>: In \*May\*",
    ]


def test_a_spreadsheet_has_the_votes_in_columns_of_their_own() -> None:
    rows = list(csv.DictReader(io.StringIO(stories_csv(asked(), ENGLISH).decode("utf-8-sig"))))

    assert [(row["question"], row["votes"], row["answered"], row["taken_by"]) for row in rows] == [
        ("Who pays?", "3", "no", ""), ("How *far*?", "1", "no", ""), ("When?", "3", "yes", "the <chair>"),
    ]  # fmt: skip


def test_no_file_tells_who_asked_or_wanted_to_know() -> None:
    report = asked()

    for made in (
        report_html(report),
        report_markdown(report),
        session_json(report, ENGLISH),
        stories_csv(report, ENGLISH),
    ):
        assert not re.search(rb"\b(ann|bob|cid)\b", made)
        assert b"upvoter" not in made
