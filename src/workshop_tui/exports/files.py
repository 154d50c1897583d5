"""Writes the files of an export: whole or not at all, and never over something else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from workshop_tui import whole_files
from workshop_tui.cycle.follow_up import FollowUp
from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.agenda_problems import help_on, nearest
from workshop_tui.domain.consent import Destination
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError, SettingsError
from workshop_tui.exports.building import build_report
from workshop_tui.exports.formats import DATA, PAGES
from workshop_tui.exports.output import Content, Output, PageFormat, pieces_of
from workshop_tui.exports.outputs import OUTPUTS
from workshop_tui.exports.report import Report
from workshop_tui.locales import translator_for
from workshop_tui.messages import Translator, Verbatim, tr
from workshop_tui.room.record import SessionRecord
from workshop_tui.unwritten import unwritten, why

_WRITTEN: Final[Mapping[str, tuple[Output[Any], PageFormat[Any]]]] = {
    f"{output.name}.{each.ending}": (output, each) for output in OUTPUTS for each in PAGES if output.comes_as(each)
}
"""What people read, by the names of its files."""

NAMES: Final = (*_WRITTEN, *(data.name for data in DATA))
"""Everything an export can write, by the name that asks for it."""

ON_REQUEST: Final = (
    *(name for name, (output, _) in _WRITTEN.items() if output.on_request),
    *(data.name for data in DATA if data.on_request),
)
"""What an export has only when it is asked for."""

_VERSION: Final = r"-version-\d+$"

_ASKED_BY: Final = frozenset(data.name for data in DATA if data.on_request)
"""Names that ask for files of other names."""

_FILES: Final = tuple(re.compile(data.files) for data in DATA if data.files)


def is_report(name: str) -> bool:
    """Whether an export names one of its files so."""
    return (name in NAMES and name not in _ASKED_BY) or any(each.fullmatch(name) for each in _FILES)


class Writing:
    """Makes the files of one session, each out of what its audience may know."""

    def __init__(
        self, record: SessionRecord, kinds: Kinds, translator: Translator, followed: FollowUp | None = None
    ) -> None:
        self._record, self._kinds, self._translator, self._followed = record, kinds, translator, followed
        self._reports: dict[Destination, Report] = {}
        self._made: dict[str, Any] = {}

    def files(self, name: str) -> Mapping[str, Content]:
        """The files that one of `NAMES` asks for; none where there would be nothing in them."""
        if name in _WRITTEN:
            output, written = _WRITTEN[name]
            made = self._built(output)
            return {} if made is None else {name: written.write(made, self._translator)}
        data = next(data for data in DATA if data.name == name)
        audience = next(data.audience or output.audience for output in OUTPUTS if output.with_data)
        return data.write(self._report(audience), self._translator)

    def _built(self, output: Output[Any]) -> Any:
        """What an output makes of the session, once for all its formats; None where the session has nothing for it."""
        if output.name not in self._made:
            self._made[output.name] = output.build(self._report(output.audience))
        return self._made[output.name]

    def _report(self, audience: Destination) -> Report:
        if audience not in self._reports:
            self._reports[audience] = build_report(self._record, self._kinds, audience, self._followed)
        return self._reports[audience]


def export(
    record: SessionRecord, kinds: Kinds, to: Path, only: Collection[str] = (), *, numbered: bool = False,
    followed: FollowUp | None = None,
) -> list[Path]:  # fmt: skip
    """Write the files of an export into a folder.

    Args:
        record: The session, running or ended.
        kinds: The registry.
        to: The folder; made with its parents when it is not there. Files of the same content may be there.
        only: Names out of `NAMES`; none for all but those `ON_REQUEST`.
        numbered: Where other reports lie in the folder, go on to the next version of it instead of refusing: a
            session that went on after its first export is exported again by the same key.
        followed: What was answered since; None for nothing.

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
    files = _files(Writing(record, kinds, translator_for(record.state.agenda.language), followed), names, must=only)
    try:
        if numbered:
            to = next(folder for folder in _versions(to) if not _others(folder, files))
        elif (others := _others(to, files)) and _is_locked(to / others[0]):
            raise InputError(
                tr(
                    "{file} in {folder} is open in another program, or you may not read it. Nothing was written.",
                    file=Verbatim(others[0]),
                    folder=_said(to),
                ),
                advice=tr(
                    "Please close it there, or choose another folder, for example {option}",
                    option=Verbatim(clean_line(f"--to {_free(to)}")),
                ),
            )
        elif others:
            raise InputError(
                tr(
                    "Another {file} lies in {folder}. Nothing was written and nothing was changed.",
                    file=Verbatim(others[0]),
                    folder=_said(to),
                ),
                advice=tr(
                    "Please choose another folder, for example {option}",
                    option=Verbatim(clean_line(f"--to {_free(to)}")),
                ),
            )
        missing = [name for name in files if not (to / name).exists()]
        if missing:
            _write(to, {name: files[name] for name in missing})
        _sweep(to)
    except OSError as problem:
        said = tr(
            "The reports cannot be written to {folder} ({why}). Nothing was left there.",
            folder=_said(to),
            why=why(problem),
        )
        raise unwritten(problem, to, "--to", said=said) from problem
    return [to / name for name in files]


