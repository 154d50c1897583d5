"""Simulated people on a panel: each scores under one name of their own, all day."""

from __future__ import annotations

import asyncio
import random

import httpx2
import msgspec
import pytest

from tests.sessions import an_agenda, item, options
from tests.web.phones import ORIGIN, House, a_house
from workshop_tui.domain.agenda import Agenda
from workshop_tui.kinds.panel.panel import Verdict
from workshop_tui.rehearsal.ledger import Ledger
from workshop_tui.rehearsal.phone import Pace, Phone

NAMES = ("Patient 1", "Patient 2", "Patient 3", "Nurse")


def a_panel(names: tuple[str, ...] = NAMES, roles: tuple[str, ...] = ()) -> Agenda:
    """Two votes of the same panel, and one of a smaller one."""
    bids = options("Red", "Blue")
    return an_agenda(
        item(1, "Bids", kind="panel", options=bids, evaluators=names),
        item(2, "Nights", kind="panel", options=bids, evaluators=names),
        item(3, "Two of you", kind="panel", options=bids, evaluators=names[:2]),
        roles=roles,
    )


def people(house: House, ledger: Ledger, many: int) -> list[Phone]:
    """Everybody of a crowd, each changing their vote once."""
    seats: dict[int, int] = {}
    return [
        Phone(
            number,
            httpx2.AsyncClient(transport=httpx2.ASGITransport(house.app), base_url=ORIGIN),
            ledger,
            random.Random(number),
            Pace(think=(0, 0), change=1),
            [],
            ["A reason"],
            seats,
        )
        for number in range(many)
    ]


async def asked(house: House, phones: list[Phone], ledger: Ledger, key: str) -> dict[int, set[str]]:
    """Open one vote and let everybody answer; gives the names that each person sent."""
    await house.ask(key)
    await asyncio.gather(*(phone.answer_what_is_open() for phone in phones))
    sent: dict[int, set[str]] = {}
    for vote in ledger.votes:
        if vote.round == f"{key}.1":
            sent.setdefault(vote.person, set()).update(vote.fields["name"])
    return sent


@pytest.mark.parametrize(("many", "roles"), [(4, ()), (3, ()), (9, ()), (12, ("patient", "observer"))])
async def test_each_person_has_one_name_all_day_and_nobody_has_anothers(many: int, roles: tuple[str, ...]) -> None:
    async with a_house(a_panel(roles=roles)) as house:
        ledger = Ledger()
        phones = people(house, ledger, many)
        await asyncio.gather(*(phone.join("/J/KDMP") for phone in phones))

        first = await asked(house, phones, ledger, "i01")
        second = await asked(house, phones, ledger, "i02")
        smaller = await asked(house, phones, ledger, "i03")

        # Who looks on takes no name away; who finds none free looks on too.
        names = sorted(name for each in first.values() for name in each)
        assert names == [f"e{n}" for n in range(1, min(many, len(NAMES)) + 1)]
        assert second == first
        assert smaller == {person: name for person, name in first.items() if name <= {"e1", "e2"}}
        profile = house.room.tables.profile("i01.1")
        verdicts = [msgspec.json.decode(ballot, type=Verdict) for ballot in profile]
        assert sorted(verdict.evaluator for verdict in verdicts) == names
        assert ledger.refusals == []
