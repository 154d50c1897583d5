"""Results that others published, counted anew."""

import pytest

from tests.counting.published import column, published
from workshop_tui.counting.approvals import cumulative
from workshop_tui.counting.pairwise import condorcet_winner, minimax, pairwise, schulze
from workshop_tui.counting.profiles import Key, Rankings
from workshop_tui.counting.ranks import borda, plurality
from workshop_tui.counting.runoff import irv
from workshop_tui.counting.shares import equal_shares, greedy
from workshop_tui.domain.plain_profiles import Approved, Ordered, Pointed, counts_of

ASSEN = "pabulib/Netherlands_Assen_2024.pb"


def orders(name: str) -> tuple[dict[str, Key], Rankings]:
    """Keys by name, and the rankings."""
    profile = published(name)
    assert isinstance(profile, Ordered)
    return {each.name: each.key for each in profile.candidates}, counts_of(profile.lines)


def test_burlington_2009_has_three_winners_by_three_rules() -> None:
    keys, rankings = orders("preflib/00005-00000002.toi")
    wright, kiss, montroll = keys["Kurt Wright"], keys["Bob Kiss"], keys["Andy Montroll"]
    everybody = tuple(keys.values())
    table = pairwise(everybody, rankings)

    assert plurality(everybody, rankings).winners == (wright,)
    assert dict(plurality(everybody, rankings).figures)[wright] == 2951

    runoff = irv(everybody, rankings)
    assert runoff.winners == (kiss,)
    assert dict(runoff.rounds[-1].figures) == {kiss: 4314, wright: 4064}
    assert runoff.margin == 250

    for outcome in (condorcet_winner(table), schulze(table), minimax(table)):
        assert outcome.winners == (montroll,)
    assert table.lead(montroll, kiss) == 590
    assert table.lead(montroll, wright) == 929
    assert condorcet_winner(table).margin == 590


def test_burlington_with_ballots_that_stop_for_good_is_four_votes_fewer() -> None:
    keys, rankings = orders("preflib/00005-00000002.toi")

    last = irv(tuple(keys.values()), rankings, equal="stop").rounds[-1]

    assert dict(last.figures) == {keys["Bob Kiss"]: 4313, keys["Kurt Wright"]: 4061}
    assert last.exhausted == 606
    assert sum(people for people in rankings.values()) == 4313 + 4061 + 606


def test_debian_2002_has_one_winner_by_all_rules() -> None:
    keys, rankings = orders("preflib/00002-00000001.soi")
    everybody = tuple(keys.values())
    table = pairwise(everybody, rankings)

    for outcome in (
        plurality(everybody, rankings),
        borda(everybody, rankings),
        irv(everybody, rankings),
        condorcet_winner(table),
        schulze(table),
        minimax(table),
    ):
        assert outcome.winners == (keys["Bdale Garbee"],), outcome.rule
    assert table.ballots == 475


def test_assen_2024_funds_the_nine_projects_it_published() -> None:
    profile = published(ASSEN)
    assert isinstance(profile, Approved)
    costs = {each.key: each.cost for each in profile.candidates}

    outcome = equal_shares(tuple(costs), costs, profile.budget, approvals=counts_of(profile.lines))

    assert set(outcome.winners) == {key for key, selected in column(ASSEN, "selected").items() if selected == "1"}
    assert len(outcome.winners) == 9
    assert outcome.tied == ()
    assert list(map(str, outcome.notes)) == ["Bought for 76,700 in all."]
    completed = equal_shares(
        tuple(costs), costs, profile.budget, approvals=counts_of(profile.lines), greedy_completion=True
    )
    assert set(completed.winners) - set(outcome.winners) == {"7"}  # RuBox, which the city did not fund


@pytest.mark.parametrize("name", ["pabulib/France_Toulouse_2019.pb", "pabulib/Poland_Czestochowa_2020_Mirow.pb"])
def test_toulouse_and_mirow_have_the_points_they_published(name: str) -> None:
    profile = published(name)
    assert isinstance(profile, Pointed)
    points, costs = counts_of(profile.lines), {each.key: each.cost for each in profile.candidates}

    assert dict(cumulative(tuple(costs), points).figures) == {k: int(v) for k, v in column(name, "score").items()}
    bought = greedy(tuple(costs), costs, profile.budget, points=points)
    assert sum(costs[key] for key in bought.winners) <= profile.budget
    assert bought.tied == ()


def test_the_mechanical_turks_points_and_orders_add_up_to_the_score_published() -> None:
    name = "pabulib/Worldwide_Mechanical_Turk_Utilities_8.pb"
    points = published(name)
    assert isinstance(points, Pointed)
    keys = tuple(each.key for each in points.candidates)
    assert dict(cumulative(keys, counts_of(points.lines)).figures) == {
        k: int(v) for k, v in column(name, "score").items()
    }

    name = "pabulib/Worldwide_Mechanical_Turk_Ranking_value_8.pb"
    ranked = published(name)
    assert isinstance(ranked, Ordered)
    assert dict(borda(tuple(each.key for each in ranked.candidates), counts_of(ranked.lines)).figures) == {
        k: int(v) for k, v in column(name, "score").items()
    }
