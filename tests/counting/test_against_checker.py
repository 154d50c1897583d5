"""Equal shares beside pabulib-checker, which recomputes what a city says it funded."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st
from pabulib.checker import Checker

from tests.counting.profiles import FOUR, approvals, one_by_one
from workshop_tui.counting.profiles import Approvals
from workshop_tui.counting.shares import equal_shares


@settings(max_examples=100)
@given(approvals(), st.lists(st.sampled_from((10, 10, 12, 20)), min_size=4, max_size=4), st.booleans(), st.data())
def test_the_checker_finds_the_same_projects_or_stops_at_a_tie(
    votes: Approvals, costs: list[int], add_one: bool, data: st.DataObject
) -> None:
    priced = dict(zip(FOUR, costs, strict=True))
    wanted = sum(priced[key] for key in FOUR if any(key in chosen for chosen in votes))
    if wanted < 2:
        return
    budget = data.draw(st.integers(1, wanted - 1))  # where all can be bought, the checker raises shares for ever
    ours = equal_shares(FOUR, priced, budget, approvals=votes, add_one=add_one)

    checker = Checker()
    checker.meta = {"budget": str(budget)}
    checker.projects = {key: {"cost": str(cost)} for key, cost in priced.items()}
    checker.votes = {str(at): {"vote": ",".join(chosen)} for at, chosen in enumerate(one_by_one(votes))}
    try:
        theirs = set(checker._compute_equalshares_winners(add1=add_one))
    except ValueError:
        event("a tie is left, at which the checker stops")
    else:
        assert theirs == set(ours.winners)
        assert not ours.tied
