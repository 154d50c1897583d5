"""What travels slowly: an older vote behind a newer one, and a page that is opened while the disk still writes."""

from __future__ import annotations

from tests.sessions import sid
from tests.web.phones import a_house

PROFILE_B = {'{"option":"b"}': 1}


async def test_a_vote_that_was_replaced_on_the_phone_is_not_counted_when_it_comes_after_all() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        stuck = sid()
        await phone.send("/vote/i01.1", {"choice": "b", "instead": [stuck, "no number", sid()]})

        late = await phone.send("/vote/i01.1", {"choice": "a", "sid": stuck})

        assert late.status_code == 200
        assert house.room.tables.tallies["i01.1"].profile == PROFILE_B


async def test_any_number_of_replaced_votes_is_taken() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        answer = await phone.vote("b", instead=[sid() for _ in range(150)])

        assert answer.status_code == 303
        assert house.room.tables.tallies["i01.1"].profile == PROFILE_B
