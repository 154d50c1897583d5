"""What waits to be read is shared: nobody who sends little is stopped by somebody who sends much."""

from __future__ import annotations

import pytest

from tests.sessions import Desk
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import RoomBusy
from workshop_tui.limits import CONTRIBUTIONS_EACH, WAITING_EACH, WAITING_SHARE

IDEA = '{"text":"Benches by the door"}'


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A room that collects ideas, and reads 60 of them at a time."""
    monkeypatch.setattr("workshop_tui.domain.deciding.phones.WAITING_CONTRIBUTIONS", 60)
    desk = Desk()
    desk.join("ana", "ben")
    desk.open("i04")
    return desk


def idea(desk: Desk, person: str, times: int = 1, item: str = "i04") -> None:
    for _ in range(times):
        desk.tell(person, IDEA, item_=item)


def flood(desk: Desk, phones: int) -> None:
    """One device joins again and again, and each time sends as much as it can."""
    for number in range(phones):
        desk.join(f"loud {number}")
        try:
            idea(desk, f"loud {number}", CONTRIBUTIONS_EACH)
        except RoomBusy:
            continue


@pytest.mark.parametrize("phones", [3, 4, 9, 50])
def test_however_many_phones_a_flood_comes_from_others_can_send(desk: Desk, phones: int) -> None:
    flood(desk, phones)

    for person in ("ana", "ben"):
        idea(desk, person, WAITING_SHARE)

    assert desk.tables.unread() >= 60
    with pytest.raises(RoomBusy):
        idea(desk, "loud 0", CONTRIBUTIONS_EACH)


def test_who_sent_less_than_the_others_did_is_not_stopped(desk: Desk) -> None:
    idea(desk, "ana", 10)
    flood(desk, 3)

    idea(desk, "ana")


def test_what_phones_can_add_by_joining_again_is_bounded(desk: Desk) -> None:
    flood(desk, 200)

    assert desk.tables.unread() <= 4 * 60 + 200 * WAITING_SHARE


def test_reading_or_holding_what_one_phone_sent_gives_it_room_again(desk: Desk) -> None:
    flood(desk, 3)
    loud = list(desk.tables.contributions.values())[:CONTRIBUTIONS_EACH]
    with pytest.raises(RoomBusy):
        idea(desk, "loud 2")

    desk.give(cmd.HoldPhone(contribution=loud[0].key))

    assert desk.tables.unread() == 60 - CONTRIBUTIONS_EACH
    for person in ("ana", "ben"):
        idea(desk, person, 5)


def test_one_phone_never_has_more_than_its_bound_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.domain.deciding.phones.WAITING_CONTRIBUTIONS", 2_000)
    idea(desk, "ana", CONTRIBUTIONS_EACH)
    desk.open("i03")
    for number in range(CONTRIBUTIONS_EACH):
        desk.tell("ana", f'{{"free":"{number}"}}')
    desk.open("i06")

    with pytest.raises(RoomBusy):
        desk.tell("ana", '{"text":"a chair"}', item_="i06")

    assert desk.tables.unread() == WAITING_EACH
    desk.tell("ben", '{"text":"a chair"}', item_="i06")
