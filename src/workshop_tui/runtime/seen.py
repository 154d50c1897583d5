"""What was found in a folder when it was last looked through, so that what has not changed is not read again.

It is only ever a memory: a file whose size, times or place on the disk are others is read, and where the memory is
damaged or of another version everything is. It holds what the record of many sessions needs and nobody's own words; it
lies in this user's own folder, and goes as soon as words are taken back or a session is deleted.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from workshop_tui import __version__
from workshop_tui.cycle.baton import Baton
from workshop_tui.cycle.follow_up import FollowUp
from workshop_tui.cycle.receipt import Receipt
from workshop_tui.cycle.slim import Slim
from workshop_tui.errors import WorkshopError
from workshop_tui.messages import Sentences
from workshop_tui.settings import data_folder, write_private

FOLDER: Final = "seen"

SETTLED_NS: Final = 3_000_000_000
"""A file that was written so shortly before it was read may change again without its times telling: some disks count
in steps of two seconds."""

_MARK: Final = f"workshop-tui/seen/2 {__version__}\n".encode()


class Stamp(Struct, frozen=True, array_like=True):
    """What tells that a file is the one that was read."""

    size: int
    changed: int
    """When it was written, in nanoseconds; -1 where that was too shortly before to be sure."""
    touched: int
    """When anything about it changed."""
    place: int


class Inside(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is in one file; nothing for one that is not of the cycle."""

    record: Slim | None = None
    baton: Baton | None = None
    receipt: Receipt | None = None
    follow_up: FollowUp | None = None
    withdrawn: tuple[str, ...] = ()
    """What even a damaged follow-up says was taken back."""
    problem: Sentences = ""
    """Why it cannot be used."""


class Known(Struct, frozen=True, kw_only=True):
    """One file as it was."""

    stamp: Stamp
    hash: str
    """Of what was read of it."""
    inside: Inside


class Seen:
    """The memory of one folder.

    Args:
        folder: The folder that is looked through.
        now: Nanoseconds of the clock by which files are dated.
    """

    def __init__(self, folder: Path, now: Callable[[], int] = time.time_ns) -> None:
        self._folder, self._now = folder.resolve(), now
        self._before = self._load()
        self._found: dict[str, Known] = {}
        self._stamps: dict[str, Stamp | None] = {}

    def known(self, path: Path) -> Inside | None:
        """What is in a file; None where it has to be read."""
        name = self._name(path)
        known = self._before.get(name)
        # Before it is read: what changes while it is read is read again next time.
        stamp = self._stamps[name] = _stamp(path)
        if known is None or known.stamp != stamp:
            return None
        self._found[name] = known
        return known.inside

    def read(self, path: Path, data: bytes, inside: Callable[[], Inside]) -> Inside:
        """What is in a file that was not `known`; where the same bytes are in it as before, that is known after all."""
        name = self._name(path)
        stamp = self._stamps.get(name)
        hash_ = hashlib.sha256(data).hexdigest()
        known = self._before.get(name)
        found = known.inside if known is not None and known.hash == hash_ else inside()
        if stamp is not None:
            if self._now() - stamp.changed < SETTLED_NS:
                stamp = msgspec.structs.replace(stamp, changed=-1)
            self._found[name] = Known(stamp=stamp, hash=hash_, inside=found)
        return found

    def save(self) -> None:
        """Keep what was found, and forget what is not there any more. That it cannot be kept stops nothing."""
        if self._found == self._before:
            return
        body = msgspec.msgpack.encode(self._found, order="deterministic")
        try:
            path = self._path()
            path.parent.mkdir(mode=0o700, exist_ok=True)
            write_private(path, _MARK + hashlib.sha256(body).digest() + body)
        except (OSError, WorkshopError):
            return

    def _name(self, path: Path) -> str:
        return os.path.relpath(path.absolute(), self._folder)

    def _path(self) -> Path:
        name = hashlib.sha256(os.fsencode(self._folder)).hexdigest()[:32]
        return data_folder() / FOLDER / name

    def _load(self) -> dict[str, Known]:
        try:
            data = self._path().read_bytes()
        except (OSError, WorkshopError):
            return {}
        start = len(_MARK) + 32
        if not data.startswith(_MARK) or hashlib.sha256(data[start:]).digest() != data[len(_MARK) : start]:
            return {}
        try:
            return msgspec.msgpack.decode(data[start:], type=dict[str, Known])
        except (msgspec.DecodeError, RecursionError):
            return {}


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def forget() -> None:
    """Forget everything: words were taken back, or a session was deleted."""
    try:
        kept = list((data_folder() / FOLDER).iterdir())
    except (OSError, WorkshopError):
        return
    for each in kept:
        each.unlink(missing_ok=True)
