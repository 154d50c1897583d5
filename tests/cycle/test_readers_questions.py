"""Each file that `make cycle-demo` leaves answers its reader's question in docs/exports.md, by itself.

A line here is what a reader takes in at once: a row of a table, a paragraph, a cell, a day of a calendar. What belongs
together has to stand in one line, in every format. `tests/exports/test_outputs.py` asks the same of a day made by hand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from icalendar import Calendar
from openpyxl import load_workbook

from tests.cycle.turned import exported, held_on
from workshop_tui.messages import ENGLISH
from workshop_tui.rehearsal import turn as story
from workshop_tui.runtime import exporting
from workshop_tui.runtime.passphrases import KeyRing

pytestmark = pytest.mark.timeout(400)

DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")

ROW = re.compile(r"^\| (`[^|]*`) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)


def _files() -> Iterator[tuple[str, str]]:
    """Every file of the table in the docs, with what its reader asks."""
    table = DOCS.split("## Which file is for whom")[1].split("\n## ")[0]
    for names, question in ROW.findall(table):
        first, *endings = re.findall(r"`([^`]*)`", names)
        stem = first.partition(".")[0]
        for name in (first, *(stem + ending for ending in endings)):
            yield name, question


# What each reader takes from the file: (of which workshop, what stands together in one line of it).
ANSWERS: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "What do I have to do, and by when?": (
        "1-needs",
        [(story.CONTACT, "Lead therapist", "@21"), (story.SUMMARY, "Programme lead", "@21"),
         (story.HISTORY, "7 of 12 people (most)")],
    ),
    "Was I heard, and how do I take my words back?": (
        "1-needs",
        [(story.HISTORY,), ("private code", "Give that code to those who ran the day"), (story.SUMMARY, "@21")],
    ),
    "What has to be done, and what became of it?": (
        "1-needs",
        [(story.CONTACT, "Lead therapist", "#21", "6", "Done", "Each school has a name now."),
         (story.SUMMARY, "Programme lead", "#21", "Kept", "It went out after two weeks."),
         ("Families lose their place", "Planning group")],
    ),
    "On which days must something be ready?": (
        "1-needs", [("#21", story.CONTACT), ("#21", story.SUMMARY), ("#90", "The planning group says what it did")],
    ),
    "What happened at this workshop, and what came of it?": (
        "1-needs",
        [("Which stopping place most needs to change?",), ("12 of 12 people answered",), ("Three stories",),
         (story.PLACE, "5 of 12 people (some)", "4 of 5 who asked say yes", "A message goes out every four weeks")],
    ),
    "I was there: what did they hear, and what happens now?": (
        "1-needs",
        [(story.HISTORY, "7 of 12 people (most)"), ("How are you joining in tonight?",),
         (story.CONTACT, "Lead therapist", "@21")],
    ),
    "What are we asked to note, decide or do, and what worries people?": (
        "1-needs",
        [("The board is asked to decide",), ("Say which rooms could be shared",), ("The board is asked to act",),
         ("Say how one history reaches every team",), ("The board is asked to note",),
         ("Families lose their place when a letter goes unanswered",), ("From the lay member",)],
    ),
    "What do those say who did not want it published?": (
        "1-needs", [("for a private session of the board",), ("Explained his birth history to nine people",)],
    ),
    "What became of what people said?": (
        "1-needs",
        [(story.PLACE, "Done.", "4 of 5 who asked say yes.", "A message goes out every four weeks."),
         (story.HISTORY, "Passed on to Design group."),
         (story.ONE_DAY, "Not done.", "The rooms are in three buildings until the lease ends."),
         (story.SIBLINGS, "No answer yet."), (story.SUMMARY, "Kept.")],
    ),
    "What did we say, and what did they do? In words that I can read": (
        "1-needs",
        [(story.PLACE,), ("We did this:",), ("A message goes out every four weeks.",),
         ("We cannot do this, because:",), ("There is no answer yet.",)],
    ),
    "What did patients change, and what do I do differently now?": (
        "1-needs",
        [(story.PLACE, "Done.", "A message goes out every four weeks."),
         ("Say where somebody stands on the list before they have to ask", "staff"),
         (story.ONE_DAY, "The rooms are in three buildings until the lease ends."),
         (story.CONTACT, "Lead therapist", "@21")],
    ),
}  # fmt: skip


# Reading. ---------------------------------------------------------------------------------------------

BREAKS = re.compile(r"</(?:li|tr|h[1-6]|blockquote|caption|ul|table|section)>")
CELLS = re.compile(r"</?(?:p|td|th|div|br)\b[^>]*>")


def _html(path: Path) -> list[str]:
    body = re.sub(r"<style.*?</style>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", CELLS.sub(" ", line))) for line in BREAKS.split(body)]


def _docx(path: Path) -> list[str]:
    lines, before = [], ""
    for part in Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in part.rows]
            before = ""
        else:
            # What is said of a line stands in the paragraph below it.
            lines.append(f"{before} {part.text}")
            before = part.text
    return lines


def _md(path: Path) -> list[str]:
    # What is said of a line stands below it, after a break.
    return re.sub(r"\\([^\w\s])", r"\1", path.read_text("utf-8").replace("  \n ", "")).splitlines()


def _txt(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _xlsx(path: Path) -> list[str]:
    rows = [row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True)]
    return [
        " | ".join(each.date().isoformat() if isinstance(each, dt.datetime) else str(each) for each in row)
        for row in rows
    ]


def _ics(path: Path) -> list[str]:
    days = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return [f"{each.decoded('DTSTART').isoformat()} {each['SUMMARY']}" for each in days]


READ: dict[str, Callable[[Path], list[str]]] = {
    "html": _html, "docx": _docx, "md": _md, "txt": _txt, "xlsx": _xlsx, "ics": _ics,
}  # fmt: skip


def _wanted(said: str, held: dt.date) -> str:
    """What is looked for; "@21" is the day 21 days after the workshop as people write it, "#21" as programs do."""
    if said.startswith(("@", "#")):
        day = held + dt.timedelta(days=int(said[1:]))
        return ENGLISH.day(day) if said.startswith("@") else day.isoformat()
    return said


def _unanswered(path: Path, question: str, held: dt.date) -> list[tuple[str, ...]]:
    """What of the answer to a question does not stand together in a file of a workshop that was held on a day."""
    lines = [" ".join(line.split()) for line in READ[path.suffix[1:]](path)]
    wanted = [tuple(_wanted(said, held) for said in together) for together in ANSWERS[question][1]]
    return [each for each in wanted if not any(all(words in line for words in each) for line in lines)]


# The questions. ---------------------------------------------------------------------------------------


def test_every_question_of_the_docs_has_an_answer_here_and_no_other() -> None:
    assert {question for _, question in _files()} == {*ANSWERS}


@pytest.mark.parametrize(("name", "question"), [pytest.param(*each, id=each[0]) for each in _files()])
def test_the_file_answers_its_readers_question_by_itself(turn: Path, tmp_path: Path, name: str, question: str) -> None:
    workshop = ANSWERS[question][0]
    path, held = exported(turn, workshop) / name, held_on(turn, workshop)
    if not path.exists():
        # A board's item for a private session is made only when somebody asks for it.
        stem = name.partition(".")[0]
        only = [f"{stem}.{ending}" for ending in ("html", "docx", "md")]
        exporting.export(turn / f"{workshop}.workshop", KeyRing(), tmp_path, only)
        path = tmp_path / name

    assert _unanswered(path, question, held) == []


@pytest.mark.parametrize("name", [name for name, _ in _files() if name.endswith((".html", ".docx", ".md"))])
def test_another_workshops_file_does_not_answer_it(turn: Path, name: str) -> None:
    path = exported(turn, "4-procure") / name
    question = dict(_files())[name]
    if path.exists():
        assert _unanswered(path, question, held_on(turn, "4-procure"))


def test_a_story_that_is_not_for_everybody_is_in_the_private_item_alone(turn: Path) -> None:
    story_ = ANSWERS["What do those say who did not want it published?"][1][-1][0]

    assert story_ not in (exported(turn, "1-needs") / "board-item.md").read_text("utf-8")
