"""People ask to be contacted about their own care: what is noted, to whom it goes, and that nothing else is held."""

from __future__ import annotations

import pytest

from tests.domain.acts import REQUEST, Scene
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import CommandRefused


def test_a_phone_asks_and_the_room_keeps_when_and_not_who() -> None:
    scene = Scene()
    scene.give(cmd.AskContact(person="ben", key="7f3a" * 8))

    (row,) = scene.tables.all_own_care()
    assert row.code == "7F3A"
    assert row.asked_at % 60_000 == 0
    assert "ben" not in repr(row)
    assert row.contacted_at is None


def test_the_journal_has_nothing_of_it() -> None:
    scene = Scene()
    for command in (
        cmd.AskContact(person="ben", key="7f3a" * 8),
        REQUEST,
        cmd.FollowContact(request="c1", routed_to="advice", contacted=True),
    ):
        decision = scene.ask(command)
        assert [each for each in decision.events if hasattr(each, "at")] == []
        scene.give(command)


def test_it_is_routed_with_both_dates_and_the_first_contact_stays() -> None:
    scene = Scene()
    scene.give(REQUEST)
    asked = scene.tables.own_care("c1").asked_at
    scene.clock.pass_s(120)
    scene.give(cmd.FollowContact(request="c1", routed_to="advice", reference="PA-2", contacted=True))
    contacted = scene.tables.own_care("c1").contacted_at
    scene.clock.pass_s(120)
    scene.give(cmd.FollowContact(request="c1", routed_to="complaints", reference="PA-2", contacted=True))

    row = scene.tables.own_care("c1")
    assert contacted == asked + 120_000
    assert (row.routed_to, row.reference, row.asked_at, row.contacted_at) == ("complaints", "PA-2", asked, contacted)
    with pytest.raises(CommandRefused, match="already"):
        scene.give(cmd.FollowContact(request="c1", routed_to="complaints", reference="PA-2", contacted=True))


@pytest.mark.parametrize("typed", ["my hip hurts", "CANARY", "Ann Evans", "ring 01632"])
def test_no_account_and_no_name_fits_where_a_reference_belongs(typed: str) -> None:
    scene = Scene()
    with pytest.raises(CommandRefused, match="no account"):
        scene.give(cmd.NoteContact(key="c1", reference=typed))
    assert scene.tables.all_own_care() == ()


def test_what_is_done_goes_when_the_write_up_is_finished_and_what_is_open_goes_once_it_is_done() -> None:
    scene = Scene()
    scene.give(REQUEST)
    scene.give(cmd.NoteContact(key="c2"))
    scene.give(cmd.FollowContact(request="c1", routed_to="advice", contacted=True))

    scene.come_to("finished")
    assert [row.key for row in scene.tables.all_own_care()] == ["c2"]

    scene.give(cmd.FollowContact(request="c2", routed_to="practice"))
    assert scene.tables.own_care("c2").routed_to == "practice"
    scene.give(cmd.FollowContact(request="c2", routed_to="practice", contacted=True))
    assert scene.tables.all_own_care() == ()
