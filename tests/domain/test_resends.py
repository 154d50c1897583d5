"""What a phone sends again, or what comes late on a weak link: it counts once, and never over something newer."""

from __future__ import annotations

import pytest

from tests.sessions import Desk, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Kept, Voted
from workshop_tui.errors import SameIdOtherWords, TooLate
from workshop_tui.limits import SENDINGS


def voting() -> Desk:
    desk = Desk()
    desk.open("i01")
    desk.open_vote()
    desk.join("ana")
    return desk


def test_a_vote_that_was_counted_and_changed_does_not_come_back_when_it_is_sent_again() -> None:
    desk = voting()
    first = sid()
    desk.vote("ana", "a", sid_=first)
    desk.vote("ana", "b")

    late = desk.vote("ana", "a", sid_=first)

    assert late == Voted(2, again=True)
    assert desk.profile() == {"b": 1}
    assert desk.tables.tallies["i01.1"].changes == 1


def test_a_vote_that_was_replaced_before_it_came_is_not_counted_when_it_comes() -> None:
    desk = voting()
    stuck, other = sid(), sid()
    desk.give(
        cmd.Cast(person="ana", round="i01.1", choice='{"option":"b"}', submission_id=sid(), instead=(stuck, other))
    )

    assert desk.vote("ana", "a", sid_=stuck) == Voted(1, again=True)
    assert desk.vote("ana", "c", sid_=other) == Voted(1, again=True)
    assert desk.profile() == {"b": 1}


def test_an_older_vote_that_comes_after_closing_is_not_told_that_it_is_too_late() -> None:
    desk = voting()
    first = sid()
    desk.vote("ana", "a", sid_=first)
    desk.vote("ana", "b")
    desk.give(cmd.CloseVote())

    assert desk.vote("ana", "a", sid_=first) == Voted(2, again=True)


def test_words_that_were_kept_are_not_called_too_late_after_the_end() -> None:
    desk = Desk()
    desk.open("i03")
    desk.join("ana")
    number = sid()
    desk.tell("ana", '{"parts":[["story","I rang nine times."]],"level":"C2"}', sid_=number)
    desk.give(cmd.EndWorkshop(confirm="END"))

    again = desk.tell("ana", '{"parts":[["story","I rang nine times."]],"level":"C2"}', sid_=number)

    assert isinstance(again, Kept)
    assert again.again
    with pytest.raises(TooLate):
        desk.tell("ana", '{"parts":[["story","I rang nine times."]],"level":"C2"}', sid_=sid())
    with pytest.raises(SameIdOtherWords):
        desk.tell("ana", '{"parts":[["story","I rang ten times."]],"level":"C2"}', sid_=number)
    desk.give(cmd.FinishWriteUp(confirm="FINISH"))
    with pytest.raises(TooLate):
        desk.tell("ana", '{"parts":[["story","I rang nine times."]],"level":"C2"}', sid_=number)


def test_the_number_of_somebody_else_stands_for_nothing() -> None:
    desk = voting()
    desk.join("ben")
    mine = sid()
    desk.vote("ana", "a", sid_=mine)
    desk.give(cmd.Cast(person="ben", round="i01.1", choice='{"option":"b"}', submission_id=sid(), instead=(mine,)))

    assert desk.vote("ben", "c", sid_=sid()) == Voted(2)
    assert desk.profile() == {"a": 1, "c": 1}


def test_another_choice_under_the_number_of_a_page_shown_again_is_a_change() -> None:
    desk = voting()
    page, other = sid(), sid()

    for choice, number in (("a", page), ("b", page), ("a", page), ("b", other), ("c", page)):
        assert desk.vote("ana", choice, sid_=number) != Voted(1, again=True)
        assert desk.profile() == {choice: 1}
        assert desk.vote("ana", choice, sid_=number).again

    # What was sent before and replaced comes late: it changes nothing.
    assert desk.vote("ana", "b", sid_=other).again
    assert desk.profile() == {"c": 1}


def test_what_is_remembered_of_one_ballot_is_bounded() -> None:
    desk = voting()
    for n in range(3 * SENDINGS):
        desk.vote("ana", "ab"[n % 2])

    (row,) = desk.tables.tallies["i01.1"].ballots.base.values()
    assert len(row.receipt) == 32 * SENDINGS
    assert row.revision == 3 * SENDINGS
