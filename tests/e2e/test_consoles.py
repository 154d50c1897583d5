"""A console is a window onto the room: it may close, crash or lose its room, and the workshop goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, a_terminal
from tests.runtime.laptop import REHEARSED, Laptop, give, is_alive, look, wait_until_gone
from tests.runtime.wire import phones
from workshop_tui.domain import commands as cmd
from workshop_tui.runtime import running

ATTACH = (sys.executable, "-m", "workshop_tui", "attach")


@pytest.mark.parametrize("goes", [Terminal.close, Terminal.kill], ids=["its window is closed", "it is killed"])
async def test_when_a_console_goes_the_room_serves_on_and_attach_comes_back_to_the_same_place(
    laptop: Laptop, goes: Callable[[Terminal], None]
) -> None:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
    async with phones(run, 2) as (ana, ben):
        with a_terminal(*ATTACH) as console:
            console.shows("1 of 3", "How you got here", "Vote ● OPEN", "Answers 0 of 2")
            assert (await ana.vote("a", "1" * 32)).status == 200
            console.shows("Answers 1 of 2")
            goes(console)
        assert console.process.poll() is not None

        assert (await ben.vote("b", "2" * 32)).status == 200
        with a_terminal(*ATTACH) as console:
            console.shows("1 of 3", "How you got here", "Vote ● OPEN", "Answers 2 of 2")
    assert look(run).boot_id == run.boot_id


def test_a_console_that_goes_on_says_with_what_and_leaving_it_says_that_the_room_runs_on(laptop: Laptop) -> None:
    with a_terminal(
        sys.executable, "-m", "workshop_tui", "run", laptop.agenda, *REHEARSED, "--lan", "127.0.0.1"
    ) as console:
        console.shows("NOT STARTED")
        console.press("n")
        console.shows("1 of 3")
        console.press("ctrl+q")
        console.shows("Leave the console?")
        console.press("up", "up", "enter")
        console.shows("The room runs on. workshop-tui attach comes back to it")
    laptop.stop(running.find_all()[0])

    with a_terminal(sys.executable, "-m", "workshop_tui", "run", laptop.agenda) as console:
        console.shows("1 of 3", "Going on with the session in evening-")


async def test_a_console_whose_room_is_killed_starts_it_again_and_stays_where_it_was(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
    async with phones(run, 1) as (ana,):
        assert (await ana.vote("a", "1" * 32)).status == 200
        with a_terminal(*ATTACH) as console:
            console.shows("Answers 1 of 1")

            laptop.kill(run)

            console.shows("The room answers again. Nothing that was received is lost.", "Answers 1 of 1")
            (again,) = running.find_all()
            assert (again.session, again.join_url) == (run.session, run.join_url)
            assert again.boot_id != run.boot_id
            await ana.wire.close()
            assert (await ana.vote("b", "2" * 32)).status == 200
            console.press("r", "y")
            console.shows("Results ► SHOWN", "“By bus”")


def test_the_demo_fills_the_room_with_people_and_ends_with_its_console(laptop: Laptop) -> None:
    with a_terminal(sys.executable, "-m", "workshop_tui", "demo", "--people", "3", "--speed", "20") as console:
        console.shows("New here?", "Phones 3")
        (run,) = running.find_all()
        assert run.join_address in console.text.replace("\n", "").replace(" ", "")
        helpers = _processes_of(laptop)
        assert len(helpers) >= 3, "a console, a room and people"
        console.press("n")
        console.shows("1 of 13")
        console.press("v")
        console.shows("Answers 3 of 3")
        console.press("ctrl+q")
        console.shows("End the demo?")
        console.press("up", "enter")
        console.process.wait(20)

    assert console.process.returncode == 0
    assert running.find_all() == []
    assert not any(is_alive(pid) for pid in helpers)


def test_a_demo_whose_room_had_to_be_started_again_ends_with_its_console_too(laptop: Laptop) -> None:
    with a_terminal(sys.executable, "-m", "workshop_tui", "demo", "--people", "1", "--speed", "20") as console:
        console.shows("Phones 1")
        (run,) = running.find_all()
        laptop.kill(run)
        console.shows("The room answers again.")
        helpers = _processes_of(laptop)
        console.press("ctrl+q")
        console.process.wait(20)

    assert running.find_all() == []
    assert not any(is_alive(pid) for pid in helpers)


def test_a_killed_demo_leaves_nobody_behind(laptop: Laptop) -> None:
    with a_terminal(sys.executable, "-m", "workshop_tui", "demo", "--people", "3", "--speed", "20") as console:
        console.shows("Phones 3")
        helpers = [pid for pid in _processes_of(laptop) if pid != console.process.pid]
        assert len(helpers) >= 2, "a room and people"
        console.kill()

        for pid in helpers:
            wait_until_gone(pid)

    assert running.find_all() == []


def _processes_of(laptop: Laptop) -> list[int]:
    """Every process that was started on this laptop, besides the test itself."""
    mine = f"WORKSHOP_TUI_HOME={laptop.home}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mine in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
