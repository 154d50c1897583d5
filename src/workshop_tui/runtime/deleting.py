"""Deleting a session with all that belongs to it, and saying what that is and what it is not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from workshop_tui import whole_files
from workshop_tui.cycle import follow_up
from workshop_tui.errors import FolderUnusable, SettingsError, StoreUnavailable
from workshop_tui.exports.files import is_report
from workshop_tui.messages import Sentences, Text, Verbatim, as_tuple, tr, trc
from workshop_tui.runtime import exporting, follow_ups, left_copies, running, seen, system_ring
from workshop_tui.runtime.purging import check_hold
from workshop_tui.storage import deleting as files
from workshop_tui.storage.copy_names import ENDING
from workshop_tui.storage.words import missing, not_deleted, not_ours

OUTSIDE: Final = tr(
    "Copies that people made, reports written to other folders, backups, and what an SSD keeps are outside what this "
    "program can delete."
)
"""What deleting does not reach, in the words of README and SECURITY."""


class Belongings(Struct, frozen=True, kw_only=True):
    """All that belongs to one session on this computer."""

    stored: files.OnDisk
    others: tuple[Path, ...]
    """Reports, run files and logs."""
    folders: tuple[Path, ...]
    """Folders of reports, to be removed when they are empty."""
    stays: tuple[Text, ...]
    """What looks as if it belonged to the session and does not go, and why: a sentence each."""

    @property
    def paths(self) -> list[Path]:
        """Every file that goes."""
        copied = len(self.stored.paths) - len(self.stored.own)
        return [*self.stored.paths[:copied], *self.others, *self.stored.own]


class Deleted(Struct, frozen=True):
    """What became of it."""

    gone: tuple[Path, ...]
    left: tuple[tuple[Path, Sentences], ...]
    """What is still there, and why. Then the session file is there too, and can be deleted again."""
    remarks: Sentences = ""
    """Why the system's key ring may still have its key; empty where it has not."""


def find(session: Path) -> Belongings:
    """What there is to delete.

    Raises:
        SettingsError: it is no name of a session file, or a link; or it is on legal hold.
        SessionFileError: nothing of such a session is there, or only a file that another program made.
        StoreUnavailable: its room runs.
        FolderUnusable: something of it lies in a folder that cannot be written to.
    """
    # A link in the way to the folder is somebody's way of naming it; one in place of the file is not the file.
    session = session.parent.resolve() / session.name
    if session.suffix != ENDING:
        raise SettingsError(
            tr(
                "“{name}” is no session file: their names end in {ending}. Nothing was deleted.",
                name=Verbatim(session.name),
                ending=Verbatim(ENDING),
            )
        )
    if session.is_symlink() or session.is_dir():
        what = tr("a link") if session.is_symlink() else tr("a folder")
        raise SettingsError(
            tr("“{session}” is {what}. Nothing was deleted.", session=Verbatim(str(session)), what=what),
            advice=tr("Give the session file itself."),
        )
    if not session.parent.is_dir() and running.room_of(session):
        # With the folder went the room's lock, and what was saved in the data folder may be all that there is.
        raise StoreUnavailable(
            tr("“{name}” is open in another room. Nothing was deleted.", name=Verbatim(session.name)),
            advice=tr("Use “workshop-tui stop” to end it first."),
        )
    check_hold(session)
    stored = files.find(session)
    if stored.is_foreign:
        raise not_ours(session)
    reports, folders, stays = _reports(session, stored.id)
    if stored.own and not stored.id:
        stays.append(tr("The file cannot be read: if it lists copies in other folders, those stay."))
    found = Belongings(
        stored=stored,
        others=(*reports, *_follow_up(session, stored.id), *running.traces_of(session, stored.id)),
        folders=tuple(folders),
        stays=tuple(stays),
    )
    if not found.paths:
        raise missing(session)
    for folder in {path.parent for path in found.paths}:
        if not os.access(folder, os.W_OK | os.X_OK):
            raise not_deleted(
                session,
                tr("something of it lies in {folder}, which cannot be written to", folder=Verbatim(str(folder))),
            )
    return found


