"""Impact: who says harder comes first, nothing is averaged, reasons stay behind the result."""

from __future__ import annotations

import pytest

from tests.kinds.said import apart, block, english, sentences
from workshop_tui.domain.activity import REASONS_SEEN
from workshop_tui.domain.blocks import Distribution, GradeEach, Option, Quotes, Statement
from workshop_tui.kinds.grades import Graded, Grading
from workshop_tui.kinds.impact import Impact, ImpactConfig

WHAT = ImpactConfig(options=(Option("a", "One clinic"), Option("b", "Evenings")))
POLL = Impact()


def said(a: str, b: str = "", why: str = "") -> Grading:
    return Grading((Graded("a", a, why), *([Graded("b", b)] if b else [])))


@pytest.mark.parametrize(
    ("profile", "plain"),
    [
        ({}, "Nobody has answered."),
        ({said("much_harder"): 1}, "1 of 1 person says “One clinic” makes it harder."),
        ({said("bit_easier"): 2, said("not_known"): 3}, "Nobody says that any of this makes it harder."),
        (
            {said("much_harder", "bit_harder"): 2, said("bit_harder"): 3, said("not_me", "not_me"): 4},
            "5 of 9 people (most) say “One clinic” makes it harder. 2 of 6 people (some) say so of “Evenings”.",
        ),
        (
            {said("no_difference", "bit_harder"): 1, said("much_easier", "not_known"): 28},
            "1 of 29 people says “Evenings” makes it harder. Nobody says so of “One clinic”.",
        ),
        (
            {said("bit_harder", "much_harder"): 15, said("not_known", "not_me"): 15},
            "15 of 30 people (half, 50%) say “One clinic” makes it harder. "
            "15 of 30 people (half, 50%) say so of “Evenings”.",
        ),
        (
            {said("much_harder"): 99, said("much_easier"): 1},
            "99 of 100 people (nearly all, 99%) say “One clinic” makes it harder.",
        ),
    ],
    ids=["0", "1", "5", "9", "29", "30-tie", "100"],
)
def test_who_says_harder_is_said_first_with_the_base_of_each_option(profile: dict[Grading, int], plain: str) -> None:
    blocks = POLL.show(WHAT, POLL.tally(WHAT, profile))

    assert sentences(POLL, WHAT, profile) == [plain]
    assert english(blocks[0]) == Statement(plain)


def test_all_of_those_who_did_not_leave_an_option_out_are_not_all_who_answered() -> None:
    profile = {said("much_harder", "bit_harder"): 2, said("bit_harder"): 1}

    assert sentences(POLL, WHAT, profile) == [
        "3 of 3 people (all who answered) say “One clinic” makes it harder. "
        "2 of 2 people (all of them) say so of “Evenings”."
    ]


def test_not_being_affected_and_not_knowing_stand_beside_the_scale() -> None:
    chart = block(Distribution, POLL.show(WHAT, POLL.tally(WHAT, {said("not_me", "not_known"): 2})))

    assert chart.aside == 2
    assert [line.counts for line in chart.lines] == [(0, 0, 0, 0, 0, 2, 0), (0, 0, 0, 0, 0, 0, 2)]
    assert str(chart.lines[0].note) == "0 of 2 harder, 0 easier"


def test_reasons_of_those_who_say_harder_come_before_all_others() -> None:
    ballots = [
        said("bit_easier", "bit_harder", "Light"),
        said("bit_harder", "", "Cold"),
        said("much_harder", "", "Far"),
    ]
    first, second = english(POLL.details(WHAT, *apart(POLL, ballots)))

    assert isinstance(first, Quotes)
    assert first.title == "Why “One clinic” would be harder"
    assert [quote.parts for quote in first.quotes] == [(("Much harder", "Far"),), (("A bit harder", "Cold"),)]
    assert isinstance(second, Quotes)
    assert [quote.parts for quote in second.quotes] == [(("A bit easier", "Light"),)]


def test_phones_say_that_reasons_are_kept_and_without_reasons_that_nothing_is() -> None:
    silent = ImpactConfig(options=WHAT.options, why=False)
    (form,) = POLL.ask(silent)

    assert POLL.who_sees(WHAT) == REASONS_SEEN
    assert "only show numbers" in str(POLL.who_sees(silent))
    assert isinstance(form, GradeEach)
    assert form.why == ""


def test_another_reason_for_the_same_answer_is_no_change_of_mind() -> None:
    assert POLL.bare(said("not_me", "", "x")) == POLL.bare(said("not_me", "", "y"))
    assert POLL.stance(said("not_me")) != POLL.stance(said("not_known"))


def test_one_thing_that_could_happen_is_enough() -> None:
    assert POLL.problem(ImpactConfig(options=WHAT.options[:1])) == ""
    assert "at least 1" in str(POLL.problem(ImpactConfig()))
