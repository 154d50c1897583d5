"""From the square to a vote that is on disk."""

from __future__ import annotations

import pytest

from tests.web.phones import a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev


@pytest.mark.parametrize("path", ["/J/KDMP", "/j/kdmp", "/J/kDmP", "/J/KDMP/", "/j/kdmp."])
async def test_a_scanned_square_leads_to_the_one_page_and_whoever_comes_back_there_is_in(path: str) -> None:
    async with a_house() as house:
        phone = house.stranger()
        answer = await phone.scan(path)

        assert (answer.status_code, answer.url.path) == (200, "/now")
        assert "You have joined." in answer.text
        assert (await phone.see()).status_code == 200
        assert house.room.tables.people() == 1


@pytest.mark.parametrize(
    "code", ["KDMP", " kd mp ", "k-d-m-p", "KDMP\n", "\uff4b\uff44\uff4d\uff50", "\u201cKDMP\u201d"]
)
async def test_a_typed_code_joins_in_any_case_and_with_any_spaces(code: str) -> None:
    async with a_house() as house:
        phone = house.stranger()
        answer = await phone.post("/join", {"code": code})

        assert answer.status_code == 303
        assert (await phone.scan(answer.headers["location"])).status_code == 200
        assert house.room.tables.people() == 1


async def test_a_vote_is_answered_once_it_is_on_disk_and_thanked_for() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        assert "Send my answer" in (await phone.see()).text

        answer = await phone.vote("b")

        assert (answer.status_code, answer.headers["location"]) == (303, "/now")
        assert [e.new for e in house.store.events if isinstance(e, ev.BallotCast)] == ['{"option":"b"}']
        assert "We have your answer" in (await phone.see()).text


async def test_a_vote_can_be_changed_until_it_closes_and_not_after() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        await phone.vote("b")
        assert "Send my answer" in (await phone.see("/now?change=1")).text
        await phone.vote("c")
        await house.give(cmd.CloseVote())

        late = await phone.vote("a")

        assert late.status_code == 409
        assert house.room.tables.tallies["i01.1"].profile == {'{"option":"c"}': 1}
        assert "closed" in (await phone.see()).text


async def test_the_waiting_page_says_that_nothing_has_started() -> None:
    async with a_house() as house:
        assert "We have not started yet" in (await (await house.phone()).see()).text
