"""The examples of docs/agenda.md that build on each other, played to their end and read in every form of the report."""

from __future__ import annotations

import json
import re

import msgspec
import pytest

from tests.domain.test_agenda_docs import blocks_of
from tests.exports.workshops import Workshop, report_html, report_markdown
from tests.sessions import sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.blocks import Option
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.exports.report import Report
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

PEOPLE = tuple(f"person {n:02}" for n in range(12))


def example(number: int) -> Workshop:
    """The agenda of one example, with twelve people in the room."""
    day = Workshop(parse_agenda(blocks_of("## One item after another")[number], KINDS, file="example.toml"))
    day.join(*PEOPLE)
    return day


def ask(day: Workshop, key: str, ballots: list[dict[str, object]], seed: int = 1) -> str:
    """Open an item and its vote, let people answer in order, and show the result."""
    day.open(key)
    day.give(cmd.OpenVote(key=bytes([seed]) * 32))
    assert day.state.last_round is not None
    round_ = day.state.last_round
    poll = KINDS[round_.kind]
    for person, ballot in zip(PEOPLE, ballots, strict=False):
        choice = msgspec.json.encode(msgspec.convert(ballot, poll.ballot_type)).decode()
        day.give(cmd.Cast(person=person, round=round_.key, choice=choice, submission_id=sid()))
    day.give(cmd.Reveal())
    return round_.key


def read(report: Report) -> list[str]:
    """The report in every form, as people and programs read it."""
    page = re.sub(r"<[^>]+>", "", report_html(report).decode())
    data = json.dumps(json.loads(session_json(report, ENGLISH)), ensure_ascii=False)
    texts = (" ".join(page.split()), " ".join(report_markdown(report).decode().split()), data)
    return [text.replace("&#39;", "'") for text in texts]


def test_the_best_of_one_vote_run_off_and_a_tie_is_named_in_every_form_of_the_report() -> None:
    day = example(0)
    spread = [{"placed": [["a", 3]]}] * 6 + [{"placed": [["c", 2], ["b", 1]]}] * 6
    ask(day, "i01", spread)
    round_ = ask(day, "i02", [{"option": "a"}] * 6 + [{"option": "c"}] * 6, 2)
    day.give(cmd.BreakTie(round=round_, option="c", reason="It has no steps"))
    day.give(cmd.EndWorkshop(confirm="END"))

    report = day.report()

    assert report.rounds[1].options == (("A", "The front door"), ("C", "A new ramp"))
    for text in read(report):
        assert "“The front door” and “A new ramp” go on from “Four ways in”: the best 2." in text
        assert "“The front door” and “A new ramp” tie. The facilitator chose “A new ramp”: It has no steps" in text


def test_a_choice_that_was_taken_back_leaves_a_tie_in_every_form_of_the_report() -> None:
    day = example(0)
    ask(day, "i01", [{"placed": [["a", 3]]}] * 6 + [{"placed": [["c", 2], ["b", 1]]}] * 6)
    round_ = ask(day, "i02", [{"option": "a"}] * 6 + [{"option": "c"}] * 6, 2)
    day.give(cmd.BreakTie(round=round_, option="c", reason="It has no steps"))
    day.give(cmd.Undo())
    day.give(cmd.EndWorkshop(confirm="END"))

    report = day.report()

    assert report.rounds[1].tie is None
    for text in read(report):
        assert "The facilitator had chosen “A new ramp” and took that back: it is a tie." in text
        assert "It has no steps" not in text


@pytest.mark.parametrize(("people", "changed"), [(12, "4 of 12 who answered both times (some) changed their answer."),
                                                 (9, "Fewer than 10 people answered both times.")])  # fmt: skip
def test_two_counts_of_one_question_stand_side_by_side(people: int, changed: str) -> None:
    day = example(1)
    ask(day, "i01", [{"option": "a"}] * people)
    ask(day, "i03", [{"option": "a"}] * 8 + [{"option": "b"}] * (people - 8), 2)
    day.give(cmd.EndWorkshop(confirm="END"))

    report = day.report()

    assert report.rounds[1].again == "i01.1"
    for text in read(report):
        assert f"The first time: {people} of 12 people answered." in text
        assert f"The second time: {people} of 12 people answered." in text
        assert changed in text
    assert (people == 12) == ("changed their answer" in read(report)[0])


def test_three_rounds_say_agreement_and_who_dropped_out_as_counts() -> None:
    day = example(2)
    ask(day, "i01", [{"step": 5}] * 12)
    ask(day, "i03", [{"step": 8}] * 11, 2)
    ask(day, "i04", [{"step": 8}] * 10, 3)
    day.give(cmd.EndWorkshop(confirm="END"))

    report = day.report()

    assert [each.compared is not None for each in report.rounds] == [False, True, True]
    for text in read(report):
        assert "Not agreed: 0 of 12 people chose the highest 3 steps, 0 the lowest." in text
        assert "Agreed in: 11 of 11 people (all who answered) chose the highest 3 steps, 0 the lowest." in text
        assert "11 of 11 who answered both times (all of them) changed their answer." in text
        assert "None of the 10 who answered both times changed their answer." in text
        assert "1 person answered only the first time." in text


def test_ideas_become_a_ranking_and_those_without_points_stay_in_the_report() -> None:
    day = example(3)
    day.open("i01")
    texts = ["A quiet room", "Somebody who answers", "A bus at night", "A card to show", "Tea", "A dog", "A red phone"]
    for person, text in zip(PEOPLE, texts, strict=False):
        day.tell(person, msgspec.json.encode({"text": text}).decode(), item_="i01")
    day.open("i02")
    day.open("i03")
    letters = "abcdefg"
    chosen = tuple(Option(key, text) for key, text in zip(letters, texts, strict=True))
    day.give(cmd.ChooseOptions(item="i03", options=chosen))
    day.give(cmd.OpenVote(key=b"k" * 32))
    for person in PEOPLE:
        ballot = '{"order":["b","a","d","c","e"]}'
        day.give(cmd.Cast(person=person, round="i03.1", choice=ballot, submission_id=sid()))
    day.give(
        cmd.Reveal(),
    )
    day.give(cmd.EndWorkshop(confirm="END"))

    report = day.report()

    (ranking,) = [block for block in report.rounds[0].result if type(block).__name__ == "Ranking"]
    assert [(ENGLISH.text(place.label), place.amounts[0]) for place in ranking.places] == [
        ("Somebody who answers", 60), ("A quiet room", 48), ("A card to show", 36), ("A bus at night", 24),
        ("Tea", 12), ("A dog", 0), ("A red phone", 0),
    ]  # fmt: skip
    for text in read(report):
        assert "A dog" in text
        assert "A red phone" in text
