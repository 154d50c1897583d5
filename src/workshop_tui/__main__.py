"""`python -m workshop_tui` and the `workshop-tui` command."""

from __future__ import annotations

import io
import os
import sys

OLDEST = (3, 11)
"""The Python that it needs at least, as pyproject.toml says; pip looks there, `python -m` does not."""


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"workshop-tui: It needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is {found}.")
    _speak_utf8()
    _fill_closed_streams()
    _write_what_can_be_written()
    from workshop_tui.cli import run_command_line

    sys.exit(run_command_line(sys.argv[1:]))


def _speak_utf8() -> None:
    """Where file names are bytes and the locale has too few letters for them, start again with Python's UTF-8 mode.

    Otherwise no path with other letters could be said, stored, or given to the room's process.
    """
    if sys.platform == "win32" or sys.getfilesystemencoding() == "utf-8" or os.environ.get("PYTHONUTF8") == "1":
        return
    environ = {**os.environ, "PYTHONUTF8": "1"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environ)  # noqa: S606 - ourselves


def _fill_closed_streams() -> None:
    """Let what was started without an input or an output have one that leads nowhere.

    Else the next file to be opened takes its number, a session file too, and what is printed goes into that.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as we run


def _write_what_can_be_written() -> None:
    """Let a letter that the terminal or the file at the other end does not have be "?" there, and no fault.

    A redirected output has 256 letters on many Windows systems, and none of our quotation marks and squares.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
