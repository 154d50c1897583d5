"""What somebody at a terminal is asked before a session begins, and when it is opened again."""

from __future__ import annotations

import re
import sys
import time

from tests.e2e.terminal import Terminal, a_terminal
from tests.runtime.laptop import Laptop, look
from workshop_tui.runtime import running
from workshop_tui.storage import key_file

PROGRAM = (sys.executable, "-m", "workshop_tui")
PASSPHRASE = "three blind mice again"
SLIP = re.compile(r"\|\s+((?:[0-9A-Z]{4}-){6}[0-9A-Z]{4})\s+\|")


def asks(window: Terminal, words: str, times: int = 1) -> None:
    """Wait for a question: what is typed before its prompt is there is thrown away, as terminals do for passwords."""
    window.waits_for(lambda: " ".join(window.text.split()).count(words) >= times and window.text.rstrip().endswith(">"))


def test_a_passphrase_is_offered_first_and_its_slip_is_shown_once(laptop: Laptop) -> None:
    with a_terminal(*PROGRAM, "run", laptop.agenda, "--lan", "127.0.0.1") as window:
        asks(window, "or press Enter to go on without one.")
        window.press("short", "enter")
        window.shows("That is too short: 12 letters at least.")
        asks(window, "or press Enter to go on without one.", 2)
        window.press(PASSPHRASE, "enter")
        asks(window, "Type it once more.")
        window.press("another one than that", "enter")
        window.shows("These two were not the same.")
        asks(window, "or press Enter to go on without one.", 3)
        window.press(PASSPHRASE, "enter")
        asks(window, "Type it once more.", 2)
        window.press(PASSPHRASE, "enter")
        asks(window, "Until when is this session kept?")
        window.press("tomorrow", "enter")
        window.shows("“tomorrow” is no day such as 2027-03-31")
        asks(window, "Until when is this session kept?", 2)
        window.press("undecided", "enter")
        asks(window, "Type its last four letters, so that it is surely written down.")
        found = SLIP.search(window.text)
        assert found is not None
        assert PASSPHRASE not in window.text, "what is typed is not shown"
        window.press(found[1][-4:].lower(), "enter")
        window.shows("NOT STARTED", "Locked ✓")
    (run,) = running.find_all()
    known = key_file.read(laptop.folder / run.name)
    assert known is not None
    assert known.opened(found[1], run.name).hex() == known.opened(PASSPHRASE, run.name).hex()
    assert look(run).keeping.until == ""

    laptop.kill(run)
    with a_terminal(*PROGRAM, "run", laptop.agenda) as window:
        asks(window, "Type its passphrase, or its recovery slip. Nothing is shown as you type.")
        window.press("three blind cats again", "enter")
        window.shows("That does not open")
        asks(window, "Type its passphrase, or its recovery slip. Nothing is shown as you type.", 2)
        window.press(PASSPHRASE, "enter")
        window.shows("Going on with the session in", "Locked ✓")
    # Nobody is asked to come back to a room that runs.
    with a_terminal(*PROGRAM, "run", laptop.agenda) as window:
        window.shows("NOT STARTED", "Locked ✓")


def test_whoever_refuses_says_why_and_an_empty_reason_is_none(laptop: Laptop) -> None:
    with a_terminal(*PROGRAM, "run", laptop.agenda, "--lan", "127.0.0.1") as window:
        asks(window, "or press Enter to go on without one.")
        window.press("enter")
        asks(window, "What you type stays in the record and in the report.")
        window.press("enter")
        asks(window, "What you type stays in the record and in the report.", 2)
        window.press("We only try it out", "enter")
        asks(window, "Until when is this session kept?")
        window.press("2099-12-31", "enter")
        window.shows("NOT STARTED", "Not locked")

    (run,) = running.find_all()
    assert look(run).keeping.unlocked == "We only try it out"
    assert look(run).keeping.until == "2099-12-31"
    assert list(laptop.folder.glob("*.key")) == []


def test_a_console_whose_locked_room_crashed_starts_it_again_with_the_passphrase(laptop: Laptop) -> None:
    run = laptop.begin_locked(PASSPHRASE)
    with a_terminal(*PROGRAM, "attach") as window:
        window.shows("NOT STARTED", "Locked ✓")
        laptop.kill(run)
        window.shows("Enter asks for the passphrase and starts it again")
        window.press("enter")
        window.shows("The passphrase of this session")
        window.press("not this one", "enter")
        window.shows("That does not open")
        # The same key again within a second counts as one that is held down.
        time.sleep(1.5)
        window.press("enter")
        window.shows("The passphrase of this session")
        window.press(PASSPHRASE, "enter")
        window.shows("The room answers again. Nothing that was received is lost.")

    (again,) = running.find_all()
    assert again.session == run.session


def test_a_demo_asks_nothing(laptop: Laptop) -> None:
    with a_terminal(*PROGRAM, "demo", "--people", "1", "--speed", "20") as window:
        window.shows("New here?", "Not locked")
        window.press("ctrl+q")
        window.process.wait(20)
    del laptop
