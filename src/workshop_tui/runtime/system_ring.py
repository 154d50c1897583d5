"""The system's key ring, where the owner of a session chose that it keeps the session's key: never half-done.

A key goes in before anything says that it is there, and is read back at once; where one is to go, what says that it is
there goes last. Whatever a key ring does instead of answering becomes one plain error: then somebody types.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, TypeVar

from workshop_tui.errors import EnvironmentProblem, WorkshopError
from workshop_tui.messages import Message, Sentences, Verbatim, as_tuple, tr
from workshop_tui.storage import key_file
from workshop_tui.storage.key_file import KeyFile
from workshop_tui.storage.keys import FileKey

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "workshop-tui"
"""What our keys are called in the ring; the session's random name is the account."""

PATIENCE_S: Final = 60.0
"""A ring may ask for a password of its own in a window; one that never answers must not hold up a room."""

GOOD: Final = 1
"""Priority from which a ring counts as one: those below keep keys in plain files, or keep none."""

T = TypeVar("T")


def is_there() -> bool:
    """Whether this system has a key ring that can be offered."""
    try:
        return _asked(lambda ring: float(ring.priority) >= GOOD)
    except WorkshopError:
        return False


def keep(session: str, key: FileKey) -> None:
    """Give the ring the key of a session, and make sure that it has it.

    Raises:
        EnvironmentProblem: it has not; then nothing of it is there, as far as that can be done.
    """
    said = key.hex()
    try:
        _asked(lambda ring: ring.set_password(SERVICE, session, said))
        if _asked(lambda ring: ring.get_password(SERVICE, session)) != said:
            raise EnvironmentProblem(tr("The system's key ring did not keep the key."))
    except WorkshopError:
        forget_quietly(session)
        raise


def key_in(known: KeyFile) -> FileKey:
    """The key of a session that is to be in the ring.

    Raises:
        EnvironmentProblem: it is not there, or the ring does not answer.
    """
    said = _asked(lambda ring: ring.get_password(SERVICE, known.session))
    try:
        key = FileKey(bytes.fromhex(said or ""))
    except ValueError:
        key = None
    if key is None or not known.is_the_rings(key):
        raise EnvironmentProblem(tr("The system's key ring does not have the key of this session."))
    return key


def forget(session: str) -> None:
    """Take the key of a session out of the ring; where it is not there, all is well.

    Raises:
        EnvironmentProblem: it may still be there.
    """

    def go(ring: KeyringBackend) -> bool:
        if ring.get_password(SERVICE, session) is not None:
            ring.delete_password(SERVICE, session)
        return ring.get_password(SERVICE, session) is None

    if not _asked(go):
        raise EnvironmentProblem(tr("The system's key ring did not let go of the key."))


def forget_quietly(session: str) -> Sentences:
    """The same; why it could not be done, in sentences, and empty when it was."""
    try:
        forget(session)
    except WorkshopError as problem:
        return (*as_tuple(problem.message), still_there(session))
    return ""


def still_there(session: str) -> Message:
    """What to do by hand."""
    return tr(
        "Remove the entry “{service}”, “{session}”, in the system's own program for passwords: with it whoever can log "
        "in to this laptop can open the session and its copies.",
        service=Verbatim(SERVICE), session=Verbatim(session),
    )  # fmt: skip


def entry_of(session: Path) -> KeyFile | None:
    """The key file of a session whose key is in the ring; None for any other, and where the file cannot be read."""
    try:
        known = key_file.find(session)
    except WorkshopError:
        return None
    return known if known is not None and known.is_in_ring else None


def left_by(session: Path) -> Sentences:
    """Take the key of a session that is deleted, or gets another passphrase, out of the ring.

    Returns:
        Why it may still be there, in sentences; empty where it is not.
    """
    known = entry_of(session)
    return forget_quietly(known.session) if known is not None else ""


def settle(session: Path) -> None:
    """Let the ring forget the key of a session whose write-up is finished; where it cannot now, a later look does."""
    known = entry_of(session)
    if known is None or not known.outside.finished:
        return
    from workshop_tui.storage.session_file import change_key

    with contextlib.suppress(WorkshopError):
        forget(known.session)
        change_key(session, known.out_of_ring())


def _asked(question: Callable[[KeyringBackend], T]) -> T:
    """What the ring of this system answers.

    Raises:
        EnvironmentProblem: it fails, or does not answer.
    """
    answers: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

    def ask() -> None:
        try:
            # Imported here: whoever has no key in the ring does without it.
            import keyring

            answers.put((question(keyring.get_keyring()), None))
        except Exception as problem:
            answers.put((None, problem))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer, problem = answers.get(timeout=PATIENCE_S)
    except Empty:
        raise EnvironmentProblem(tr("The system's key ring does not answer.")) from None
    if problem is not None:
        name = Verbatim(type(problem).__name__)
        raise EnvironmentProblem(tr("The system's key ring cannot be used now ({why}).", why=name)) from problem
    return answer  # type: ignore[return-value]
