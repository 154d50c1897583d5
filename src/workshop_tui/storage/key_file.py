"""The key's own file, beside a locked session: what it is locked with, itself locked with a passphrase.

The session is encrypted with 32 random bytes. Each slot of this file holds them once more, locked with something that a
person knows: the passphrase, or the recovery slip. Whoever has neither has nothing, and once every copy of this file is
gone, nobody can read the session or any copy of it: that is how a session is deleted where nothing can be overwritten.

A slot: scrypt (RFC 7914) stretches passphrase or slip to 64 bytes, with a salt that no other slot has. The first half
is the pad that hides the key; with the second all that stands in the slot is signed (HMAC-SHA-256, looked at first). A
pad that is used once for 32 random bytes needs no cipher, so that Python's own library is enough.

Beside the slots stand the few things that must be known without a passphrase. No word of anybody is among them.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.errors import DamagedKeyFile, LockedSessionFile, WrongKey
from workshop_tui.messages import Verbatim, tr
from workshop_tui.storage import disk
from workshop_tui.storage.copy_names import ENDING as SESSION
from workshop_tui.storage.copy_names import SNAPSHOTS, folders_of, part_of, tag_of
from workshop_tui.storage.keys import KEY_BYTES, FileKey
from workshop_tui.storage.peeking import may_be_locked
from workshop_tui.storage.slips import read_slip
from workshop_tui.whole_files import settle

ENDING: Final = ".key"

VERSION: Final = 1

SALT_BYTES: Final = 32

N: Final = 1 << 17
R: Final = 8
P: Final = 1
"""What scrypt costs: 128 MB and about half a second for one try, whoever tries."""

DEAREST: Final = 1 << 20
"""A file that asks for more than this is not ours, and would stop the computer."""

LARGEST: Final = 16 << 10
"""Bytes; one of ours has about one thousand."""

ABOUT: Final = "The key of a locked workshop session. Without its passphrase or its recovery slip it opens nothing."

By = Literal["passphrase", "slip"]


class Slot(Struct, frozen=True, kw_only=True):
    """The key of the session, locked with one thing that a person knows."""

    by: By
    salt: bytes
    n: int
    r: int
    p: int
    locked: bytes
    """The key under the pad."""
    proof: bytes
    """The signature over all that stands above, and the session's name."""


class Outside(Struct, frozen=True):
    """What must be known of a session without its passphrase, so that it can be deleted in time and not too early."""

    keep_until: str | None = None
    """The last day on which it is kept, as YYYY-MM-DD; "" where that was not decided yet, None where nobody said."""
    held: bool = False
    """Whether somebody said that it must not be deleted."""
    finished: bool = False
    """Whether its write-up is finished: nothing in it waits for anybody."""


class KeyFile(Struct, frozen=True, kw_only=True):
    """What stands in the file."""

    about: str = ABOUT
    version: int = VERSION
    session: str
    """The session's random name."""
    agenda: str = ""
    """The file name of its agenda."""
    outside: Outside = Outside()
    ring: bytes = b""
    """Where the system's key ring has the key too: what proves that one that comes out of it is the key. Else empty."""
    slots: tuple[Slot, ...]

    @property
    def has_slip(self) -> bool:
        """Whether there is a recovery slip."""
        return any(slot.by == "slip" for slot in self.slots)

    @property
    def is_in_ring(self) -> bool:
        """Whether the system's key ring has the key too."""
        return bool(self.ring)

    def in_ring(self, key: FileKey) -> KeyFile:
        """The same, of a session whose key the system's key ring has."""
        return replace(self, ring=_ring_proof(self.session, key))

    def out_of_ring(self) -> KeyFile:
        """The same, of one whose key it has not."""
        return replace(self, ring=b"")

    def is_the_rings(self, key: FileKey) -> bool:
        """Whether this is the key that was put into the ring."""
        return hmac.compare_digest(_ring_proof(self.session, key), self.ring)

    def opened(self, typed: str, name: str) -> FileKey:
        """The key of the session.

        Args:
            typed: A passphrase, or what stands on a recovery slip.
            name: What the session file is called.

        Raises:
            WrongKey: it opens no slot.
        """
        known: dict[By, str | None] = {"passphrase": cleaned(typed), "slip": read_slip(typed)}
        for slot in sorted(self.slots, key=lambda slot: slot.by == "passphrase"):
            words = known[slot.by]
            key = _opened(self.session, slot, words) if words else None
            if key is not None:
                return key
        raise WrongKey(
            tr("That does not open “{name}”. Nothing was changed.", name=Verbatim(name)),
            advice=tr("Try the passphrase again, or the recovery slip. Capital letters count in a passphrase."),
        )

    def locked_anew(self, key: FileKey, passphrase: str, slip: str) -> KeyFile:
        """The same with other slots; those before open nothing any more.

        Args:
            key: The key of the session.
            passphrase: The new one.
            slip: The new one; empty for none.
        """
        slots = [_locked(self.session, key, "passphrase", cleaned(passphrase))]
        if slip:
            slots.append(_locked(self.session, key, "slip", slip))
        return replace(self, slots=tuple(slots))


