"""Signals and the terminal: however the console ends, the terminal is usable afterwards.

Textual does not leave its screen on SIGTERM or SIGHUP: the terminal would stay raw, with the mouse caught.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

BACKSTOP_S: Final = 2
"""If leaving takes longer than this, the process ends the hard way."""

RESET: Final = (
    "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[0m"
)
"""Alternate screen, hidden cursor, mouse, paste, focus, keyboard and colours as they were before."""


HANG_UP_S: Final = 1.0
"""How often the console looks whether its terminal is still there."""


@contextmanager
def leaving_on_signals(leave: Callable[[], None]) -> Iterator[None]:
    """While inside, SIGTERM, SIGHUP and a terminal that goes away call `leave` on the running loop, with a backstop.

    The handlers are the interpreter's own and not the loop's: a terminal that takes no more output blocks the loop,
    and the backstop has to run all the same. On systems without these signals (Windows) nothing is installed.
    """
    loop = asyncio.get_running_loop()
    put_back = _terminal_modes()

    def go(*_: object) -> None:
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, lambda *_: _last_resort(put_back))
            signal.alarm(BACKSTOP_S)
        loop.call_soon_threadsafe(leave)

    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        with suppress(ValueError, AttributeError):
            number = getattr(signal, name)
            before[number] = signal.signal(number, go)
    done = threading.Event()
    threading.Thread(target=_watch_terminal, args=(done,), name="terminal", daemon=True).start()
    try:
        yield
    finally:
        done.set()
        for number, handler in before.items():
            signal.signal(number, handler)
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)


def _watch_terminal(done: threading.Event) -> None:
    """Tell this process to hang up when its terminal has gone without a signal; it would spin on it for ever."""
    try:
        poll = select.poll()
        poll.register(sys.__stdin__.fileno() if sys.__stdin__ is not None else 0, 0)
    except (AttributeError, OSError, ValueError):
        return
    while not done.wait(HANG_UP_S):
        if any(event & (select.POLLHUP | select.POLLNVAL) for _, event in poll.poll(0)):
            os.kill(os.getpid(), signal.SIGHUP)
            return


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
