"""The record over many sessions: read, written as files, and answered in."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.cycle import picture_file, picture_words
from workshop_tui.cycle.answers import Answer
from workshop_tui.cycle.follow_up import ENDING, Source
from workshop_tui.cycle.picture import Picture
from workshop_tui.cycle.record import Record
from workshop_tui.cycle.slim import newest
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError, LockedSessionFile
from workshop_tui.exports.output import Content
from workshop_tui.exports.picture_page import FilePlace
from workshop_tui.exports.picture_page import Shown as ShownPage
from workshop_tui.messages import Sentences, Text, Translator, Verbatim, tr
from workshop_tui.runtime import cycle_files, exporting, follow_ups, handing_on, returned
from workshop_tui.runtime.cycle_files import Found
from workshop_tui.runtime.own_words import OwnWords
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.storage.copy_names import ENDING as SESSION_ENDING

NAME: Final = "what-became-of-it"
"""Begins the names of the files that are written."""

NEWLY_DAYS: Final = 7
"""What became late within so many days is new, where nobody says since when."""

_VERSION: Final = re.compile(r"-version-\d+$")


class Loaded(Struct, frozen=True, kw_only=True):
    """Some folders as they are now."""

    folders: tuple[Path, ...]
    found: Found
    picture: Picture
    codes: Path | None
    """The list of codes; None for none."""
    since: str
    names: Mapping[str, str]
    """The file in which each session was found, as people are told it, by the id of the session."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no record of a session."""
        return not self.found.records


def load(folders: Sequence[Path], *, since: str = "", today: str = "", codes: Path | None = None) -> Loaded:
    """Read some folders, as far as they have changed since they were last read.

    Args:
        folders: The folders.
        since: The day after which what became late is new; empty for a week ago.
        today: The day; empty for that of this computer.
        codes: A list of codes of one's own; None for none.

    Raises:
        InputError: one of them is not there, or `since` is no day.
        CycleFileError: the list of codes cannot be used.
    """
    today = today or handing_on.today()
    week = dt.date.fromisoformat(today) - dt.timedelta(days=NEWLY_DAYS)
    since = handing_on.day_typed(since) or week.isoformat()
    frame = handing_on.read_codes(codes) if codes is not None else None
    found = cycle_files.find(folders, remember=True)
    return Loaded(
        folders=tuple(folders),
        found=found,
        picture=replace(found.picture(today), frame=frame),
        codes=codes,
        since=since,
        names={id_: _name(path, folders) for id_, path in found.record_files.items()},
    )


def again(loaded: Loaded) -> Loaded:
    """The same folders as they are by now."""
    return load(loaded.folders, since=loaded.since, codes=loaded.codes)


def _name(path: Path, folders: Sequence[Path]) -> str:
    """A file as seen from the folder that was read, with slashes whatever the system."""
    for folder in folders:
        if path != folder and path.is_relative_to(folder):
            return clean_line(path.relative_to(folder).as_posix())
    return clean_line(path.name)


def lines_of(loaded: Loaded) -> Iterator[picture_words.Shown]:
    """It as lines of text, as (depth, what is said)."""
    return picture_words.lines_of(loaded.picture, loaded.since, loaded.names)