def delete(found: Belongings) -> Deleted:
    """Delete what was found.

    Raises:
        StoreUnavailable: a room has begun to run it.
        FolderUnusable: its folder cannot be written to.
    """
    before = found.paths
    remarks = system_ring.left_by(found.stored.session)
    left = files.delete(found.stored, found.others, found.folders)
    left_copies.remove()
    for folder in {found.stored.session.parent, exporting.export_folder(found.stored.session).parent}:
        # What is left of the locks of runs that were killed.
        whole_files.sweep(folder, lambda _: False)
    seen.forget()
    return Deleted(tuple(path for path in before if not os.path.lexists(path)), tuple(left.items()), remarks)


def not_all(deleted: Deleted) -> FolderUnusable:
    """What to say when something could not be deleted."""
    return FolderUnusable(
        tr("Not everything could be deleted. The session file is still there too."),
        advice=tr("Make what is named here writable, and delete the session again."),
        lines=tuple(
            (trc("a file, and why it is still there", "{path}: {why}", path=Verbatim(str(path)), why=why), *more)
            for path, reason in deleted.left
            for why, *more in (as_tuple(reason),)
        ),
    )


def _reports(session: Path, session_id: str) -> tuple[list[Path], list[Path], list[Text]]:
    """The files of a session's reports, their folders, and what stays."""
    usual = exporting.export_folder(session)
    if usual.parent.is_symlink():
        return [], [], [tr("{folder} is a link and was not followed.", folder=Verbatim(str(usual.parent)))]
    reports: list[Path] = []
    folders: list[Path] = []
    stays: list[Text] = []
    for part in _parts_in(usual.parent) if usual.parent.is_dir() else ():
        begun = whole_files.begun_for(part.name).removeprefix("export-")
        is_ours = exporting.is_export_folder(session, begun)
        if is_ours and (not session_id or _whose(part) in ("", session_id)):
            reports += _told_apart(part)[0]
            folders.append(part)
    for folder in exporting.export_folders(session):
        if folder.is_symlink() or not folder.is_dir():
            stays.append(tr("{folder} is no folder of reports and stays.", folder=Verbatim(str(folder))))
        elif (whose := _whose(folder)) and session_id and whose != session_id:
            stays.append(tr("{folder} has the reports of another session and stays.", folder=Verbatim(str(folder))))
        else:
            for part in (*_parts_in(folder), folder):
                mine, others = _told_apart(part)
                reports += mine
                folders.append(part)
                stays += [tr("{file} was not made by this program and stays.", file=Verbatim(str(it))) for it in others]
    return reports, [*folders, usual.parent], stays


def _follow_up(session: Path, session_id: str) -> list[Path]:
    """What was answered later to the session's points; that of another session stays."""
    usual = follow_ups.path_of(session)
    found = []
    for path in sorted(session.parent.glob("*")) if session.parent.is_dir() else ():
        # Programs that copy files make "day.follow-up (1).jsonl" of it where two computers wrote.
        is_copy = follow_up.is_named(path.name) and path.name.startswith(usual.stem)
        is_usual = usual.name in (path.name, whole_files.begun_for(path.name))
        if (is_usual or is_copy) and path.is_file() and not path.is_symlink():
            whose = follow_ups.whose(path)
            if not session_id or whose == session_id or (is_usual and not whose):
                found.append(path)
    return found


def _whose(folder: Path) -> str:
    """The session that reports are of; empty where they do not say it."""
    try:
        return str(msgspec.json.decode((folder / "session.json").read_bytes())["origin"]["id"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _parts_in(folder: Path) -> list[Path]:
    """Folders in which an export that was stopped had begun to write."""
    return [each for each in sorted(folder.glob(".export-*.part")) if each.is_dir() and not each.is_symlink()]


def _told_apart(folder: Path) -> tuple[list[Path], list[Path]]:
    """What lies in a folder of reports: the files of an export, and what is none."""
    mine: list[Path] = []
    others: list[Path] = []
    parts = _parts_in(folder)
    for path in sorted(each for each in folder.iterdir() if each not in parts):
        name = whole_files.begun_for(path.name) or path.name
        ours = (is_report(name) or whole_files.is_lock(name)) and path.is_file() and not path.is_symlink()
        (mine if ours else others).append(path)
    return mine, others
