"""Reasons, answers, notes and other words, held against the bytes of every file: only what passed the gate is there."""

from __future__ import annotations

import json

import msgspec
import pytest

from tests.exports.workshops import Workshop, agenda, all_files
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import Poll
from workshop_tui.domain.blocks import text_fields
from workshop_tui.kinds.registry import KINDS

HANDLINGS = ("new", "read", "approved", "on_hold")

EVERYWHERE = {"report.docx", "report.html", "report.md", "session.json"}

REASONED = {
    "impact": {"impact.b": "bit_harder", "impact.b.why": "CANARYREASON"},
    "consensus": {"view.a": "1", "view.a.why": "CANARYREASON"},
    "panel": {"name": "e2", "score.a": "2", "score.a.why": "CANARYREASON"},
}
"""An answer with a reason in every kind of vote that takes one."""


def files(day: Workshop) -> dict[str, str]:
    return {name: made.decode("utf-8") for name, made in all_files(day.record()).items()}


def holding(day: Workshop, canary: str) -> set[str]:
    """The files that this word is in."""
    return {name for name, text in files(day).items() if canary in text}


def reasoned(kind: str) -> tuple[Workshop, str]:
    """A day with one vote that is counted, and the key of the one reason given in it."""
    more = {"evaluators": ["Carer", "Nurse"]} if kind == "panel" else {}
    day = Workshop(an_agenda(item(1, "Doors", kind=kind, options=options("East", "West"), **more)))
    day.open("i01")
    day.open_vote()
    day.join("ana")
    day.answer("ana", REASONED[kind])
    day.give(cmd.Reveal())
    (row,) = day.tables.reasons.kept("i01.1")
    return day, row.key


def test_every_kind_of_vote_that_takes_words_is_held_against_the_gate_here() -> None:
    polls = [kind for kind in KINDS.values() if isinstance(kind, Poll)]

    assert set(REASONED) == {each.kind for each in polls if text_fields(each.ask(each.examples().config))}


@pytest.mark.parametrize("kind", REASONED)
@pytest.mark.parametrize("handling", HANDLINGS)
def test_a_reason_is_in_the_files_only_when_it_is_approved_and_the_votes_are_the_same(kind: str, handling: str) -> None:
    day, key = reasoned(kind)
    unread = files(day)
    if handling != "new":
        day.give(cmd.Moderate(contribution=key, handling=handling))

    written = files(day)

    assert {name for name, text in written.items() if "CANARYREASON" in text} == (
        {*EVERYWHERE, "reasons.csv"} if handling == "approved" else set()
    )
    same = set(written) - EVERYWHERE - {"reasons.csv"}
    assert same
    assert {name: written[name] for name in same} == {name: unread[name] for name in same}
    left_out = json.loads(written["session.json"])["rounds"][0]["reasons_left_out"]
    assert left_out == {
        "held": int(handling == "on_hold"), "not_read": int(handling == "new"), "not_approved": int(handling == "read"),
    }  # fmt: skip
    assert ("reason is left out" in written["report.md"]) == (handling != "approved")


@pytest.mark.parametrize("kind", REASONED)
def test_a_reason_in_other_words_is_in_the_files_in_those_alone(kind: str) -> None:
    day, key = reasoned(kind)
    day.give(cmd.Reword(contribution=key, words="CANARYOTHER"))
    assert holding(day, "CANARY") == set()

    day.give(cmd.Moderate(contribution=key, handling="approved"))

    assert holding(day, "CANARYOTHER") == {*EVERYWHERE, "reasons.csv"}
    assert holding(day, "CANARYREASON") == set()


def test_a_story_and_an_idea_in_other_words_are_in_the_files_in_those_alone() -> None:
    day = Workshop(agenda())
    day.join("ana")
    day.open("i03")
    story = day.story("ana", "CANARYSTORY", "C3", "approved")
    day.open("i04")
    idea = day.idea("ana", "CANARYIDEA", "approved")
    for key, words in ((story, "TOLDOTHERWISE"), (idea, "PUTOTHERWISE")):
        day.give(cmd.Reword(contribution=key, words=words))

    for words in ("TOLDOTHERWISE", "PUTOTHERWISE"):
        assert holding(day, words) >= {*EVERYWHERE, "stories.csv"}
    assert holding(day, "CANARY") == set()
    assert day.report().stories.shown[0].consent == "C3"


@pytest.mark.parametrize("kind", ["note", "concern", "action", "promise"])
def test_a_note_is_in_the_files_unless_it_is_held_and_in_other_words_where_there_are_some(kind: str) -> None:
    day = Workshop(agenda())
    day.open("i01")
    day.give(cmd.AddNote(key="n1", kind=kind, text="CANARYNOTE"))
    assert holding(day, "CANARYNOTE") >= EVERYWHERE

    day.give(cmd.Reword(contribution="n1", words="PUTOTHERWISE"))
    assert holding(day, "CANARYNOTE") == set()
    assert holding(day, "PUTOTHERWISE") >= EVERYWHERE

    day.give(cmd.Moderate(contribution="n1", handling="on_hold"))
    assert holding(day, "CANARYNOTE") == holding(day, "PUTOTHERWISE") == set()


NOTES = {
    "concern": ("concerns", "concern", "No concern was noted down."),
    "action": ("actions", "action", "No action was agreed."),
    "promise": ("promises", "promise", "No promise was made."),
    "note": ("notes", "note", "No note was kept."),
}
"""For each kind: its list in session.json, its noun, and what stands there where none was taken."""


