"""Where the browsers of a session find its host page and its big screen again: over a crash, and over a stop in order.

Windows that were open go on by themselves once the room runs again, with the same port and the same keys. They lie in a
file that only the user can read, until the write-up is finished or the session deleted.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from workshop_tui.protocol.answers import decoded
from workshop_tui.settings import runtime_folder, write_private

ENDING: Final = ".pages"
KEY_BYTES: Final = 16


class PageKeys(Struct, frozen=True, kw_only=True):
    """The control port of a session, and the keys in the addresses of its pages."""

    port: int
    host: str
    screen: str

    @property
    def base(self) -> str:
        """Where the listener is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def host_url(self) -> str:
        """The host page."""
        return f"{self.base}/{self.host}/host"

    @property
    def screen_url(self) -> str:
        """The big screen."""
        return f"{self.base}/{self.screen}/screen"


def new(port: int) -> PageKeys:
    """Keys that nobody knows yet."""
    return PageKeys(port=port, host=secrets.token_hex(KEY_BYTES), screen=secrets.token_hex(KEY_BYTES))


def path_of(session_id: str) -> Path:
    """Where those of a session lie."""
    return runtime_folder() / f"{session_id}{ENDING}"


def kept(session_id: str) -> PageKeys | None:
    """Those of the last room of a session; None where there are none, or none that can be read."""
    try:
        return decoded(path_of(session_id).read_bytes(), PageKeys)
    except OSError:
        return None


def keep(session_id: str, keys: PageKeys) -> None:
    """Keep them for the next room of the session."""
    write_private(path_of(session_id), msgspec.json.encode(keys))


def forget(session_id: str) -> None:
    """Let them open nothing any more."""
    path_of(session_id).unlink(missing_ok=True)
