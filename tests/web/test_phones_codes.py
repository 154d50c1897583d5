"""Codes that are typed, by hand or by a program that goes on trying: found by nobody, and nobody is shut out."""

from __future__ import annotations

import asyncio
from collections import Counter
from time import monotonic

import httpx2
import pytest

from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.room.codes import CODE_LETTERS, LONG, SHORT, new_code
from workshop_tui.room.watch import MANY_WRONG

TURN_S = 0.2
HERE = "192.168.8.77"
ELSEWHERE = "192.168.8.9"


async def tries(house: House, code: str, address: str = HERE) -> httpx2.Response:
    """Somebody types a code."""
    return await house.stranger(address).post("/join", {"code": code})


async def took(house: House, code: str, address: str = HERE) -> tuple[int, bool]:
    """The status, and whether it had to wait its turn."""
    begun = monotonic()
    answer = await tries(house, code, address)
    return answer.status_code, monotonic() - begun >= TURN_S


@pytest.mark.parametrize("right", ["KDMP", " k-d m.p "])
async def test_once_many_are_wrong_every_code_from_there_waits_its_turn_and_a_right_one_still_fits(right: str) -> None:
    async with a_house(turn_s=TURN_S) as house:
        assert {await took(house, "AAAA") for _ in range(10)} == {(422, False)}

        assert await took(house, "AAAA") == (422, True)
        assert await took(house, right) == (303, True)
        assert (await house.stranger().http.get("/J/AAAA")).status_code == 422
        assert await took(house, right, ELSEWHERE) == (303, False)


async def test_it_is_over_when_it_has_been_quiet_for_a_while() -> None:
    async with a_house(turn_s=TURN_S) as house:
        for _ in range(12):
            await tries(house, "AAAA")
        house.clock.pass_s(60)

        assert await took(house, "kdmp") == (303, False)


async def test_many_at_once_do_not_get_more_turns_and_the_rest_is_told_to_come_again() -> None:
    async with a_house(turn_s=TURN_S) as house:
        for _ in range(10):
            await tries(house, "AAAA")

        at_once = await asyncio.gather(*(tries(house, "AAAA") for _ in range(30)))

        statuses = Counter(answer.status_code for answer in at_once)
        assert statuses == {422: 4, 429: 26}
        (refused, *_) = (answer for answer in at_once if answer.status_code == 429)
        assert int(refused.headers["retry-after"]) >= 1
        assert "Please scan the square." in refused.text


async def test_codes_from_very_many_addresses_wait_too() -> None:
    async with a_house(turn_s=TURN_S) as house:
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
            begun = monotonic()
            assert "You have joined." in (await house.stranger().scan(f"/J/{square}")).text
            assert monotonic() - begun < 10
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


async def test_a_code_that_is_tried_out_raises_an_alarm_and_the_next_one_is_longer_and_looser() -> None:
    async with a_house(turn_s=TURN_S) as house:
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