@pytest.mark.parametrize("kind", NOTES)
def test_a_report_says_how_many_notes_are_held_back_and_never_that_there_was_none(kind: str) -> None:
    listed, noun, none = NOTES[kind]
    day = Workshop(agenda())
    day.open("i01")
    assert none in files(day)["report.md"]
    for number in range(4):
        day.give(cmd.AddNote(key=f"n{number}", kind=kind, text=f"CANARY{number}"))
    assert "held back" not in files(day)["report.md"]
    for number in range(3):
        day.give(cmd.Moderate(contribution=f"n{number}", handling="on_hold"))

    written = files(day)

    said = f"3 {noun}s are left out because they are held back."
    for name in ("report.md", "report.html", *(["summary.md", "summary.html"] if kind != "note" else [])):
        assert said in written[name], name
        assert none not in written[name], name
    if kind != "note":
        assert "4, of which 1 in this report" in written["report.md"]
    held = json.loads(written["session.json"])["notes_held"]
    assert held == {**dict.fromkeys((listed for listed, _, _ in NOTES.values()), 0), listed: 3}

    day.give(cmd.Moderate(contribution="n3", handling="on_hold"))
    written = files(day)
    assert f"4 {noun}s are left out because they are held back." in written["report.md"]
    assert [name for name, text in written.items() if none in text or "CANARY" in text] == []


def test_a_report_says_how_many_answers_are_held_back() -> None:
    day = Workshop(an_agenda(item(1, "Ask", kind="questions")))
    day.open("i01")
    day.join("ana")
    keys = [day._say("ana", {"text": text}, "C2", "approved", "i01") for text in ("When?", "Where?", "Who?")]
    for key in keys:
        day.give(cmd.MarkAnswered(contribution=key, words="CANARYANSWER", owner=""))
    for key in keys[:2]:
        day.give(cmd.Moderate(contribution=f"answer.{key}", handling="on_hold"))

    written = files(day)

    said = "The words of 2 answers are left out because they are held back."
    assert [name for name in ("report.md", "report.html") if said not in written[name]] == []
    shown = json.loads(written["session.json"])["words"][0]["shown"]
    assert sorted((each["answer"], each["answer_held"]) for each in shown) == [
        ("", True), ("", True), ("CANARYANSWER", False),
    ]  # fmt: skip


def test_an_answer_to_a_question_is_in_the_files_unless_it_is_held() -> None:
    day = Workshop(an_agenda(item(1, "Ask", kind="questions")))
    day.open("i01")
    day.join("ana")
    question = day._say("ana", {"text": "When?"}, "C2", "approved", "i01")
    day.give(cmd.MarkAnswered(contribution=question, words="CANARYANSWER", owner="CANARYOWNER"))
    assert holding(day, "CANARYANSWER") >= {*EVERYWHERE, "stories.csv"}

    day.give(cmd.Moderate(contribution=f"answer.{question}", handling="on_hold"))

    assert holding(day, "CANARY") == set()
    (said,) = day.report().words[0].shown
    assert said.answer is not None


# What may tell who somebody is. -----------------------------------------------------------------------

NAMED = "Dr CANARYDOCTOR said no"


def a_named_day() -> dict[str, tuple[Workshop, str, str]]:
    """A day with one text in it that names somebody, for each sort of text: the day, the text's key, the place."""
    made = {}
    for kind, body in (
        ("vignette", {"parts": [["what_happened", NAMED]], "level": "C4"}),
        ("ideas", {"text": NAMED}),
        ("questions", {"text": NAMED}),
        ("pledge", {"text": NAMED}),
    ):
        day = Workshop(an_agenda(item(1, kind=kind)))
        day.open("i01")
        day.join("ana")
        day.tell("ana", json.dumps(body, separators=(",", ":")), item_="i01", consent="C4" if "level" in body else "C2")
        key = next(reversed(day.tables.contributions))
        made[kind] = day, key, "parts.0.1" if "level" in body else "text"
    day = Workshop(an_agenda(item(1, kind="ideas")))
    day.open("i01")
    day.note("action", NAMED)
    made["note"] = day, day.tables.notes[-1].key, ""
    return made


@pytest.mark.parametrize("sort", ["vignette", "ideas", "questions", "pledge", "note"])
def test_nothing_in_which_a_name_is_undecided_is_in_any_file_and_what_was_decided_is_read_instead(sort: str) -> None:
    day, key, place = a_named_day()[sort]
    if sort != "note":
        # As a version left it that looked for no names.
        day.tables.apply(ev.ModerationSet(key=key, handling="approved"))
        day.tables.commit()
    assert holding(day, "CANARYDOCTOR") == set()

    command = cmd.Redact(contribution=key, place=place, start=0, end=15, decision="edited", words="CANARYINSTEAD")
    day.give(command)
    assert holding(day, "CANARYDOCTOR") == set()
    assert holding(day, "CANARYINSTEAD") >= EVERYWHERE

    day.give(msgspec.structs.replace(command, decision="dismissed", words=""))
    assert holding(day, "CANARYDOCTOR") >= EVERYWHERE


@pytest.mark.parametrize("kind", REASONED)
def test_no_file_has_a_reason_in_which_a_name_is_undecided(kind: str) -> None:
    day, key = reasoned(kind)
    day.give(cmd.Reword(contribution=key, words=NAMED))
    day.tables.apply(ev.TextHandled(key, "approved"))
    day.tables.commit()
    assert holding(day, "CANARY") == set()

    day.give(cmd.Redact(contribution=key, place="*", start=0, end=15, decision="accepted"))

    assert holding(day, "CANARYDOCTOR") == set()
    assert holding(day, "[NAME] said no") >= {"report.html"}
