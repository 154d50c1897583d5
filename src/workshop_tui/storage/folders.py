"""Where a session file may lie: on this computer's own disk, in a folder nobody synchronises."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from workshop_tui.messages import Message, Text, Verbatim, tr
from workshop_tui.storage import disk
from workshop_tui.storage.copy_names import folders_of
from workshop_tui.storage.words import folder_problem_error

_REMOTE: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs", "davfs", "fuse.davfs2"}
)
_FAT: Final = frozenset({"vfat", "msdos", "exfat"})

_SYNCED: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "",
}
"""Folder names of programs that copy files while they are being written, in small letters; some of no one name."""

_ONEDRIVE: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def folder_problem(path: Path, *, mounts: str | None = None, environ: Mapping[str, str] | None = None) -> Text:
    """Why a session file should not lie at `path`, in words; empty when it may.

    Only looks: at names, at where the folder is mounted, and at the marks of programs that synchronise.

    Args:
        path: The session file, or its folder; neither has to exist.
        mounts: The text of /proc/mounts; None reads it where there is one.
        environ: The environment; None takes the process's.
    """
    real = path.resolve()
    return (
        _synced(real, os.environ if environ is None else environ)
        or _remote_name(real)
        or _mounted(real, _read_mounts() if mounts is None else mounts)
    )


def folder_now(path: Path) -> Path:
    """Where snapshots go now: beside the file, unless its folder is gone, closed or synchronised, or theirs a link."""
    beside = folders_of(path)[0]
    safe = os.access(path.parent, os.W_OK) and not beside.is_symlink() and not folder_problem(path)
    return beside if safe else folders_of(path)[-1]


def prepare(path: Path) -> None:
    """Make the folder of a session file if it is missing, readable for its owner only.

    Raises:
        FolderUnusable: it cannot be made or written to.
    """
    folder = path.parent
    try:
        disk.private_folder(folder)
    except OSError as problem:
        reason = problem.strerror.lower() if problem.strerror else tr("it cannot be made")
        raise folder_problem_error(folder, reason) from problem
    if not os.access(folder, os.W_OK | os.X_OK):
        raise folder_problem_error(folder, tr("it cannot be written to"))


def _synced(real: Path, environ: Mapping[str, str]) -> Text:
    for name in _ONEDRIVE:
        root = environ.get(name)
        if root and real.is_relative_to(Path(root).resolve()):
            return _copies("OneDrive")
    for part in real.parts[:-1]:
        # OneDrive adds the organisation: "OneDrive - Some Trust".
        plain = part.casefold().split(" - ")[0].split(" (")[0].strip()
        if plain in _SYNCED:
            return _copies(_SYNCED[plain])
    for folder in real.parents:
        # What Syncthing and Dropbox leave in the folders they copy, whatever those are called.
        if (folder / ".stfolder").exists() or (folder / ".dropbox.cache").exists():
            return tr("a program copies everything in it while it is being written")
    return ""


def _copies(program: str) -> Message:
    if not program:
        return tr("a cloud drive copies everything in it while it is being written")
    return tr("{program} copies everything in it while it is being written", program=Verbatim(program))


def _remote_name(real: Path) -> Text:
    return tr("it is on another computer") if str(real).startswith(("\\\\", "//")) else ""


def _mounted(real: Path, mounts: str) -> Text:
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        # Spaces and tabs in a mount point are written as octal numbers.
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        # The last of several mounts on one point is the one that shows.
        if real.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fields[2]
    if kind in _REMOTE:
        return tr("it is on another computer")
    if kind in _FAT:
        return tr("it is on a memory stick or card that cannot keep files safe when the power goes")
    return ""


def _read_mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
