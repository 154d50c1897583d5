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
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import CycleFileError, InputError
from workshop_tui.limits import CYCLE_FILE_BYTES
from workshop_tui.messages import Sentences, Verbatim, tr

HEAD: Final = 4_096
"""Bytes that tell what a file is."""


class Found(Struct, frozen=True, kw_only=True):
    """What lies in some folders."""

    records: tuple[Record, ...] = ()
    batons: tuple[Baton, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    """What even a damaged follow-up file says was taken back."""
    passed_over: tuple[Sentences, ...] = ()
    """Which files were not used, and why."""

    def picture(self, today: str) -> Picture:
        """All of it in one."""
        return picture(self.records, self.follow_ups, self.batons, self.receipts, today=today, withdrawn=self.withdrawn)


def find(folders: Sequence[Path]) -> Found:
    """What lies in some folders and the folders in them; what cannot be used is named and passed over.

    Raises:
        InputError: one of them is not there.
    """
    records, batons, receipts, follow_ups = [], [], [], []
    withdrawn: set[str] = set()
    passed: list[Sentences] = []
    for path in _paths(folders):
        try:
            data = _content(path)
            if follow_up.is_named(path.name):
                withdrawn |= follow_up.withdrawn_in(data)
                follow_ups.append(follow_up.read(data, path.name))
                continue
            match files.kind_of(data[:HEAD]):
                case "record":
                    records.append(record.read(data, path.name))
                case "baton":
                    batons.append(baton.read(data, path.name))
                case "receipt":
                    receipts.append(receipt.read(data, path.name))
        except CycleFileError as problem:
            passed.append(problem.told)
        except OSError as problem:
            why = Verbatim(clean_line(problem.strerror or str(problem)))
            passed.append(tr("{file} cannot be read ({why}).", file=_said(path), why=why))
    return Found(
        records=tuple(records),
        batons=tuple(batons),
        receipts=tuple(receipts),
        follow_ups=tuple(follow_ups),
        withdrawn=frozenset(withdrawn),
        passed_over=tuple(passed),
    )


def _paths(folders: Sequence[Path]) -> Iterator[Path]:
    """Every file that may be one of the cycle, each once, in the order of their names; links are not followed."""
    seen: set[Path] = set()
    for folder in folders:
        if not folder.exists():
            raise InputError(tr("There is no folder {folder}.", folder=_said(folder)))
        for path in [folder] if folder.is_file() else _in(folder):
            real = path.resolve()
            if real not in seen and _may_be_ours(path.name):
                seen.add(real)
                yield path


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
    try:
        with path.open("rb") as file:
            data = file.read(CYCLE_FILE_BYTES + 1)
    except OSError as problem:
        why = Verbatim(clean_line(problem.strerror or str(problem)))
        raise InputError(tr("{file} cannot be read ({why}).", file=_said(path), why=why)) from problem
    return receipt.read(data, path.name)


def _said(path: Path) -> Verbatim:
    return Verbatim(clean_line(str(path)))
