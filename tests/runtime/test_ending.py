"""How a room ends, and what does not end it."""

from __future__ import annotations

import asyncio
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tests.platforms import NO_TERMINALS, needs_linux
from tests.runtime.file_reader import read_file
from tests.runtime.laptop import REHEARSED, Laptop, free_port, give, is_alive, look, open_process, wait_until_gone
from tests.runtime.wire import phone_wire, phones
from workshop_tui.domain import commands as cmd
from workshop_tui.runtime import running
from workshop_tui.runtime.running import RunFile
from workshop_tui.runtime.serving import Started

pty = pytest.importorskip("pty", reason=NO_TERMINALS)

STREAMS = 50
DRAINED_S = 5.0
"""A room that is told to end has ended within five seconds."""


@contextmanager
def a_room_of_our_own(laptop: Laptop) -> Iterator[tuple[subprocess.Popen[bytes], RunFile]]:
    """A room as a child of the test, so that its exit code can be read."""
    laptop.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    answer = laptop.runtime / "ours.answer"
    what = msgspec.json.encode(laptop.asked()).decode()
    command = [sys.executable, "-m", "workshop_tui", "room", what, str(answer)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True) as room:
        try:
            until = time.monotonic() + 30
            while not answer.exists() and room.poll() is None and time.monotonic() < until:
                time.sleep(0.01)
            said = msgspec.json.decode(answer.read_bytes(), type=Started)
            assert said.run is not None, said
            yield room, said.run
        finally:
            if room.poll() is None:
                room.kill()


@pytest.mark.parametrize("each", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_a_room_in_order_with_fifty_streams_open(laptop: Laptop, each: signal.Signals) -> None:
    with a_room_of_our_own(laptop) as (room, run):
        give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
        async with phones(run, STREAMS) as crowd:
            assert (await crowd[0].vote("a", "1" * 32)).status == 200
            listeners = [phone_wire(run) for _ in crowd]
            streams = [
                await wire.listen("/events", {"cookie": phone.cookie})
                for wire, phone in zip(listeners, crowd, strict=True)
            ]
            for stream in streams:
                assert b"data:" in await stream.readuntil(b"\n\n")

            room.send_signal(each)
            with open_process(room.pid) as process:
                assert await asyncio.to_thread(process.ends, DRAINED_S)

            for stream in streams:
                assert (await stream.read()).endswith(b"0\r\n\r\n"), "a stream was cut off instead of ended"
            await asyncio.gather(*(wire.close() for wire in listeners))
        assert room.wait() == 0
    assert laptop.rooms() == []
    kept = read_file(Path(run.session_path), laptop.folder / "scratch")
    assert kept.in_order
    assert kept.counts("i01.1") == {"a": 1}


def test_a_second_signal_ends_the_room_at_once_and_loses_nothing(laptop: Laptop) -> None:
    with a_room_of_our_own(laptop) as (room, run):
        give(run, cmd.OpenItem(item="i01"))
        room.send_signal(signal.SIGTERM)
        room.send_signal(signal.SIGTERM)
        assert room.wait(DRAINED_S) in (0, 1)

    assert look(laptop.resume(run.session_path)).started


def test_a_room_does_not_hear_that_a_terminal_hung_up(laptop: Laptop) -> None:
    run = laptop.begin()

    os.kill(run.pid, signal.SIGHUP)

    give(run, cmd.OpenItem(item="i01"))
    assert look(run).started


@needs_linux
def test_closing_the_terminal_that_started_a_room_leaves_it_serving(laptop: Laptop) -> None:
    ours, theirs = pty.openpty()
    command = (
        f"{sys.executable} -m workshop_tui run {laptop.agenda} --no-console --lan 127.0.0.1 --port {free_port()} "
        f"{shlex.join(REHEARSED)}; "
        "read forever"
    )
    # A shell with this terminal as its own, as in a window: it is told when the window closes.
    shell = subprocess.Popen(["setsid", "--ctty", "bash", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        printed = _read_until(ours, re.compile(rb"Phones join at"))
        assert b"code" in printed
        (run,) = running.find_all()
    finally:
        os.close(ours)
        wait_until_gone(shell.pid)
        shell.wait()

    assert is_alive(run.pid)
    assert os.getsid(run.pid) == run.pid, "the room is in a process session of its own"
    give(run, cmd.OpenItem(item="i01"))
    assert look(run).started


async def test_words_on_their_way_when_the_room_stops_are_kept_or_refused_but_never_half(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i02"))
    async with phones(run, 12) as crowd:
        sending = [asyncio.create_task(phone.tell(f"story {n}", f"{n:032x}")) for n, phone in enumerate(crowd)]
        await asyncio.to_thread(laptop.stop, run)
        answers = await asyncio.gather(*sending, return_exceptions=True)

    kept = {sid for sid, _, _ in read_file(Path(run.session_path), laptop.folder / "scratch").stories}
    for number, answer in enumerate(answers):
        if isinstance(answer, BaseException):
            assert isinstance(answer, OSError)
        elif answer.status == 200:
            assert f"{number:032x}" in kept
        else:
            assert answer.status == 503


async def test_the_same_port_serves_the_same_phones_after_a_restart(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
    async with phones(run, 1) as (ana,):
        assert (await ana.vote("a", "1" * 32)).status == 200
        before = (await ana.see("/state")).json["v"]
        laptop.kill(run)
        run = laptop.resume(run.session_path)
        await ana.wire.close()

        # A number it has met before would tell the phone that it has seen everything.
        after = (await ana.see("/state")).json["v"]
        assert isinstance(before, int)
        assert isinstance(after, int)
        assert after > before
        assert "We have your answer" in (await ana.see()).text
        assert (await ana.vote("b", "2" * 32)).status == 200
        assert (await ana.vote("b", "2" * 32)).status == 200
    seen = look(run).round
    assert seen is not None
    assert (seen.answered, seen.changes) == (1, 1)


def _read_until(terminal: int, wanted: re.Pattern[bytes]) -> bytes:
    """What a terminal shows until it shows this."""
    seen = b""
    until = time.monotonic() + 30
    while not wanted.search(seen):
        ready, _, _ = select.select([terminal], [], [], max(0.0, until - time.monotonic()))
        assert ready, seen
        seen += os.read(terminal, 4096)
    return seen
