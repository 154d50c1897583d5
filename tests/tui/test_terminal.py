"""The console in a real pseudo-terminal: what reaches the terminal, and what is left of it afterwards."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import struct
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pyte
import pytest

from tests.platforms import NO_TERMINALS
from tests.tui.desk_room import until

fcntl = pytest.importorskip("fcntl", reason=NO_TERMINALS)
pty = pytest.importorskip("pty", reason=NO_TERMINALS)
termios = pytest.importorskip("termios", reason=NO_TERMINALS)

ROOT = Path(__file__).parents[2]
SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b\](\d+);[^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC
    r"|\x1b[78=>]|\x1b[()][0-9A-B]"
)
# 22 sets the shape of the mouse pointer: Textual's own. Clipboard, title, palette and the rest never come from us.
OUR_OSC = {"22"}


class Terminal:
    """One console in a pty and everything it wrote."""

    def __init__(self, process: subprocess.Popen[bytes], number: int, columns: int, rows: int) -> None:
        self.process, self.raw = process, b""
        self._number = number
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        asyncio.get_running_loop().add_reader(number, self._read)

    def _read(self) -> None:
        try:
            data = os.read(self._number, 65536)
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._number)
            return
        self.raw += data
        # pyte knows neither the pointer's shape nor the keyboard protocol.
        self._stream.feed(re.sub(rb"\x1b\]22;[^\x1b\x07]*(?:\x07|\x1b\\)|\x1b\[[<>=][0-9;]*u", b"", data))

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def type(self, keys: str) -> None:
        os.write(self._number, keys.encode())

    async def sees(self, words: str) -> None:
        """Wait until these words are on the screen."""
        try:
            await until(lambda: words in self.text, 30)
        except AssertionError:
            raise AssertionError(f"“{words}” never came on this screen:\n{self.text}") from None

    async def ended(self) -> int:
        await until(lambda: self.process.poll() is not None, 20)
        await asyncio.sleep(0)
        self._read_rest()
        assert self.process.returncode is not None
        return self.process.returncode

    def hang_up(self) -> None:
        """Take the terminal away; the process is in a session of its own and gets no signal."""
        asyncio.get_running_loop().remove_reader(self._number)
        # The number stays open on something harmless, so that the end of the block can close it.
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, self._number)
        os.close(null)

    def _read_rest(self) -> None:
        os.set_blocking(self._number, False)
        try:
            while data := os.read(self._number, 65536):
                self.raw += data
        except OSError:
            pass


@asynccontextmanager
async def terminal(columns: int = 100, rows: int = 30, **environment: str) -> AsyncIterator[Terminal]:
    """A console in a pty; ended at the end of the block whatever happened."""
    ours, theirs = pty.openpty()
    # These two would win over the size of the terminal.
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.tui.pty_console"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT,
        start_new_session=True,
        env={**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none",
             **environment},
    )  # fmt: skip
    os.close(theirs)
    one = Terminal(process, ours, columns, rows)
    try:
        await until(lambda: "1 of 2" in one.text or process.poll() is not None, 60)
        yield one
    finally:
        asyncio.get_running_loop().remove_reader(ours)
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)


def sent_sequences_that_are_not_ours(raw: bytes) -> list[str]:
    """Escape sequences in the output that Textual does not send, and every other control character."""
    # The last read may have ended in the middle of a sequence.
    text = raw[: raw.rindex(b"\x1b")].decode("utf-8", "replace")
    wrong = [match.group() for match in SEQUENCE.finditer(text) if match.group(1) and match.group(1) not in OUR_OSC]
    rest = SEQUENCE.sub("", text)
    wrong += re.findall("\x1b[^\x1b]{0,12}", rest)
    # The bell is rung by Textual itself when a key does nothing; it never comes from words here.
    return wrong + re.findall("[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]", rest)


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"COLORTERM": "", "TERM": "xterm"}], ids=str)
async def test_no_hostile_byte_reaches_the_terminal(environment: dict[str, str]) -> None:
    async with terminal(140, 40, **environment) as one:
        for keys, seen in (
            ("l", "ANSWERS"),
            ("s", "separate display"),
            ("\x1b[A\r", "Not read: 1"),
            ("\x1b[A\r", "Approve (a)"),
            ("a", "Approved one"),
            ("\x1b", "BIG SCREEN  QUESTION"),
        ):
            one.type(keys)
            await one.sees(seen)

        assert b"52;c;UFdORUQ=" in one.raw
        assert sent_sequences_that_are_not_ours(one.raw) == []
        assert one.process.poll() is None


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
async def test_a_signal_ends_the_console_with_the_terminal_put_back(name: str) -> None:
    async with terminal(80, 24) as one:
        one.process.send_signal(getattr(signal, name))
        code = await one.ended()

    assert code == 0
    left = one.raw[one.raw.rindex(b"\x1b[?1049l") :]
    assert b"console gave left" in left
    for mode in (b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?25h"):
        assert mode in one.raw[one.raw.rindex(b"1 of 2") :]


async def test_a_terminal_that_goes_away_without_a_signal_ends_the_console() -> None:
    async with terminal(80, 24) as one:
        one.hang_up()

        await one.ended()


async def test_ctrl_q_and_two_keys_leave_the_room_running() -> None:
    async with terminal(80, 24) as one:
        one.type("\x11")
        await one.sees("Leave the console?")
        one.type("\x1b[A\x1b[A\r")

        assert await one.ended() == 0
        assert b"console gave left" in one.raw


async def test_a_terminal_that_is_made_smaller_and_larger_again_loses_nothing() -> None:
    async with terminal(100, 30) as one:
        for rows, columns, seen in (
            (20, 60, "Please make the window"),
            (24, 80, "Live results hidden"),
            (40, 140, "BIG SCREEN"),
        ):
            fcntl.ioctl(one._number, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            one._screen.resize(rows, columns)
            os.kill(one.process.pid, signal.SIGWINCH)
            await one.sees(seen)

        assert one.process.poll() is None


@pytest.mark.parametrize("r", ["r", "\x1b[114;;114u"], ids=["plain", "with the keyboard protocol"])
async def test_a_held_r_asks_once_and_only_another_key_reveals(r: str) -> None:
    async with terminal(100, 30) as one:
        for _ in range(4):
            one.type(r * 15)
            await one.sees("Show the result to the room?")
        assert "Results ▪ HIDDEN" in one.text
        one.type("\r \x1b[B\r")
        one.type("y")
        await one.sees("Results ► SHOWN")


async def test_a_held_v_closes_the_vote_once() -> None:
    async with terminal(100, 30) as one:
        one.type("v" * 40)
        await one.sees("Vote ○ CLOSED")
        one.type("v" * 40)
        await one.sees("v is held down")
        assert "Vote ○ CLOSED" in one.text
