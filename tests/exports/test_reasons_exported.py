"""Reasons beside votes in the files that leave: each with the one answer it explains, and with nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.exports.workshops import Workshop, report_html, report_markdown
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import InputError
from workshop_tui.exports.files import export
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.exports.formats.spreadsheets import REASON_COLUMNS, reasons_csv, votes_csv
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

AGENDA = an_agenda(
    item(1, "Impact", kind="impact", options=options("One clinic", "Evenings"), question="What would it mean?"),
    item(2, "Live with it", kind="consensus", question="Can you live with it?"),
    item(3, "Bids", kind="panel", options=options("Red", "Blue"), evaluators=["Patient", "Nurse"], question="Score"),
)


def asked(item_: str, *answers: dict[str, str], seal: bool = True, approve: bool = True) -> Workshop:
    """A day on which one item was answered, by a person for each answer, and all reasons were approved."""
    day = Workshop(AGENDA)
    day.open(item_)
    day.open_vote()
    for number, fields in enumerate(answers):
        day.join(f"p{number}")
        day.answer(f"p{number}", fields)
    if seal:
        day.give(cmd.Reveal())
        if approve:
            day.approve_reasons()
    return day


def table(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


BOTH = {"impact.a": "much_harder", "impact.a.why": "Two buses", "impact.b": "bit_easier", "impact.b.why": "Work"}
ONE = {"impact.a": "much_harder", "impact.a.why": "Icy roads"}


def test_each_reason_is_a_line_of_its_own_beside_the_answer_it_explains() -> None:
    found = table(reasons_csv(asked("i01", BOTH, ONE, {"impact.b": "not_me"}).report(), ENGLISH))

    assert [(line["option"], line["answer"], line["words"]) for line in found] == [
        ("A One clinic", "Much harder", "Icy roads"),
        ("A One clinic", "Much harder", "Two buses"),
        ("B Evenings", "A bit easier", "Work"),
    ]
    assert {(line["round"], line["item"], line["kind"], line["name"]) for line in found} == {
        ("i01.1", "Impact", "impact", "")
    }
    assert tuple(found[0]) == REASON_COLUMNS


def test_no_file_tells_which_reasons_are_of_one_person_or_who_came_first() -> None:
    apart = [
        {"impact.a": "much_harder", "impact.a.why": "Two buses"},
        {"impact.b": "bit_easier", "impact.b.why": "Work"},
    ]
    for write in (reasons_csv, report_html, report_markdown, session_json):
        assert write(asked("i01", BOTH, ONE).report(), ENGLISH) == write(asked("i01", ONE, BOTH).report(), ENGLISH)
    assert reasons_csv(asked("i01", BOTH).report(), ENGLISH) == reasons_csv(asked("i01", *apart).report(), ENGLISH)


def test_the_table_of_votes_has_answers_and_no_words() -> None:
    report = asked("i01", BOTH, ONE).report()

    assert sorted((line["impact.a"], line["impact.b"]) for line in table(votes_csv(report, ENGLISH))) == [
        ("Much harder", ""),
        ("Much harder", "A bit easier"),
    ]
    assert not any(words in votes_csv(report, ENGLISH).decode() for words in ("Two buses", "Work", "Icy"))
    assert not any("why" in name for name in table(votes_csv(report, ENGLISH))[0])


def test_a_reason_for_an_answer_to_the_question_itself_has_no_option() -> None:
    (line,) = table(reasons_csv(asked("i02", {"view": "1", "view.why": "Too far"}).report(), ENGLISH))

    assert (line["option"], line["answer"], line["words"]) == ("", "1 I have big worries", "Too far")


def test_a_panels_reasons_stand_under_the_name_that_was_chosen() -> None:
    report = asked("i03", {"name": "e2", "score.b": "4", "score.b.why": "Names two nurses"}).report()

    (line,) = table(reasons_csv(report, ENGLISH))
    assert (line["option"], line["answer"], line["name"]) == ("B Blue", "4", "Nurse")
    (vote,) = table(votes_csv(report, ENGLISH))
    assert (vote["evaluator"], vote["score.a"], vote["score.b"]) == ("Nurse", "", "4")


def test_the_report_shows_reasons_under_what_was_chosen_and_the_file_for_programs_has_them_for_each_round() -> None:
    report = asked("i01", BOTH).report()

    for page in (report_html(report).decode(), report_markdown(report).decode()):
        assert "Why “One clinic” would be harder" in re.sub("</?bdi[^>]*>", "", page)
        assert "Two buses" in page
    (round_,) = json.loads(session_json(report, ENGLISH))["rounds"]
    assert round_["reasons"] == [
        {"option": "A", "answer": "Much harder", "name": "", "words": "Two buses"},
        {"option": "B", "answer": "A bit easier", "name": "", "words": "Work"},
    ]
    assert "Two buses" not in json.dumps(round_["ballots"])
    assert "Two buses" not in json.dumps(round_["plain"])


def test_reasons_leave_only_when_nobody_can_link_them_and_a_void_round_has_none_in_the_table() -> None:
    still_open = asked("i01", BOTH, seal=False)

    assert b"Two buses" not in session_json(still_open.report(), ENGLISH)
    assert reasons_csv(still_open.report(), ENGLISH) == b""
    still_open.give(cmd.VoidRound(round="i01.1", reason="Wrong question"))
    assert reasons_csv(still_open.report(), ENGLISH) == b""


def test_no_reason_is_a_formula() -> None:
    (line,) = table(reasons_csv(asked("i02", {"view": "0", "view.why": "=1+1"}).report(), ENGLISH))

    assert line["words"] == "'=1+1"


def test_the_table_is_written_where_there_are_reasons_and_asked_for_in_vain_where_there_are_none(
    tmp_path: Path,
) -> None:
    with_reasons, without = asked("i01", BOTH).record(), asked("i01", {"impact.a": "not_me"}).record()

    assert "reasons.csv" in {path.name for path in export(with_reasons, KINDS, tmp_path / "with")}
    assert "reasons.csv" not in {path.name for path in export(without, KINDS, tmp_path / "without")}
    with pytest.raises(InputError, match=r"written as reasons\.csv"):
        export(without, KINDS, tmp_path / "only", ["reasons.csv"])
    assert not (tmp_path / "only").exists()


# Scores without a reason: without them a procuring session hands nothing on. --------------------------


def a_panel(*looks: dict[str, str]) -> list[int]:
    """How many scores have no reason, at each look of one evaluator."""
    day = Workshop(an_agenda(
        item(1, "First look", kind="panel", options=options("Red", "Blue"), evaluators=["Patient", "Nurse"]),
        item(2, "Second look", kind="panel", moderates="First look"),
    ))  # fmt: skip
    day.join("p1")
    for number, scores in enumerate(looks, 1):
        day.open(f"i0{number}")
        day.open_vote()
        day.answer("p1", {"name": "e2", **scores})
        day.give(cmd.Reveal())
    return [each.unexplained for each in day.report().rounds]


def test_every_score_of_a_panel_needs_its_own_reason_and_at_a_second_look_every_change() -> None:
    both = {"score.a": "4", "score.a.why": "Two nurses", "score.b": "2", "score.b.why": "No cover"}
    one = {**both, "score.b.why": ""}
    moved = {"score.a": "5", "score.a.why": "", "score.b": "2", "score.b.why": ""}

    assert a_panel(both) == [0]
    assert a_panel(one) == [1], "as many reasons as evaluators are not enough"
    assert a_panel(both, moved) == [0, 1], "what was kept has its reason, what was changed has none"
    assert a_panel(both, {**moved, "score.a.why": "They said who"}) == [0, 0]
