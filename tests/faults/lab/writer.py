"""A room's store at work, as a program of its own that can be killed, starved and cut off.

    python -m tests.faults.lab.writer MODE FOLDER COUNT WAY

WAY is "plain" or "locked". Batch n is always the same (see `batch`), so that whoever looks at the file afterwards
knows what must be in it.
After each batch that was committed it writes "ACK n".
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import StoreUnavailable
from workshop_tui.room.ports import StoredSession
from workshop_tui.storage import db, disk
from workshop_tui.storage.db import Connection
from workshop_tui.storage.session_file import SessionFile, create, open_existing

NAME = "session.workshop"
COPY = "copy.workshop"
SEALED_AT = 31
SEALED_KEY = b"the key that batch 31 destroys.."
"""The key of a second round that is opened one batch before."""


def batch(n: int) -> list[ev.Event]:
    """The n-th batch: always a vote, often a story, and what a facilitator does now and then."""
    if n == 0:
        return samples.started()
    events: list[ev.Event] = [samples.cast(n)]
    if n % 2:
        events.append(samples.story(n, body="x" * 1_500))
    if n % 10 == 3:
        events.append(ev.PresentSet(at=n, people=n))
    if n % 20 == 9:
        # Going to an item folds the log.
        events.append(ev.ItemOpened(at=n, item="i02"))
    if n == SEALED_AT - 1:
        events += samples.opened("i01.2", SEALED_KEY)
    if n == SEALED_AT:
        events += samples.sealed("i01.2")
    return events


def held(stored: StoredSession) -> set[int]:
    """Which batches a session holds.

    Raises:
        AssertionError: one of them is there in part.
    """
    votes = set(stored.ballots.get("i01.1", {}))
    stories = {row.key for row in stored.contributions}
    journal = list(stored.journal)
    count = max(len(votes) + 1, 400)
    found = set()
    for n in range(count):
        parts = [_is_held(event, votes, stories, journal) for event in batch(n)]
        known = [part for part in parts if part is not None]
        assert all(known) or not any(known), f"batch {n} is there in part"
        if all(known):
            found.add(n)
    return found


def _is_held(event: ev.Event, votes: set[bytes], stories: set[str], journal: list[ev.JournalEvent]) -> bool | None:
    match event:
        case ev.BallotCast():
            return event.voter in votes
        case ev.ContributionKept():
            return event.row.key in stories
        case ev.Journaled():
            return event in journal
        case _:
            return None


def say(word: str, n: int) -> None:
    """One line, past every buffer, so that its order among the writes is true."""
    os.write(1, f"{word} {n}\n".encode())


SNAPSHOTS_AT = (5, 12, 20, SEALED_AT - 1, 40, 50)
"""After these batches a minute is over."""


def plain(store: SessionFile, count: int) -> None:
    """Write batches; make second copies now and then, and a copy in the middle; close in order."""
    for n in range(count):
        store.commit(batch(n), n)
        say("ACK", n)
        if n in SNAPSHOTS_AT and (write := store.snapshot()) is not None:
            write()
        if n == count // 2:
            store.copy_to(store.path.with_name(COPY), ())
    store.close()


def losing(store: SessionFile, count: int) -> None:
    """Write batches; then somebody deletes the file and its log, and what is known is saved."""
    for n in range(count):
        store.commit(batch(n), n)
    known = store.load()
    say("LOST", count)
    store.path.unlink()
    disk.beside(store.path, "wal").unlink()
    print(store.rescue(known), flush=True)
    say("ACK", count - 1)


def stubborn(store: SessionFile, count: int, get_well: Callable[[], None]) -> None:
    """Write batches as a room does: recover after a fault, load again, send again what is not there."""
    for n in range(count):
        while True:
            try:
                if n in held(store.load()):
                    say("THERE", n)
                else:
                    store.commit(batch(n), n)
            except StoreUnavailable as problem:
                say("FAULT", n)
                print(problem, flush=True)
                with contextlib.suppress(StoreUnavailable):
                    store.commit([], n)
                    say("SAME", n)
                _until_well(store, get_well)
            else:
                say("ACK", n)
                break
    store.close()


def _until_well(store: SessionFile, get_well: Callable[[], None]) -> None:
    for _ in range(3):
        try:
            store.recover()
        except StoreUnavailable:
            get_well()
        else:
            return
    raise AssertionError("it does not recover")


def without_durability() -> None:
    """The negative control: everything as always but synchronous = NORMAL."""
    settle = db.claim

    def careless(connection: Connection) -> None:
        settle(connection)
        connection.execute("PRAGMA synchronous = NORMAL")

    db.claim = careless  # type: ignore[assignment]  # the point of the control


def limited(bytes_: int) -> None:
    """Let no file grow beyond so many bytes; the system then answers EFBIG, which SQLite calls an I/O error."""
    import resource  # Windows lacks it, and other tests use this module there

    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def unlimited() -> None:
    """Take the limit away again."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def main(mode: str, folder: Path, count: int, way: str) -> None:
    """Run one of the modes."""
    doors.use(doors.WAYS[way])
    # So small that the log is folded and begun again within a short run.
    db.WAL_BYTES = 60_000  # type: ignore[misc]  # a constant elsewhere
    if mode == "normal":
        without_durability()
    path = folder / NAME
    store = (
        open_existing(path) if path.exists() else create(path, samples.info(), samples.AGENDA_TEXT, samples.STORY_KEY)
    )
    store.load()
    if mode in ("full", "normal"):
        plain(store, count)
    elif mode == "losing":
        losing(store, count)
    elif mode == "stubborn":
        sick = Path(os.environ.get("FAULT_SICK", ""))
        stubborn(store, count, lambda: sick.unlink(missing_ok=True))
    elif mode == "limited":
        limited(path.stat().st_size + 20_000)
        stubborn(store, count, unlimited)
    else:
        raise SystemExit(f"no such mode: {mode}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
