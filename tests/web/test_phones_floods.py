"""Who asks without end is slowed, in words; what a room lets in it also takes, all at one moment."""

from __future__ import annotations

import asyncio

import pytest

from tests.sessions import sid
from tests.web.phones import Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import RoomBusy
from workshop_tui.limits import CONNECTIONS, INBOX, PEOPLE, STREAMS
from workshop_tui.room.inbox import Inbox
from workshop_tui.runtime.processes import FILES_WANTED
from workshop_tui.web.http.guard import files_to_open
from workshop_tui.web.http.quotas import PhoneSettings
from workshop_tui.web.phone.app import HASTE_S
from workshop_tui.web.phone.phones import HASTY, token_hash

BURST = 20
SOME = {"looks_burst": BURST, "strangers_burst": 50, "slowed_s": 0.0}


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long answers were held back, without the wait."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr("workshop_tui.web.phone.layout.sleep", sleep)
    return found


async def looks(phone: Phone, path: str, times: int) -> list[int]:
    return [(await phone.http.get(path)).status_code for _ in range(times)]


@pytest.mark.parametrize(
    "path", ["/now", "/stories", "/stories?from=5", "/help", "/state", "/strip?page=x", "/nothing"]
)
async def test_a_phone_that_asks_without_end_is_told_to_wait_and_others_are_not(path: str) -> None:
    async with a_house(**SOME) as house:
        await house.ask()
        loud, calm = await house.phone(), await house.phone()
        first = (await calm.http.get(path)).status_code

        answers = await looks(loud, path, 3 * BURST)

        assert set(answers[: BURST // 2]) == {first}
        assert set(answers[BURST:]) == {429}
        refused = await loud.http.get(path)
        assert "wait a little" in refused.text
        assert int(refused.headers["retry-after"]) >= 1
        assert (await calm.http.get(path)).status_code == first
        house.clock.pass_s(10)
        assert await looks(loud, path, 2) == [first, first]


async def test_who_looks_too_often_can_still_vote_and_a_script_is_told_in_its_own_form() -> None:
    async with a_house(**SOME) as house:
        await house.ask()
        phone = await house.phone()
        await looks(phone, "/now", 2 * BURST)

        told = await phone.http.get("/now", headers={"accept": "application/json"})

        assert told.status_code == 429
        assert "wait a little" in told.json()["error"]
        assert (await phone.vote("a")).status_code == 303


async def test_forms_that_are_only_drawn_again_are_held_back_with_all_that_was_typed(waited: list[float]) -> None:
    async with a_house(**{**SOME, "slowed_s": 2.0}) as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()
        long = "word " * 200

        answers = [await phone.post("/say/i04", {"idea": f"{n} {long}"}) for n in range(2 * BURST)]

        assert {answer.status_code for answer in answers} == {422}
        assert f"{2 * BURST - 1} word" in answers[-1].text
        assert waited
        assert set(waited) == {2.0}
        assert (await phone.post("/say/i04", {"idea": "A bench"})).status_code == 303


async def test_who_has_not_joined_is_slowed_by_address_and_keeps_nobody_out() -> None:
    async with a_house(**SOME) as house:
        joined, stranger = await house.phone(), house.stranger("192.168.8.66")

        answers = await looks(stranger, "/", 80)

        assert answers[0] == 200
        assert set(answers[50:]) == {429}
        assert (await house.stranger("192.168.8.67").http.get("/")).status_code == 200
        assert (await joined.http.get("/now")).status_code == 200


async def test_an_answer_that_is_held_back_takes_as_long_as_the_setting_says(waited: list[float]) -> None:
    async with a_house(**{**SOME, "slowed_s": 2.0}) as house:
        phone = await house.phone()
        assert not waited

        await looks(phone, "/now", 2 * BURST)

    assert set(waited) == {2.0}


# Cookies of other programs. --------------------------------------------------------------------------

ODD = [
    '{"theme":"dark"}',
    'prefs={"theme":"dark","n":[1,2]}',
    'half="open',
    "a b=c d",
    "=;=;;",
    "ws2=" + "A" * 43,
    "xws=" + "B" * 43,
    "name=caf\u00e9",
    "ws",
    "long=" + "x" * 2_000,
]


@pytest.mark.parametrize("before", ODD)
@pytest.mark.parametrize("after", ["", 'late={"x":1}', '"', "ws=short"])
async def test_odd_cookies_beside_a_good_one_change_nothing(before: str, after: str) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        own = f"ws={phone.http.cookies['ws']}"
        sent = "; ".join(each for each in (before, own, after) if each).encode("latin-1")
        phone.http.cookies.clear()

        page = await phone.http.get("/now", headers={b"cookie": sent})

        assert page.status_code == 200
        assert 'action="/vote/i01.1"' in page.text


async def test_all_odd_cookies_at_once_beside_a_good_one_change_nothing() -> None:
    async with a_house() as house:
        phone = await house.phone()
        sent = "; ".join((*ODD[:5], f"ws={phone.http.cookies['ws']}", *ODD[5:])).encode("latin-1")
        phone.http.cookies.clear()

        assert (await phone.http.get("/now", headers={b"cookie": sent})).status_code == 200


# What a room lets in it can take. --------------------------------------------------------------------


def test_every_bound_of_what_comes_at_one_moment_follows_from_how_many_may_join() -> None:
    settings = PhoneSettings(hosts=frozenset())

    assert INBOX >= PEOPLE
    assert settings.streams == STREAMS >= PEOPLE
    assert CONNECTIONS >= STREAMS + PEOPLE
    assert FILES_WANTED > CONNECTIONS
    assert files_to_open() <= CONNECTIONS


async def test_all_who_may_join_can_vote_at_one_moment() -> None:
    async with a_house() as house:
        people = [f"{n:032x}" for n in range(PEOPLE)]
        at = house.clock.now_ms()
        joins = (cmd.Join(at=at, person=each, token_hash=token_hash(each)) for each in people)
        await asyncio.gather(*map(house.room.submit, joins))
        await house.ask()

        votes = [
            cmd.Cast(at=at, person=each, round="i01.1", choice='{"option":"a"}', submission_id=sid()) for each in people
        ]
        await asyncio.gather(*map(house.room.submit, votes))

        assert house.room.tables.tallies["i01.1"].answered == PEOPLE


async def test_a_desk_gets_in_where_phones_have_filled_the_inbox() -> None:
    inbox = Inbox()
    for number in range(INBOX):
        inbox.put(cmd.Join(person=f"{number:032x}", token_hash=b""))

    with pytest.raises(RoomBusy):
        inbox.put(cmd.Join(person="late", token_hash=b""))
    inbox.put(cmd.CloseVote())

    assert len(await inbox.take()) > 0


async def test_a_phone_that_asks_for_page_after_page_waits_a_moment_for_each_and_nobody_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paused: list[float] = []

    async def sleep(seconds: float) -> None:
        paused.append(seconds)

    monkeypatch.setattr("workshop_tui.web.phone.app.sleep", sleep)
    async with a_house() as house:
        hasty, calm = await house.phone(), await house.phone()
        house.clock.pass_s(60)

        assert await looks(hasty, "/privacy", HASTY) == [200] * HASTY
        assert paused == []
        assert await looks(hasty, "/privacy", 3) == [200] * 3
        assert paused == [HASTE_S] * 3

        await calm.see("/privacy")
        house.clock.pass_s(60)
        await hasty.see("/privacy")
        assert paused == [HASTE_S] * 3
