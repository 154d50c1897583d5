"""The files of the cycle in folders: found by what they say they are, whatever they are called."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from workshop_tui.cycle import baton, files, follow_up, receipt, record
from workshop_tui.cycle.baton import Baton
from workshop_tui.cycle.follow_up import FollowUp
from workshop_tui.cycle.picture import Picture, picture
from workshop_tui.cycle.receipt import Receipt
from workshop_tui.cycle.record import Record
from workshop_tui.cycle.slim import Slim, newest, slim
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import CycleFileError, InputError
from workshop_tui.limits import CYCLE_FILE_BYTES
from workshop_tui.messages import Sentences, Verbatim, tr
from workshop_tui.runtime.seen import Inside, Seen

HEAD: Final = 4_096
"""Bytes that tell what a file is."""


class Found(Struct, frozen=True, kw_only=True):
    """What lies in some folders."""

    records: tuple[Slim, ...] = ()
    batons: tuple[Baton, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    """What even a damaged follow-up file says was taken back."""
    passed_over: tuple[Sentences, ...] = ()
    """Which files were not used, and why."""
    record_files: dict[str, Path] = {}
    """By the id of a session: the file whose record of it counts."""
    follow_up_files: dict[str, Path] = {}
    """The same for its follow-up."""
    opened: int = 0
    """How many files had to be opened."""
    parsed: int = 0
    """How many of them had something in them that had to be taken apart."""

    def picture(self, today: str) -> Picture:
        """All of it in one."""
        return picture(self.records, self.follow_ups, self.batons, self.receipts, today=today, withdrawn=self.withdrawn)


def find(folders: Sequence[Path], *, remember: bool = False) -> Found:
    """What lies in some folders and the folders in them; what cannot be used is named and passed over.

    Args:
        folders: Folders, or single files.
        remember: Whether what has not changed since it was last looked at is not read again.

    Raises:
        InputError: one of them is not there.
    """
    looking = _Looking()
    for folder in folders:
        if not folder.exists():
            raise InputError(tr("There is no folder {folder}.", folder=_said(folder)))
    for folder in folders:
        seen = Seen(folder) if remember and folder.is_dir() else None
        for path in [folder] if folder.is_file() else _in(folder):
            looking.look(path, seen)
        if seen is not None:
            seen.save()
    return looking.found()


class _Looking:
    """Looks at one file after the other; links are not followed, and no file counts twice."""

    def __init__(self) -> None:
        self._seen: set[Path] = set()
        self._inside: list[tuple[Path, Inside]] = []
        self._opened = self._parsed = 0

    def look(self, path: Path, seen: Seen | None) -> None:
        """Take in what is in a file that may be one of the cycle."""
        real = path.resolve()
        if real in self._seen or not _may_be_ours(path.name):
            return
        self._seen.add(real)
        inside = seen.known(path) if seen is not None else None
        if inside is None:
            try:
                inside = self._read(path, seen)
            except OSError as problem:
                why = Verbatim(clean_line(problem.strerror or str(problem)))
                self._inside.append(
                    (path, Inside(problem=tr("{file} cannot be read ({why}).", file=_said(path), why=why)))
                )
                return
        self._inside.append((path, inside))

    def _read(self, path: Path, seen: Seen | None) -> Inside:
        self._opened += 1
        try:
            data = _content(path)
        except CycleFileError as problem:
            return Inside(problem=problem.told)
        return self._parse(path, data) if seen is None else seen.read(path, data, lambda: self._parse(path, data))

    def _parse(self, path: Path, data: bytes) -> Inside:
        if data:
            self._parsed += 1
        withdrawn: tuple[str, ...] = ()
        try:
            if follow_up.is_named(path.name):
                withdrawn = tuple(sorted(follow_up.withdrawn_in(data)))
                return Inside(follow_up=follow_up.read(data, path.name), withdrawn=withdrawn)
            match files.kind_of(data[:HEAD]):
                case "record":
                    return Inside(record=slim(record.read(data, path.name)))
                case "baton":
                    return Inside(baton=baton.read(data, path.name))
                case "receipt":
                    return Inside(receipt=receipt.read(data, path.name))
        except CycleFileError as problem:
            return Inside(problem=problem.told, withdrawn=withdrawn)
        return Inside()

    def found(self) -> Found:
        """All of it."""
        records = [(path, each.record) for path, each in self._inside if each.record is not None]
        counts = {id(each) for each in newest(each for _, each in records)}
        follow_ups = [(path, each.follow_up) for path, each in self._inside if each.follow_up is not None]
        longest = sorted(follow_ups, key=lambda each: len(each[1].lines))
        return Found(
            records=tuple(each for _, each in records),
            batons=tuple(each.baton for _, each in self._inside if each.baton is not None),
            receipts=tuple(each.receipt for _, each in self._inside if each.receipt is not None),
            follow_ups=tuple(each for _, each in follow_ups),
            withdrawn=frozenset(key for _, each in self._inside for key in each.withdrawn),
            passed_over=tuple(each.problem for _, each in self._inside if each.problem),
            record_files={each.record.session.id: path for path, each in records if id(each) in counts},
            follow_up_files={each.session: path for path, each in longest},
            opened=self._opened,
            parsed=self._parsed,
        )


def _may_be_ours(name: str) -> bool:
    return name.casefold().endswith((".json", ".zip")) or follow_up.is_named(name)


def _in(folder: Path) -> Iterator[Path]:
    for at, inner, names in os.walk(folder):
        inner.sort()
        # What is being written, and what other programs keep for themselves.
        inner[:] = [name for name in inner if not name.startswith(".")]
        yield from (Path(at) / name for name in sorted(names) if not name.startswith("."))


def _content(path: Path) -> bytes:
    """The bytes of a file that may be one of the cycle; empty for any other, which is not read whole.

    Raises:
        CycleFileError: it is too large, or a zip that cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        is_zip = head.startswith(b"PK")
        if not is_zip and not follow_up.is_named(path.name) and not files.kind_of(head):
            return b""
        data = head + file.read(CYCLE_FILE_BYTES + 1 - len(head))
    return _unzipped(data, path.name) if is_zip else data


