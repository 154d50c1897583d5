"""An action of a console that meets a bug of ours: told as such, and never waited for again."""

from __future__ import annotations

import asyncio

import httpx2
import pytest
from starlette.applications import Starlette

from tests.fakes import MemoryStore
from tests.sessions import a_room, an_info
from tests.web.asking import AskedBy
from tests.web.host_desk import ADDRESSES
from workshop_tui.protocol.answers import ExportAsked, Exported
from workshop_tui.room.room import Room
from workshop_tui.web.control import routes as control
from workshop_tui.web.control.routes import control_routes
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.http.credentials import Credential


async def _no_export(asked: ExportAsked) -> Exported:
    raise NotImplementedError


async def test_an_action_that_met_a_bug_can_be_tried_again_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = control.submit, 0

    async def submit(room: Room, command: object, by: Credential) -> str:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise ZeroDivisionError
        return await real(room, command, by)  # type: ignore[arg-type]

    monkeypatch.setattr(control, "submit", submit)
    room = a_room(MemoryStore(an_info()))
    await room.start()
    desk = DeskServices(
        room=room,
        addresses=ADDRESSES,
        pid=1,
        connected=lambda: 0,
        screens=lambda: 0,
        export=_no_export,
        stop=lambda: None,
    )
    app = AskedBy(Starlette(routes=control_routes(desk)))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://room") as console:
        ask = {"content": b'{"type":"set_present","people":3}', "headers": {"action-id": "one"}}
        first = await console.post("/control/command", **ask)
        second = await asyncio.wait_for(console.post("/control/command", **ask), 5)
    await room.close()

    assert first.status_code == 500
    assert second.status_code == 200
    assert room.state.present == 3
