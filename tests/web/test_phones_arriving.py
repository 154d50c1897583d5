"""Who is in the room: a browser that came back with its cookie. Everybody is in at the first tap, and counted once."""

from __future__ import annotations

import asyncio
import re
from http.cookiejar import DefaultCookiePolicy

import pytest

from tests.sessions import an_agenda
from tests.web.pages_seen import text_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.web.phone.arriving import ON_THE_WAY, ON_THE_WAY_S
from workshop_tui.web.phone.phones import COOKIE

PREVIEWS = (
    {"user-agent": "WhatsApp/2.23.20.0"},
    {"user-agent": "facebookexternalhit/1.1;line-poker/1.0"},
    {"user-agent": "Mozilla/5.0 (compatible; MSIE 9.0; Microsoft Teams link preview)"},
)
EARLY = (
    {"sec-purpose": "prefetch"},
    {"sec-purpose": "prefetch;prerender"},
    {"purpose": "prefetch"},
    {"x-moz": "prefetch"},
    {"purpose": "PREVIEW"},
    {"sec-purpose": "Prefetch;Prerender"},
    {"x-purpose": "preview"},
)


def without_cookies(house: House) -> Phone:
    """A browser that keeps none."""
    phone = house.stranger()
    phone.http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return phone


def joined(house: House) -> int:
    return sum(isinstance(event, ev.PersonJoined) for event in house.store.events)


# A page that is asked for changes nothing. -----------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", PREVIEWS)
async def test_what_previews_a_link_takes_no_seat(method: str, headers: dict[str, str]) -> None:
    async with a_house() as house:
        await house.ask()
        for path in ("/J/KDMP", "/j/kdmp", "/in", "/now", "/role", "/now?in"):
            await without_cookies(house).http.request(method, path, headers=headers, follow_redirects=True)

        assert joined(house) == 0


@pytest.mark.parametrize("headers", EARLY)
async def test_a_page_that_is_fetched_before_anybody_wants_it_takes_no_seat_and_nobody_is_kept_out(
    headers: dict[str, str],
) -> None:
    async with a_house() as house:
        phone = house.stranger()
        early = await phone.http.get("/J/KDMP", headers=headers, follow_redirects=True)
        on_the_way = await phone.http.get("/J/KDMP")
        await phone.http.get(on_the_way.headers["location"], headers=headers, follow_redirects=True)

        assert early.status_code == 503, "a browser throws away what it fetched early and was refused"
        assert joined(house) == 0
        assert "You have joined." in (await phone.scan()).text
        assert joined(house) == 1


async def test_a_code_alone_changes_nothing_in_the_room_until_the_browser_comes_back() -> None:
    async with a_house() as house:
        phone = house.stranger()
        before = house.room.notifier.desk_version

        await phone.http.get("/J/KDMP")
        await phone.post("/join", {"code": "kdmp"})
        await phone.http.get("/in")

        assert (joined(house), house.room.notifier.desk_version) == (0, before)
        assert "You have joined." in (await phone.see("/now")).text
        assert joined(house) == 1


async def test_whoever_does_not_come_back_in_time_types_the_code() -> None:
    async with a_house() as house:
        phone = house.stranger()
        await phone.http.get("/J/KDMP")
        house.clock.pass_s(ON_THE_WAY_S + 1)

        assert 'action="/join"' in (await phone.see("/now")).text
        assert joined(house) == 0


# In at the first tap, and one person. ----------------------------------------------------------------


async def test_a_link_from_a_chat_leads_a_phone_that_has_answered_back_to_its_own_answer() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        await phone.vote("b")

        tapped = await phone.http.get(
            "/J/KDMP", headers={"sec-fetch-site": "cross-site", "referer": "https://chat.example/"}
        )

        assert (tapped.status_code, tapped.headers["location"]) == (303, "/now")
        assert "We have your answer" in (await phone.see()).text
        assert joined(house) == 1


async def test_pages_opened_at_once_are_one_person_whichever_cookie_came_last() -> None:
    async with a_house() as house:
        tabs = [house.stranger() for _ in range(3)]
        for tab in tabs:
            await tab.http.get("/J/KDMP")
        # One browser has one jar: what came last stands in it when the pages go on.
        jar = tabs[-1].http.cookies
        for tab in tabs:
            tab.http.cookies = jar

        pages = await asyncio.gather(*(tab.scan("/in") for tab in tabs))

        assert {page.status_code for page in pages} == {200}
        assert joined(house) == 1
        assert len({re.findall(r'name="csrf" value="(\w+)"', (await tab.see("/leave")).text)[0] for tab in tabs}) == 1


async def test_a_browser_that_asks_again_on_its_way_goes_on_with_the_cookie_it_has() -> None:
    async with a_house() as house:
        phone = house.stranger()
        given = set()
        for _ in range(3):
            await phone.http.get("/J/KDMP")
            given.add(phone.http.cookies[ON_THE_WAY])

        assert len(given) == 1


async def test_a_page_asked_for_a_moment_earlier_takes_no_seat_away() -> None:
    async with a_house() as house:
        await house.ask()
        slow, phone = house.stranger(), house.stranger()
        await slow.http.get("/J/KDMP")
        await phone.join()
        await phone.vote("a")
        phone.http.cookies.set(ON_THE_WAY, slow.http.cookies[ON_THE_WAY], domain="192.168.8.2", path="/")

        await phone.scan("/in")

        assert "We have your answer" in (await phone.see()).text
        assert joined(house) == 1


