"""One table, one place: all that concerns it stands in its file, and the list of them is whole."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import Struct

from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.room.ports import StoredSession
from workshop_tui.storage import contents, schema, writing
from workshop_tui.storage import tables as package
from workshop_tui.storage.db import Connection, Row
from workshop_tui.storage.session_file import open_existing
from workshop_tui.storage.table import Reader, Table
from workshop_tui.storage.tables import TABLES

WRITTEN_BY = {
    ev.PersonJoined: ["person"],
    ev.PlaceLeft: ["person"],
    ev.SeatFreed: ["person"],
    ev.RoleTold: ["person"],
    ev.RoundKeyMade: ["round"],
    ev.BallotsSealed: ["ballot", "reason", "sealing", "sealed_count"],
    ev.RoundKeyDestroyed: ["room", "round", "ballot", "reason"],
    ev.BallotCast: ["ballot"],
    ev.ReasonsGiven: ["reason", "handling", "rewording", "redaction"],
    ev.ReasonGone: ["room", "undo_step", "reason", "handling", "rewording", "redaction"],
    ev.ContributionKept: ["contribution"],
    ev.ModerationSet: ["contribution"],
    ev.ContributionEmptied: [
        "room",
        "undo_step",
        "contribution",
        "retelling",
        "upvote",
        "answer",
        "handling",
        "rewording",
        "redaction",
        "care",
        "private_code",
    ],
    ev.CodeGiven: ["private_code"],
    ev.FilesIssued: ["issued"],
    ev.NoteRewritten: ["note", "redaction"],
    ev.EntrySorted: ["entry"],
    ev.TiesChanged: ["tie"],
    ev.QuotationsGone: ["journal_content", "undo_step"],
    ev.Upvoted: ["upvote"],
    ev.AnswerWritten: ["answer", "rewording", "redaction"],
    ev.TextHandled: ["handling"],
    ev.RewordingWritten: ["rewording"],
    ev.RedactionsWritten: ["redaction"],
    ev.AuthorHeld: ["author_on_hold"],
    ev.NoteWritten: ["note"],
    ev.NoteMarked: ["note"],
    ev.RetellingWritten: ["retelling"],
    ev.WordsWiped: ["room", "contribution", "care", "private_code"],
    ev.StoryKeyDestroyed: ["session", "room", "contribution", "author_on_hold"],
    ev.CareTaken: ["care"],
    ev.SafeguardingNoted: ["safeguarding"],
    ev.OwnCareNoted: ["own_care"],
    ev.OwnCareGone: ["own_care"],
    ev.StepDone: ["undo_step"],
    ev.StepUndone: ["undo_step"],
    ev.StepRedone: ["undo_step"],
    ev.StepsForgotten: ["undo_step"],
}


def query(path: Path, sql: str) -> list[Row]:
    """What a SQLite tool reads."""
    connection = doors.by_hand(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_every_file_of_the_package_is_a_table_of_the_list() -> None:
    files = {each.stem for each in Path(package.__path__[0]).glob("*.py")} - {"__init__"}

    assert sorted(each.name for each in TABLES) == sorted(files)


def test_every_table_of_a_new_file_is_in_the_list_and_has_words_for_every_column(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.close()

    made = [name for (name,) in query(store.path, "SELECT name FROM sqlite_master WHERE type = 'table'")]

    assert [name for name in made if not name.startswith("_")] == [each.name for each in TABLES]
    for table in TABLES:
        assert list(table.columns) == [row[1] for row in query(store.path, f"PRAGMA table_info({table.name})")]
        assert all(words.endswith(".") for words in (table.words, *table.columns.values()))


def test_every_event_is_written_by_exactly_these_tables() -> None:
    found = {type_: [each.name for each in TABLES if type_ in each.writes] for type_ in writing.WRITES}

    assert set(WRITTEN_BY) == set(typing.get_args(ev.TableEvent))
    assert found == WRITTEN_BY


def test_what_the_tables_read_is_what_a_room_starts_from(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    assert store._held.connection is not None

    names = [name for each in TABLES for name in each.read(Reader(store._held.connection))]

    store.close()
    assert sorted([*names, "info", "journal", "damage", "untrusted"]) == sorted(StoredSession.__struct_fields__)


def test_a_run_of_ballots_goes_in_one_prepared_statement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    cast = writing.WRITES[ev.BallotCast]

    def counted(connection: Connection, run: Sequence[ev.BallotCast]) -> None:
        sizes.append(len(run))
        for write in cast:
            write(connection, run)

    store = samples.fresh(tmp_path)
    store.commit(samples.started(), 1)
    monkeypatch.setitem(writing.WRITES, ev.BallotCast, (counted,))

    store.commit([*map(samples.cast, range(50)), ev.PersonJoined("p1", b"t", 1), *map(samples.cast, range(50, 80))], 2)

    assert len(store.load().ballots["i01.1"]) == 80
    store.close()
    assert sizes == [50, 30]


# A table more: its own file, a line in the list, its event. ------------------------------------------


class Waved(Struct, frozen=True):
    """Somebody waved."""

    who: str


def wave(connection: Connection, run: Sequence[Waved]) -> None:
    connection.executemany("INSERT INTO wave VALUES (?)", [(each.who,) for each in run])


def erase(connection: Connection) -> None:
    connection.execute("UPDATE wave SET who = ''")


WAVE = Table(
    name="wave",
    create="CREATE TABLE wave (who TEXT NOT NULL) STRICT",
    words="Who waved.",
    columns={"who": "A name."},
    writes={Waved: wave},
    redact=erase,
)


def test_one_value_is_all_that_a_new_table_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (schema, writing, contents):
        monkeypatch.setattr(module, "TABLES", (*TABLES, WAVE))
    monkeypatch.setattr(writing, "WRITES", writing.collected(writing.TABLES))

    store = samples.fresh(tmp_path)
    store.commit([Waved("Ana"), Waved("Ben")], 1)
    store.copy_to(tmp_path / "copy.workshop", ())
    store.close()
    open_existing(store.path).close()

    assert query(store.path, "SELECT who FROM wave") == [("Ana",), ("Ben",)]
    assert query(tmp_path / "copy.workshop", "SELECT who FROM wave") == [("",), ("",)]
    about = query(store.path, "SELECT place, words FROM about WHERE place LIKE 'wave%'")
    assert about == [("wave", "Who waved."), ("wave.who", "A name.")]
