"""A room as people start it, detached and with its usual bounds, in a folder of its own."""

from __future__ import annotations

import http.client
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.room import AGENDA
from workshop_tui.runtime import running
from workshop_tui.runtime.addresses import LOOPBACK
from workshop_tui.runtime.running import RunFile
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.sessions import NewSession
from workshop_tui.runtime.starting import start_room, stop_room
from workshop_tui.settings import HOME_VARIABLE
from workshop_tui.web.phone.arriving import ON_THE_WAY
from workshop_tui.web.phone.phones import COOKIE


@contextmanager
def a_home(folder: Path) -> Iterator[Path]:
    """Let everything the product keeps for itself lie in `folder`; gives an agenda there."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(folder)
    agenda = folder / "agenda.toml"
    agenda.write_text(AGENDA, encoding="utf-8")
    try:
        yield agenda
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before


@contextmanager
def a_house(folder: Path) -> Iterator[RunFile]:
    """A room that runs until the end of the block."""
    with a_home(folder) as agenda:
        run = start_room(
            ServeAsked(
                session_path=str(folder / "bench.workshop"),
                new=NewSession(agenda=str(agenda)),
                address=LOOPBACK,
                any_port=True,
            )
        )
        try:
            yield run
        finally:
            stop_room(run)


def ask(run: RunFile, command: object) -> None:
    """Do something as the facilitator."""
    running.ask(run, "POST", "/control/command", command)


def host_of(run: RunFile) -> str:
    """Address and port of the phones' listener."""
    return urlsplit(run.join_url.lower()).netloc


def join(run: RunFile, people: int) -> tuple[str, ...]:
    """Let people scan the square and come back with the cookie that it gave; their tokens."""
    line = http.client.HTTPConnection(host_of(run), timeout=10)

    def given(path: str, cookie: str, token: str = "") -> str:
        line.request("GET", path, headers={"Cookie": f"{ON_THE_WAY}={token}"} if token else {})
        answer = line.getresponse()
        answer.read()
        found = re.match(rf"{cookie}=([^;]+);", answer.headers["set-cookie"])
        assert found is not None
        return found[1]

    tokens = tuple(given("/now", COOKIE, given(urlsplit(run.join_url).path, ON_THE_WAY)) for _ in range(people))
    line.close()
    return tokens