async def test_a_cookie_of_the_same_name_from_another_program_does_not_hide_the_seat() -> None:
    async with a_house() as house:
        phone = await house.phone()
        mine = phone.http.cookies[COOKIE]

        for other in ("A" * 43, "x", "", '"{}"'):
            answer = await house.stranger().http.get("/now", headers={"cookie": f"ws={other}; ws={mine}; a=b"})
            assert answer.status_code == 200
        assert joined(house) == 1


async def test_a_shared_phone_is_a_new_person_each_time_it_is_handed_on_and_never_the_one_before() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        tokens = []
        for choice in "abc":
            assert (await phone.vote(choice)).status_code == 303
            tokens.append(phone.http.cookies[COOKIE])
            await phone.post("/leave")
            await phone.join()

        assert len(house.room.tables.tallies["i01.1"].ballots) == 3
        for token in tokens:
            for name in (COOKIE, ON_THE_WAY):
                answer = await house.stranger().http.get("/now", headers={"cookie": f"{name}={token}"})
                assert answer.status_code == 403
        assert joined(house) == 4


async def test_whatever_a_browser_with_a_seat_comes_back_by_its_cookie_is_never_replaced() -> None:
    async with a_house() as house:
        await house.ask()
        phone, late = await house.phone(), house.stranger()
        # A page of the same browser that was on its way before the seat was there.
        await late.http.get("/J/KDMP")
        phone.http.cookies.set(ON_THE_WAY, late.http.cookies[ON_THE_WAY], domain="192.168.8.2", path="/")
        mine = phone.http.cookies[COOKIE]
        await phone.vote("a")
        old = house.room.square

        async def come_back() -> None:
            for path in ("/J/KDMP", f"/J/{old}", f"/J/{house.room.square}", "/J/WRONG", "/in", "/now?in", "/"):
                await phone.scan(path)
                assert phone.http.cookies[COOKIE] == mine, path
            for code in ("KDMP", house.room.code, "NONSENSE"):
                answer = await phone.http.post("/join", data={"code": code})
                assert "set-cookie" not in answer.headers
                assert phone.http.cookies[COOKIE] == mine, code

        await come_back()
        await house.give(cmd.RenewCode(code="WXYZ"))
        await come_back()
        await house.give(cmd.CloseJoining())
        await come_back()

        assert joined(house) == house.room.tables.people() == house.app.state.presence.connected() == 1
        assert "We have your answer" in (await phone.see()).text


# No cookies. -----------------------------------------------------------------------------------------


async def test_a_browser_without_cookies_is_told_so_and_what_to_do_and_takes_no_seat() -> None:
    async with a_house() as house:
        await house.ask()
        phone = without_cookies(house)

        scanned = await phone.scan()
        typed = await phone.http.post("/join", data={"code": "kdmp"}, follow_redirects=True)

        for answer in (scanned, typed):
            said = text_of(answer.text)
            assert answer.status_code == 403
            assert "Your browser keeps no cookies" in said
            assert "another browser" in said
            assert "192.168.8.2:8080" in said
            assert "borrow a phone" in said
            assert "paper" in said
            assert "KDMP" not in said, "the page opens without the code"
            assert len(answer.history) <= 2
        assert joined(house) == 0


async def test_a_browser_with_cookies_that_comes_by_an_old_link_is_not_told_that_it_keeps_none() -> None:
    async with a_house() as house:
        phone = await house.phone()
        await phone.post("/leave")

        for path in ("/now?in", "/now", "/role?in"):
            said = text_of((await phone.see(path)).text)
            assert "no cookies" not in said
            assert "Please type the code" in said


# What this is. ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before", "vote", "words", "role"])
async def test_whoever_scans_the_square_first_reads_what_this_is_and_that_no_name_is_asked(moment: str) -> None:
    async with a_house(an_agenda(roles=("patient", "staff")) if moment == "role" else None) as house:
        if moment == "vote":
            await house.ask()
        if moment == "words":
            await house.give(cmd.OpenItem(item="i03"))
        phone = house.stranger()

        page = text_of((await phone.scan()).text)
        first = page.partition("Skip to the question")[2]

        told = first.index("We do not ask your name.")
        assert re.search("decided", first[:told])
        for later in ("You have joined.", "Send my answer", "Continue", "Who are you here as today?"):
            assert later not in first or told < first.index(later)
        assert "We do not ask your name." not in text_of((await phone.see("/now")).text), "it is said once"


async def test_what_this_is_can_be_read_in_the_language_that_is_chosen_there() -> None:
    async with a_house(an_agenda(languages=("en", "cy"))) as house:
        phone = house.stranger()
        page = await phone.scan()
        (other,) = re.findall(r'href="([^"]*lang=cy)"', page.text)

        read = await phone.see("/now" + other.replace("&amp;", "&"))

        assert '<html lang="cy"' in read.text
        assert "We do not ask your name." not in read.text
        assert "You have joined." not in read.text
        assert text_of(read.text).count("enw") >= 1