def is_terminal() -> bool:
    """Whether somebody types here and sees what is drawn."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_page(loaded: Loaded, translator: Translator) -> int:
    """Show it in the terminal until it is left; gives the exit code."""
    from workshop_tui.tui.record_app import RecordApp

    app = RecordApp(Desk(loaded), translator)
    app.run()
    return app.return_code or 0


# As files. -------------------------------------------------------------------------------------------


def write_files(loaded: Loaded, to: Path, translator: Translator) -> list[Path]:
    """Write page, workbook and JSON into a folder, in place of those of an earlier day.

    Raises:
        InputError: there is nothing to write.
        FolderUnusable: it cannot be written to; what was there before is there still.
    """
    from workshop_tui.exports.formats import excel, html
    from workshop_tui.exports.picture_page import page
    from workshop_tui.exports.picture_sheets import workbook

    if loaded.is_empty:
        raise InputError(tr("There is no record of a session there."), advice=tr("Nothing was written."))
    to = to.absolute()
    shown = ShownPage(
        picture=loaded.picture,
        since=loaded.since,
        places={id_: _place(loaded.names[id_], path, to) for id_, path in loaded.found.record_files.items()},
        passed_over=loaded.found.passed_over,
    )
    made: dict[str, Callable[[], Content]] = {
        "html": lambda: html.FORMAT.write(page(shown), translator),
        "xlsx": lambda: excel.FORMAT.write(workbook(shown), translator),
        "json": lambda: picture_file.write(
            loaded.picture, loaded.since, loaded.names, loaded.found.passed_over, translator
        ),
    }
    contents = {to / f"{NAME}.{ending}": make for ending, make in made.items()}
    handing_on.write_over(contents)
    return list(contents)


def _place(name: str, path: Path, to: Path) -> FilePlace:
    """How a page in a folder leads to where a session was found: to its report, where that lies beside its record."""
    report = path.with_name("report.html")
    target = report if report.is_file() else path
    try:
        relative = Path(os.path.relpath(target.resolve(), to.resolve())).as_posix()
    except ValueError:
        # Another drive: no way leads there from a page that may be moved.
        return FilePlace(name=name)
    # A first step that has a colon would be read as the name of a protocol.
    return FilePlace(name=name, target=quote(relative if relative.startswith(".") else f"./{relative}"))


# Answers. --------------------------------------------------------------------------------------------


def write_answer(loaded: Loaded, typed: handing_on.Typed, ring: KeyRing) -> tuple[Text, ...]:
    """Note what was answered to a line, in the follow-up of the session in which it was said.

    Args:
        loaded: The record.
        typed: What was typed, about a line by its whole name.
        ring: Opens that session where it is locked.

    Raises:
        InputError: it cannot be taken; nothing was changed.
        WorkshopError: it cannot be written; nothing was changed.
    """
    slim = _record_of(loaded.found, typed.about)
    record = cycle_files.whole(loaded.found, slim.session.id)
    path = follow_up_of(loaded.found, record.session.id)
    own_words = OwnWords(_session_file(loaded.found, record.session.id, path), record, ring)
    try:
        return handing_on.note_answer(path, record, typed, own_words)
    except LockedSessionFile as locked:
        raise LockedSessionFile(
            locked.message,
            advice=tr(
                "An answer is compared with what people told, so that it repeats none of it: {command} asks for the "
                "passphrase.",
                command=Verbatim("workshop-tui answer"),
            ),
        ) from locked


class Desk:
    """What the page in the terminal shows, and where what is typed there goes.

    Args:
        loaded: The record as it was read.
        ring: Opens locked sessions; None for one that knows what the system's key ring knows.
    """

    def __init__(self, loaded: Loaded, ring: KeyRing | None = None) -> None:
        self._loaded = loaded
        self._ring = ring or KeyRing()

    @property
    def picture(self) -> Picture:
        """As it was read last."""
        return self._loaded.picture

    @property
    def since(self) -> str:
        """The day after which what became late is new."""
        return self._loaded.since

    @property
    def names(self) -> Mapping[str, str]:
        """The file of each session, by its id."""
        return self._loaded.names

    @property
    def passed_over(self) -> tuple[Sentences, ...]:
        """Files that could not be used, and why."""
        return self._loaded.found.passed_over

    def reload(self) -> None:
        """Read what has changed."""
        self._loaded = again(self._loaded)

    def answer(self, about: str, answer: Answer | None, confirmed: tuple[int, int], by: Mapping[str, str]) -> Sentences:
        """Note an answer, a count of those who confirm it, or both; gives what was noted."""
        said, reference = answer or Answer(), by.get("reference", "")
        source: Source = "letter" if reference else "typed"
        if later := by.get("vote"):
            (record,) = [each.record for each in newest(self._loaded.found.records) if each.record.session.id == later]
            source, reference = "session", returned.vote_that_says(record, about, sum(confirmed))
        typed = handing_on.Typed(
            about=about,
            status="" if answer is None else said.status,
            words=said.words,
            on=said.on,
            where=said.where,
            to=said.to,
            yes=confirmed[0],
            no=confirmed[1],
            by_body=by.get("by_body", ""),
            by_role=by.get("by_role", ""),
            source=source,
            reference=reference,
        )
        return write_answer(self._loaded, typed, self._ring)

    def code(self, about: str, given: Sequence[str], taken: Sequence[str]) -> Sentences:
        """Give codes of the list to a line, or take them back; gives what was noted."""
        frame = self._loaded.picture.frame
        if frame is None:
            return ()
        record = _record_of(self._loaded.found, about)
        path = follow_up_of(self._loaded.found, record.session.id)
        return handing_on.note_codes(path, record, about, frame, given, taken)


def _record_of(found: Found, about: str) -> Record:
    for each in newest(found.records):
        if any(entry.id == about for entry in each.record.entries):
            return each.record
    raise InputError(tr("“{id}” is in no record that was read.", id=Verbatim(clean_line(about))))


def follow_up_of(found: Found, session: str) -> Path:
    """The file in which the answers to a session stand: the one there is, else beside its session file or record."""
    if (known := found.follow_up_files.get(session)) is not None:
        return known
    record = found.record_files[session].absolute()
    for path in _session_files(record):
        if exporting.export_folder(path).parent == record.parent.parent:
            beside = follow_ups.path_of(path)
            if follow_ups.whose(beside) in ("", session):
                return beside
    return record.with_name(f"{record.stem}-{session[:12]}{ENDING}")


def _session_files(record: Path) -> Iterator[Path]:
    """Files of sessions that a record may be the export of, by their names."""
    stem = record.parent.name
    for name in dict.fromkeys((stem, _VERSION.sub("", stem))):
        if len(record.parents) > 2 and (path := record.parents[2] / f"{name}{SESSION_ENDING}").is_file():
            yield path


def _session_file(found: Found, session: str, follow_up: Path) -> Path | None:
    """The file of a session, beside its follow-up or where its record was exported from; None where it is not there."""
    beside = follow_up.with_name(f"{follow_up.name.removesuffix(ENDING)}{SESSION_ENDING}")
    there = (beside, *_session_files(found.record_files[session].absolute()))
    return next((each for each in there if each.is_file()), None)
