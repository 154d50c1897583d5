"""STAR beside starvote (L. Hastings), on profiles full of ties and blanks."""

from __future__ import annotations

import starvote
from hypothesis import assume, given, settings

from tests.counting.profiles import FOUR, one_by_one, scores
from workshop_tui.counting.profiles import Scores
from workshop_tui.counting.star import star

FIVE = (*FOUR, "e")


@settings(max_examples=150)
@given(scores(FIVE, most=4))
def test_starvote_elects_ours_where_it_breaks_no_tie_and_one_of_ours_where_it_does(profile: Scores) -> None:
    everybody = [{**dict.fromkeys(FIVE, 0), **dict(given)} for given in one_by_one(profile)]
    assume(any(any(ballot.values()) for ballot in everybody))
    ours = star(FIVE, profile, most=4).winners

    try:
        unbroken = starvote.star_voting(everybody, maximum_score=4, verbosity=0, tiebreaker=None)
    except starvote.UnbreakableTieError:
        (picked,) = starvote.star_voting(everybody, maximum_score=4, verbosity=0)  # by a lot of its own
        assert picked in ours
    else:
        assert list(ours) == unbroken
