"""The summary for those who took part: what it says, what it leaves to the report, and whose words are in it."""

from __future__ import annotations

import re

import msgspec
import pytest
from msgspec.structs import replace

from tests.exports.workshops import Workshop, a_workshop, agenda, written
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import AnyPoll, Poll
from workshop_tui.domain.agenda import Activity
from workshop_tui.domain.blocks import Statement
from workshop_tui.exports.formats import markdown
from workshop_tui.exports.outputs import participants
from workshop_tui.exports.outputs.participants import HELD_BACK, LINE_LETTERS, LINES
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH, Translator


def summary(day: Workshop, translator: Translator = ENGLISH) -> str:
    return written(day.record(), "summary.md", translator)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    level = heading.split(" ")[0]
    return text.split(f"\n{heading}\n", 1)[1].split(f"\n{level} ", 1)[0].split("\n## ", 1)[0]


def test_it_says_what_was_heard_promised_and_comes_next() -> None:
    text = summary(a_workshop())

    heard = section(text, "## What we heard")
    many = "5 of 12 people answered; 1 skipped. Many did not answer: 7 of 12."
    assert f"### Which?\n\n{many} “Phones” and “Letters” tie for the most" in heard
    assert "Nobody asked the night staff" in heard
    assert "I told it nine times" in heard
    assert "A named person" in heard
    assert "- A summary in three weeks" in section(text, "## What was promised")
    following = section(text, "## What happens next")
    assert "- Ring the school (owner: Facilitator; by 1 December 2026)" in following
    assert "- needs" in section(text, "### To be handed on")
    assert "They were not chosen to stand for everyone." in section(text, "## How to read this")


def test_both_formats_say_the_same() -> None:
    day = a_workshop()
    page = re.sub("<[^>]+>", "", written(day.record(), "summary.html"))

    for line in (
        "What we heard",
        "A summary in three weeks",
        "owner: Facilitator",
        "I told it nine times",
        "12 people",
    ):
        assert line in page
        assert line in summary(day)


def test_of_what_was_asked_twice_or_declared_void_only_what_counts_last_is_in_it() -> None:
    text = summary(a_workshop())

    assert text.count("### Which?") == 1
    assert "void" not in text


def test_a_result_that_the_room_never_saw_says_so() -> None:
    assert "This result was not shown to the room." in section(summary(a_workshop()), "### Your top two?")


def a_vote(*choices: str | None, others: int = 0) -> Workshop:
    """A day with one vote, shown to the room; the others only joined."""
    day = Workshop(an_agenda(item(1, kind="single", options=options("Phones", "Letters"), question="Which?")))
    people = [f"person{n}" for n in range(len(choices))]
    day.join(*people, *(f"other{n}" for n in range(others)))
    day.open("i01")
    day.open_vote()
    for person, choice in zip(people, choices, strict=True):
        day.vote(person, choice)
    day.give(cmd.Reveal())
    return day


@pytest.mark.parametrize("people", [1, 2, 9])
def test_of_a_small_group_of_one_mind_the_question_stands_and_nothing_of_the_result(people: int) -> None:
    heard = section(summary(a_vote(*["a"] * people, others=20)), "## What we heard")

    assert section(f"\n{heard}", "### Which?").strip() == str(HELD_BACK)


@pytest.mark.parametrize("choices", ["aaaaaaaaaa", "aaab"])
def test_of_ten_people_or_of_several_minds_the_result_is_told(choices: str) -> None:
    text = summary(a_vote(*choices))

    assert f"{len(choices)} of {len(choices)} people answered. “Phones” has the most" in text
    assert str(HELD_BACK) not in text


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if isinstance(kind, Poll)], ids=lambda kind: kind.kind
)
def test_no_kind_tells_in_it_what_its_author_is_warned_of(kind: AnyPoll) -> None:
    example = kind.examples()
    asked = Activity(kind.kind, msgspec.to_builtins(example.config))
    day = Workshop(an_agenda(replace(item(1, question="Which?"), activity=asked)))
    day.join("ana")
    day.open("i01")
    day.open_vote()
    day.answer("ana", example.answers[0])
    day.give(cmd.Reveal())
    (round_,) = day.report().rounds

    warned = any("publishing" in str(ENGLISH.text(each.text)) for each in round_.result if isinstance(each, Statement))
    text = summary(day)
    assert "publishing" not in text
    assert (str(HELD_BACK) in text) == warned


