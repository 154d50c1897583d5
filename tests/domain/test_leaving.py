"""Somebody hands their phone on: their place ends at once, and what they sent stays."""

from __future__ import annotations

import pytest

from tests.sessions import Desk, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.errors import TooLate, UnknownPhone

STORY = '{"parts":[["what_happened","Nobody rang"]],"level":"C2"}'


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.join("ann", "ben")
    made.open("i01")
    made.open_vote()
    return made


def token_of(desk: Desk, person: str) -> bytes | None:
    return next((token for token, each in desk.tables.person_by_token.items() if each == person), None)


def test_a_token_is_forgotten_and_the_person_still_counts(desk: Desk) -> None:
    assert token_of(desk, "ann")

    desk.give(cmd.LeavePlace(person="ann"))

    assert token_of(desk, "ann") is None
    assert token_of(desk, "ben")
    assert desk.tables.people() == desk.tables.joined == 2
    assert "ann" in set(desk.tables.persons())


def test_an_open_ballot_stays_counted_and_nobody_can_change_it(desk: Desk) -> None:
    desk.vote("ann", "a")
    desk.give(cmd.LeavePlace(person="ann"))

    with pytest.raises(UnknownPhone):
        desk.vote("ann", "b")

    assert desk.profile() == {"a": 1}
    desk.give(cmd.CloseVote())
    desk.give(cmd.Reveal())
    assert desk.profile() == {"a": 1}


def test_nobody_speaks_for_who_has_left(desk: Desk) -> None:
    desk.open("i03", vote="close")
    kept = desk.tell("ann", STORY)
    desk.give(cmd.LeavePlace(person="ann"))

    for command in (
        cmd.TakeBack(person="ann", contribution=kept.key),
        cmd.Contribute(person="ann", item="i03", body=STORY, consent="C2", key="k", submission_id=sid()),
        cmd.Join(person="ann", token_hash=b"another token"),
    ):
        with pytest.raises(UnknownPhone):
            desk.give(command)
    assert desk.tables.contributions[kept.key].body == STORY


def test_leaving_twice_changes_nothing_and_a_stranger_has_no_place_to_leave(desk: Desk) -> None:
    desk.give(cmd.LeavePlace(person="ann"))
    before = list(desk.events)

    desk.give(cmd.LeavePlace(person="ann"))

    assert desk.events == before
    with pytest.raises(UnknownPhone):
        desk.give(cmd.LeavePlace(person="nobody"))


@pytest.mark.parametrize("moment", ["running", "paused", "people left", "finished"])
def test_a_place_can_be_left_at_any_moment(desk: Desk, moment: str) -> None:
    if moment == "paused":
        desk.give(cmd.PauseRoom())
    if moment in ("people left", "finished"):
        desk.give(cmd.EndWorkshop(confirm="END"))
    if moment == "finished":
        desk.give(cmd.FinishWriteUp(confirm="FINISH"))

    desk.give(cmd.LeavePlace(person="ann"))

    assert desk.events[-1] == ev.PlaceLeft("ann")


def test_whose_place_was_left_in_the_batch_in_which_they_joined_has_no_token(desk: Desk) -> None:
    desk.tables.apply(ev.PersonJoined("cy", b"token of cy", 1))
    desk.tables.apply(ev.PlaceLeft("cy"))
    desk.tables.commit()

    assert token_of(desk, "cy") is None
    assert desk.tables.has_left("cy")


def test_a_leaving_that_did_not_reach_the_disk_leaves_the_token(desk: Desk) -> None:
    before = token_of(desk, "ann")
    desk.tables.apply(ev.PlaceLeft("ann"))
    desk.tables.rollback()
    desk.join("cy")

    assert token_of(desk, "ann") == before
    assert desk.tables.knows("ann")


def test_after_the_write_up_nobody_can_tell_whose_words_to_take_back(desk: Desk) -> None:
    desk.open("i03", vote="close")
    kept = desk.tell("ann", STORY)
    desk.give(cmd.EndWorkshop(confirm="END"))
    desk.give(cmd.FinishWriteUp(confirm="FINISH"))

    with pytest.raises(TooLate, match="Nobody can tell any more which words came from this phone"):
        desk.give(cmd.TakeBack(person="ann", contribution=kept.key))
