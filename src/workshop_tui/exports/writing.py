"""Writes the files of an export: whole or not at all, and never over something else."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.agenda_problems import nearest
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import FolderUnusable, InputError, SettingsError
from workshop_tui.exports.building import build_report
from workshop_tui.exports.csv_tables import reasons_csv, stories_csv, votes_csv
from workshop_tui.exports.html import report_html
from workshop_tui.exports.markdown import report_markdown
from workshop_tui.exports.pabulib import pabulib_files
from workshop_tui.exports.preflib import preflib_files
from workshop_tui.exports.report import Report
from workshop_tui.exports.session_json import session_json
from workshop_tui.messages import Verbatim, tr
from workshop_tui.room.record import SessionRecord

Write = Callable[[Report], Mapping[str, bytes]]
"""The files of one format, by their names."""


def _single(name: str, write: Callable[[Report], bytes]) -> tuple[str, Write]:
    """A format that is one file of the same name; none where it would have nothing in it."""
    return name, lambda report: {name: made} if (made := write(report)) else {}


FORMATS: Final[Mapping[str, Write]] = MappingProxyType(
    dict(
        (
            _single("report.html", report_html),
            _single("report.md", report_markdown),
            _single("votes.csv", votes_csv),
            _single("reasons.csv", reasons_csv),
            _single("stories.csv", stories_csv),
            _single("session.json", session_json),
            ("preflib", preflib_files),
            ("pabulib", pabulib_files),
        )
    )
)
"""Every format, by the name that asks for it."""

ON_REQUEST: Final = ("preflib", "pabulib")
"""Formats that an export has only when they are asked for: they say again what votes.csv says, for other programs."""


_ROUND_FILE: Final = re.compile(r"round-[\w.]+\.(so[ci]|to[ci]|cat|pb)")


def is_report(name: str) -> bool:
    """Whether an export names one of its files so."""
    return (name in FORMATS and name not in ON_REQUEST) or _ROUND_FILE.fullmatch(name) is not None


def export(
    record: SessionRecord, kinds: Kinds, to: Path, only: Collection[str] = (), *, numbered: bool = False
) -> list[Path]:
    """Write the files of an export into a folder.

    Args:
        record: The session, running or ended.
        kinds: The registry.
        to: The folder; made with its parents when it is not there. Files of the same content may be there.
        only: Names out of `FORMATS`; none for all but those `ON_REQUEST`.
        numbered: Where other reports lie in the folder, go on to the next version of it instead of refusing: a
            session that went on after its first export is exported again by the same key.

    Returns:
        The paths of all files asked for, those that were there already too.

    Raises:
        SettingsError: a format is unknown.
        InputError: other reports lie in the folder, or the session has nothing that fits the format; nothing was
            written and nothing was changed.
        FolderUnusable: the folder cannot be written to; nothing was left behind.
    """
    names = _names(only)
    to = to.absolute()
    report = build_report(record, kinds)
    files = _files(report, names, must=only)
    try:
        if numbered:
            to = next(folder for folder in _versions(to) if not _others(folder, files))
        elif others := _others(to, files):
            raise InputError(
                f"Another {others[0]} lies in {_said(to)}. Nothing was written and nothing was changed.",
                advice=f"Please choose another folder, for example --to {_said(_free(to))}",
            )
        missing = [name for name in files if not (to / name).exists()]
        if missing:
            _write(to, {name: files[name] for name in missing})
    except OSError as problem:
        why = clean_line(problem.strerror or str(problem))
        raise FolderUnusable(
            f"The reports cannot be written to {_said(to)} ({why}). Nothing was left there.",
            advice="The session is safe. Please choose another folder with --to.",
        ) from problem
    return [to / name for name in files]


def _files(report: Report, names: Collection[str], *, must: Collection[str]) -> dict[str, bytes]:
    """What is to be written, by file name.

    Args:
        report: The session.
        names: The formats.
        must: Those of them that may not be left out although they have nothing in them.
    """
    files: dict[str, bytes] = {}
    for name in names:
        made = FORMATS[name](report)
        if not made and name in must:
            raise InputError(
                f"No vote of this session can be written as {name}: none is sealed that fits. Nothing was written.",
                advice="docs/exports.md says which kinds fit. session.json has every sealed vote.",
            )
        files.update(made)
    return files


def _names(only: Collection[str]) -> list[str]:
    """The names asked for, in the order of `FORMATS`."""
    for name in only:
        if name not in FORMATS:
            raise SettingsError(
                (tr("There is no format “{name}”.", name=Verbatim(clean_line(name))), nearest(name, FORMATS))
            )
    return [name for name in FORMATS if (name in only if only else name not in ON_REQUEST)]


def _others(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """The names under which something else lies in the folder."""
    return [name for name, content in files.items() if _is_other(folder / name, content)]


def _is_other(path: Path, content: bytes) -> bool:
    if not path.exists() and not path.is_symlink():
        return False
    return not path.is_file() or path.read_bytes() != content


def _write(to: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder so that after a power cut all are there whole, or none is."""
    there = to.is_dir()
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Always on the same file system as where the files are to be, or they could not be moved in one step.
    part = (to if there else to.parent) / f".export-{secrets.token_hex(4)}.part"
    try:
        part.mkdir(mode=0o700)
        for name, content in files.items():
            # There are people's words in it: who else may read them is for the facilitator to say.
            (part / name).touch(mode=0o600, exist_ok=False)
            with (part / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _sync(part)
        if there:
            _move_in(part, to, files)
        else:
            part.rename(to)
            _sync(to.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _move_in(part: Path, to: Path, files: Mapping[str, bytes]) -> None:
    """Move files into a folder that is there; a failure takes back those that were moved."""
    moved: list[Path] = []
    try:
        for name in files:
            (part / name).rename(to / name)
            moved.append(to / name)
        _sync(to)
    except OSError:
        for path in moved:
            path.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """Have the folder's entries on disk; a system that cannot open folders does it by itself."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _free(folder: Path) -> Path:
    """The first version of the folder that is not there yet."""
    return next(path for path in _versions(folder) if not path.exists())


def _versions(folder: Path) -> Iterator[Path]:
    """The folder, then its versions from 2 on. A bare number would read as part of the date, or as a session's."""
    yield folder
    stem = re.sub(r"-version-\d+$", "", folder.name)
    yield from (folder.with_name(f"{stem}-version-{number}") for number in itertools.count(2))


def _said(path: Path) -> str:
    """A path as a message shows it: file names may hold control codes."""
    return clean_line(str(path))
