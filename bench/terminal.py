"""A program in a terminal of its own, read as bytes: what is looked for is found without drawing a screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from types import TracebackType

_CONTROLS = re.compile(rb"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
COLUMNS, ROWS = 100, 30
STOP_S = 10.0


class Terminal:
    """A program that believes that a person sits before it.

    Args:
        command: The program and its arguments.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)
        self.pid = self._process.pid

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stop()

    def press(self, key: str, shows: str, at_most_s: float = 30.0) -> float:
        """Press a key; how long until the terminal was given these words, in seconds.

        Raises:
            TimeoutError: they did not come.
        """
        self.read(0.0)
        began = time.perf_counter()
        os.write(self._ours, key.encode())
        return self.wait_for(shows, at_most_s) - began

    def wait_for(self, words: str, at_most_s: float = 30.0) -> float:
        """When these words came, on the clock of `time.perf_counter`.

        Raises:
            TimeoutError: they did not come.
        """
        wanted, written = words.encode(), b""
        deadline = time.perf_counter() + at_most_s
        while time.perf_counter() < deadline:
            # A control sequence may be cut in two between reads, so all of it is looked at again.
            written += self.read(deadline - time.perf_counter(), once=True)
            if wanted in _CONTROLS.sub(b"", written):
                return time.perf_counter()
        last = _CONTROLS.sub(b"", written)[-2_000:].decode(errors="replace")
        raise TimeoutError(f"the terminal was not given “{words}”; the last it was given: {last}")

    def read(self, for_s: float, *, once: bool = False) -> bytes:
        """What is written within this time; with `once` only the first piece."""
        written = b""
        deadline = time.perf_counter() + for_s
        while True:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.perf_counter()))
            if not ready:
                return written
            try:
                written += os.read(self._ours, 65_536)
            except OSError:
                # The program has ended: Linux says so with an error.
                return written
            if once:
                return written

    def stop(self) -> None:
        """End the program, reading on so that it is never stuck in a write."""
        self._process.terminate()
        deadline = time.perf_counter() + STOP_S
        while self._process.poll() is None and time.perf_counter() < deadline:
            self.read(0.05)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._ours)
