"""Starting a room as a process of its own, and stopping it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from workshop_tui.errors import EnvironmentProblem, InputError, RoomUnreachable
from workshop_tui.messages import Verbatim, tr
from workshop_tui.protocol import paths
from workshop_tui.runtime import running
from workshop_tui.runtime.processes import start_detached
from workshop_tui.runtime.serving import ServeAsked, Started
from workshop_tui.settings import hand_on_folders, runtime_folder

START_S = 30.0
"""How long a room may take to say that it serves: a large file is checked whole first."""

STOP_S = 15.0

POLL_S = 0.02

_STARTED: list[subprocess.Popen[bytes]] = []
"""Rooms that this process started. Each is looked after, so that one that ended is not kept as a dead entry."""


def start_room(asked: ServeAsked) -> running.RunFile:
    """Start a room, detached: closing the terminal or the console does not end it.

    Raises:
        InputError: the agenda or the session file cannot be used.
        EnvironmentProblem: the port is taken, the address is gone, the folder cannot be used.
    """
    for room in _STARTED:
        room.poll()
    hand_on_folders()
    answer = runtime_folder() / f"start-{secrets.token_hex(8)}.answer"
    command = [sys.executable, "-m", "workshop_tui", "room", msgspec.json.encode(asked).decode(), str(answer)]
    crash = runtime_folder() / "room-crash.log"
    with os.fdopen(os.open(crash, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), "ab") as stray:
        child = start_detached(command, stray)
    try:
        return _wait(child, answer, crash)
    finally:
        answer.unlink(missing_ok=True)


def _wait(child: subprocess.Popen[bytes], answer: Path, crash: Path) -> running.RunFile:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if answer.exists():
            said = msgspec.json.decode(answer.read_bytes(), type=Started)
            if said.run is not None:
                _STARTED.append(child)
                return said.run
            child.wait(STOP_S)
            raise _error(said)
        if child.poll() is not None and not answer.exists():
            raise EnvironmentProblem(
                tr("The room ended before it could serve. Nothing was lost."),
                advice=tr("The reason is in {crash}.", crash=Verbatim(str(crash))),
            )
        time.sleep(POLL_S)
    child.terminate()
    raise EnvironmentProblem(
        tr("The room did not start in time. Nothing was lost."),
        advice=tr("Look into {crash}.", crash=Verbatim(str(crash))),
    )


def _error(said: Started) -> InputError | EnvironmentProblem:
    kind = InputError if said.exit_code in (2, 3) else EnvironmentProblem
    problem = kind(said.error, advice=said.advice, lines=said.lines)
    problem.exit_code = said.exit_code
    return problem


def stop_room(run: running.RunFile) -> None:
    """Stop a room in order and wait until it has gone.

    Raises:
        RoomUnreachable: it does not answer, or does not go.
    """
    running.ask(run, "POST", paths.STOP)
    deadline = time.monotonic() + STOP_S
    while time.monotonic() < deadline:
        if not running.is_left(run):
            return
        time.sleep(POLL_S)
    raise RoomUnreachable(
        tr("The room was asked to stop and is still there."),
        advice=tr("It is process {pid}; its log is beside its run file.", pid=run.pid),
    )
