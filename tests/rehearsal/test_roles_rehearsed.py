"""Simulated people say who they are here as, on the real page, before they answer."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import httpx2

from tests.fakes import FakeClock
from tests.sessions import an_agenda, an_info, item, options
from tests.web.phones import HOST, ORIGIN, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.exports.building import build_report
from workshop_tui.exports.recount import recount
from workshop_tui.kinds.registry import KINDS
from workshop_tui.rehearsal.ledger import Ledger, differences
from workshop_tui.rehearsal.phone import Pace, Phone
from workshop_tui.room.room import Room
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import create
from workshop_tui.web.phone.app import PhoneSettings, participants_app


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


async def test_a_whole_vote_over_a_real_file_comes_out_apart_and_counts_again(tmp_path: Path) -> None:
    agenda = an_agenda(
        item(1, "Which first", kind="single", options=options("Phones", "Letters")),
        roles=("patient", "staff", "observer"),
    )
    store = create(tmp_path / "day.workshop", an_info(agenda), b"", b"s" * 32)
    room = Room(store, store.load(), KINDS, FakeClock())
    await room.start()
    app = participants_app(room, PhoneSettings(hosts=frozenset({HOST})))
    ledger = Ledger()
    phones = []
    for number in range(45):
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=ORIGIN)
        chance = random.Random(number)
        phones.append(Phone(number, client, ledger, chance, Pace(think=(0, 0), change=0.3), [], ["An idea"]))
    await asyncio.gather(*(phone.join("/J/KDMP") for phone in phones))
    await room.submit(cmd.OpenItem(item="i01"))
    await room.submit(cmd.OpenVote(key=b"k" * 32))
    await asyncio.gather(*(phone.answer_what_is_open() for phone in phones))
    await room.submit(cmd.Reveal())
    parts, roles = room.tables.tallies["i01.1"].parts, room.tables.roles
    await room.close()

    record = read_record(store.path)
    (round_,) = build_report(record, KINDS, "session_report").rounds

    assert differences(record, ledger) == []
    assert [line.same for line in recount(record, KINDS)] == [True]
    assert record.rounds[0].groups == parts
    assert {name: sum(part.values()) for name, part in parts.items()} == {
        "public": roles["patient"], "staff": roles["staff"],
    }  # fmt: skip
    assert round_.joined == round_.answered == 45 - roles["observer"]
    assert {line.group for line in round_.ballots} == {"public", "staff"}
