"""Whatever a phone says of itself, what it sends comes from a phone, and from the one that holds the cookie."""

from __future__ import annotations

import pytest

from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.policy import POLICY, Rule

TRICKS = {
    "who": "facilitator", "desk": "facilitator", "at": "1", "salt": "AAAA", "person": "f" * 32,
    "type": "end_workshop", "confirm": "END", "command": "reveal", "sure": "yes",
}  # fmt: skip


def heard(house: House) -> list[cmd.Command]:
    """Every command that reaches the room from now on."""
    given: list[cmd.Command] = []
    real = house.room.submit

    async def submit(command: cmd.Command) -> object:
        given.append(command)
        return await real(command)

    house.room.submit = submit  # type: ignore[method-assign,assignment]
    return given


async def test_a_form_cannot_say_who_sends_it_or_when() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        given = heard(house)
        assert (await phone.vote("a", **TRICKS)).status_code == 303
        await house.give(cmd.OpenItem(item="i04", vote="close"))
        await phone.see()
        assert (await phone.post("/say/i04", {"idea": "Ring back the same day.", **TRICKS})).status_code == 303

    sent = [command for command in given if isinstance(command, cmd.Cast | cmd.Contribute)]
    assert [type(command) for command in sent] == [cmd.Cast, cmd.Contribute]
    for command in sent:
        assert (command.who, command.desk) == ("phone", "")
        assert command.person != TRICKS["person"]
        assert command.at == house.room.clock.now_ms()
    (noted,) = [event for event in house.store.events if isinstance(event, ev.ContributionNoted)]
    assert noted.who == "phone"
    assert house.room.state.ended_at is None


@pytest.mark.parametrize("path", ["/control/command", "/host/do", "/command", "/undo"])
async def test_no_route_of_a_phone_takes_a_desks_command(path: str) -> None:
    async with a_house() as house:
        phone = await house.phone()
        before = len(house.store.batches)

        assert (await phone.post(path, dict(TRICKS))).status_code in (404, 405)
        assert len(house.store.batches) == before


async def test_a_phone_that_may_never_do_something_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32))
        phone = await house.phone()
        monkeypatch.setitem(POLICY, cmd.Cast, Rule(frozenset({"helper"}), frozenset({"running"})))

        refused = await phone.vote("a")

    assert refused.status_code == 403
    assert "Please ask the facilitator." in refused.text
