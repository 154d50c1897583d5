"""Codes that are typed, by hand or by a program that goes on trying: found by nobody, and nobody is shut out."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import httpx2
import pytest

from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.room.codes import CODE_LETTERS, LONG, SHORT, new_code
from workshop_tui.room.watch import MANY_WRONG

HERE = "192.168.8.77"
ELSEWHERE = "192.168.8.9"


async def tries(house: House, code: str, address: str = HERE) -> httpx2.Response:
    """Somebody types a code."""
    return await house.stranger(address).post("/join", {"code": code})


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long codes waited their turn, each in one moment of the tests."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0.01)

    monkeypatch.setattr("workshop_tui.web.phone.turns.sleep", sleep)
    return waited


Took = Callable[..., Awaitable[tuple[int, bool]]]


@pytest.fixture
def took(waits: list[float]) -> Took:
    """Types a code; gives the status, and whether it had to wait its turn."""

    async def typed(house: House, code: str, address: str = HERE) -> tuple[int, bool]:
        before = len(waits)
        answer = await tries(house, code, address)
        return answer.status_code, len(waits) > before

    return typed


@pytest.mark.parametrize("right", ["KDMP", " k-d m.p "])
async def test_once_many_are_wrong_every_code_from_there_waits_its_turn_and_a_right_one_still_fits(
    took: Took, right: str
) -> None:
    async with a_house() as house:
        assert {await took(house, "AAAA") for _ in range(10)} == {(422, False)}

        assert await took(house, "AAAA") == (422, True)
        assert await took(house, right) == (303, True)
        assert (await house.stranger().http.get("/J/AAAA")).status_code == 422
        assert await took(house, right, ELSEWHERE) == (303, False)


async def test_it_is_over_when_it_has_been_quiet_for_a_while(took: Took) -> None:
    async with a_house() as house:
        for _ in range(12):
            await tries(house, "AAAA")
        house.clock.pass_s(60)

        assert await took(house, "kdmp") == (303, False)


async def test_many_at_once_do_not_get_more_turns_and_the_rest_is_told_to_come_again(waits: list[float]) -> None:
    async with a_house() as house:
        for _ in range(10):
            await tries(house, "AAAA")

        at_once = await asyncio.gather(*(tries(house, "AAAA") for _ in range(30)))

        statuses = Counter(answer.status_code for answer in at_once)
        assert statuses == {422: 4, 429: 26}
        assert waits == [8.0] * 4
        (refused, *_) = (answer for answer in at_once if answer.status_code == 429)
        assert int(refused.headers["retry-after"]) >= 1
        assert "Please scan the square." in refused.text


async def test_codes_from_very_many_addresses_wait_too(took: Took) -> None:
    async with a_house() as house:
        for n in range(40):
            assert await took(house, "AAAA", f"10.0.{n}.1") == (422, False)

        assert await took(house, "AAAA", "10.1.1.1") == (422, True)
        assert await took(house, "KDMP", "10.1.1.2") == (303, True)


async def test_the_square_leads_in_at_once_whoever_tries_codes_out() -> None:
    async with a_house(turn_s=60) as house:
        for _ in range(10):
            await tries(house, "AAAA")
        waiting = [asyncio.create_task(tries(house, "AAAA")) for _ in range(8)]
        await asyncio.sleep(0)

        for square in (house.room.square, house.room.square.lower()):
            coming = house.stranger().scan(f"/J/{square}")
            assert "You have joined." in (await asyncio.wait_for(coming, 30)).text
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert house.room.tables.joined == 2


async def test_the_square_says_no_code_and_is_another_for_another_code_and_the_same_after_a_start() -> None:
    async with a_house() as house, a_house() as again:
        first = house.room.square

        assert house.room.code not in first
        assert again.room.square == first
        await house.give(cmd.RenewCode(code="WXYC"))
        assert house.room.square != first
        await house.give(cmd.Undo())
        assert house.room.square == first


async def test_a_code_that_is_tried_out_raises_an_alarm_and_the_next_one_is_longer_and_looser(took: Took) -> None:
    async with a_house() as house:
        desk = house.room.notifier.desk_version
        for n in range(MANY_WRONG):
            assert house.room.watch.alarm(None, 0) == ()
            await tries(house, "AAAA", f"10.0.{n}.1")

        said = " ".join(map(str, house.room.watch.alarm(None, 0)))
        assert f"{MANY_WRONG} wrong codes" in said
        assert "Renew the join code" in said
        assert house.room.notifier.desk_version == desk + 1
        assert house.room.watch.is_guessed
        longer = new_code(LONG)
        await house.give(cmd.RenewCode(code=longer))
        assert house.room.watch.alarm(None, 0) == ()
        for _ in range(100):
            assert await took(house, "AAAA") == (422, False)
        assert await took(house, longer.lower()) == (303, False)
        assert await took(house, "KDMP") == (422, False)


@pytest.mark.parametrize("letters", [SHORT, LONG])
def test_a_code_is_of_letters_that_are_hard_to_misread(letters: int) -> None:
    codes = {new_code(letters) for _ in range(200)}

    assert {len(code) for code in codes} == {letters}
    assert set("".join(codes)) <= set(CODE_LETTERS)
    assert len(codes) > 190
