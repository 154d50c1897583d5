"""Which sessions lie in a folder, how each is kept, and which of them are past their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from workshop_tui.domain.state import Keeping
from workshop_tui.errors import SettingsError, WorkshopError
from workshop_tui.messages import Sentences, Text, Verbatim, as_tuple, tr
from workshop_tui.room.clock import local_day
from workshop_tui.runtime import exporting, retention, running, system_ring
from workshop_tui.settings import data_folder
from workshop_tui.storage import key_file
from workshop_tui.storage.copy_names import ENDING, originals_of
from workshop_tui.storage.peeking import may_be_locked
from workshop_tui.views.keeping import IN_RING, until_words


class Session(Struct, frozen=True, kw_only=True):
    """One session file, as far as it can be known without its passphrase."""

    path: Path
    is_locked: bool
    runs: bool
    in_ring: bool = False
    """Whether the system's key ring has its key."""
    keeping: Keeping = Keeping()
    trouble: Sentences = ""
    """Why nobody knows how it is kept; empty where it is known."""

    def is_due(self, today: dt.date) -> bool:
        """Whether its last day has passed, and nobody holds or runs it."""
        until = self.keeping.until
        return bool(until) and not self.keeping.is_held and not self.runs and dt.date.fromisoformat(until or "") < today

    @property
    def words(self) -> tuple[Text, ...]:
        """How it is kept, in sentences."""
        said: list[Text] = [tr("{name}:", name=Verbatim(self.path.name))]
        if self.trouble:
            return (*said, *as_tuple(self.trouble))
        said.append(tr("Locked with a passphrase.") if self.is_locked else tr("NOT LOCKED."))
        if self.in_ring:
            said.append(IN_RING)
        if self.runs:
            said.append(tr("Its room runs."))
        if self.keeping.until is None:
            said.append(tr("Nobody has said until when it is kept."))
        said += as_tuple(until_words(self.keeping.until))
        if self.keeping.is_held:
            # The reason is in the session itself, which may be locked.
            hold = self.keeping.hold
            said.append(tr("On legal hold: {reason}", reason=hold) if hold else tr("On legal hold."))
        return tuple(said)


def found_in(places: Sequence[Path]) -> list[Session]:
    """The sessions that are meant, by folder and name; copies that were saved of one that is there are not told apart.

    Args:
        places: Session files, and folders to look into; none for this folder and the user's own.

    Raises:
        SettingsError: one of the places is not there.
    """
    files: dict[Path, None] = {}
    for place in places or (Path(), data_folder()):
        if place.is_dir():
            files |= dict.fromkeys(sorted(each.absolute() for each in place.glob(f"*{ENDING}")))
        elif place.suffix == ENDING and place.is_file():
            files[place.absolute()] = None
        else:
            raise SettingsError(tr("There is no folder and no session file “{place}”.", place=Verbatim(str(place))))
    live = {run.session_path: run for run in running.find_all()}
    return [
        look_at(path, live.get(str(path.resolve())))
        for path in files
        if not any(original in files for original in originals_of(path))
    ]


def look_at(path: Path, run: running.RunFile | None = None) -> Session:
    """How one session is kept; asked from its room where it runs."""
    runs = run is not None
    if not runs:
        system_ring.settle(path)
    is_locked = may_be_locked(path)
    try:
        if run is not None:
            keeping = retention.view_of(run).keeping
        elif is_locked:
            known = key_file.find(path)
            if known is None:
                raise key_file.lost(path)
            keeping = Keeping(until=known.outside.keep_until, is_held=known.outside.held)
        else:
            keeping = exporting.read_session(path).state.keeping
    except WorkshopError as problem:
        return Session(path=path, is_locked=is_locked, runs=runs, trouble=problem.message)
    return Session(
        path=path, is_locked=is_locked, runs=runs, in_ring=system_ring.entry_of(path) is not None, keeping=keeping
    )


def due_of(sessions: Iterable[Session]) -> list[Session]:
    """Those whose last day has passed on this laptop, and that nobody holds or runs."""
    today = local_day()
    return [each for each in sessions if each.is_due(today)]


def check_hold(session: Path) -> None:
    """Pass if nobody holds a session, as far as that can be known.

    Raises:
        SettingsError: it is on legal hold.
    """
    keeping = look_at(session).keeping if session.is_file() else Keeping()
    if not session.is_file() and (known := _left_key(session)) is not None:
        keeping = Keeping(is_held=known.outside.held)
    if keeping.is_held:
        name = Verbatim(session.name)
        raise SettingsError(
            (
                tr("“{name}” is on legal hold. Nothing was deleted.", name=name),
                *([tr("The reason given: {reason}", reason=keeping.hold)] if keeping.hold else []),
            ),
            advice=tr("{command} lifts it.", command=Verbatim(f"workshop-tui hold {session.name} --lift")),
        )


def _left_key(session: Path) -> key_file.KeyFile | None:
    try:
        return key_file.read(session)
    except WorkshopError:
        return None