def test_of_a_question_asked_twice_nothing_is_told_where_one_count_was_of_one_mind() -> None:
    report = a_vote("a", "b").report()
    (second,), (first,) = report.rounds, a_vote("a", "a").report().rounds
    both = replace(second, result=(*first.result, *second.result))

    text = bytes(markdown.FORMAT.write(participants.build(replace(report, rounds=(both,))), ENGLISH)).decode()
    assert section(text, "### Which?").split("\n\n")[0].strip() == str(HELD_BACK)


def test_that_nobody_answered_is_said_once() -> None:
    told = section(summary(a_vote(others=4)), "### Which?")

    assert told.split("\n\n")[0].strip() == "0 of 4 people answered."


def test_that_many_did_not_answer_is_told() -> None:
    assert "2 of 12 people answered. Many did not answer: 10 of 12. “Phones”" in summary(a_vote("a", "b", others=10))


def test_of_phones_it_is_only_told_that_they_joined() -> None:
    day = Workshop(an_agenda(item(1)))
    day.join("ana", "ben", "cat")

    assert "\n\n3 phones joined.\n\n" in summary(day)
    looked_on = replace(day.record(), looking_on=1)
    assert "\n\n3 phones joined. 1 of them only looked on.\n\n" in written(looked_on, "summary.md")


@pytest.mark.parametrize("level", ["C0", "C1", "C2", "C3", "C4"])
@pytest.mark.parametrize("handling", ["new", "read", "approved", "on_hold"])
def test_a_story_is_in_it_only_when_it_is_approved_and_its_owner_said_c2_or_more(level: str, handling: str) -> None:
    day = Workshop(agenda())
    day.join("ana")
    day.open("i03")
    day.story("ana", "CANARYWORDS", level, handling)
    day.give(cmd.EndWorkshop(confirm="END"))

    assert ("CANARYWORDS" in summary(day)) == (handling == "approved" and level in ("C2", "C3", "C4"))


def test_questions_stand_under_what_happens_next_with_what_became_of_them() -> None:
    day = Workshop(an_agenda(item(1, "Ask", kind="questions")))
    day.join("ana")
    day.open("i01")
    key = day._say("ana", {"text": "Who pays?"}, "C2", "approved", "i01")
    day.give(cmd.MarkAnswered(contribution=key, owner="the chair"))

    following = section(summary(day), "## What happens next")
    assert "- Who pays?  \n  1 person wants to know. Taken away by the chair\n" in following


def test_a_day_without_anything_says_so_in_every_part() -> None:
    text = summary(Workshop(an_agenda(item(1))))

    for said in ("No vote was counted.", "No concern was noted", "No promise was made.", "No action was agreed."):
        assert said in text


def test_what_has_no_room_is_counted_and_no_list_takes_the_room_of_another() -> None:
    day = a_workshop()
    for number in range(60):
        day.note("action", f"Do {number}")
    text = summary(day)

    actions = section(text, "## What happens next")
    shown = actions.count("\n- Do ") + 1
    assert f"{61 - shown} more are in the report of the day." in actions
    assert 5 < shown < LINES
    assert "A summary in three weeks" in text
    assert "### Your top two?" in text


def test_words_that_are_too_long_are_left_to_the_report_whole_and_shorter_ones_are_not() -> None:
    day = a_workshop()
    day.note("promise", "A" * LINE_LETTERS * LINES)
    day.note("promise", "Tea for all")

    promised = section(summary(day), "## What was promised")
    assert "AAA" not in promised
    assert "- Tea for all" in promised
    assert "1 more is in the report of the day." in promised


@pytest.mark.parametrize(
    ("language", "heading"),
    [("cy", "<h2>Beth glywson ni</h2>"), ("pl", '<h2><span lang="en" dir="ltr">What we heard</span></h2>')],
)
def test_it_is_in_the_language_of_the_agenda_and_marks_what_is_not(language: str, heading: str) -> None:
    day = Workshop(an_agenda(item(1, kind="single", options=options("Ie", "Na")), language=language))

    page = written(day.record(), "summary.html", None)

    assert f'<html lang="{language}">' in page
    assert heading in page