def new(session: str, agenda: str, passphrase: str, slip: str) -> tuple[KeyFile, FileKey]:
    """A new key, and the file for it.

    Args:
        session: The random name of the session.
        agenda: The file name of its agenda.
        passphrase: What opens it.
        slip: What opens it too; empty for none.
    """
    key = FileKey(secrets.token_bytes(KEY_BYTES))
    return KeyFile(session=session, agenda=agenda, slots=()).locked_anew(key, passphrase, slip), key


def cleaned(passphrase: str) -> str:
    """A passphrase as every keyboard and every system gives it: one letter can be typed in several ways."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _locked(session: str, key: FileKey, by: By, words: str) -> Slot:
    salt = secrets.token_bytes(SALT_BYTES)
    bare = Slot(by=by, salt=salt, n=N, r=R, p=P, locked=b"", proof=b"")
    pad, signing = _stretched(bare, words)
    slot = replace(bare, locked=_xor(bytes.fromhex(key.hex()), pad))
    return replace(slot, proof=_signature(session, slot, signing))


def _opened(session: str, slot: Slot, words: str) -> FileKey | None:
    pad, signing = _stretched(slot, words)
    if not hmac.compare_digest(_signature(session, slot, signing), slot.proof):
        return None
    return FileKey(_xor(slot.locked, pad))


def _stretched(slot: Slot, words: str) -> tuple[bytes, bytes]:
    memory = 128 * slot.n * slot.r + (1 << 20)
    both = hashlib.scrypt(words.encode(), salt=slot.salt, n=slot.n, r=slot.r, p=slot.p, maxmem=memory, dklen=64)
    return both[:KEY_BYTES], both[KEY_BYTES:]


def _signature(session: str, slot: Slot, signing: bytes) -> bytes:
    told = msgspec.json.encode([VERSION, session, slot.by, slot.salt, slot.n, slot.r, slot.p, slot.locked])
    return hmac.digest(signing, told, "sha256")


def _ring_proof(session: str, key: FileKey) -> bytes:
    return hmac.digest(bytes.fromhex(key.hex()), f"key ring {session}".encode(), "sha256")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


# Where it lies. --------------------------------------------------------------------------------------


def path_of(session: Path) -> Path:
    """Where the key of a session file, or of a copy of one, lies; the snapshots of a session have one together."""
    if session.parent.suffix == SNAPSHOTS:
        return session.with_name(f"{session.stem.rpartition('-')[0]}{ENDING}")
    return session.with_name(f"{session.name}{ENDING}")


def begun_at(session: Path) -> Path:
    """What it is called while it is written."""
    return part_of(path_of(session))


def all_of_snapshots(path: Path, session: str, copied: Iterable[Path]) -> list[Path]:
    """The key files that the snapshots of a session have; where nobody knows its id, all of that name.

    Args:
        path: The session file.
        session: Its id, or nothing.
        copied: Its copies: the file may have had another name or place when they were made.
    """
    name = f"{tag_of(session)}{ENDING}" if session else f"*{ENDING}"
    folders = {*folders_of(path), *(each.parent for each in copied if each.parent.suffix == SNAPSHOTS)}
    whole = [folder for folder in folders if not folder.is_symlink()]
    return sorted(each for folder in whole for of in (name, f".{name}.part") for each in folder.glob(of))


def read(session: Path) -> KeyFile | None:
    """The key file of a session file, or of a copy of one; None where there is none.

    Raises:
        DamagedKeyFile: it is there and cannot be used.
    """
    path = path_of(session)
    try:
        with path.open("rb") as file:
            said = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as problem:
        why = Verbatim(problem.strerror or type(problem).__name__)
        raise DamagedKeyFile(
            tr("“{name}”, the key of the session, cannot be read ({why}).", name=Verbatim(path.name), why=why)
        ) from problem
    try:
        found = msgspec.json.decode(said, type=KeyFile)
    except msgspec.MsgspecError:
        found = None
    if found is None or len(said) > LARGEST or found.version != VERSION or not all(map(_is_sound, found.slots)):
        raise DamagedKeyFile(
            tr("“{name}”, the key of the session, is damaged. Nothing was changed.", name=Verbatim(path.name)),
            advice=tr(
                "There are copies of it in the folder of the second copies, with the same ending: put one in its "
                "place. Without any copy of it nobody can open the session."
            ),
        )
    return found


def find(session: Path) -> KeyFile | None:
    """The key file of a session or, where that is gone or damaged, the newest that its second copies have.

    Raises:
        DamagedKeyFile: it cannot be used, and there is no other.
    """
    problem: DamagedKeyFile | None = None
    try:
        if (own := read(session)) is not None:
            return own
    except DamagedKeyFile as damaged:
        problem = damaged
    if problem is not None or is_missing(session):
        for _, path in sorted(map(_by_time, all_of_snapshots(session, "", ())), reverse=True):
            with contextlib.suppress(DamagedKeyFile):
                if (copied := read(path.with_name(f"{path.stem}-0{SESSION}"))) is not None:
                    return copied
    if problem is not None:
        raise problem
    return None


def _by_time(path: Path) -> tuple[float, Path]:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime, path
    return 0.0, path


def is_missing(session: Path) -> bool:
    """Whether a session file is locked, as far as its first page tells, and has no key file."""
    return may_be_locked(session) and not path_of(session).exists()


def lost(session: Path) -> LockedSessionFile:
    """What to say of a session whose key is gone."""
    return LockedSessionFile(
        tr(
            "“{name}” is locked, and its key, “{key}”, is not beside it: or its beginning is damaged, or some other "
            "program made it. It was not changed.",
            name=Verbatim(session.name),
            key=Verbatim(path_of(session).name),
        ),
        advice=tr("Put both files into one folder, or check that it is the file you meant."),
    )


def _is_sound(slot: Slot) -> bool:
    cheap = 1 < slot.n <= DEAREST and not slot.n & (slot.n - 1) and 0 < slot.r <= R and 0 < slot.p <= P
    return cheap and len(slot.locked) == KEY_BYTES


def write(session: Path, key_file: KeyFile) -> None:
    """Write the key file of a session file in place of the one that may be there: whole and on disk, or not at all.

    Raises:
        OSError: it could not be written; the one before stands.
    """
    path, part = path_of(session), begun_at(session)
    try:
        _fill(part, key_file)
        part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    settle(path.parent)


def write_new(session: Path, key_file: KeyFile) -> None:
    """Write the key file of a session file that is about to be made.

    Raises:
        FileExistsError: there is one: it may be all that opens some copy.
        OSError: it could not be written.
    """
    path, part = path_of(session), begun_at(session)
    with disk.whole_or_absent(part, path):
        _fill(part, key_file)


def _fill(part: Path, key_file: KeyFile) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(key_file)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
