"""Simulated people say who they are here as, on the real page, before they answer."""

from __future__ import annotations

import asyncio
import random

import httpx2

from tests.sessions import an_agenda
from tests.web.phones import ORIGIN, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.rehearsal.ledger import Ledger
from workshop_tui.rehearsal.phone import Pace, Phone


async def test_everybody_says_who_they_are_and_who_looks_on_does_not_vote() -> None:
    agenda = an_agenda(roles=("patient", "staff", "observer"))
    async with a_house(agenda) as house:
        ledger = Ledger()
        phones = []
        for number in range(30):
            client = httpx2.AsyncClient(transport=httpx2.ASGITransport(house.app), base_url=ORIGIN)
            chance = random.Random(number)
            phones.append(Phone(number, client, ledger, chance, Pace(think=(0, 0), change=0.5), [], ["An idea"]))
        await asyncio.gather(*(phone.join("/J/KDMP") for phone in phones))
        await house.ask()
        await asyncio.gather(*(phone.answer_what_is_open() for phone in phones))
        roles = house.room.tables.roles
        await house.give(cmd.Reveal())

        assert ledger.refusals == []
        assert ledger.people == 30
        assert roles[""] == 0
        assert 0 < roles["observer"] < 10
        tally = house.room.tables.tallies["i01.1"]
        assert len({vote.person for vote in ledger.votes}) == 30 - roles["observer"]
        assert {name: sum(part.values()) for name, part in tally.parts.items()} == {
            "public": roles["patient"], "staff": roles["staff"],
        }  # fmt: skip
        assert house.room.state.rounds[0].joined == 30 - roles["observer"]
