"""How a session is kept: what can be said of it, by whose words, and what is refused."""

from __future__ import annotations

import pytest

from tests.sessions import Desk, an_agenda, item
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.journal import body_of
from workshop_tui.domain.state import Keeping
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import SHORT_TEXT_LETTERS


@pytest.fixture
def desk() -> Desk:
    return Desk(an_agenda(item(1)))


def test_what_was_said_stands_until_something_else_is_said(desk: Desk) -> None:
    assert desk.state.keeping == Keeping(unlocked="", until=None, is_held=False, hold="")

    desk.give(cmd.RefuseLock(reason="  Only\na rehearsal "))
    desk.give(cmd.SetRetention(until=""))
    desk.give(cmd.SetRetention(until="2027-03-31"))
    desk.give(cmd.PlaceHold(reason="Asked for"))
    assert desk.state.keeping == Keeping("Only a rehearsal", "2027-03-31", True, "Asked for")

    desk.give(cmd.LiftHold(reason="Closed"))
    assert desk.state.keeping == Keeping("Only a rehearsal", "2027-03-31", False, "")


def test_no_reason_is_in_the_journal_itself(desk: Desk) -> None:
    desk.give(cmd.RefuseLock(reason="canary-one"))
    desk.give(cmd.PlaceHold(reason="canary-two"))
    desk.give(cmd.LiftHold(reason="canary-three"))

    lines = [body_of(each) for each in desk.events if isinstance(each, ev.Journaled)]
    assert len(lines) == 3
    assert "canary" not in "".join(lines)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (cmd.RefuseLock(reason=" \u200b "), "type a reason"), (cmd.PlaceHold(reason=""), "type a reason"),
        (cmd.PlaceHold(reason="x" * (SHORT_TEXT_LETTERS + 1)), "1 letter too long"),
        (cmd.LiftHold(reason="Closed"), "not on legal hold"),
        (cmd.SetRetention(until="31.3.2027"), "YYYY-MM-DD"), (cmd.SetRetention(until="20270331"), "YYYY-MM-DD"),
        (cmd.SetRetention(until="2027-02-30"), "YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_what_is_no_reason_no_day_or_no_change_is_refused(desk: Desk, command: cmd.Command, why: str) -> None:
    with pytest.raises(CommandRefused, match=why):
        desk.give(command)
    assert desk.state.keeping == Keeping()


def test_what_is_said_already_is_not_said_again(desk: Desk) -> None:
    desk.give(cmd.SetRetention(until=""))
    desk.give(cmd.PlaceHold(reason="Asked for"))

    for command in (cmd.SetRetention(until=""), cmd.PlaceHold(reason="Again")):
        with pytest.raises(CommandRefused, match="already"):
            desk.give(command)
