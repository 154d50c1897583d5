"""Roles on the host page: counts of who came, and staff and public apart behind a result."""

from __future__ import annotations

from tests.sessions import an_agenda
from tests.web.host_desk import HostDesk, host_desk
from workshop_tui.domain import commands as cmd


def come(desk: HostDesk, role: str, count: int, choice: str = "") -> None:
    for number in range(count):
        person = f"{role}{number}"
        desk.join(person)
        desk.give(cmd.TellRole(person=person, role=role))
        if choice:
            desk.vote(person, choice)


def test_the_page_says_how_many_came_as_what_and_shows_both_groups_behind_the_result() -> None:
    with host_desk(an_agenda(roles=("carer", "staff", "observer"))) as desk:
        desk.press("start")
        desk.press("open-vote")
        come(desk, "carer", 11, "a")
        come(desk, "staff", 10, "b")
        come(desk, "observer", 1)

        assert "Here as 11 carers, 10 staff and 1 looks on." in " ".join(desk.look().part("status").split())
        assert "Answers 21 of 21" in " ".join(desk.page.part("status").split())
        assert "Staff: 10" not in desk.page.text
        desk.press("reveal")
        desk.press("asked", ("asked", "reveal"))

        behind = " ".join(desk.page.part("behind").split())
        assert "Patients, carers and public: 11 people answered." in behind
        assert "Staff: 10 people answered." in behind


def test_a_page_of_a_room_that_asks_nobody_says_nothing_of_roles() -> None:
    with host_desk() as desk:
        desk.join("ana")

        assert "Here as" not in desk.look().text
