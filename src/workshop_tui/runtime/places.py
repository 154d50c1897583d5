"""Where session files lie, and which one belongs to an agenda."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

from msgspec import Struct

from workshop_tui.errors import WorkshopError
from workshop_tui.runtime import running
from workshop_tui.settings import data_folder

ENDING = ".workshop"

_RESCUED = re.compile(r"rescued-\d+-(.+)")
"""What a room calls the copy it saves when somebody moved its file away."""


class Folder(Struct, frozen=True):
    """Where the sessions of an agenda lie."""

    path: Path
    why: str
    """Why they do not lie beside the agenda, as a sentence; empty when they do."""


def folder_for(agenda: Path, shipped: bool) -> Folder:
    """The folder for the sessions of an agenda.

    Beside the agenda, unless the agenda is part of an installed package or its folder cannot be trusted with a
    session file: synced, remote, or not writable.
    """
    from workshop_tui.storage.folders import folder_problem

    beside = agenda.resolve().parent
    if shipped and "site-packages" in beside.parts:
        return Folder(data_folder(), "The agenda is part of the program.")
    if not os.access(beside, os.W_OK):
        return Folder(data_folder(), f"The folder {beside} cannot be written to.")
    # Asked about a file in it: the folder's own name may be the one that tells.
    problem = folder_problem(beside / f"session{ENDING}")
    if problem:
        return Folder(data_folder(), f"The folder {beside} is no safe place for a session: {problem}.")
    return Folder(beside, "")


def new_path(folder: Path, agenda: Path) -> Path:
    """A name for a new session file that is not taken: agenda, local date and, from the second on, a number."""
    today = dt.datetime.now().astimezone().date()
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", agenda.stem).strip("-")[:60] or "session"
    path = folder / f"{stem}-{today.isoformat()}{ENDING}"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{today.isoformat()}-{number}{ENDING}"
        number += 1
    return path


def unfinished(folder: Path, agenda: Path) -> Path | None:
    """The session of this agenda to go on with: one that runs now, else the newest that has not ended; None for none.

    A file that cannot be read is left alone.
    """
    from workshop_tui.storage.records import read_record

    live = {run.session_path: run for run in running.find_all()}
    paths = sorted(folder.glob(f"*{ENDING}"), key=_written, reverse=True)
    for path in paths:
        run = live.get(str(path.resolve()))
        if run is not None and run.agenda_path == str(agenda.resolve()):
            return path
    for path in paths:
        rescued = _RESCUED.fullmatch(path.name)
        # A session that was put back went on without the copy that had been saved of it.
        if str(path.resolve()) in live or (rescued and path.with_name(rescued[1]).exists()):
            continue
        try:
            record = read_record(path)
        except WorkshopError:
            continue
        if record.info.agenda_name == agenda.name and record.state.ended_at is None:
            return path
    return None


def _written(path: Path) -> int:
    """When a session was last written to: while it runs, that is its log."""
    log = path.with_name(path.name + "-wal")
    return max(each.stat().st_mtime_ns for each in (path, log) if each.exists())