def _files(writing: Writing, names: Collection[str], *, must: Collection[str]) -> dict[str, Content]:
    """What is to be written, by file name; what it `must` hold may not be left out although nothing is in it."""
    files: dict[str, Content] = {}
    for name in names:
        made = writing.files(name)
        if not made and name in must and name in _WRITTEN:
            raise InputError(
                tr("This session has nothing for {name}. Nothing was written.", name=Verbatim(name)),
                advice=tr("{page} says what is in each file.", page=help_on("exports")),
            )
        if not made and name in must:
            raise InputError(
                tr(
                    "No vote of this session can be written as {name}: none is sealed that fits. Nothing was written.",
                    name=Verbatim(name),
                ),
                advice=tr(
                    "{page} says which kinds fit. {file} has every sealed vote.",
                    page=help_on("exports"),
                    file=Verbatim("session.json"),
                ),
            )
        files.update(made)
    return files


def _names(only: Collection[str]) -> list[str]:
    """The names asked for, in the order of `NAMES`."""
    for name in only:
        if name not in NAMES:
            unknown = tr("There is no format “{name}”.", name=Verbatim(clean_line(name)))
            raise SettingsError((unknown, nearest(name, NAMES, "exports")))
    return [name for name in NAMES if (name in only if only else name not in ON_REQUEST)]


def _others(folder: Path, files: Mapping[str, Content]) -> list[str]:
    """The names under which something else lies in the folder."""
    return [name for name, content in files.items() if _is_other(folder / name, content)]


def _is_other(path: Path, content: Content) -> bool:
    if not path.exists() and not path.is_symlink():
        return False
    if not path.is_file():
        return True
    if _is_locked(path):
        # What is in it cannot be known, so it is not ours to replace.
        return True
    with path.open("rb") as file:
        return any(file.read(len(piece)) != piece for piece in pieces_of(content)) or file.read(1) != b""


def _is_locked(path: Path) -> bool:
    """Whether a file cannot be read: some programs keep a document for themselves as long as it is open in them."""
    try:
        path.open("rb").close()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _write(to: Path, files: Mapping[str, Content]) -> None:
    """Put files into a folder so that after a power cut all are there whole, or none is."""
    made = {name: partial(pieces_of, content) for name, content in files.items()}
    if to.is_dir():
        whole_files.write({to / name: make for name, make in made.items()})
    else:
        whole_files.write_folder(to, made)


def _sweep(to: Path) -> None:
    """Remove what exports that were killed left beside the folder and its versions, and in them."""
    stem = re.sub(_VERSION, "", to.name)
    versions = re.compile(rf"(?:export-)?({re.escape(stem)}(?:-version-\d+)?)")
    whole_files.sweep(to.parent, lambda name: name.startswith("export-") and bool(versions.fullmatch(name)))
    for folder in sorted(to.parent.iterdir()) if to.parent.is_dir() else ():
        if versions.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
            whole_files.sweep(folder, is_report)


def _free(folder: Path) -> Path:
    """The first version of the folder that is not there yet."""
    return next(path for path in _versions(folder) if not path.exists())


def _versions(folder: Path) -> Iterator[Path]:
    """The folder, then its versions from 2 on. A bare number would read as part of the date, or as a session's."""
    yield folder
    stem = re.sub(_VERSION, "", folder.name)
    yield from (folder.with_name(f"{stem}-version-{number}") for number in itertools.count(2))


def _said(path: Path) -> Verbatim:
    """A path as a message shows it: file names may hold control codes."""
    return Verbatim(clean_line(str(path)))
