"""A form at the desk: no result while it is open, and no number that is not rounded, ever."""

from __future__ import annotations

import re

import msgspec

from tests.kinds.said import block
from tests.room.test_roles_at_the_desk import ADDRESSES
from tests.sessions import a_room, an_agenda, item, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Matrix
from workshop_tui.room.desk import snapshot

FIELDS = [{"label": "How old are you?", "options": ["Under 25", "25 or over"]}]


async def test_the_facilitator_sees_nothing_while_a_form_is_open_and_stars_after() -> None:
    room = a_room(agenda=an_agenda(item(1, kind="form", fields=FIELDS)))
    await room.start()
    at = room.clock.now_ms()
    await room.submit(cmd.OpenItem(at=at, item="i01"))
    await room.submit(cmd.OpenVote(at=at, key=b"k" * 32))
    for number in range(3):
        person = f"p{number}"
        await room.submit(cmd.Join(at=at, person=person, token_hash=bytes([number]) * 32))
        choice = '{"given":[["q1","a"]]}'
        await room.submit(cmd.Cast(at=at, person=person, round="i01.1", choice=choice, submission_id=sid()))

    live = snapshot(room, ADDRESSES, peek=True, connected=0, screens=0, desk="")
    assert live.result is None
    assert live.round is not None
    assert str(live.round.answers) == "fewer than 8"
    assert live.round.answered == 5

    await room.submit(cmd.CloseVote(at=at))
    after = snapshot(room, ADDRESSES, peek=True, connected=0, screens=0, desk="")
    table = block(Matrix, after.result)
    assert [row.cells for row in table.rows] == [("*",), ("*",), ("*",)]
    shown = msgspec.json.encode((after.result, after.result_words)).decode()
    assert not re.search(r"(?<!\d)3(?!\d)", shown)
    assert str(after.result_words[0]) == "Fewer than 8 people answered."
    await room.close()