def _unzipped(data: bytes, file: str) -> bytes:
    """The baton in a zip; empty where there is none in it."""
    if len(data) > CYCLE_FILE_BYTES:
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            info = next((each for each in zipped.infolist() if each.filename == baton.NAME), None)
            if info is None:
                return b""
            with zipped.open(info) as inside:
                # A file of a few bytes can unpack to a disk full: no more is read than a baton may have.
                return inside.read(CYCLE_FILE_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as wrong:
        raise files.refused(file, tr("It is damaged: it cannot be unpacked.")) from wrong
    except Exception as wrong:
        # What is wrong inside a stream is raised by its own library.
        if type(wrong).__module__ in ("zlib", "lzma"):
            raise files.refused(file, tr("It is damaged: it cannot be unpacked.")) from wrong
        raise


def whole(found: Found, session: str) -> Record:
    """The record of a session that counts, with what people said; `Found` has it without.

    Raises:
        InputError: it cannot be read any more.
    """
    path = found.record_files[session]
    return record.read(bytes_of(path), path.name)


def read_baton(path: Path) -> Baton:
    """The baton in a file, zipped or not.

    Raises:
        InputError: it cannot be used.
    """
    try:
        data = _content(path)
    except OSError as problem:
        why = Verbatim(clean_line(problem.strerror or str(problem)))
        raise InputError(tr("{file} cannot be read ({why}).", file=_said(path), why=why)) from problem
    if not data:
        raise files.refused(path.name, tr("There is no baton in it."))
    return baton.read(data, path.name)


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file.

    Raises:
        InputError: it cannot be used.
    """
    return receipt.read(bytes_of(path), path.name)


def bytes_of(path: Path) -> bytes:
    """What is in a file, as much as one of the cycle may have and a little more.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(CYCLE_FILE_BYTES + 1)
    except OSError as problem:
        why = Verbatim(clean_line(problem.strerror or str(problem)))
        raise InputError(tr("{file} cannot be read ({why}).", file=_said(path), why=why)) from problem


def _said(path: Path) -> Verbatim:
    return Verbatim(clean_line(str(path)))
