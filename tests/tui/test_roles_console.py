"""Roles at the console: counts of who came, and staff and public apart behind a result, where that is allowed."""

from __future__ import annotations

import pytest

from tests.sessions import an_agenda
from tests.tui.desk_room import Sitting, console, press, screen_text, sitting
from workshop_tui.domain import commands as cmd


async def come(here: Sitting, role: str, count: int, choice: str = "") -> None:
    for number in range(count):
        person = f"{role}{number}"
        await here.join(person)
        await here.give(cmd.TellRole(person=person, role=role))
        if choice:
            await here.vote(person, choice)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
async def test_the_console_says_how_many_came_as_what(size: tuple[int, int]) -> None:
    async with sitting(an_agenda(roles=("patient", "staff", "observer"))) as here:
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b"k" * 32))
        await come(here, "patient", 2, "a")
        await come(here, "staff", 1)
        await come(here, "observer", 2)
        async with console(here, size) as (app, _):
            text = screen_text(app)

    assert "HERE  2 patients, 1 staff and 2 look on." in text
    assert "Phones 5" in text
    assert "Answers 2 of 3" in text


async def test_a_room_that_asks_nobody_says_nothing_of_roles() -> None:
    async with sitting() as here:
        await here.join("ana")
        async with console(here) as (app, _):
            assert "HERE" not in screen_text(app)


@pytest.mark.parametrize(("staff", "apart"), [(10, True), (9, False)])
async def test_staff_and_public_stand_behind_a_result_only_where_both_are_large(staff: int, apart: bool) -> None:
    async with sitting(an_agenda(roles=("patient", "staff"))) as here:
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b"k" * 32))
        await come(here, "patient", 10, "a")
        await come(here, "staff", staff, "b")
        await here.give(cmd.Reveal())
        async with console(here, (80, 40)) as (app, pilot):
            app.separate_display = True
            whole = screen_text(app)
            await press(here, (app, pilot), "y")
            behind = screen_text(app)

    assert "people answered." not in whole.replace(f"of {10 + staff} people answered.", "")
    assert ("Patients, carers and public: 10 people answered." in behind) is apart
    assert ("Staff: 10 people answered." in behind) is apart
