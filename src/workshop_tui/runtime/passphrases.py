"""Opening locked sessions with what somebody types, or with what stands in a file. Nothing is ever asked for twice.

A passphrase is never on a command line, where other programs and the history of the terminal see it, and never in the
environment of a process.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from workshop_tui.errors import EnvironmentProblem, LockedSessionFile, SettingsError, WrongKey
from workshop_tui.messages import Sentences, Verbatim, as_tuple, tr
from workshop_tui.runtime import system_ring
from workshop_tui.storage import key_file
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.slips import read_slip

FILE_VARIABLE: Final = "WORKSHOP_TUI_PASSPHRASE_FILE"
"""Names the file where no option does; for scripts."""

TRIES: Final = 3
"""How often somebody may mistype; each try costs half a second."""

LONGEST: Final = 4096
"""Bytes of a file with a passphrase: anything longer was meant for something else."""

SHORTEST: Final = 12
"""Letters of a new passphrase. Whoever has a copy of the file can try as long as they like."""

Ask = Callable[[Sentences], str]
"""Asks for something that must not be seen, and gives what was typed; empty for nothing."""


class KeyRing:
    """What opens locked sessions, for as long as one command runs.

    Args:
        given: A passphrase or slip that was handed over in a file; empty for none.
        ask: Asks whoever sits at the terminal; None where nobody does.
        say: Tells them that something was wrong.
        uses_system: Whether the system's key ring is asked first where it has the key.
    """

    def __init__(
        self, given: str = "", ask: Ask | None = None, say: Callable[[Sentences], object] = lambda said: None,
        *, uses_system: bool = True,
    ) -> None:  # fmt: skip
        self.given = given
        self._ask = ask
        self._say = say
        self._uses_system = uses_system
        self._typed: list[str] = [given] if given else []
        self._keys: dict[str, FileKey] = {}
        self._refused: dict[str, str] = {}
        """By its random name what a session is called that nobody opened when asked."""

    def know(self, session_id: str, key: FileKey) -> None:
        """Take over the key of a session that was just made."""
        self._keys[session_id] = key

    def is_open(self, session: Path) -> bool:
        """Whether nothing has to be asked to read a session: it is plain, or was opened before."""
        known = key_file.find(session)
        return known is None or known.session in self._keys

    @property
    def refused(self) -> tuple[Verbatim, ...]:
        """What those are called for which somebody was asked and gave no passphrase."""
        return tuple(map(Verbatim, self._refused.values()))

    def is_refused(self, session: Path) -> bool:
        """Whether somebody was asked for its passphrase and gave none."""
        known = key_file.find(session)
        return known is not None and known.session in self._refused

    def key_of(self, session: Path) -> FileKey | None:
        """What a session file, or a copy of one, is locked with; None for a plain one.

        Raises:
            LockedSessionFile: it is locked, and nobody gave a passphrase.
            WrongKey: what was given does not open it.
            DamagedKeyFile: its key cannot be used.
        """
        known = key_file.find(session)
        if known is None:
            if key_file.is_missing(session):
                raise key_file.lost(session)
            return None
        if known.session not in self._keys:
            if known.outside.finished and known.is_in_ring:
                system_ring.settle(session)
            if known.session in self._refused:
                raise _not_opened(session)
            self._keys[known.session] = self._opened(known, session)
        return self._keys[known.session]

    def _opened(self, known: key_file.KeyFile, session: Path) -> FileKey:
        name = _name_of(session)
        problem: WrongKey | None = None
        trouble: Sentences = ""
        # Whoever hands over a passphrase is told whether it is right.
        if known.is_in_ring and self._uses_system and not self.given and not known.outside.finished:
            try:
                return system_ring.key_in(known)
            except EnvironmentProblem as failed:
                trouble = failed.message
                self._say(trouble)
        for typed in self._typed:
            try:
                return known.opened(typed, name)
            except WrongKey as wrong:
                problem = wrong
        if self._ask is None or self.given:
            raise problem or LockedSessionFile(
                tr("“{name}” is locked with a passphrase. Nothing was changed.", name=Verbatim(name)),
                advice=(
                    *as_tuple(trouble),
                    tr(
                        "In a script, {option} or the variable {variable} names a file that holds it.",
                        option=Verbatim("--passphrase-file"),
                        variable=Verbatim(FILE_VARIABLE),
                    ),
                ),
            )
        for left in reversed(range(TRIES)):
            typed = self._ask(
                (
                    tr("“{name}” is locked.", name=Verbatim(name)),
                    tr("Type its passphrase, or its recovery slip. Nothing is shown as you type."),
                )
            )
            if not typed.strip():
                self._refused[known.session] = name
                raise _not_opened(session)
            try:
                key = known.opened(typed, name)
            except WrongKey as wrong:
                if not left:
                    raise
                self._say(wrong.message)
                continue
            self._typed.append(typed)
            return key
        raise AssertionError("the last try gives a key or raises")


def _name_of(session: Path) -> str:
    return session.parent.name.removesuffix(".snapshots") if session.parent.suffix == ".snapshots" else session.name


def _not_opened(session: Path) -> LockedSessionFile:
    return LockedSessionFile(
        tr("“{name}” is locked, and was not opened. Nothing was changed.", name=Verbatim(_name_of(session)))
    )


def from_file(named: Path | None) -> str:
    """The passphrase in a file: its first line, or a recovery slip anywhere in it.

    Args:
        named: The file; None for the one that the environment names, if it does.

    Raises:
        SettingsError: it cannot be read, or holds none.
    """
    path = named or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    if path is None:
        return ""
    shown = Verbatim(str(path))
    try:
        with path.open("rb") as file:
            said = file.read(LONGEST + 1)
        lines = said.decode().split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else type(problem).__name__
        raise SettingsError(
            tr("The passphrase cannot be read from {path} ({why}).", path=shown, why=Verbatim(why)),
            advice=tr("Nothing was changed."),
        ) from problem
    # A slip as it was printed has other lines around it.
    line = next(filter(None, map(read_slip, lines)), lines[0].strip())
    if not line or len(said) > LONGEST:
        raise SettingsError(
            tr("There is no passphrase in {path}: its first line is looked at.", path=shown),
            advice=tr("Nothing was changed."),
        )
    return line


def problem_with(passphrase: str) -> Sentences:
    """Why a new passphrase is none; empty where it can be one."""
    if len(key_file.cleaned(passphrase)) < SHORTEST:
        return tr("That is too short: {n} letters at least. Several words are easy to remember.", n=SHORTEST)
    return ""
