"""A story told on paper is kept as its owner ticked it, can be taken back by its code, and is of no phone."""

from __future__ import annotations

import pytest

from tests.sessions import Desk
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Done, Kept
from workshop_tui.errors import CommandRefused

CODE = "ACDEFHJKMNPR"
SALT = b"sixteen bytes of"


def entered(desk: Desk, words: str = "Rang nine times", level: str = "C2", key: str = "k1", item: str = "i03") -> Done:
    made = desk.give(cmd.EnterStory(item=item, words=words, level=level, key=key, code=CODE, salt=SALT))
    assert isinstance(made, Done)
    return made


def test_it_waits_unread_at_the_level_that_was_ticked_and_its_code_is_told_once() -> None:
    desk = Desk()
    desk.open("i01")

    said = entered(desk)

    row = desk.tables.contribution("k1")
    assert row is not None
    assert (row.consent, row.moderation, row.item) == ("C2", "new", "i03")
    assert "Rang nine times" in row.body
    assert "ACDE FHJK MNPR" in str(said.more)
    assert CODE not in repr(desk.events)


def test_it_is_taken_back_by_its_code() -> None:
    desk = Desk()
    entered(desk)

    desk.give(cmd.TakeBackByCode(code="acde-fhjk-mnpr", salt=SALT))

    row = desk.tables.contribution("k1")
    assert row is not None
    assert (row.gone, row.body) == ("withdrawn", "")


def test_no_two_sheets_and_no_phone_share_a_sender() -> None:
    desk = Desk()
    desk.join("ana")
    desk.open("i03")
    sent = desk.tell("ana", '{"parts":[["story","Mine"]],"level":"C2"}')
    assert isinstance(sent, Kept)
    for key in ("k1", "k2"):
        desk.give(cmd.EnterStory(item="i03", words="Rang", level="C2", key=key, code=CODE, salt=SALT))

    rows = [desk.tables.contribution(key) for key in ("k1", "k2", sent.key)]
    assert len({row.author for row in rows if row is not None}) == 3


def test_what_it_says_goes_before_what_was_ticked() -> None:
    desk = Desk()
    entered(desk, "Not on the screen please. Rang nine times", "C4")

    row = desk.tables.contribution("k1")
    assert row is not None
    assert (row.consent, row.moderation) == ("C1", "on_hold")


def test_the_same_sheet_twice_counts_once() -> None:
    desk = Desk()
    entered(desk)

    with pytest.raises(CommandRefused, match="entered already"):
        entered(desk)


@pytest.mark.parametrize(
    ("words", "level", "item"),
    [("", "C2", "i03"), ("Rang", "", "i03"), ("Rang", "C9", "i03"), ("Rang", "C2", "i04"), ("x" * 10_001, "C2", "i03")],
    ids=["no words", "no level", "no such level", "not for stories", "too long"],
)
def test_what_a_phone_could_not_send_cannot_be_entered(words: str, level: str, item: str) -> None:
    desk = Desk()

    with pytest.raises(CommandRefused):
        entered(desk, words, level, item=item)
    assert desk.tables.contribution("k1") is None
