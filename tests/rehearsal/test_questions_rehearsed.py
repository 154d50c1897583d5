"""Simulated people ask, read what others ask, and press beside some of it, on the real pages."""

from __future__ import annotations

import asyncio
import random

import httpx2

from tests.sessions import an_agenda, item
from tests.web.phones import ORIGIN, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.rehearsal.ledger import Ledger
from workshop_tui.rehearsal.phone import Pace, Phone


async def test_everybody_asks_once_and_wants_to_know_some_of_the_others_questions() -> None:
    async with a_house(an_agenda(item(1, kind="questions"))) as house:
        ledger = Ledger()
        phones = []
        for number in range(6):
            client = httpx2.AsyncClient(transport=httpx2.ASGITransport(house.app), base_url=ORIGIN)
            said = [f"Question {number}?"]
            phones.append(Phone(number, client, ledger, random.Random(number), Pace(think=(0, 0)), [], said))
        await asyncio.gather(*(phone.join("/J/KDMP") for phone in phones))
        await house.give(cmd.OpenItem(item="i01"))
        await asyncio.gather(*(phone.answer_what_is_open() for phone in phones))
        keys = list(house.room.tables.contributions)
        for key in keys:
            await house.give(cmd.Moderate(contribution=key, handling="approved"))
        for _ in range(2):
            await asyncio.gather(*(phone.answer_what_is_open() for phone in phones))

        assert ledger.refusals == []
        assert len(ledger.words) == len(keys) == 6
        votes = [house.room.tables.votes[key] for key in keys]
        assert min(votes) >= 1
        assert 6 < sum(votes) < 36
