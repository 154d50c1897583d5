"""How a session file is made: new, or whole from values, for when there is no file left to copy.

What is known is written through the ordinary writers, as the events that would have made it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from workshop_tui.domain import events as ev
from workshop_tui.domain.state import SessionState, new_state
from workshop_tui.domain.steps import Step
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.storage import db, disk, schema, words, writing
from workshop_tui.storage.contents import Contents
from workshop_tui.storage.copy_names import part_of
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.tables import copy, journal, journal_content, room, session


def make(path: Path, info: SessionInfo, agenda_file: bytes, story_key: bytes, key: FileKey | None) -> None:
    """Write a new session file. Whole or absent: it gets its name when it is finished and on disk.

    Raises:
        SessionFileError: there is a file of that name.
        StoreUnavailable: the disk is full or fails.
    """

    def fill(connection: Connection) -> None:
        session.write(connection, info, agenda_file, story_key)
        room.write(connection)
        writing.write_state(connection, None, new_state(info.agenda))

    _write(path, key, fill)


def write_whole(path: Path, contents: Contents, key: FileKey | None, originals: Iterable[Path] = ()) -> None:
    """Write a session file that says what `contents` say, keys still in use included.

    The journal's rows stand as they are, so that the chain of hashes is the same.

    Args:
        path: Where.
        contents: What the session is.
        key: What the file is to be locked with.
        originals: Files in whose place this one is.

    Raises:
        SessionFileError: there is a file of that name.
        StoreUnavailable: the disk is full or fails.
    """
    stored = contents.stored

    def fill(connection: Connection) -> None:
        session.write(connection, stored.info, contents.agenda_file, stored.story_key)
        room.write(connection, alive_ms=stored.alive_ms, writes=contents.writes)
        journal.write(connection, contents.rows)
        journal_content.write(connection, [(seq, *what) for seq, what in sorted(contents.beside.items())])
        writing.write_state(connection, None, contents.state)
        writing.write_rows(connection, list(rows_of(stored, contents.state)))
        for each in originals:
            copy.write(connection, each, "original")

    _write(path, key, fill)


def _write(path: Path, key: FileKey | None, fill: Callable[[Connection], None]) -> None:
    """Write a session file whose rows come from `fill`, in one transaction; whole or absent.

    Raises:
        SessionFileError: there is a file of that name.
        StoreUnavailable: the disk is full or fails.
    """
    if path.exists():
        raise words.taken(path)
    part = part_of(path)
    try:
        with disk.whole_or_absent(part, path), contextlib.closing(db.connect(part, key)) as connection:
            db.claim(connection)
            schema.make(connection)
            with db.transaction(connection):
                fill(connection)
            db.fold(connection, "TRUNCATE")
    except FileExistsError as problem:
        raise words.taken(path) from problem
    except (DBError, OSError) as problem:
        raise words.not_made(path, problem, left=part if disk.is_there(part) else None) from problem


def rows_of(stored: StoredSession, state: SessionState) -> Iterator[ev.TableEvent]:
    """The table events that make the rows of a session, each after those that it needs."""
    for person, token in stored.people.items():
        # Whoever left has no token, and no two have the same.
        yield ev.PersonJoined(person, token or person.encode(), stored.minutes[person])
        if not token:
            yield ev.PlaceLeft(person)
    for person, role in stored.roles.items():
        yield ev.RoleTold(person, role)
    for round_, round_key in stored.round_keys.items():
        yield ev.RoundKeyMade(round_, round_key)
    # Before ballots and reasons: these two change those that are there.
    for round_, sealed in stored.sealed.items():
        yield ev.BallotsSealed(round_, sealed.counts, sealed.changes, "kept", salt=sealed.salt)
    for each in state.rounds:
        if each.key not in stored.round_keys:
            yield ev.RoundKeyDestroyed(each.key)
    for round_, ballots in stored.ballots.items():
        for voter, ballot in ballots.items():
            yield ev.BallotCast(
                round=round_, voter=voter, old=None, new=ballot.choice, first=True, revision=ballot.revision,
                receipt=ballot.receipt, segment=ballot.segment,
            )  # fmt: skip
    for reason in stored.reasons:
        yield ev.ReasonsGiven(reason.round, reason.voter, (reason,), ())
    for row in stored.contributions:
        yield ev.ContributionKept(row)
    for contribution, upvoter in stored.upvotes:
        yield ev.Upvoted(contribution, upvoter, on=True)
    yield from stored.answers.values()
    yield from stored.retellings.values()
    for issued in stored.issued:
        yield ev.FilesIssued(issued)
    for code in stored.codes:
        yield ev.CodeGiven(code)
    for text, handling in stored.handlings.items():
        yield ev.TextHandled(text, handling)
    yield from stored.rewordings.values()
    yield from stored.care.values()
    for request in stored.own_care:
        yield ev.OwnCareNoted(request)
    for matter in stored.safeguarding:
        yield ev.SafeguardingNoted(matter)
    yield from stored.redactions.values()
    for author in stored.held_authors:
        yield ev.AuthorHeld(author, hold=True)
    yield from stored.notes
    for note in stored.dropped_notes:
        yield ev.NoteMarked(note, dropped=True)
    yield from stored.entries.values()
    if stored.ties:
        yield ev.TiesChanged(stored.ties, tied=True)
    for desk in {**stored.undo, **stored.redo}:
        yield from _steps(desk, stored.undo.get(desk, ()), stored.redo.get(desk, ()))


def _steps(desk: str, undo: tuple[Step, ...], redo: tuple[Step, ...]) -> Iterator[ev.TableEvent]:
    """Do everything, then take back what was taken back: the newest of that was done first."""
    for step in (*undo, *reversed(redo)):
        yield ev.StepDone(desk, step)
    for _ in redo:
        yield ev.StepUndone(desk)
