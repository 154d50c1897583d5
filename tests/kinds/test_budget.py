"""Budget: money is never made to fit, ties at its edge stay open, and two rules stand side by side."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
import pytest
from msgspec import structs

from tests.kinds.said import english, said
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.formats.about_vote import AboutVote
from workshop_tui.counting.formats.pabulib_writing import write_pabulib
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.blocks import Bar, Bars, ChooseSome, Matrix, Option, Statement
from workshop_tui.domain.plain_profiles import Approved, Candidate
from workshop_tui.drawing.forms import draw_form
from workshop_tui.errors import AgendaError, BallotRejected
from workshop_tui.kinds.budget.budget import Budget, Picks
from workshop_tui.kinds.budget.config import BudgetConfig
from workshop_tui.kinds.budget.rules import Fund
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

OPTIONS = (Option("a", "Phones"), Option("b", "Clinic"), Option("c", "Travel"))
CONFIG = BudgetConfig(options=OPTIONS, costs=(60, 50, 30), cap=100)
POLL = Budget()


def sentences(config: BudgetConfig, profile: dict[Picks, int]) -> list[str]:
    blocks = POLL.show(config, POLL.tally(config, profile))
    return [each.text for each in english(blocks) if isinstance(each, Statement)]


def behind(config: BudgetConfig, profile: dict[Picks, int]) -> list[str]:
    return said(POLL.details(config, profile)) + said(POLL.details(config, profile), "rule")


def with_(config: BudgetConfig = CONFIG, **changes: object) -> BudgetConfig:
    fields = {name: getattr(config, name) for name in BudgetConfig.__struct_fields__}
    return BudgetConfig(**{**fields, **changes})


def test_the_form_says_what_everything_costs_and_how_much_there_is() -> None:
    assert POLL.ask(CONFIG) == (ChooseSome(name="picks", options=OPTIONS, costs=(60, 50, 30), cap=100, unit="£"),)


def test_more_than_the_money_is_sent_back_with_the_sum_and_never_made_to_fit() -> None:
    with pytest.raises(BallotRejected, match="These cost £110 and there is £100"):
        POLL.read(CONFIG, {"picks": ["a", "b"]})

    assert POLL.read(CONFIG, {"picks": ["c", "a"]}) == Picks(("a", "c"))


@pytest.mark.parametrize(
    ("people", "note"),
    [(1, ""), (5, " (all who answered)"), (9, " (all who answered)"), (29, " (all who answered)"),
     (30, " (all who answered, 100%)"), (100, " (all who answered, 100%)")],
)  # fmt: skip
def test_the_base_is_always_said_and_a_percentage_only_from_thirty_on(people: int, note: str) -> None:
    found = sentences(CONFIG, {Picks(("a", "c")): people})

    who = "person" if people == 1 else "people"
    each = f"each has {people} of {people} {who}{note}."
    assert found[0] == f"“Phones” and “Travel” tie for the most: {each} Nobody chose anything else."
    assert found[1:3] == ["Funded: “Phones” and “Travel”. Left: £10 of £100.", "Not funded: “Clinic”."]
    assert any("publishing this tells" in text for text in found) == (people < 10)


def test_nobody_funds_nothing() -> None:
    blocks = english(POLL.show(CONFIG, POLL.tally(CONFIG, {})))

    bars = (Bar("Phones", 0, "A", ("£60",)), Bar("Clinic", 0, "B", ("£50",)), Bar("Travel", 0, "C", ("£30",)))
    assert blocks[0] == Bars("people", bars)
    assert blocks[1] == Statement("Nobody has answered.")
    assert not [each for each in blocks if isinstance(each, Statement) and "unded:" in each.text]
    assert POLL.details(CONFIG, {}) == ()
    assert POLL.places(CONFIG, {}) == ()


def test_what_is_left_and_the_sum_have_the_same_unit() -> None:
    tied = with_(costs=(60, 60, 60), currency="coins")
    assert "Nothing is funded yet. Left: 100 coins of 100 coins." in sentences(
        tied, {Picks((key,)): 4 for key in "abc"}
    )
    assert "Funded: “Travel”. Left: 70 coins of 100 coins." in sentences(with_(currency="coins"), {Picks(("c",)): 9})


def test_a_tie_at_the_edge_of_the_money_is_left_to_people() -> None:
    config = with_(costs=(60, 60, 30))
    profile = {Picks(("a", "c")): 4, Picks(("b", "c")): 4}
    result = POLL.tally(config, profile)

    assert (result.funded, result.tied) == (("c",), ("a", "b"))
    assert sentences(config, profile)[1:3] == [
        "Funded: “Travel”. Left: £70 of £100.",
        "“Phones” and “Clinic” tie for what is left, and there is not enough for all of them. "
        "This is for people to decide.",
    ]
    notes = {bar.letter: english(bar.notes) for bar in POLL.show(config, result)[0].bars}
    assert notes == {"C": ("£30", "funded"), "A": ("£60", "tied"), "B": ("£60", "tied")}


def test_the_cheaper_goes_first_only_by_the_rule_and_that_is_said() -> None:
    profile = {Picks(("a",)): 3, Picks(("b",)): 3}

    assert POLL.tally(CONFIG, profile).funded == ("b",)
    assert "Where support was the same, the cheaper went first, as the rule says." in sentences(CONFIG, profile)
    assert not [text for text in sentences(CONFIG, {Picks(("a",)): 3, Picks(("b",)): 2}) if "cheaper went" in text]


@pytest.mark.parametrize(("fund", "funded"), [("greedy", ("a", "b")), ("equal_shares", ("b", "c"))])
def test_the_declared_rule_decides_and_the_other_is_only_beside_it(fund: Fund, funded: tuple[str, ...]) -> None:
    config = with_(costs=(50, 49, 40), fund=fund)
    profile = {Picks(("a", "b")): 6, Picks(("c",)): 4}

    assert POLL.tally(config, profile).funded == funded
    matrix = POLL.details(config, profile)[0]
    assert isinstance(matrix, Matrix)
    assert english(matrix.columns) == ("cost", "people", "most votes first", "equal shares")
    assert behind(config, profile)[:3] == [
        "“Phones” is funded by most votes first and not funded by equal shares.",
        "“Travel” is not funded by most votes first and funded by equal shares.",
        "Who gets nothing they chose: 4 of 10 people (some) by most votes first; 0 of 10 people by equal shares.",
    ]


def test_two_rules_that_agree_are_said_to() -> None:
    assert behind(CONFIG, {Picks(("c",)): 3})[0] == "Both rules fund the same: most votes first and equal shares."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cap": 0}, "how much money there is"),
        ({"cap": 10**10}, "how much money there is"),
        ({"costs": (60, 50)}, "3 options and 2 costs"),
        ({"costs": (60, 50, 0)}, "A cost is more than 0"),
        ({"costs": (60, 50, 101)}, "more than the 100 there is"),
        ({"options_from": "ideas", "options": ()}, "options_from"),
        ({"ties": "facilitator"}, "left to people"),
    ],
)
def test_money_that_cannot_be_meant_is_named(changes: dict[str, object], words: str) -> None:
    assert words in str(POLL.problem(with_(**changes)))


def test_other_programs_get_costs_sum_and_rule_as_they_name_it() -> None:
    plain = POLL.plain_profile(with_(fund="equal_shares"), {Picks(("a", "c")): 2})

    assert plain == Approved(
        candidates=(Candidate("a", "Phones", 60), Candidate("b", "Clinic", 50), Candidate("c", "Travel", 30)),
        lines=((2, ("a", "c")),),
        budget=100,
        currency="£",
        rule="equalshares/add1",
    )
    # Shares of a big sum are raised by more than 1, which other programs know no name for; ours counts the same.
    big = with_(cap=1_000_000, fund="equal_shares")
    assert POLL.plain_profile(big, {Picks(("a",)): 2}).rule == "equalshares/add100"
    assert "All parts are raised, 100 at a time" in " ".join(sentences(big, {Picks(("a",)): 2}))


def test_a_line_of_the_table_has_every_option_and_the_sum() -> None:
    assert POLL.rows(CONFIG, Picks(("a", "c"))) == {"picks.a": 1, "picks.b": 0, "picks.c": 1, "cost": 90}


PENCE = BudgetConfig(
    options=(Option("a", "Ramp"), Option("b", "Signs"), Option("c", "Seats")),
    costs=(Decimal("700.25"), Decimal("299.80"), 150),
    cap=Decimal("1000.00"),
)


def test_pence_are_spent_exactly() -> None:
    """Ramp and Signs cost 1,000.05 together: nobody can tick both, and a rule cannot buy both."""
    with pytest.raises(BallotRejected) as refused:
        POLL.read(PENCE, {"picks": ["a", "b"]})
    said = sentences(PENCE, {Picks(("a",)): 3, Picks(("b",)): 2})

    assert str(refused.value) == "These cost £1,000.05 and there is £1,000. Please take away £0.05 or more."
    assert said[1:3] == ["Funded: “Ramp”. Left: £299.75 of £1,000.", "Not funded: “Signs” and “Seats”."]


def test_amounts_are_drawn_and_written_as_they_are() -> None:
    (form,) = POLL.ask(PENCE)

    drawn = str(draw_form([form], {"picks": ["b"]}))

    assert ">£299.80<" in drawn
    assert ">£150<" in drawn
    assert 'data-decimals="2"' in drawn
    assert "£700.20 of £1,000 left" in drawn
    assert POLL.rows(PENCE, Picks(("b", "c")))["cost"] == "449.80"


def test_a_kept_config_says_amounts_as_they_were_written() -> None:
    kept = msgspec.json.encode(PENCE)

    assert b'"costs":["700.25","299.80",150],"cap":"1000.00"' in kept
    assert msgspec.json.decode(kept, type=BudgetConfig) == PENCE


@pytest.mark.parametrize("cost", ["0.005", "NaN", "Infinity", "-1", "0"])
def test_what_is_no_amount_of_money_is_refused(cost: str) -> None:
    assert POLL.problem(structs.replace(PENCE, costs=(Decimal(cost), 1, 1))) != ""


def test_a_budget_in_pence_travels_through_a_pabulib_file() -> None:
    plain = POLL.plain_profile(PENCE, {Picks(("a",)): 3, Picks(("b", "c")): 2})

    name, content = write_pabulib(
        plain,
        AboutVote(title="A day", question="What first?", key="i01.1", language="en", answered=5, skipped=0, joined=5,
                  opened="2026-11-27", closed="2026-11-27", written="2026-11-27"),
        ENGLISH,
    )  # fmt: skip
    (read,) = read_ballots(name, content)

    assert b"\nbudget;1000.00\n" in content
    assert b"\na;700.25;3;Ramp;1\n" in content
    assert read.profile == plain


AGENDA = """\
title = "A day"
stage = "plan"

[[item]]
title = "Money"
question = "What for?"
minutes = 5

[item.phone]
kind = "budget"
options = ["Ramp", "Signs"]
costs = [{costs}]
cap = 1000.50
"""


def test_decimals_of_an_agenda_file_are_exact() -> None:
    agenda = parse_agenda(AGENDA.format(costs="0.1, 999.99"), KINDS, file="a.toml")

    activity = agenda.items[0].activity
    assert activity is not None
    config = msgspec.convert(msgspec.json.decode(msgspec.json.encode(activity.config)), BudgetConfig)

    assert (config.prices, config.money, config.decimals) == ((10, 99999), 100050, 2)


@pytest.mark.parametrize("costs", ['"much", 3', "true, 3", "nan, 3", "inf, 3", "0.001, 3"])
def test_what_an_agenda_file_says_instead_of_an_amount_is_named(costs: str) -> None:
    with pytest.raises(AgendaError) as refused:
        parse_agenda(AGENDA.format(costs=costs), KINDS, file="a.toml")

    assert re.search("expected a number|no amount of money", str(refused.value))
