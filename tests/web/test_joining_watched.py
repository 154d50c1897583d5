"""Who joins is watched: many at once raise an alarm with its remedy, and the remedy works."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes import FakeClock
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.room.codes import LONG, SHORT
from workshop_tui.room.desk import Addresses, snapshot
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.room.watch import MANY_FIRST, MANY_LATER, STAYS_MS, JoinWatch
from workshop_tui.views.facts import facts
from workshop_tui.views.moment import Moment
from workshop_tui.web.control.services import submit
from workshop_tui.web.http.credentials import FACILITATOR
from workshop_tui.web.screen.pictures import Pictures

PLACE = "192.168.8.2:8080"
ADDRESSES = Addresses(
    boot_id="b", session_path="/s.workshop", join_url=f"http://{PLACE}/J/OLD", screen_url="", host_url=""
)


def seen(house: House) -> Snapshot:
    return snapshot(house.room, ADDRESSES, peek=False, connected=0, screens=0, desk="facilitator")


async def do(house: House, command: cmd.FacilitatorCommand) -> None:
    """As a desk asks for it."""
    await submit(house.room, command, FACILITATOR)


async def crowd(house: House, number: int) -> None:
    """One device that joins again and again, throwing its cookies away."""
    for _ in range(number):
        await house.stranger().scan()


async def test_a_device_that_joins_three_hundred_times_and_votes_is_told_of_at_once_and_shut_out() -> None:
    async with a_house() as house:
        honest = [await house.phone() for _ in range(12)]
        await house.ask()
        for phone in honest:
            await phone.vote("a")
        house.clock.pass_s(120)
        assert seen(house).join_alarm == ()

        for n in range(300):
            if n == MANY_LATER:
                assert seen(house).join_alarm
            other = house.stranger()
            await other.scan()
            if n < 30:
                await other.see("/leave")
                await other.vote("b")

        told = seen(house)
        said = " ".join(map(str, told.join_alarm))
        assert "300 phones joined within a minute." in said
        assert "close joining" in said
        (fact,) = (each for each in facts(Moment(snapshot=told)) if str(each.term) == "Joining")
        assert fact.is_loud
        await do(house, cmd.CloseJoining())
        assert seen(house).join_alarm == ()
        answer = await house.stranger().scan()
        assert answer.status_code == 409
        assert "Joining is closed" in answer.text
        house.clock.pass_s(120)
        for phone in honest:
            await phone.see()
        await do(house, cmd.FreeSeats())
        assert house.room.tables.joined == 12 + 30, "those that answered stay; nobody can tell them from people"
        assert (await honest[0].vote("b")).status_code == 303


async def test_a_whole_room_that_scans_the_square_before_the_start_is_no_alarm() -> None:
    async with a_house() as house:
        await asyncio.gather(*(house.stranger().scan() for _ in range(MANY_FIRST - 1)))
        assert seen(house).join_alarm == ()
        await crowd(house, 1)
        assert seen(house).join_alarm

        await do(house, cmd.SetPresent(people=MANY_FIRST))
        assert seen(house).join_alarm == (), "as many as were counted"
        await crowd(house, 1)
        assert seen(house).join_alarm


def test_people_who_come_one_by_one_are_no_alarm_and_an_alarm_goes_by_itself() -> None:
    clock = FakeClock()
    watch = JoinWatch(clock)
    joined = ev.PersonJoined("p", b"", 0)
    for _ in range(10 * MANY_LATER):
        watch.happened([joined], started=True)
        clock.pass_s(4)
    assert watch.alarm(None, 1) == ()

    watch.happened([joined] * MANY_LATER, started=True)
    assert watch.alarm(None, 1)
    clock.pass_s(STAYS_MS // 1_000 + 1)
    assert watch.alarm(None, 1) == ()


@pytest.mark.parametrize("remedy", [cmd.CloseJoining(), cmd.RenewCode(), cmd.FreeSeats()])
async def test_each_remedy_ends_the_alarm(remedy: cmd.FacilitatorCommand) -> None:
    async with a_house() as house:
        await crowd(house, MANY_FIRST)
        house.clock.pass_s(61)
        assert seen(house).join_alarm

        await do(house, remedy)

        assert seen(house).join_alarm == ()


async def test_a_new_code_lets_nobody_in_by_the_old_one_and_leaves_everybody_inside() -> None:
    async with a_house() as house:
        await house.ask()
        phone, old_square = await house.phone(), house.room.square
        waiting = house.stranger()
        await waiting.http.get("/J/KDMP")
        pictures = Pictures(house.room, ADDRESSES.join_url)
        before = pictures.picture(house.clock.now_ms())

        await do(house, cmd.RenewCode())

        code = house.room.code
        assert code != "KDMP"
        assert len(code) == SHORT
        assert (await phone.vote("a")).status_code == 303
        for old in ("KDMP", old_square):
            assert (await house.stranger().http.get(f"/J/{old}")).status_code == 422
        assert (await waiting.see("/now")).status_code == 403, "who was on the way types the new one"
        assert (await house.stranger().scan(f"/J/{house.room.square}")).status_code == 200
        assert (await house.stranger().scan(f"/J/{code.lower()}")).status_code == 200
        told, after = seen(house), pictures.picture(house.clock.now_ms())
        assert (told.join_code, after.code, after.address) == (code, code, PLACE)
        assert told.join_address == f"http://{PLACE}/j/{code.lower()}"
        assert told.join_url == f"http://{PLACE}/J/{house.room.square}"
        assert after.square != before.square
        assert house.room.tables.joined == 3


async def test_where_codes_are_tried_out_the_new_one_is_longer() -> None:
    async with a_house(turn_s=0.01) as house:
        for n in range(30):
            await house.stranger(f"10.0.0.{n}").post("/join", {"code": "AAAA"})

        await do(house, cmd.RenewCode())

        assert len(house.room.code) == LONG


async def test_the_big_screen_and_the_desk_say_that_joining_is_closed_and_show_no_square() -> None:
    async with a_house() as house:
        pictures = Pictures(house.room, ADDRESSES.join_url)
        await do(house, cmd.CloseJoining())
        for mode in ("join", "question"):
            await do(house, cmd.SetScreen(mode=mode)) if house.room.state.screen.mode != mode else None
            shown = pictures.picture(house.clock.now_ms())
            assert (str(shown.square), shown.address, shown.code) == ("", "", "")
        await do(house, cmd.SetScreen(mode="join"))
        assert str(pictures.picture(house.clock.now_ms()).state) == "Joining is closed."

        said = [str(words) for fact in facts(Moment(snapshot=seen(house))) for words in fact.words]
        assert "CLOSED: no further phone can join." in said


async def test_seats_of_phones_that_are_there_are_not_freed() -> None:
    async with a_house() as house:
        for _ in range(3):
            await house.phone()
        house.clock.pass_s(120)
        here = await house.phone()
        await do(house, cmd.FreeSeats())

        assert house.room.tables.joined == 1
        assert (await here.see()).status_code == 200
