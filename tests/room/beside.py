"""A twin beside a real session file: the same commits go to both, and after each both say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from tests.twin import Twin
from workshop_tui.domain import events as ev
from workshop_tui.domain.rows import ReasonRow
from workshop_tui.errors import StoreUnavailable
from workshop_tui.room.ports import StoredSession
from workshop_tui.room.tables import Tables
from workshop_tui.storage import contents
from workshop_tui.storage.session_file import SessionFile
from workshop_tui.storage.tables import journal


def put_beside(store: SessionFile, twin: Twin, reached: Callable[[], bool]) -> list[str]:
    """Hold the file against its twin now and after every commit.

    Args:
        store: An open file.
        twin: What was written to it so far.
        reached: Whether the commit that just failed is in the file all the same: then the twin takes it too.

    Returns:
        What differs, and grows with every commit after which something does: an error there would be taken for one
        of the commit's.
    """
    found = differences(store, twin)
    commit = store.commit

    def both(events: Sequence[ev.Event], alive_ms: int) -> None:
        try:
            commit(events, alive_ms)
        except StoreUnavailable:
            if reached():
                twin.take(events, alive_ms)
            raise
        twin.take(events, alive_ms)
        found.extend(differences(store, twin))

    store.commit = both  # type: ignore[method-assign]
    return found


def differences(store: SessionFile, twin: Twin) -> list[str]:
    """In which fields the file does not hold what its twin does; a file that is not open now is looked at later."""
    connection = store._held.connection
    if connection is None:
        return []
    _, _, events = journal.read(connection, store.info)
    found, expected = contents.read_stored(connection, store.info, events), replace(twin.load(), clean=False)
    disagreement = contents.disagreement(connection, store._state)
    return [
        f"{name}: {getattr(found, name)} is not {getattr(expected, name)}"
        for name in StoredSession.__struct_fields__
        if getattr(found, name) != getattr(expected, name)
    ] + ([f"the table {disagreement}"] if disagreement else [])


def said(tables: Tables, twin: Twin) -> dict[str, Any]:
    """Everything that can be asked of the tables about what a session holds."""
    stored = twin.load()
    desks, people = {*stored.undo, *stored.redo, ""}, list(stored.people)
    items = [each.key for each in stored.info.agenda.items]
    return {
        "people": (tables.people(), tables.joined, tables.voters(), sorted(tables.persons())),
        "roles": (tables.roles, {person: (tables.role(person), tables.kept_role(person)) for person in people}),
        "tokens": tables.person_by_token,
        "keys": (tables.story_key(), {key: tables.round_key(key) for key in tables.tallies}),
        "counts": {
            key: (tally.profile, tables.profile(key), tally.skipped, tally.answered, tally.changes, tally.sealed)
            for key, tally in tables.tallies.items()
        },
        "groups": {
            key: {name: part for name, part in tally.parts.items() if part} for key, tally in tables.tallies.items()
        },
        "reasons": {key: (tables.reasons.kept(key), _sorted(tables.reasons_in(key))) for key in tables.tallies},
        "own reasons": {
            (key, voter): _sorted(tables.reasons_by(key, voter))
            for key, rows in stored.ballots.items()
            for voter in rows
            if key in stored.round_keys
        },
        "left": {person: tables.has_left(person) for person in people},
        "ballots": {key: dict(tables.ballots(key)) for key in tables.tallies},
        "words": (tuple(tables.all_contributions()), dict(tables.contributions), tables.unread()),
        "sent": {row.submission_id: tables.sent(row.submission_id) for row in stored.contributions},
        "approved": {item: tables.approved(item) for item in items},
        "authors": {row.author: tables.by_author(row.author) for row in stored.contributions if row.author},
        "own": {person: (tables.kept_from(person), _own(tables, person, stored)) for person in people},
        "votes": +tables.votes,
        "upvotes": {each: tables.has_upvoted(*each) for each in stored.upvotes},
        "answers": {row.key: (tables.answer(row.key), tables.kept_answer(row.key)) for row in stored.contributions},
        "retold": {row.key: tables.retelling(row.key) for row in stored.contributions},
        "dealt": (tables.dealt.handlings, tables.dealt.rewordings),
        "dealt with": {
            key: (tables.handling(key), tables.rewording(key), tables.reason(key))
            for key in (*stored.handlings, *stored.rewordings, *(row.key for row in stored.reasons))
        },
        "reasons by handling": {
            round_: {state: list(keys) for state, keys in tables.reasons_by_handling(round_).items() if keys}
            for round_ in tables.tallies
        },
        "held": {row.author for row in stored.contributions if tables.is_held(row.author)},
        "notes": (tables.notes, {note.key: tables.is_dropped(note.key) for note in stored.notes}),
        "steps": {desk: (tables.undo(desk), tables.redo(desk)) for desk in desks},
    }


def _sorted(rows: Iterable[ReasonRow]) -> list[ReasonRow]:
    return sorted(rows, key=lambda row: row.key)


def _own(tables: Tables, person: str, stored: StoredSession) -> list[bool]:
    return [tables.kept_presses(person, row.key) % 2 == 1 for row in stored.contributions]
