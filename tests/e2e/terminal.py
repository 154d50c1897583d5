"""A terminal as a person has one: a real pty with a program in it, keys to press, and words to read."""

from __future__ import annotations

import contextlib
import os
import re
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pyte
import pytest

from tests.platforms import NO_TERMINALS

fcntl = pytest.importorskip("fcntl", reason=NO_TERMINALS)
pty = pytest.importorskip("pty", reason=NO_TERMINALS)
termios = pytest.importorskip("termios", reason=NO_TERMINALS)

# Questions and settings that the emulator does not know and would print instead.
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]"  # keyboard protocols
    rb"|\x1b\[\?[0-9;]*\$?[pu]"  # what can you do?
    rb"|\x1b[P_^][^\x1b]*\x1b\\"  # strings for other programs
)
_UNFINISHED = re.compile(rb"\x1b[^a-zA-Z~\\]{0,40}$")

KEYS = {"enter": "\r", "escape": "\x1b", "space": " ", "down": "\x1b[B", "up": "\x1b[A", "tab": "\t"}


class Terminal:
    """One window.

    Args:
        command: What runs in it.
        columns: Its width.
        rows: Its height.
    """

    def __init__(self, command: Sequence[str], *, columns: int = 100, rows: int = 30) -> None:
        self.written = b""
        """Every byte the program wrote."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = threading.Condition(threading.RLock())
        self._rest = b""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        for name in ("COLUMNS", "LINES", "NO_COLOR", "CI"):
            environ.pop(name, None)
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command], stdin=theirs, stdout=theirs, stderr=theirs, env=environ
        )
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        ours = self._ours
        with contextlib.suppress(OSError):
            while data := os.read(ours, 65_536):
                with self._changed:
                    self.written += data
                    whole = _UNKNOWN.sub(b"", self._rest + data)
                    tail = _UNFINISHED.search(whole)
                    at = tail.start() if tail else len(whole)
                    self._rest = whole[at:]
                    self._stream.feed(whole[:at])
                    self._changed.notify_all()

    @property
    def text(self) -> str:
        """What can be read in the window now."""
        with self._changed:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def shows(self, *words: str, within_s: float = 30.0) -> None:
        """Wait until all of these words can be read, wherever lines break."""
        until = time.monotonic() + within_s
        with self._changed:
            while not all(each in self._flat() for each in words):
                left = until - time.monotonic()
                missing = [each for each in words if each not in self._flat()]
                assert left > 0, f"the window never showed {missing}:\n" + "\n".join(self._screen.display)
                self._changed.wait(left)

    def waits_for(self, happened: Callable[[], bool], within_s: float = 30.0) -> None:
        """Wait until the window has changed so that this is true."""
        until = time.monotonic() + within_s
        with self._changed:
            while not happened():
                left = until - time.monotonic()
                assert left > 0, "the window never came to that:\n" + "\n".join(self._screen.display)
                self._changed.wait(left)

    def top_line(self) -> str:
        """The first line of the window."""
        return self.text.partition("\n")[0]

    def _flat(self) -> str:
        return " ".join(" ".join(self._screen.display).split())

    def press(self, *keys: str) -> None:
        """Press keys: single letters, or those with a name in `KEYS`."""
        for key in keys:
            control = key.startswith("ctrl+")
            typed = chr(ord(key[5]) & 31) if control else KEYS.get(key, key)
            os.write(self._ours, typed.encode())

    def kill(self) -> None:
        """`kill -9` of the program in the window, as when the machine stumbles."""
        self.process.kill()
        self.process.wait(10)

    def close(self) -> None:
        """Close the window. Twice does nothing."""
        if self._ours < 0:
            return
        ours, self._ours = self._ours, -1
        os.close(ours)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()
        self._reader.join(5)


@contextmanager
def a_terminal(*command: str, columns: int = 100, rows: int = 30) -> Iterator[Terminal]:
    """A window that is closed with the block."""
    terminal = Terminal(command, columns=columns, rows=rows)
    try:
        yield terminal
    finally:
        terminal.close()
