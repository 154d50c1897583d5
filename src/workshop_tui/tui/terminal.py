"""Signals and the terminal: however the console ends, the terminal is usable afterwards.

Textual does not leave its screen on SIGTERM or SIGHUP: the terminal would stay raw, with the mouse caught.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

BACKSTOP_S: Final = 2
"""If leaving takes longer than this, the process ends the hard way."""

RESET: Final = (
    "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[0m"
)
"""Alternate screen, hidden cursor, mouse, paste, focus, keyboard and colours as they were before."""


@contextmanager
def leaving_on_signals(leave: Callable[[], None]) -> Iterator[None]:
    """While inside, SIGTERM and SIGHUP call `leave` on the running loop, with a backstop.

    On systems without them (Windows) nothing is installed.
    """
    loop = asyncio.get_running_loop()
    put_back = _terminal_modes()

    def go() -> None:
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, lambda *_: _last_resort(put_back))
            signal.alarm(BACKSTOP_S)
        leave()

    installed = []
    for name in ("SIGTERM", "SIGHUP"):
        with suppress(NotImplementedError, RuntimeError, ValueError, AttributeError):
            number = getattr(signal, name)
            loop.add_signal_handler(number, go)
            installed.append(number)
    try:
        yield
    finally:
        for number in installed:
            loop.remove_signal_handler(number)
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)


def _terminal_modes() -> Callable[[], None]:
    """Something that puts the terminal's modes back to what they are now."""
    try:
        import termios
    except ImportError:
        return lambda: None
    if sys.__stdin__ is None:
        return lambda: None
    try:
        number = sys.__stdin__.fileno()
        modes = termios.tcgetattr(number)
    except (termios.error, OSError, ValueError):
        return lambda: None
    return lambda: termios.tcsetattr(number, termios.TCSANOW, modes)


def _last_resort(put_back: Callable[[], None]) -> None:
    with suppress(Exception):
        os.write(2, RESET.encode())
        put_back()
    os._exit(1)
