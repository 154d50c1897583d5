"""A panel: no score without a reason, no average, no names before the room, and who moved in a second look."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.kinds.said import apart, english, said
from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Earlier, Explained
from workshop_tui.domain.blocks import ChooseOne, Distribution, GradeEach, Matrix, Option, Quotes, Statement
from workshop_tui.errors import BallotRejected, CommandRefused
from workshop_tui.kinds.panel.config import PanelConfig
from workshop_tui.kinds.panel.panel import Panel, Verdict
from workshop_tui.kinds.registry import KINDS

OPTIONS = (Option("a", "Red"), Option("b", "Blue"))
CONFIG = PanelConfig(options=OPTIONS, evaluators=("Patient", "Carer", "Nurse"))
AGAIN = PanelConfig(options=OPTIONS, evaluators=CONFIG.evaluators, moderates="First look")
POLL = Panel()


def verdict(name: str, red: int | None, blue: int | None, why: str = "Because.") -> Verdict:
    """What one evaluator gave; None for nothing."""
    given = (("a", red), ("b", blue))
    return Verdict(name, tuple((key, score, f"{why} {key}") for key, score in given if score is not None))


FIRST = {verdict("e1", 4, 2): 1, verdict("e2", 4, 5): 1, verdict("e3", 3, 1): 1}
SECOND = {verdict("e1", 4, 2, "Kept."): 1, verdict("e2", 4, 2, "Heard."): 1, verdict("e3", 4, 1, "Still."): 1}


def sentences(config: PanelConfig, profile: dict[Verdict, int]) -> list[str]:
    blocks = english(POLL.show(config, POLL.tally(config, profile)))
    return [each.text for each in blocks if isinstance(each, Statement)]


@pytest.mark.parametrize("most", [3, 10])
def test_the_form_says_which_score_is_best(most: int) -> None:
    (scores,) = (each for each in POLL.ask(replace(CONFIG, most=most)) if isinstance(each, GradeEach))

    assert str(scores.label) == f"{most} is best."
    assert scores.scale[-1].key == str(most)


def test_the_form_says_that_it_is_not_anonymous_before_it_asks_who_you_are() -> None:
    name, scores = POLL.ask(CONFIG)

    assert str(POLL.who_sees(CONFIG)).startswith(
        "This is not anonymous: your scores and your reasons are recorded under"
    )
    assert isinstance(name, ChooseOne)
    assert [english(option.words) for option in name.options] == ["Patient", "Carer", "Nurse"]
    assert not name.optional
    assert isinstance(scores, GradeEach)
    assert scores.why


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({}, "choose your own name", "name"),
        ({"name": ["e9"]}, "choose your own name", "name"),
        ({"name": ["e1"]}, "at least one, or press", "score"),
        ({"name": ["e1"], "score.b.why": ["Good."]}, "an answer for “Blue”: you gave a reason", "score.b"),
        ({"name": ["e1"], "score.b": ["9"], "score.b.why": ["Good."]}, "not in the list", "score.b"),
    ],
)
def test_a_score_needs_an_owner_and_a_reason_needs_a_score(
    fields: dict[str, list[str]], words: str, field: str
) -> None:
    with pytest.raises(BallotRejected, match=words) as refusal:
        POLL.read(CONFIG, fields)

    assert refusal.value.field == field


@pytest.mark.parametrize("nothing", [{}, {"score.a.why": ["\u200b"]}])
def test_a_score_needs_no_reason(nothing: dict[str, list[str]]) -> None:
    verdict = POLL.read(CONFIG, {"name": ["e2"], "score.a": ["3"], **nothing})

    assert verdict == Verdict("e2", (("a", 3, ""),))
    assert POLL.reasons(verdict) == ()


def test_the_room_sees_every_score_and_no_name_and_no_average() -> None:
    blocks = english(POLL.show(CONFIG, POLL.tally(CONFIG, FIRST)))
    chart = blocks[0]

    assert isinstance(chart, Distribution)
    assert [(line.label, line.counts, line.note) for line in chart.lines] == [
        ("Red", (0, 0, 0, 1, 2, 0), "3 to 4"),
        ("Blue", (0, 1, 1, 0, 0, 1), "1 to 5"),
    ]
    assert sentences(CONFIG, FIRST)[:2] == [
        "3 of 3 evaluators gave scores.",
        "Furthest apart, by 4 points: “Blue”. Talk about this first.",
    ]
    assert not any(name in str(blocks) for name in ("Patient", "Carer", "Nurse", "Because"))


def test_a_name_on_two_phones_is_warned_of_and_both_are_kept() -> None:
    profile = {verdict("e1", 4, 2): 2, verdict("e2", 3, None): 1}
    result = POLL.tally(CONFIG, profile)

    assert (result.people, result.evaluators, result.twice) == (3, 2, 1)
    assert dict(result.scores)["a"] == (0, 0, 0, 1, 2, 0)
    assert said(POLL.show(CONFIG, result), "caution")[0].startswith(
        "1 name was chosen on more than one phone. All their scores are counted here."
    )
    details = english(POLL.details(CONFIG, profile))
    assert Statement("Chosen on more than one phone: “Patient”.", "caution") in details
    assert Statement("No scores from “Nurse”.") in details
    table = details[0]
    assert isinstance(table, Matrix)
    assert [(row.label, *row.cells) for row in table.rows] == [
        ("Patient", "4 and 4", "2 and 2"),
        ("Carer", 3, ""),
        ("Nurse", "", ""),
    ]


@pytest.mark.parametrize("phones", [0, 1, 5, 9, 29, 30, 100])
def test_the_base_is_names_on_the_list_however_many_phones(phones: int) -> None:
    told = sentences(CONFIG, {verdict("e1", 4, 4): phones} if phones else {})

    assert told[0] == ("1 of 3 evaluators gave scores." if phones else "Nobody has answered.")
    assert any("more than one phone" in text for text in told) == (phones > 1)
    assert any("publishing this tells" in text for text in told) == (0 < phones < 10)
    assert "%" not in " ".join(told)


def test_only_a_second_look_makes_an_agreed_score_and_none_where_people_differ() -> None:
    assert not any("greed" in text for text in sentences(CONFIG, SECOND)[:-1])
    assert sentences(AGAIN, SECOND)[1:3] == [
        "Agreed: “Red” at 4.",
        "Not agreed, and no score is made up for it: “Blue”.",
    ]
    # One score alone is nothing to agree with.
    assert not any(text.startswith("Agreed") for text in sentences(AGAIN, {verdict("e1", 4, 2): 1}))


def test_a_second_look_shows_who_moved_and_why_and_who_did_not() -> None:
    earlier = Earlier("First look", POLL, CONFIG, FIRST)  # type: ignore[arg-type]
    table, *rest = english(POLL.details_with(AGAIN, *apart(POLL, SECOND), earlier))

    assert isinstance(table, Matrix)
    assert table.title == "Who gave what: before → now"
    assert [(row.label, *row.cells) for row in table.rows] == [
        ("Patient", "4, kept", "2, kept"),
        ("Carer", "4, kept", "5 → 2"),
        ("Nurse", "3 → 4", "1, kept"),
    ]
    assert [each.text for each in rest if isinstance(each, Statement)] == [
        "“Red”: 3 to 4 before, all 3 gave 4 now.",
        "“Blue”: 1 to 5 before, 1 to 2 now. Not agreed: 1 from “Nurse”. Not agreed: 2 from “Patient” and “Carer”.",
    ]
    quotes = [quote.parts[0] for each in rest if isinstance(each, Quotes) for quote in each.quotes]
    assert ("Carer: 5 → 2", "Heard. b") in quotes
    assert len(quotes) == 6


def test_the_second_look_takes_everything_but_the_scores_from_the_first() -> None:
    planned = PanelConfig(moderates="First look")
    earlier = Earlier("First look", POLL, CONFIG, FIRST)  # type: ignore[arg-type]
    other = Earlier("Warm-up", KINDS["single"], KINDS["single"].examples().config, {})  # type: ignore[arg-type]

    assert POLL.problem(planned) == POLL.misfit(planned, earlier) == ""
    assert POLL.fill(planned, earlier) == AGAIN
    assert "is no panel" in str(POLL.misfit(planned, other))
    assert POLL.misfit(AGAIN, earlier) == "", "the same said twice is no contradiction"
    fewer = PanelConfig(options=OPTIONS, evaluators=("Patient", "Nurse"), moderates="First look")
    assert "leave them out" in str(POLL.misfit(fewer, earlier))
    assert "leave them out" in str(POLL.problem(PanelConfig(options=OPTIONS, moderates="First look")))


def test_the_journal_has_no_score_and_no_reason_of_the_first_look() -> None:
    agenda = an_agenda(
        item(1, "First look", kind="panel", options=options("Red", "Blue"), evaluators=["Patient", "Nurse"]),
        item(2, "Second look", kind="panel", moderates="First look"),
    )
    desk = Desk(agenda)
    desk.join("p1")
    desk.open("i01")
    desk.open_vote()
    desk.answer("p1", {"name": "e2", "score.a": "4", "score.a.why": "Canary words"})
    desk.open("i02", vote="close")
    with pytest.raises(CommandRefused, match="Show the result of “First look” first"):
        desk.open_vote()
    desk.open("i01")
    desk.give(cmd.Reveal())
    desk.open("i02")
    desk.open_vote()

    config = desk.state.last_round.config
    assert config["evaluators"] == ["Patient", "Nurse"]
    assert "Canary" not in str(desk.state)
    assert "e2" not in str(config)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"evaluators": ()}, "There are 0 evaluators"),
        ({"evaluators": ("Nurse",)}, "There is 1 evaluator"),
        ({"evaluators": ("Nurse", "nurse")}, "there twice"),
        ({"evaluators": ("Nurse", "\u200b")}, "no words"),
        ({"least": 5}, "from 5 to 5"),
        ({"most": 11}, "from 0 to 11"),
        ({"options": tuple(Option(k, k) for k in "abcdefg")}, "There are 7 options"),
    ],
)
def test_a_panel_that_cannot_be_meant_is_named(changes: dict[str, object], words: str) -> None:
    fields = {"options": OPTIONS, "evaluators": ("Patient", "Nurse"), **changes}

    assert words in str(POLL.problem(PanelConfig(**fields)))


def test_a_line_of_the_table_has_the_name_and_every_score_and_a_line_of_reasons_has_both_beside_the_words() -> None:
    assert POLL.rows(CONFIG, verdict("e2", 4, None)) == {"evaluator": "Carer", "score.a": 4, "score.b": ""}
    (reason,) = POLL.reasons(verdict("e2", 4, None))
    assert POLL.explained(CONFIG, reason) == Explained(option="a", answer=4, words="Because. a", name="Carer")
    assert POLL.plain_profile(CONFIG, FIRST) is None
    assert POLL.places(CONFIG, FIRST) == ()


def test_the_same_scores_with_other_reasons_are_the_same_answer() -> None:
    assert POLL.stance(verdict("e1", 4, 2, "One.")) == POLL.stance(verdict("e1", 4, 2, "Other."))
    assert POLL.stance(verdict("e1", 4, 2)) != POLL.stance(verdict("e1", 4, 3))
