"""Another passphrase for a session, and another recovery slip; what opened it before opens nothing any more."""

from __future__ import annotations

from pathlib import Path

from workshop_tui.errors import SettingsError, StoreUnavailable
from workshop_tui.messages import Sentences, Verbatim, tr
from workshop_tui.runtime import running, system_ring
from workshop_tui.runtime.beginnings import Asks, hand_over, new_passphrase
from workshop_tui.runtime.passphrases import KeyRing, from_file, problem_with
from workshop_tui.storage import key_file
from workshop_tui.storage.session_file import change_key
from workshop_tui.storage.slips import new_slip


def change(
    session: Path, ring: KeyRing, new_file: Path | None, slip_to: Path | None, asks: Asks
) -> tuple[bool, Sentences]:
    """Give a session another passphrase.

    Args:
        session: Its file; its room must not run.
        ring: Opens it as it is now.
        new_file: Holds the new passphrase; None to ask for it.
        slip_to: Where to write the new slip; None to show it.
        asks: Who is asked.

    Returns:
        Whether there is a recovery slip; and why the system's key ring may still have the key, as sentences.

    Raises:
        SettingsError: there is no new passphrase.
        SessionFileError: it is not locked, or cannot be opened.
        StoreUnavailable: its room runs, or the key file could not be written: then it is as it was.
    """
    if running.room_of(session) is not None:
        raise StoreUnavailable(
            tr("The room of “{name}” runs. Nothing was changed.", name=Verbatim(session.name)),
            advice=tr("Use “workshop-tui stop” to end it first."),
        )
    key = ring.key_of(session) if session.exists() else None
    known = key_file.find(session)
    if key is None or known is None:
        raise SettingsError(
            tr("“{name}” is not locked, or is not there. Nothing was changed.", name=Verbatim(session.name)),
            advice=tr("A session can be locked where it begins, and not later."),
        )
    passphrase = from_file(new_file) if new_file is not None else new_passphrase(asks) if asks.is_there else ""
    if not passphrase or (problem := problem_with(passphrase)):
        raise SettingsError(problem if passphrase else tr("There is no new passphrase. Nothing was changed."))
    slip = new_slip() if asks.is_there or slip_to is not None else ""
    changed = known.locked_anew(key, passphrase, slip)
    if slip:
        # First on paper: a slip that nobody has is none.
        hand_over(slip, session.name, slip_to, asks)
    left = system_ring.left_by(session)
    change_key(session, changed if left else changed.out_of_ring())
    return bool(slip), left
